// Turns the declarations of show/fields.hpp into JSON, values and schema. Private to show/.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "show/fields.hpp"

namespace tribune {

using Json = nlohmann::json;

template <class T>
Json write_value(const T& value);

class JsonWriter {
  public:
    explicit JsonWriter(Json& out) : out_(out) {}
    template <class T>
    void operator()(const char* name, const T& value, const char*, Presence = Presence::required) {
        out_[name] = write_value(value);
    }

  private:
    Json& out_;
};

template <class E>
Json write_enum(E value) {
    for (const auto& [e, name] : names_of(value)) {
        if (e == value) return std::string(name);
    }
    return nullptr;
}

// Overloads for what is not a struct with fields.
inline Json write_plain(const std::string& v) { return v; }
inline Json write_plain(const Uuid& v) { return to_string(v); }
inline Json write_plain(const TableNumber& v) { return v.value; }
inline Json write_plain(const Nanoseconds& v) { return v.count(); }
inline Json write_plain(const ShowTime& v) { return v.since_start.count(); }
template <class Tag>
Json write_plain(const Name<Tag>& v) {
    return v.text;
}
template <class T>
Json write_plain(const std::optional<T>& v) {
    return v ? write_value(*v) : Json(nullptr);
}
template <class T>
Json write_plain(const std::vector<T>& v) {
    Json out = Json::array();
    for (const auto& item : v) out.push_back(write_value(item));
    return out;
}
template <class T>
Json write_plain(const SharedList<T>& v) {
    Json out = Json::array();
    for (const auto& item : v) out.push_back(write_value(item));
    return out;
}
// "#rrggbbaa": people read and write these.
inline Json write_plain(const Colour& v) {
    const auto byte = [](float f) { return static_cast<int>(std::lround(std::clamp(f, 0.0F, 1.0F) * 255)); };
    return fmt::format("#{:02x}{:02x}{:02x}{:02x}", byte(v.red), byte(v.green), byte(v.blue), byte(v.alpha));
}
// The fields of what it holds, and its kind.
template <class... Kinds>
Json write_plain(const std::variant<Kinds...>& v) {
    return std::visit(
        [](const auto& held) {
            Json out = Json::object();
            JsonWriter writer(out);
            fields(writer, held);
            out["kind"] = std::string(std::decay_t<decltype(held)>::kind);
            return out;
        },
        v);
}
template <class Tag, class T>
Json write_plain(const std::map<Name<Tag>, T>& v) {
    Json out = Json::object();
    for (const auto& [name, item] : v) out[name.text] = write_value(item);
    return out;
}

template <class T>
Json write_value(const T& value) {
    if constexpr (std::is_arithmetic_v<T>) {
        return value;
    } else if constexpr (std::is_enum_v<T>) {
        return write_enum(value);
    } else if constexpr (requires { write_plain(value); }) {
        return write_plain(value);
    } else {
        Json out = Json::object();
        JsonWriter writer(out);
        fields(writer, value);
        return out;
    }
}

// Reads into `value`; on failure returns what is wrong, with `path` naming the field.
using Fault = std::optional<std::string>;
template <class T>
Fault read_value(const Json& json, T& value, const std::string& path);

class JsonReader {
  public:
    JsonReader(const Json& json, const std::string& path) : json_(json), path_(path) {}

    template <class T>
    void operator()(const char* name, T& value, const char*, Presence presence = Presence::required) {
        if (fault_) return;
        ++declared_;
        const auto at = json_.find(name);
        if (at == json_.end()) {
            ++absent_;
            if (presence == Presence::required) fault_ = fmt::format("{}{} is missing", path_, name);
            return;
        }
        fault_ = read_value(*at, value, path_ + name);
    }
    // After all fields: the first fault, or a field nobody declared. `extra` fields are known to the caller.
    [[nodiscard]] Fault finish(std::size_t extra) const {
        if (fault_) return fault_;
        if (json_.size() > declared_ - absent_ + extra) {
            return fmt::format("{} has a field that is not known", path_.empty() ? "the message" : path_);
        }
        return std::nullopt;
    }

