// Errors as values. An Error has a stable code for programs and a sentence for people that says what to do.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace tribune {

struct Error {
    std::string code;     // stable, snake_case: clients and tests rely on it
    std::string message;  // one sentence: what is wrong and what to do

    bool operator==(const Error&) const = default;
};

// A T, or the reason why there is none. Thread: like T.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : value_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : value_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return value_.index() == 0; }
    [[nodiscard]] const T& value() const& {
        assert(*this);
        return *std::get_if<0>(&value_);
    }
    [[nodiscard]] T& value() & {
        assert(*this);
        return *std::get_if<0>(&value_);
    }
    [[nodiscard]] T&& value() && {
        assert(*this);
        return std::move(*std::get_if<0>(&value_));
    }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }
    [[nodiscard]] const Error& error() const {
        assert(!*this);
        return *std::get_if<1>(&value_);
    }

  private:
    std::variant<T, Error> value_;
};

// Success without a value.
template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    explicit operator bool() const { return !error_; }
    [[nodiscard]] const Error& error() const {
        assert(error_);
        return *error_;
    }

  private:
    std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace tribune

#define TRIBUNE_CONCAT_(a, b) a##b
#define TRIBUNE_CONCAT(a, b) TRIBUNE_CONCAT_(a, b)

// TRIBUNE_TRY(auto x, f()); — binds the value, or returns the error from this function.
#define TRIBUNE_TRY(declaration, ...) TRIBUNE_TRY_(TRIBUNE_CONCAT(tried_, __LINE__), declaration, __VA_ARGS__)
#define TRIBUNE_TRY_(name, declaration, ...) \
    auto name = (__VA_ARGS__);               \
    if (!name) return name.error();          \
    declaration = *std::move(name)

// TRIBUNE_CHECK(f()); — for a Status.
#define TRIBUNE_CHECK(...) TRIBUNE_CHECK_(TRIBUNE_CONCAT(checked_, __LINE__), __VA_ARGS__)
#define TRIBUNE_CHECK_(name, ...) \
    if (auto name = (__VA_ARGS__); !name) return name.error()
