// All sources' sound into two buses: master, which the hall hears, and monitor, which an operator hears (the soloed
// channels, or master when none is). Pure: what is due when comes in as a time.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "base/sound_block.hpp"
#include "sound/limiter.hpp"
#include "sound/loudness.hpp"
#include "sound/source_line.hpp"

namespace tribune {

struct ChannelSettings {
    double gain_db = 0;
    bool mute = false;
    bool solo = false;
    double pan = 0;        // -1 left, 0 as it comes, 1 right; both sides together keep their power
    Nanoseconds delay{0};  // ≥ 0, beyond being in step with its pictures
    double presence = 1;   // 0…1: what following the picture leaves of it on master
};

struct MixSettings {
    std::map<SourceName, ChannelSettings> channels;  // a source that has none is forgotten
    double master_gain_db = 0;
    bool master_mute = false;
    bool limiter = true;
    // From a picture's publication to the moment it is seen, on average.
    Nanoseconds picture_lag{0};
};

struct ChannelReport {
    SourceName source;
    Level level;                          // before fader and follow
    bool sounding = false;                // sound comes
    std::optional<Nanoseconds> lateness;  // against its pictures: how much later than due it is heard
    SourceLine::Counters counters;
};

struct MixReport {
    std::vector<ChannelReport> channels;
    Level master;
    Level monitor;
    Loudness loudness;        // of master
    double reduction_db = 0;  // by the limiter
};

// The gains of both sides for a pan: left² + right² = 2 wherever it stands (equal power).
struct SideGains {
    float left = 1;
    float right = 1;
};
SideGains pan_gains(double pan);

// Thread: one.
class Mixer {
  public:
    static constexpr std::size_t block_samples = 480;  // 10 ms
    static constexpr Nanoseconds block_length = sound_length(block_samples);
    using Block = std::array<StereoSample, block_samples>;
    struct Buses {
        Block master{};
        Block monitor{};
    };

    Mixer();

    void push(const SourceName& source, const SoundBlock& block);
    // SourceLine::set_clock. A source is silent until it is known.
    void set_clock(const SourceName& source, Nanoseconds offset);

    // The bell sounds on master from this moment on; a strike long past is over.
    void strike_bell(MonotonicTime at);

    // The next block, whose first sample is heard at this moment. Every change of a setting is a ramp over one block.
    const Buses& mix(const MixSettings& settings, MonotonicTime heard);

    // Levels since the last report.
    MixReport report();
    void restart_loudness() { loudness_.restart(); }

  private:
    struct Channel {
        SourceLine line;
        bool has_clock = false;
        bool sounding = false;
        LevelMeter meter;
        SideGains to_master{0, 0};  // at the end of the last block
        SideGains to_solo{0, 0};
    };
    void add_channel(Channel& channel, const ChannelSettings& settings, MonotonicTime due, Nanoseconds lag);
    void add_bell(MonotonicTime due);

    std::map<SourceName, Channel> channels_;
    std::vector<StereoSample> bell_;
    std::vector<MonotonicTime> strikes_;
    Block one_{};   // of one channel
    Block solo_{};  // the soloed channels
    Buses buses_;
    float master_gain_ = 0;
    float solo_share_ = 0;  // of monitor
    Limiter limiter_;
    LevelMeter master_meter_;
    LevelMeter monitor_meter_;
    LoudnessMeter loudness_;
};

}  // namespace tribune