  private:
    const Json& json_;
    const std::string& path_;
    Fault fault_;
    std::size_t declared_ = 0;
    std::size_t absent_ = 0;
};

inline Fault wrong(const std::string& path, std::string_view wanted) {
    return fmt::format("{} must be {}", path, wanted);
}

inline Fault read_plain(const Json& json, std::string& v, const std::string& path) {
    if (!json.is_string()) return wrong(path, "text");
    v = json.get<std::string>();
    return std::nullopt;
}
inline Fault read_plain(const Json& json, bool& v, const std::string& path) {
    if (!json.is_boolean()) return wrong(path, "true or false");
    v = json.get<bool>();
    return std::nullopt;
}
inline Fault read_plain(const Json& json, double& v, const std::string& path) {
    if (!json.is_number()) return wrong(path, "a number");
    v = json.get<double>();
    return std::nullopt;
}
template <std::integral I>
Fault read_plain(const Json& json, I& v, const std::string& path) {
    const auto refuse = [&] {
        return wrong(path, fmt::format("a whole number from {} to {}", std::numeric_limits<I>::min(),
                                       std::numeric_limits<I>::max()));
    };
    if (json.is_number_unsigned()) {
        const auto n = json.get<std::uint64_t>();
        if (!std::in_range<I>(n)) return refuse();
        v = static_cast<I>(n);
    } else if (json.is_number_integer()) {
        const auto n = json.get<std::int64_t>();
        if (!std::in_range<I>(n)) return refuse();
        v = static_cast<I>(n);
    } else {
        return refuse();
    }
    return std::nullopt;
}
inline Fault read_plain(const Json& json, Uuid& v, const std::string& path) {
    const auto id = json.is_string() ? parse_uuid(json.get_ref<const std::string&>()) : std::nullopt;
    if (!id) return wrong(path, "a UUID");
    v = *id;
    return std::nullopt;
}
inline Fault read_plain(const Json& json, TableNumber& v, const std::string& path) {
    return read_plain(json, v.value, path);
}
inline Fault read_plain(const Json& json, Nanoseconds& v, const std::string& path) {
    std::int64_t ns = 0;
    auto fault = read_plain(json, ns, path);
    v = Nanoseconds(ns);
    return fault;
}
inline Fault read_plain(const Json& json, ShowTime& v, const std::string& path) {
    return read_plain(json, v.since_start, path);
}
template <class Tag>
Fault read_plain(const Json& json, Name<Tag>& v, const std::string& path) {
    return read_plain(json, v.text, path);
}
inline Fault read_plain(const Json& json, Colour& v, const std::string& path) {
    const Fault refused = wrong(path, "a colour: \"#rrggbb\" or \"#rrggbbaa\"");
    if (!json.is_string()) return refused;
    const auto& text = json.get_ref<const std::string&>();
    if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return refused;
    std::uint32_t bits = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), bits, 16);
    if (error != std::errc{} || end != text.data() + text.size()) return refused;
    const float alpha = text.size() == 9 ? static_cast<float>(bits & 255) / 255.0F : 1;
    v = colour_from_rgb(text.size() == 9 ? bits >> 8 : bits, alpha);
    return std::nullopt;
}
template <class... Kinds>
Fault read_plain(const Json& json, std::variant<Kinds...>& v, const std::string& path);
template <class E>
requires std::is_enum_v<E> Fault read_plain(const Json& json, E& v, const std::string& path) {
    std::string wanted;
    for (const auto& [e, name] : names_of(v)) {
        if (json.is_string() && json.get_ref<const std::string&>() == name) {
            v = e;
            return std::nullopt;
        }
        wanted += wanted.empty() ? "one of " : ", ";
        wanted += name;
    }
    return wrong(path, wanted);
}
template <class T>
Fault read_plain(const Json& json, std::optional<T>& v, const std::string& path) {
    if (json.is_null()) {
        v.reset();
        return std::nullopt;
    }
    return read_value(json, v.emplace(), path);
}
template <class T>
Fault read_plain(const Json& json, std::vector<T>& v, const std::string& path) {
    if (!json.is_array()) return wrong(path, "a list");
    v.clear();
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (auto fault = read_value(json[i], v.emplace_back(), fmt::format("{}[{}]", path, i))) return fault;
    }
    return std::nullopt;
}
template <class T>
Fault read_plain(const Json& json, SharedList<T>& v, const std::string& path) {
    std::vector<T> items;
    if (auto fault = read_plain(json, items, path)) return fault;
    v = {};
    for (auto& item : items) v.push_back(std::move(item));
    return std::nullopt;
}
template <class Tag, class T>
Fault read_plain(const Json& json, std::map<Name<Tag>, T>& v, const std::string& path) {
    if (!json.is_object()) return wrong(path, "an object");
    v.clear();
    for (const auto& [name, item] : json.items()) {
        if (auto fault = read_value(item, v[Name<Tag>(name)], path + "." + name)) return fault;
    }
    return std::nullopt;
}

