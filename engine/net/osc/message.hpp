// Open Sound Control 1.0 datagrams (opensoundcontrol.stanford.edu/spec-1_0.html): strict in, exact out. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace tribune::net::osc {

// Of the type tags i, f, s, b, T/F; h and d are read as well.
using Blob = std::vector<std::uint8_t>;
using Argument = std::variant<std::int32_t, float, std::string, Blob, bool, std::int64_t, double>;

struct Message {
    std::string address;  // begins with /
    std::vector<Argument> arguments;
    bool operator==(const Message&) const = default;
};

inline constexpr std::size_t most_bytes = 8192;    // of a datagram
inline constexpr std::size_t most_messages = 128;  // in all its bundles
inline constexpr std::size_t most_arguments = 64;  // of a message
inline constexpr int most_depth = 4;               // of bundles in bundles

// Any bytes: a message, or a bundle, whose messages come in order whatever its time says. All or nothing.
// Error bad_osc: what does not fit the form or these bounds.
Result<std::vector<Message>> parse(std::string_view datagram);

std::string encode(const Message& message);
// Several in one bundle, to be carried out at once; those that do not fit a datagram of `bytes` begin another.
std::vector<std::string> encode_bundles(const std::vector<Message>& messages, std::size_t bytes = 1400);

// Whether an address is meant by a pattern with ? * [a-z] [!a-z] {one,other}; * and ? stay within a part.
bool matches(std::string_view pattern, std::string_view address);

}  // namespace tribune::net::osc
