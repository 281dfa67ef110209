// Turns the declarations of show/fields.hpp into JSON, values and schema. Private to show/.
#pragma once

#include <concepts>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "show/fields.hpp"

namespace tribune {

using Json = nlohmann::json;

// What all types share is no template, and stands in json_visitors.cpp: some hundred types are compiled in seconds.
Json write_text(std::string_view text);

template <class T>
Json write_value(const T& value);

class JsonWriter {
  public:
    explicit JsonWriter(Json& out) : out_(out) {}
    template <class T>
    void operator()(const char* name, const T& value, const char*, Presence = Presence::required) {
        put(name, write_value(value));
    }

  private:
    void put(const char* name, Json&& value);

    Json& out_;
};

template <class E>
Json write_enum(E value) {
    for (const auto& [e, name] : names_of(value)) {
        if (e == value) return write_text(name);
    }
    return nullptr;
}

// Overloads for what is not a struct with fields.
inline Json write_plain(const std::string& v) { return write_text(v); }
inline Json write_plain(const Uuid& v) { return write_text(to_string(v)); }
inline Json write_plain(const TableNumber& v) { return v.value; }
inline Json write_plain(const Nanoseconds& v) { return v.count(); }
inline Json write_plain(const ShowTime& v) { return v.since_start.count(); }
template <class Tag>
Json write_plain(const Name<Tag>& v) {
    return write_text(v.text);
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
Json write_plain(const Colour& v);
// codec.cpp: a command of its kind, which a cue or macro may hold.
Json write_plain(const HeldCommand& v);
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
        if (const Json* at = find(name, presence)) fault_ = read_value(*at, value, path_ + name);
    }
    // After all fields: the first fault, or a field nobody declared. `extra` fields are known to the caller.
    [[nodiscard]] Fault finish(std::size_t extra) const;

  private:
    // The field to read, if there is one and nothing was wrong before.
    const Json* find(const char* name, Presence presence);

    const Json& json_;
    const std::string& path_;
    Fault fault_;
    std::size_t declared_ = 0;
    std::size_t absent_ = 0;
};

Fault wrong(const std::string& path, std::string_view wanted);

Fault read_plain(const Json& json, std::string& v, const std::string& path);
Fault read_plain(const Json& json, bool& v, const std::string& path);
Fault read_plain(const Json& json, double& v, const std::string& path);
// A number from `least` to `most`, as its bits.
Fault read_whole(const Json& json, std::uint64_t& v, std::int64_t least, std::uint64_t most, const std::string& path);
template <std::integral I>
Fault read_plain(const Json& json, I& v, const std::string& path) {
    using Limits = std::numeric_limits<I>;
    std::uint64_t bits = 0;
    auto fault = read_whole(json, bits, static_cast<std::int64_t>(Limits::min()),
                            static_cast<std::uint64_t>(Limits::max()), path);
    if (!fault) v = static_cast<I>(bits);
    return fault;
}
Fault read_plain(const Json& json, Uuid& v, const std::string& path);
Fault read_plain(const Json& json, TableNumber& v, const std::string& path);
Fault read_plain(const Json& json, Nanoseconds& v, const std::string& path);
Fault read_plain(const Json& json, ShowTime& v, const std::string& path);
template <class Tag>
Fault read_plain(const Json& json, Name<Tag>& v, const std::string& path) {
    return read_plain(json, v.text, path);
}
Fault read_plain(const Json& json, Colour& v, const std::string& path);
Fault read_plain(const Json& json, HeldCommand& v, const std::string& path);
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
std::string item_path(const std::string& path, std::size_t index);
template <class T>
Fault read_plain(const Json& json, std::vector<T>& v, const std::string& path) {
    if (!json.is_array()) return wrong(path, "a list");
    v.clear();
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (auto fault = read_value(json[i], v.emplace_back(), item_path(path, i))) return fault;
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

// An object's kind, null where there is none.
const std::string* kind_in(const Json& json);

template <class... Kinds>
Fault read_plain(const Json& json, std::variant<Kinds...>& v, const std::string& path) {
    const std::string* wanted = kind_in(json);
    if (wanted == nullptr) return wrong(path, "an object with a kind");
    Fault fault = wrong(path + ".kind", "one that is known");
    const auto read_if = [&]<class K>(std::in_place_type_t<K>) {
        if (K::kind != *wanted) return;
        fault = read_struct(json, v.template emplace<K>(), path, 1);
    };
    (read_if(std::in_place_type<Kinds>), ...);
    return fault;
}

// --- Schema -------------------------------------------------------------------------------------------------

template <class T>
Json schema_of();
// {"type": name}
Json schema_named(const char* name);
// An object without properties.
Json schema_of_object();

class SchemaWriter {
  public:
    explicit SchemaWriter(Json& out) : out_(out) {}
    template <class T>
    void operator()(const char* name, const T&, const char* help, Presence presence = Presence::required) {
        put(name, schema_of<T>(), help, presence);
    }

  private:
    void put(const char* name, Json&& field, const char* help, Presence presence);

    Json& out_;
};

template <class T>
struct SchemaFor {
    static Json make() {
        if constexpr (std::same_as<T, bool>) {
            return schema_named("boolean");
        } else if constexpr (std::integral<T>) {
            return schema_named("integer");
        } else if constexpr (std::floating_point<T>) {
            return schema_named("number");
        } else if constexpr (std::is_enum_v<T>) {
            Json names = Json::array();
            for (const auto& [e, name] : names_of(T{})) names.push_back(std::string(name));
            return {{"enum", names}};
        } else {
            Json out = schema_of_object();
            SchemaWriter writer(out);
            const T value{};
            fields(writer, value);
            return out;
        }
    }
};
template <>
struct SchemaFor<std::string> {
    static Json make() { return schema_named("string"); }
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
    static Json make() { return schema_named("integer"); }
};
template <>
struct SchemaFor<ShowTime> {
    static Json make() { return schema_named("integer"); }
};
template <>
struct SchemaFor<HeldCommand> {
    static Json make() { return {{"$ref", "#"}}; }
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
template <>
struct SchemaFor<LayerContent> : SchemaFor<LayerContentVariant> {};
template <class Tag>
struct SchemaFor<Name<Tag>> {
    static Json make() { return schema_named("string"); }
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
