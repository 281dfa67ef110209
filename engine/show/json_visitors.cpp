#include "show/json_visitors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tribune {

// --- Writing ------------------------------------------------------------------------------------------------

void JsonWriter::put(const char* name, Json&& value) { out_[name] = std::move(value); }

Json write_text(std::string_view text) { return std::string(text); }

Json write_plain(const Colour& v) {
    const auto byte = [](float f) { return static_cast<int>(std::lround(std::clamp(f, 0.0F, 1.0F) * 255)); };
    return fmt::format("#{:02x}{:02x}{:02x}{:02x}", byte(v.red), byte(v.green), byte(v.blue), byte(v.alpha));
}

// --- Reading ------------------------------------------------------------------------------------------------

const Json* JsonReader::find(const char* name, Presence presence) {
    if (fault_) return nullptr;
    ++declared_;
    const auto at = json_.find(name);
    if (at != json_.end()) return &*at;
    ++absent_;
    if (presence == Presence::required) fault_ = fmt::format("{}{} is missing", path_, name);
    return nullptr;
}

Fault JsonReader::finish(std::size_t extra) const {
    if (fault_) return fault_;
    if (json_.size() > declared_ - absent_ + extra) {
        return fmt::format("{} has a field that is not known", path_.empty() ? "the message" : path_);
    }
    return std::nullopt;
}

Fault wrong(const std::string& path, std::string_view wanted) { return fmt::format("{} must be {}", path, wanted); }

std::string item_path(const std::string& path, std::size_t index) { return fmt::format("{}[{}]", path, index); }

const std::string* kind_in(const Json& json) {
    if (!json.is_object()) return nullptr;
    const auto kind = json.find("kind");
    return kind != json.end() && kind->is_string() ? &kind->get_ref<const std::string&>() : nullptr;
}

Fault read_plain(const Json& json, std::string& v, const std::string& path) {
    if (!json.is_string()) return wrong(path, "text");
    v = json.get_ref<const std::string&>();
    return std::nullopt;
}

Fault read_plain(const Json& json, bool& v, const std::string& path) {
    if (!json.is_boolean()) return wrong(path, "true or false");
    v = json.get<bool>();
    return std::nullopt;
}

Fault read_plain(const Json& json, double& v, const std::string& path) {
    if (!json.is_number()) return wrong(path, "a number");
    v = json.get<double>();
    return std::nullopt;
}

Fault read_whole(const Json& json, std::uint64_t& v, std::int64_t least, std::uint64_t most, const std::string& path) {
    if (json.is_number_unsigned()) {
        v = json.get<std::uint64_t>();
        if (v <= most) return std::nullopt;
    } else if (json.is_number_integer()) {
        const auto n = json.get<std::int64_t>();
        v = static_cast<std::uint64_t>(n);
        if (n >= least && (n < 0 || v <= most)) return std::nullopt;
    }
    return wrong(path, fmt::format("a whole number from {} to {}", least, most));
}

Fault read_plain(const Json& json, Uuid& v, const std::string& path) {
    const auto id = json.is_string() ? parse_uuid(json.get_ref<const std::string&>()) : std::nullopt;
    if (!id) return wrong(path, "a UUID");
    v = *id;
    return std::nullopt;
}

Fault read_plain(const Json& json, TableNumber& v, const std::string& path) { return read_plain(json, v.value, path); }

Fault read_plain(const Json& json, Nanoseconds& v, const std::string& path) {
    std::int64_t ns = 0;
    auto fault = read_plain(json, ns, path);
    v = Nanoseconds(ns);
    return fault;
}

Fault read_plain(const Json& json, ShowTime& v, const std::string& path) {
    return read_plain(json, v.since_start, path);
}

Fault read_plain(const Json& json, Colour& v, const std::string& path) {
    const auto refuse = [&] { return wrong(path, "a colour: \"#rrggbb\" or \"#rrggbbaa\""); };
    if (!json.is_string()) return refuse();
    const auto& text = json.get_ref<const std::string&>();
    if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return refuse();
    std::uint32_t bits = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), bits, 16);
    if (error != std::errc{} || end != text.data() + text.size()) return refuse();
    const float alpha = text.size() == 9 ? static_cast<float>(bits & 255) / 255.0F : 1;
    v = colour_from_rgb(text.size() == 9 ? bits >> 8 : bits, alpha);
    return std::nullopt;
}

// --- Schema -------------------------------------------------------------------------------------------------

void SchemaWriter::put(const char* name, Json&& field, const char* help, Presence presence) {
    field["description"] = help;
    out_["properties"][name] = std::move(field);
    if (presence == Presence::required) out_["required"].push_back(name);
}

Json schema_named(const char* name) { return {{"type", name}}; }

Json schema_of_object() {
    return {{"type", "object"},
            {"properties", Json::object()},
            {"required", Json::array()},
            {"additionalProperties", false}};
}

}  // namespace tribune
