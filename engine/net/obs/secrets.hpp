// What obs-websocket's handshake and pictures need of libcrypto. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tribune::net::obs {

std::string base64(std::string_view bytes);

// `size` random bytes in base64.
std::string random_base64(std::size_t size);

// What a client that knows the password sends: base64(SHA-256(base64(SHA-256(password + salt)) + challenge)), where
// salt and challenge are the texts of Hello (obs-websocket 5, authentication).
std::string expected_answer(std::string_view password, std::string_view salt, std::string_view challenge);

// The time taken tells only the length.
bool same_secret(std::string_view a, std::string_view b);

// The same name gives the same UUID (version 8, from SHA-256) on every machine and every day.
std::string uuid_of(std::string_view kind, std::string_view name);

}  // namespace tribune::net::obs