// A struct from an object; `extra` fields of the object belong to the caller (such as "kind").
template <class T>
Fault read_struct(const Json& json, T& value, const std::string& path, std::size_t extra = 0) {
    if (!json.is_object()) return wrong(path.empty() ? "the message" : path, "an object");
    const std::string prefix = path.empty() ? "" : path + ".";
    JsonReader reader(json, prefix);
    fields(reader, value);
    return reader.finish(extra);
}

template <class T>
Fault read_value(const Json& json, T& value, const std::string& path) {
    if constexpr (requires { read_plain(json, value, path); }) {
        return read_plain(json, value, path);
    } else {
        return read_struct(json, value, path);
    }
}

template <class... Kinds>
Fault read_plain(const Json& json, std::variant<Kinds...>& v, const std::string& path) {
    const auto kind = json.is_object() ? json.find("kind") : json.end();
    if (!json.is_object() || kind == json.end() || !kind->is_string()) return wrong(path, "an object with a kind");
    const auto& wanted = kind->template get_ref<const std::string&>();
    Fault fault = wrong(path + ".kind", "one that is known");
    const auto read_if = [&]<class K>(std::in_place_type_t<K>) {
        if (K::kind != wanted) return;
        fault = read_struct(json, v.template emplace<K>(), path, 1);
    };
    (read_if(std::in_place_type<Kinds>), ...);
    return fault;
}

// --- Schema -------------------------------------------------------------------------------------------------

template <class T>
Json schema_of();

class SchemaWriter {
  public:
    explicit SchemaWriter(Json& out) : out_(out) {}
    template <class T>
    void operator()(const char* name, const T&, const char* help, Presence presence = Presence::required) {
        Json field = schema_of<T>();
        field["description"] = help;
        out_["properties"][name] = std::move(field);
        if (presence == Presence::required) out_["required"].push_back(name);
    }

  private:
    Json& out_;
};

template <class T>
struct SchemaFor {
    static Json make() {
        if constexpr (std::same_as<T, bool>) {
            return {{"type", "boolean"}};
        } else if constexpr (std::integral<T>) {
            return {{"type", "integer"}};
        } else if constexpr (std::floating_point<T>) {
            return {{"type", "number"}};
        } else if constexpr (std::is_enum_v<T>) {
            Json names = Json::array();
            for (const auto& [e, name] : names_of(T{})) names.push_back(std::string(name));
            return {{"enum", names}};
        } else {
            Json out = {{"type", "object"},
                        {"properties", Json::object()},
                        {"required", Json::array()},
                        {"additionalProperties", false}};
            SchemaWriter writer(out);
            const T value{};
            fields(writer, value);
            return out;
        }
    }
};
template <>
struct SchemaFor<std::string> {
    static Json make() { return {{"type", "string"}}; }
};
template <>
struct SchemaFor<Uuid> {
    static Json make() { return {{"type", "string"}, {"format", "uuid"}}; }
};
template <>
struct SchemaFor<TableNumber> {
    static Json make() { return {{"type", "integer"}, {"minimum", 0}}; }
};
template <>
struct SchemaFor<Nanoseconds> {
    static Json make() { return {{"type", "integer"}}; }
};
template <>
struct SchemaFor<ShowTime> {
    static Json make() { return {{"type", "integer"}}; }
};
template <>
struct SchemaFor<Colour> {
    static Json make() { return {{"type", "string"}, {"pattern", "^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$"}}; }
};
template <class... Kinds>
struct SchemaFor<std::variant<Kinds...>> {
    static Json make() {
        Json list = Json::array();
        const auto add = [&]<class K>(std::in_place_type_t<K>) {
            Json one = schema_of<K>();
            one["properties"]["kind"] = {{"const", std::string(K::kind)}};
            one["required"].push_back("kind");
            list.push_back(std::move(one));
        };
        (add(std::in_place_type<Kinds>), ...);
        return {{"oneOf", std::move(list)}};
    }
};
template <class Tag>
struct SchemaFor<Name<Tag>> {
    static Json make() { return {{"type", "string"}}; }
};
template <class T>
struct SchemaFor<std::optional<T>> {
    static Json make() { return {{"anyOf", Json::array({schema_of<T>(), Json{{"type", "null"}}})}}; }
};
template <class T>
struct SchemaFor<std::vector<T>> {
    static Json make() { return {{"type", "array"}, {"items", schema_of<T>()}}; }
};
template <class Tag, class T>
struct SchemaFor<std::map<Name<Tag>, T>> {
    static Json make() { return {{"type", "object"}, {"additionalProperties", schema_of<T>()}}; }
};

template <class T>
Json schema_of() {
    return SchemaFor<T>::make();
}

}  // namespace tribune
