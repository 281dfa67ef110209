// The frames of obs-websocket 5 (remote procedure version 1): two encodings of one map {op, d}. Pure.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tribune::net::obs {

using Json = nlohmann::json;

enum class Encoding : std::uint8_t { json, msgpack };
inline constexpr std::size_t encodings = 2;

// Any bytes; null when they are not this encoding, or nest deeper than 32.
std::optional<Json> decode(Encoding encoding, std::string_view bytes);
// Ill-formed UTF-8 is replaced, never an error.
std::string encode(Encoding encoding, const Json& message);

enum class Op : std::uint8_t {
    hello = 0,
    identify = 1,
    identified = 2,
    reidentify = 3,
    event = 5,
    request = 6,
    request_response = 7,
    batch = 8,
    batch_response = 9,
};
Json message(Op op, Json data);

enum class CloseCode : std::uint16_t {
    going_away = 1001,
    undecodable = 4002,
    missing_field = 4003,
    wrong_type = 4004,
    wrong_value = 4005,
    unknown_op = 4006,
    not_identified = 4007,
    already_identified = 4008,
    wrong_password = 4009,
    wrong_version = 4010,
    kicked = 4011,
    unsupported = 4012,
};
struct Closing {
    CloseCode code = CloseCode::undecodable;
    std::string reason;  // at most 123 bytes
};

// Bits of an event subscription.
namespace intent {
inline constexpr std::uint32_t general = 1U << 0U;
inline constexpr std::uint32_t config = 1U << 1U;
inline constexpr std::uint32_t scenes = 1U << 2U;
inline constexpr std::uint32_t inputs = 1U << 3U;
inline constexpr std::uint32_t transitions = 1U << 4U;
inline constexpr std::uint32_t filters = 1U << 5U;
inline constexpr std::uint32_t outputs = 1U << 6U;
inline constexpr std::uint32_t scene_items = 1U << 7U;
inline constexpr std::uint32_t media_inputs = 1U << 8U;
inline constexpr std::uint32_t vendors = 1U << 9U;
inline constexpr std::uint32_t ui = 1U << 10U;
inline constexpr std::uint32_t input_volume_meters = 1U << 16U;
inline constexpr std::uint32_t input_active_state = 1U << 17U;
inline constexpr std::uint32_t input_show_state = 1U << 18U;
inline constexpr std::uint32_t scene_item_transform = 1U << 19U;
}  // namespace intent
// Who does not say gets all but the high-volume ones.
inline constexpr std::uint32_t usual_events = (1U << 12U) - 1;

// Status codes of a request.
enum class Code : std::uint16_t {
    success = 100,
    missing_type = 203,
    unknown_type = 204,
    failed = 205,
    wrong_batch = 206,
    not_ready = 207,
    missing_field = 300,
    missing_data = 301,
    bad_field = 400,
    bad_type = 401,
    out_of_range = 402,
    empty = 403,
    output_running = 500,
    output_not_running = 501,
    output_disabled = 504,
    studio_mode_active = 505,
    not_found = 600,
    exists = 601,
    wrong_kind = 602,
    too_few = 603,
    wrong_state = 604,
    wrong_input_kind = 605,
    not_configurable = 606,
    creation_failed = 700,
    action_failed = 701,
    processing_failed = 702,
    cannot_act = 703,
};

}  // namespace tribune::net::obs
