// A request's data, read strictly. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/obs/wire.hpp"

namespace tribune::net::obs {

// What a request is answered. `data` null: none.
struct Reply {
    Code code = Code::success;
    std::string comment;  // a sentence; empty on success
    Json data;

    [[nodiscard]] bool ok() const { return code == Code::success; }
};
inline Reply success(Json data = nullptr) { return {Code::success, {}, std::move(data)}; }

// Each read says why it failed, the first fault stays, and a failed read gives a harmless value: who is asked reads
// all it needs, and the fault, if there is one, becomes the answer.
class Fields {
  public:
    // `data`: a map, or null when the request brought none. It must outlive this.
    explicit Fields(const Json& data) : data_(data) {}

    // Not empty, at most 4,096 bytes.
    std::string text(const char* name);
    std::optional<std::string> optional_text(const char* name);
    std::optional<std::string> optional_text_or_empty(const char* name);
    double number(const char* name, double least, double most);
    std::optional<double> optional_number(const char* name, double least, double most);
    std::int64_t integer(const char* name, std::int64_t least, std::int64_t most);
    std::optional<std::int64_t> optional_integer(const char* name, std::int64_t least, std::int64_t most);
    bool flag(const char* name);
    std::optional<bool> optional_flag(const char* name);
    // A map; what is left out, nil or an empty text reads as an empty map.
    Json optional_object(const char* name);
    Json object(const char* name);
    [[nodiscard]] bool has(const char* name) const { return find(name) != nullptr; }

    void fail(Code code, std::string comment);
    [[nodiscard]] const std::optional<Reply>& fault() const { return fault_; }

  private:
    [[nodiscard]] const Json* find(const char* name) const;  // null: left out, or nil
    const Json* required(const char* name);
    std::string text_in(const char* name, const Json& field);
    double number_in(const char* name, const Json& field, double least, double most);
    std::int64_t integer_in(const char* name, const Json& field, std::int64_t least, std::int64_t most);
    bool flag_in(const char* name, const Json& field);
    Json object_in(const char* name, const Json& field);

    const Json& data_;
    std::optional<Reply> fault_;
};

}  // namespace tribune::net::obs
