#include "sound/source_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tribune {
namespace {

constexpr std::size_t most_stretches = 16;
constexpr double joined = 0.004;       // seconds: time stamps off by less are rounded, no gap
constexpr double stamp_weight = 0.02;  // how far a time stamp moves the line's idea of time
constexpr double too_far = 0.030;      // seconds off due: beyond it, jump
constexpr double in_time = 0.5 / sound_rate_hz;
constexpr std::size_t needed_to_fade = Resampler::reach + SourceLine::fade_samples;
constexpr std::size_t piece = 256;  // samples given to the resampler at once

double seconds(Nanoseconds t) { return static_cast<double>(t.count()) / 1e9; }

void fade_out(std::span<StereoSample> samples) {
    const auto count = static_cast<float>(samples.size());
    float left = count;
    for (auto& s : samples) {
        const float gain = --left / count;
        s.left *= gain;
        s.right *= gain;
    }
}

}  // namespace

void SourceLine::Stretch::drop_front(std::size_t count) {
    samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(count));
    begins += static_cast<double>(count) / sound_rate_hz;
}

std::size_t SourceLine::Stretch::drop_before(double time) {
    if (time <= begins) return 0;
    const auto past = std::min(static_cast<std::size_t>((time - begins) * sound_rate_hz), samples.size());
    drop_front(past);
    return past;
}

void SourceLine::push(const SoundBlock& block) {
    const double begins = seconds(block.presentation);
    const auto append = [&](Stretch& stretch) {
        stretch.samples.insert(stretch.samples.end(), block.samples.begin(), block.samples.end());
    };
    if (!stretches_.empty() && std::abs(begins - stretches_.back().ends()) < joined) {
        const double shift = (begins - stretches_.back().ends()) * stamp_weight;
        stretches_.back().begins += shift;
        if (stretches_.size() == 1) position_ += shift;
        append(stretches_.back());
    } else {
        // What is newer counts: a source that began anew, or a file that started again a little before its sound ended.
        while (!stretches_.empty() && stretches_.back().ends() > begins) {
            Stretch& last = stretches_.back();
            const auto over = static_cast<std::size_t>(std::ceil((last.ends() - begins) * sound_rate_hz));
            const bool sounds = playing_ && stretches_.size() == 1;
            const std::size_t kept = sounds ? std::min(needed_to_fade, last.samples.size()) : 0;
            last.samples.resize(std::max(last.samples.size() - std::min(over, last.samples.size()), kept));
            if (!last.samples.empty() || sounds) break;
            stretches_.pop_back();
        }
        append(stretches_.emplace_back(Stretch{{}, begins}));
    }
    forget_oldest();
}

// Bounded: the oldest go, which are those that were not asked for.
void SourceLine::forget_oldest() {
    std::size_t total = 0;
    for (const auto& s : stretches_) total += s.samples.size();
    while (total > most_samples || stretches_.size() > most_stretches) {
        const auto count =
            std::min(stretches_.front().samples.size(), total > most_samples ? total - most_samples : total);
        counters_.dropped += count;
        total -= count;
        stop();
        stretches_.front().drop_front(count);
        if (stretches_.front().samples.empty()) stretches_.pop_front();
    }
}

bool SourceLine::pull(std::span<StereoSample> out, MonotonicTime heard, Nanoseconds later) {
    const double due = seconds(heard.since_boot - clock_ - later);  // presentation time that is due now
    const double block = static_cast<double>(out.size()) / sound_rate_hz;
    std::size_t silent = 0;
    if (!playing_ && !start(due, out, silent)) {
        std::fill(out.begin(), out.end(), StereoSample{});
        return false;
    }
    const auto sounding = out.subspan(silent);
    late_ = due + static_cast<double>(silent) / sound_rate_hz - position_;
    const bool jump = std::abs(late_) > too_far;
    if (!jump) control_.next(late_, block);

    const auto made = play(sounding);
    for (std::size_t i = 0; i < made && fade_in_ > 0; ++i, --fade_in_) {
        const float gain = 1 - static_cast<float>(fade_in_) / fade_samples;
        sounding[i].left *= gain;
        sounding[i].right *= gain;
    }
    // Sound for the fade is kept back: when less is left after this block, the block itself ends in it.
    const bool ends = made < sounding.size() ||
                      (stretches_.front().ends() - position_) * sound_rate_hz < static_cast<double>(needed_to_fade);
    if (ends || jump) {
        fade_out(sounding.first(made).last(std::min<std::size_t>(made, fade_samples)));
        std::fill(sounding.begin() + static_cast<std::ptrdiff_t>(made), sounding.end(), StereoSample{});
        jump ? ++counters_.jumps : ++counters_.ran_out;
        stop();
    }
    return true;
}

// Finds what is due now. Sound that begins within this block is preceded by `silent` samples.
bool SourceLine::start(double due, std::span<StereoSample> out, std::size_t& silent) {
    const double block = static_cast<double>(out.size()) / sound_rate_hz;
    const double least = static_cast<double>(out.size() + Resampler::reach + 2 * fade_samples) / sound_rate_hz;
    while (!stretches_.empty()) {
        Stretch& first = stretches_.front();
        if (first.ends() < due + least) {
            if (stretches_.size() == 1 && first.ends() > due) return false;  // more of it may still come in time
            counters_.dropped += first.samples.size();
            stretches_.pop_front();
            continue;
        }
        if (first.begins >= due + block) return false;
        counters_.dropped += first.drop_before(due + in_time);
        const double wait = std::max(0.0, first.begins - due) * sound_rate_hz;
        silent = std::min(static_cast<std::size_t>(wait), out.size());
        std::fill(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(silent), StereoSample{});
        position_ = first.begins;
        control_.reset();
        resampler_.reset(control_.speed());
        fade_in_ = fade_samples;
        playing_ = true;
        ++counters_.starts;
        return silent < out.size();
    }
    return false;
}

// How many samples could be made.
std::size_t SourceLine::play(std::span<StereoSample> out) {
    Stretch& first = stretches_.front();
    const double speed = control_.speed();
    std::size_t made = 0;
    std::array<StereoSample, piece> buffer;
    while (made < out.size()) {
        const auto count = std::min(buffer.size(), first.samples.size());
        std::copy_n(first.samples.begin(), count, buffer.begin());
        const auto step = resampler_.run(std::span(buffer).first(count), out.subspan(made), speed);
        made += step.made;
        first.drop_front(step.used);
        if (step.used == 0 && step.made == 0) break;
    }
    position_ += static_cast<double>(made) * speed / sound_rate_hz;
    return made;
}

void SourceLine::stop() { playing_ = false; }

std::optional<Nanoseconds> SourceLine::lateness() const {
    if (!playing_) return std::nullopt;
    return Nanoseconds{static_cast<std::int64_t>(late_ * 1e9)};
}

Nanoseconds SourceLine::waiting() const {
    std::int64_t total = 0;
    for (const auto& s : stretches_) total += static_cast<std::int64_t>(s.samples.size());
    return sound_length(total);
}

}  // namespace tribune
