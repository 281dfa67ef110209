// Sound as it is: outputs, twice a second with the rest of Actual; levels, some ten times a second, on their own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.hpp"

namespace tribune {

struct SoundOutputHealth {
    OutputName name;
    std::string bus;     // "master", "monitor"
    std::string kind;    // "none", "device", "shared"
    std::string state;   // "ok", "lost"
    std::string detail;  // the device, or what is wrong with it
    double latency_ms = 0;
    std::uint64_t breaks = 0;  // ran dry, or had too much
    bool operator==(const SoundOutputHealth&) const = default;
};

struct ChannelLevel {
    SourceName source;
    bool sounding = false;       // sound comes
    double peak_left_db = -120;  // before fader and follow, since the last report
    double peak_right_db = -120;
    double rms_db = -120;
    double presence = 0;        // what following the picture leaves of it, 0…1
    double late_ms = 0;         // against its pictures
    std::uint64_t ran_out = 0;  // times that sound was due and had not come
    std::uint64_t jumps = 0;    // times that it was too far off to be drawn back
    bool operator==(const ChannelLevel&) const = default;
};

struct SoundLevels {
    std::vector<ChannelLevel> channels;  // of the sources that have sound
    double master_left_db = -120;
    double master_right_db = -120;
    double monitor_left_db = -120;
    double monitor_right_db = -120;
    double limiter_db = 0;  // taken away by it, ≤ 0
    // EBU R 128 of master; -120: nothing to say
    double momentary_lufs = -120;
    double short_term_lufs = -120;
    double integrated_lufs = -120;
    double true_peak_db = -120;
    bool operator==(const SoundLevels&) const = default;
};

}  // namespace tribune
