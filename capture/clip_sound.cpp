#include "capture/clip_sound.hpp"

#include <algorithm>
#include <cmath>

#include "capture/av_error.hpp"
#include "capture/clip_reader.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds published_ahead = 400ms;
constexpr Nanoseconds pre_roll = 100ms;  // decoders of sound find their feet so long before they are right
constexpr Nanoseconds reach = 1s;        // further ahead than this, a jump is tried
constexpr Nanoseconds first_step_back = 1s;
constexpr Nanoseconds told_apart = 3ms;  // less is rounding
constexpr Nanoseconds idle = 500ms;
constexpr std::size_t seam_fade = 96;  // samples: where sound is cut, nothing clicks
constexpr std::size_t silent_samples = 480;

void fade(std::span<StereoSample> samples, bool in) {
    const auto count = static_cast<float>(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto done = static_cast<float>(i + 1) / count;
        const float gain = in ? done : 1 - done;
        samples[i].left *= gain;
        samples[i].right *= gain;
    }
}

// How much of the file these samples are.
Nanoseconds in_file(std::size_t samples, double speed) {
    return Nanoseconds{std::llround(static_cast<double>(samples) * 1e9 * speed / sound_rate_hz)};
}

}  // namespace

// --- ClipSoundReader ----------------------------------------------------------------------------------------

Result<ClipSoundReader> ClipSoundReader::open(MediaInput input, Nanoseconds origin) {
    TRIBUNE_TRY(auto decoder, SoundDecoder::open(*input.sound()));
    Av<AVPacket> packet(av_packet_alloc());
    if (!packet) return av_error(AVERROR(ENOMEM));
    input.video().discard = AVDISCARD_ALL;
    return ClipSoundReader(std::move(input), std::move(decoder), std::move(packet), origin);
}

Nanoseconds ClipSoundReader::length(std::size_t samples) const { return in_file(samples, speed_); }

void ClipSoundReader::aim(Nanoseconds position, double speed) {
    const bool there = !begun_ && aim_ == position;
    const bool near = !pieces_.empty() && pieces_.front().at <= position &&
                      position < pieces_.back().at + length(pieces_.back().samples.size()) + reach;
    aim_ = position;
    begun_ = false;
    if (speed_ == speed && (there || near)) return cut_before_aim();
    speed_ = speed;
    decoder_.set_speed(speed);
    back_ = pre_roll;
    jump(position - back_);
}

