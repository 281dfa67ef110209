// How loud it is: peaks and power of a stretch, and loudness after EBU R 128 (Tech 3341) with true peaks after
// ITU-R BS.1770, by libebur128.
#pragma once

#include <memory>
#include <span>

#include "base/sound_block.hpp"

namespace tribune {

// Since it was last taken. In dBFS, silent_db for silence.
struct Level {
    double peak_left_db = silent_db;
    double peak_right_db = silent_db;
    double rms_db = silent_db;  // of both sides together

    bool operator==(const Level&) const = default;
};

class LevelMeter {
  public:
    void add(std::span<const StereoSample> samples);
    void add_silence(std::size_t count) { count_ += count; }
    Level take();

  private:
    float left_ = 0;
    float right_ = 0;
    double power_ = 0;
    std::size_t count_ = 0;
};

// In LUFS, and dBTP for the peak; silent_db where there is nothing to say.
struct Loudness {
    double momentary_lufs = silent_db;   // last 400 ms
    double short_term_lufs = silent_db;  // last 3 s
    double integrated_lufs = silent_db;  // since the start, without its silences
    double true_peak_db = silent_db;     // highest since the start

    bool operator==(const Loudness&) const = default;
};

class LoudnessMeter {
  public:
    LoudnessMeter();
    ~LoudnessMeter();
    LoudnessMeter(const LoudnessMeter&) = delete;
    LoudnessMeter& operator=(const LoudnessMeter&) = delete;
    void add(std::span<const StereoSample> samples);
    [[nodiscard]] Loudness now() const;
    void restart();  // integrated loudness and true peak begin anew

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tribune
