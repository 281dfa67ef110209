#include "net/obs/fields.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace tribune::net::obs {
namespace {

constexpr std::size_t most_text = 4096;

}  // namespace

void Fields::fail(Code code, std::string comment) {
    if (!fault_) fault_ = Reply{code, std::move(comment), nullptr};
}

const Json* Fields::find(const char* name) const {
    const auto at = data_.find(name);
    return at == data_.end() || at->is_null() ? nullptr : &*at;
}

const Json* Fields::required(const char* name) {
    const Json* field = find(name);
    if (field != nullptr) return field;
    if (data_.is_null()) {
        fail(Code::missing_data, fmt::format("This request needs requestData with `{}`.", name));
    } else {
        fail(Code::missing_field, fmt::format("The field `{}` is missing.", name));
    }
    return nullptr;
}

std::string Fields::text_in(const char* name, const Json& field) {
    if (!field.is_string()) {
        fail(Code::bad_type, fmt::format("The field `{}` must be a text.", name));
        return {};
    }
    auto text = field.get<std::string>();
    if (text.empty()) fail(Code::empty, fmt::format("The field `{}` must not be empty.", name));
    if (text.size() <= most_text) return text;
    fail(Code::out_of_range, fmt::format("The field `{}` takes at most {} bytes.", name, most_text));
    return {};
}

double Fields::number_in(const char* name, const Json& field, double least, double most) {
    if (!field.is_number()) {
        fail(Code::bad_type, fmt::format("The field `{}` must be a number.", name));
        return least;
    }
    const auto value = field.get<double>();
    if (value >= least && value <= most) return value;
    fail(Code::out_of_range, fmt::format("The field `{}` must be from {} to {}.", name, least, most));
    return least;
}

std::int64_t Fields::integer_in(const char* name, const Json& field, std::int64_t least, std::int64_t most) {
    const double value = number_in(name, field, static_cast<double>(least), static_cast<double>(most));
    if (value == std::floor(value)) return static_cast<std::int64_t>(value);
    fail(Code::bad_type, fmt::format("The field `{}` must be a whole number.", name));
    return least;
}

bool Fields::flag_in(const char* name, const Json& field) {
    if (!field.is_boolean()) {
        fail(Code::bad_type, fmt::format("The field `{}` must be true or false.", name));
        return false;
    }
    return field.get<bool>();
}

Json Fields::object_in(const char* name, const Json& field) {
    if (field.is_object()) return field;
    // Some clients send what was typed, and nothing was.
    if (!field.is_string() || !field.get_ref<const std::string&>().empty())
        fail(Code::bad_type, fmt::format("The field `{}` must be a map.", name));
    return Json::object();
}

std::string Fields::text(const char* name) {
    const Json* field = required(name);
    return field == nullptr ? std::string() : text_in(name, *field);
}
std::optional<std::string> Fields::optional_text(const char* name) {
    const Json* field = find(name);
    return field == nullptr ? std::nullopt : std::optional(text_in(name, *field));
}
std::optional<std::string> Fields::optional_text_or_empty(const char* name) {
    const Json* field = find(name);
    if (field != nullptr && field->is_string() && field->get_ref<const std::string&>().empty()) return std::string();
    return optional_text(name);
}
double Fields::number(const char* name, double least, double most) {
    const Json* field = required(name);
    return field == nullptr ? least : number_in(name, *field, least, most);
}
std::optional<double> Fields::optional_number(const char* name, double least, double most) {
    const Json* field = find(name);
    return field == nullptr ? std::nullopt : std::optional(number_in(name, *field, least, most));
}
std::int64_t Fields::integer(const char* name, std::int64_t least, std::int64_t most) {
    const Json* field = required(name);
    return field == nullptr ? least : integer_in(name, *field, least, most);
}
std::optional<std::int64_t> Fields::optional_integer(const char* name, std::int64_t least, std::int64_t most) {
    const Json* field = find(name);
    return field == nullptr ? std::nullopt : std::optional(integer_in(name, *field, least, most));
}
bool Fields::flag(const char* name) {
    const Json* field = required(name);
    return field != nullptr && flag_in(name, *field);
}
std::optional<bool> Fields::optional_flag(const char* name) {
    const Json* field = find(name);
    return field == nullptr ? std::nullopt : std::optional(flag_in(name, *field));
}
Json Fields::object(const char* name) {
    const Json* field = required(name);
    return field == nullptr ? Json::object() : object_in(name, *field);
}
Json Fields::optional_object(const char* name) {
    const Json* field = find(name);
    return field == nullptr ? Json::object() : object_in(name, *field);
}

}  // namespace tribune::net::obs
