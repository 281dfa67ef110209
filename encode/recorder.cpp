#include "encode/recorder.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <span>

namespace tribune {
namespace {

using std::chrono::milliseconds;

// Sound is mixed ahead of its time and comes in blocks; what is later than this is not coming.
constexpr Nanoseconds sound_grace = milliseconds(150);
// An encoder that is so far behind leaves frames out.
constexpr Nanoseconds most_behind = milliseconds(250);
// A block this close to where the last one ended goes on there: clocks are read to a few microseconds.
constexpr std::int64_t close_samples = 48;

}  // namespace

Status Recorder::take_frames(int fd) {
    TRIBUNE_TRY(frames_, FrameRingReader::open(fd));
    return {};
}

Status Recorder::take_sound(int fd) {
    TRIBUNE_TRY(sound_, SoundRingReader::open(fd));
    return {};
}

Nanoseconds Recorder::time_of(std::int64_t frame) const {
    return Nanoseconds{frame * 1'000'000'000 / options_.frames * options_.seconds};
}

MonotonicTime Recorder::next() const { return start_ + time_of(next_frame_); }

double Recorder::seconds() const { return std::chrono::duration<double>(time_of(next_frame_)).count(); }

Status Recorder::write(MonotonicTime now) {
    if (frames_) {
        TRIBUNE_TRY(auto newest, frames_->latest());
        if (newest) picture_ = std::move(newest);
    }
    if (!picture_) return {};
    if (!file_) {
        options_.size = picture_->size;
        TRIBUNE_TRY(file_, FilmFile::open(options_));
        start_ = now;
    }
    if (picture_->size != options_.size)
        return Error{"other_size", "The pictures have another size now: another file goes on."};
    TRIBUNE_CHECK(write_pictures(now));
    return write_sound(now);
}

// One a frame of the file, the same again where nothing new came.
Status Recorder::write_pictures(MonotonicTime now) {
    if (now - next() > most_behind) {
        const auto late = now - next();
        const auto frame = time_of(1);
        const std::int64_t left_out = late / frame;
        dropped_ += static_cast<std::uint64_t>(left_out);
        next_frame_ += left_out;
    }
    while (next() <= now) {
        TRIBUNE_CHECK(file_->video(*picture_, next_frame_));
        ++next_frame_;
    }
    return {};
}

Status Recorder::write_sound(MonotonicTime now) {
    const auto silence_to = [&](std::int64_t sample) -> Status {
        static constexpr std::array<StereoSample, 960> silence{};
        while (next_sample_ < sample) {
            const auto count = std::min<std::int64_t>(sample - next_sample_, silence.size());
            TRIBUNE_CHECK(file_->sound(std::span(silence).first(static_cast<std::size_t>(count)), next_sample_));
            next_sample_ += count;
        }
        return {};
    };
    while (sound_) {
        auto block = sound_->next();
        if (!block) {
            sound_.reset();
            break;
        }
        if (!*block) break;
        std::span<const StereoSample> samples((*block)->samples);
        auto first = static_cast<std::int64_t>(std::llround(samples_in((*block)->presentation - start_.since_boot)));
        if (std::abs(first - next_sample_) <= close_samples) first = next_sample_;
        if (first < next_sample_) {  // before the file began, or again
            const auto skip = std::min<std::int64_t>(next_sample_ - first, static_cast<std::int64_t>(samples.size()));
            samples = samples.subspan(static_cast<std::size_t>(skip));
            first += skip;
        }
        if (samples.empty()) continue;
        TRIBUNE_CHECK(silence_to(first));
        TRIBUNE_CHECK(file_->sound(samples, next_sample_));
        next_sample_ += static_cast<std::int64_t>(samples.size());
    }
    // Where no sound comes, silence does, so that the pictures need not wait for it.
    return silence_to(static_cast<std::int64_t>(samples_in(now - start_ - sound_grace)));
}

Status Recorder::finish() { return file_ ? file_->finish() : Status{}; }

}  // namespace tribune
