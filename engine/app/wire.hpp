// What the engine and its followers say to each other: message kinds over link/Channel, payloads in CBOR.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/stages.hpp"
#include "base/time.hpp"
#include "link/channel.hpp"

namespace tribune {

enum class Wire : std::uint32_t {
    hello = 1,  // follower: {name, build}
    welcome,    // engine: {clock_offset, epoch, config} — then the snapshot
    snapshot,   // engine: the whole state; replaces what the follower has
    record,     // engine: the next record
    request,    // net: {token, actor, command}
    result,     // engine: {token, ok, code, message, sequence}
    status,  // follower: its part of Actual, about twice a second, from the loop that works (silence means it hangs), or {failed: {code, message}}: it cannot work and ends
    actual,  // engine: Actual
    ring,    // capture → engine → render: {source, medium: "frames" or "sound", generation}, the ring's descriptor
    picture_request,  // net → engine → render or media: {token, kind, name, format, width}
    picture,          // render or media → engine → net: {token, ok, mime, bytes | code, message}
    quit,             // engine: end now
    on_disk,          // engine → net: {sequence}: what came up to it is on disk
    stage,            // engine: the pictures as they are now, while they cannot be written down; the revision stays
    stages,           // follower → engine → net, each second: {process, stages: [{stage, sum_ns, counts}, …]}
    transport,        // engine → capture: what is wanted of its file, when that changes
    keys,             // engine → net: {keys}: those that are valid from now on
    levels,           // render → engine → net, some ten times a second: SoundLevels
    last_
};

// A state of 100,000 voices packs to about 40 MB.
inline ChannelLimits wire_limits() {
    return {
        .message_bytes = 256U << 20U, .queued_bytes = 300U << 20U, .kinds = static_cast<std::uint32_t>(Wire::last_)};
}

bool send(Channel& channel, Wire kind, const nlohmann::json& body, std::span<const int> fds = {});
inline Wire kind_of(const Message& message) { return static_cast<Wire>(message.kind); }

// Fields of a body from a peer that may be broken: a wrong one reads as the fallback.
std::string text_field(const nlohmann::json& body, const char* name);
std::uint64_t number_field(const nlohmann::json& body, const char* name);
bool flag_field(const nlohmann::json& body, const char* name);
const nlohmann::json& object_field(const nlohmann::json& body, const char* name);  // empty when it is none

// "capture/cam1" is a "capture".
std::string kind_of_process(const std::string& name);

// A view's pictures on their way to its recording, and the sound of all of them.
OutputName recording_feed(const std::string& view);
inline constexpr const char* recording_sound = "tribune-record";

// Built from the same sources: followers of another build are replaced, not adopted.
std::string build_id();

// What a picture request asks for.
struct PictureWish {
    std::uint64_t token = 0;
    std::string kind;  // "face", "source", "view", or "media": a file's thumbnail, the list of files for no name
    std::string name;
    std::string format;  // "jpg" or "png"
    int width = 0;       // 0: full size
};
nlohmann::json encode(const PictureWish& wish);
PictureWish decode_picture_wish(const nlohmann::json& body);

// Of one process. What is not understood is left out.
nlohmann::json encode(const std::vector<StageTimes>& times);
std::vector<StageTimes> decode_stage_times(const nlohmann::json& body);

}  // namespace tribune
