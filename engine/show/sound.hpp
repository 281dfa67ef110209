// Sound as it is wanted: a channel for each source, the master, the bell; what the monitor hears follows from the
// solos. And the commands that change it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace tribune {

struct ShowState;

// Whether a source is heard on master.
enum class SoundFollow : std::uint32_t {
    off = 1,  // never
    with,     // while program shows it; it fades with the transition
    always,   // whatever is shown
};

struct SoundChannel {
    double gain_db = 0;
    bool mute = false;
    bool solo = false;  // heard on the monitor, which then hears nothing but solos; the hall hears no difference
    double pan = 0;     // -1 left, 1 right
    int delay_ms = 0;   // beyond being in step with its pictures
    SoundFollow follow = SoundFollow::with;
    bool operator==(const SoundChannel&) const = default;
};

struct SoundMaster {
    double gain_db = 0;
    bool mute = false;
    bool limiter = true;
    bool operator==(const SoundMaster&) const = default;
};

struct SoundDesk {
    std::map<SourceName, SoundChannel> channels;  // those that were touched: all others stand as a channel begins
    SoundMaster master;
    std::optional<ShowTime> bell;  // when it was last rung
    bool operator==(const SoundDesk&) const = default;

    [[nodiscard]] SoundChannel channel(const SourceName& source) const;
};

inline constexpr double least_gain_db = -100;  // as good as silent
inline constexpr double most_gain_db = 20;
inline constexpr int most_delay_ms = 2000;

// How much of each source master hears at this time, 0…1 by amplitude, before its channel: two that change over keep
// their power together, and black takes what follows the picture along. Sources left out: nothing.
std::map<SourceName, double> sound_presence(const ShowState& state, ShowTime now);

// --- Commands -----------------------------------------------------------------------------------------------

// What is left out stays.
struct SetChannel {
    SourceName source;
    std::optional<double> gain_db;
    std::optional<bool> mute;
    std::optional<bool> solo;
    std::optional<double> pan;
    std::optional<int> delay_ms;
    std::optional<SoundFollow> follow;
    bool operator==(const SetChannel&) const = default;
};

struct SetMaster {
    std::optional<double> gain_db;
    std::optional<bool> mute;
    std::optional<bool> limiter;
    bool operator==(const SetMaster&) const = default;
};

// The bell, once, now.
struct RingBell {
    bool operator==(const RingBell&) const = default;
};

// Errors unknown_source, bad_channel: says which value and what it may be.
Status set_channel(ShowState& state, const SetChannel& c);
Status set_master(ShowState& state, const SetMaster& c);

// Channels of sources that a new show no longer has are forgotten.
void forget_gone_channels(ShowState& state);

}  // namespace tribune