// To where the sound before it begins; to the start where that cannot be told.
void ClipSoundReader::jump(Nanoseconds position) {
    pieces_.clear();
    over_ = false;
    heard_any_ = false;
    missed_ = false;
    decoder_.flush();
    from_start_ = position <= Nanoseconds{0};
    if (!from_start_) {
        const auto seek = [&](const AVStream& stream) {
            const auto stamp = av_rescale_q_rnd((origin_ + position).count(), AVRational{1, 1'000'000'000},
                                                stream.time_base, AV_ROUND_DOWN);
            return avformat_seek_file(&input_.format(), stream.index, INT64_MIN, stamp, stamp, 0) >= 0;
        };
        // Some containers know places of pictures only.
        from_start_ = !seek(*input_.sound()) && !seek(input_.video());
    }
    if (from_start_) input_.rewind();
}

const ClipSoundReader::Piece* ClipSoundReader::peek() {
    while (!over_ && pieces_.empty()) read_more();
    return pieces_.empty() ? nullptr : &pieces_.front();
}

void ClipSoundReader::drop() {
    begun_ = true;
    pieces_.pop_front();
}

void ClipSoundReader::read_more() {
    const auto read = input_.read(*packet_);
    if (!read || *read != MediaInput::Read::packet) {
        over_ = true;
    } else if (packet_->stream_index == input_.sound()->index) {
        decoder_.decode(*packet_, [this](Nanoseconds time, std::span<const StereoSample> samples) {
            arrived(time - origin_, samples);
        });
    }
    av_packet_unref(packet_.get());
    if (missed_ || (over_ && !heard_any_ && !from_start_)) {
        back_ = std::max(first_step_back, 4 * back_);
        jump(aim_ - back_);
    }
}

void ClipSoundReader::arrived(Nanoseconds at, std::span<const StereoSample> samples) {
    if (missed_) return;
    missed_ = !heard_any_ && !from_start_ && at > aim_ + told_apart;
    heard_any_ = true;
    if (missed_) return;
    pieces_.push_back({at, {samples.begin(), samples.end()}});
    if (!begun_) cut_before_aim();
}

void ClipSoundReader::cut_before_aim() {
    while (!pieces_.empty() && pieces_.front().at < aim_) {
        Piece& first = pieces_.front();
        const double before = static_cast<double>((aim_ - first.at).count()) * sound_rate_hz / (1e9 * speed_);
        const auto count = static_cast<std::size_t>(std::ceil(before));
        if (count < first.samples.size()) {
            first.at += length(count);
            first.samples.erase(first.samples.begin(), first.samples.begin() + static_cast<std::ptrdiff_t>(count));
            return;
        }
        pieces_.pop_front();
    }
}

// --- ClipSound ----------------------------------------------------------------------------------------------

void ClipSound::run(const std::stop_token& stop) {
    ring_.set_clock(Nanoseconds{0});  // it says itself when each sample is due
    while (!stop.stop_requested()) {
        auto order = feed_.newest();
        order.order.transport.duration = duration_;
        obey(order, stop);
    }
    silence();
}

// One order, until there is another.
void ClipSound::obey(const ClipFeed::Numbered& numbered, const std::stop_token& stop) {
    const Transport& t = numbered.order.transport;
    const ShowClock& clock = numbered.order.clock;
    const auto now = clip_point(t, clock.at(monotonic_now()));
    const bool heard = t.speed >= slowest_heard && t.speed <= fastest_heard;
    if (!heard || now.state != ClipState::playing) {
        silence();
        if (heard) {
            reader_.aim(now.position, t.speed);
            (void)reader_.peek();
        }
    } else if (goes_on(t, clock)) {
        course_->transport = t;
        course_->clock = clock;
        course_->round = clip_point(t, clock.at(heard_at(course_->position))).round;
    } else {
        silence();
        // From the very place where it waited, so that nothing of its beginning is lost.
        const bool fresh = now.round == 0 && now.position - t.position < told_apart + idle;
        const auto from = fresh ? t.position : now.position;
        course_ = Course{t, clock, now.round, from};
        reader_.aim(from, t.speed);
        begins_ = true;
    }
    while (course_ && play_round(numbered.number, stop)) {
    }
    while (!stop.stop_requested() && feed_.newest().number == numbered.number)
        feed_.wait(numbered.number, monotonic_now() + idle, stop);
}

// Whether what was published holds for the new order too.
bool ClipSound::goes_on(const Transport& t, const ShowClock& clock) const {
    if (!course_ || course_->transport.speed != t.speed || course_->transport.loop != t.loop ||
        clip_end(course_->transport) != clip_end(t) || course_->transport.in != t.in)
        return false;
    const auto next = clip_point(t, clock.at(heard_at(course_->position)));
    return next.state == ClipState::playing && std::chrono::abs(next.position - course_->position) < told_apart;
}

// From now on, whatever was published.
void ClipSound::silence() {
    if (!course_) return;
    course_.reset();
    const std::vector<StereoSample> nothing(silent_samples);
    ring_.publish(monotonic_now().since_boot, monotonic_now(), nothing);
}

MonotonicTime ClipSound::heard_at(Nanoseconds position) const {
    return course_->clock.monotonic(clip_time(course_->transport, course_->round, position));
}

Nanoseconds ClipSound::length(std::size_t samples) const { return in_file(samples, course_->transport.speed); }

// To the end of the clip, or of one round of a loop. False: there is nothing more to be done for this order.
bool ClipSound::play_round(std::uint64_t number, const std::stop_token& stop) {
    const Transport& t = course_->transport;
    const auto end = clip_end(t);
    while (!end || course_->position < *end) {
        const auto* piece = reader_.peek();
        if (piece == nullptr || (end && piece->at >= *end)) break;
        if (!wait_for(heard_at(piece->at), number, stop)) return false;
        publish(*piece, end);
        reader_.drop();
    }
    if (!end) return false;
    course_->position = *end;
    const auto over = heard_at(*end);
    if (!wait_for(over, number, stop)) return false;
    if (!t.loop) return wait_until_over(over, number, stop);
    ++course_->round;
    course_->position = clip_point(t, course_->clock.at(over)).position;
    reader_.aim(course_->position, t.speed);
    begins_ = true;
    return true;
}

void ClipSound::publish(const ClipSoundReader::Piece& piece, std::optional<Nanoseconds> end) {
    out_ = piece.samples;
    const bool last = end && piece.at + length(out_.size()) >= *end;
    if (last) {
        const double room =
            static_cast<double>((*end - piece.at).count()) * sound_rate_hz / (1e9 * course_->transport.speed);
        out_.resize(std::min(out_.size(), static_cast<std::size_t>(room)));
    }
    if (begins_) fade(std::span(out_).first(std::min(out_.size(), seam_fade)), true);
    if (last) fade(std::span(out_).last(std::min(out_.size(), seam_fade)), false);
    begins_ = false;
    ring_.publish(heard_at(piece.at).since_boot, monotonic_now(), out_);
    course_->position = last ? *end : piece.at + length(out_.size());
}

// False for another order, or a stop.
bool ClipSound::wait_for(MonotonicTime heard, std::uint64_t number, const std::stop_token& stop) {
    const auto over = [&] { return stop.stop_requested() || feed_.newest().number != number; };
    while (!over() && heard - monotonic_now() > published_ahead) feed_.wait(number, heard + (-published_ahead), stop);
    return !over();
}

// What was published sounds to its end; then there is nothing left to silence.
bool ClipSound::wait_until_over(MonotonicTime end, std::uint64_t number, const std::stop_token& stop) {
    const auto other = [&] { return stop.stop_requested() || feed_.newest().number != number; };
    while (!other() && monotonic_now() < end) feed_.wait(number, end, stop);
    if (monotonic_now() >= end) course_.reset();
    return false;
}

}  // namespace tribune
