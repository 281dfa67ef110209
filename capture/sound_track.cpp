#include "capture/sound_track.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

// Recorded sound is decoded so far ahead of its pictures.
constexpr Nanoseconds read_ahead = 300ms;
// A live picture is decoded so long before it is published.
constexpr Nanoseconds decode_lead = 10ms;
constexpr MonotonicTime far_off{Nanoseconds::max()};

std::optional<Nanoseconds> stamp_of(std::int64_t stamp, const AVStream& stream) {
    if (stamp == AV_NOPTS_VALUE) return std::nullopt;
    return Nanoseconds{av_rescale_q(stamp, stream.time_base, AVRational{1, 1'000'000'000})};
}

// Time of decoding where there is one: with it pictures come in order, each at the latest when it is shown.
std::optional<Nanoseconds> decoding_time(const AVPacket& packet, const AVStream& stream) {
    return stamp_of(packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts, stream);
}

}  // namespace

void HeldPictures::push(Av<AVPacket> packet, const AVStream& stream) {
    last_time_ = decoding_time(*packet, stream).value_or(last_time_);
    bytes_ += static_cast<std::size_t>(packet->size);
    held_.push_back({std::move(packet), last_time_});
}

Av<AVPacket> HeldPictures::pop() {
    auto packet = std::move(held_.front().packet);
    held_.pop_front();
    bytes_ -= static_cast<std::size_t>(packet->size);
    return packet;
}

Status SoundTrack::open(const AVStream* stream, bool live) {
    decoder_.reset();
    live_.reset();
    early_.clear();
    first_stamp_.reset();
    known_until_.reset();
    stream_ = stream;
    if (stream == nullptr) return {};
    TRIBUNE_TRY(auto decoder, SoundDecoder::open(*stream));
    TRIBUNE_CHECK(ring());
    decoder_ = std::move(decoder);
    if (live) live_.emplace();
    return {};
}

Result<SoundRingWriter*> SoundTrack::ring() {
    if (!ring_) {
        TRIBUNE_TRY(ring_, SoundRingWriter::create(1));
        sink_.sound_ready(ring_->fd(), ring_->generation());
    }
    return &*ring_;
}

void SoundTrack::sound_came(const AVPacket& packet, MonotonicTime arrived) {
    if (!decoder_) return;
    if (live_) {
        if (const auto stamp = stamp_of(packet.pts, *stream_)) live_->sound(*stamp, arrived);
        if (const auto offset = live_->offset()) ring_->set_clock(*offset);
        return decode(packet, arrived);
    }
    if (first_stamp_) return decode(packet, arrived);
    if (Av<AVPacket> copy(av_packet_clone(&packet)); copy) early_.push_back(std::move(copy));
    if (early_.size() > most_early) early_.pop_front();
}

void SoundTrack::picture_came(const AVPacket& packet, const AVStream& stream, MonotonicTime arrived) {
    if (!live_) return;
    if (const auto stamp = decoding_time(packet, stream)) live_->picture(*stamp, arrived);
    if (const auto offset = live_->offset()) ring_->set_clock(*offset);
}

void SoundTrack::begins_at(Nanoseconds stamp, Nanoseconds presentation) {
    if (!decoder_) return;
    first_stamp_ = stamp;
    round_begins_ = presentation;
    for (const auto& packet : std::exchange(early_, {})) decode(*packet, monotonic_now());
}

void SoundTrack::start_again(Nanoseconds presentation) {
    if (!decoder_) return;
    decoder_->flush();
    round_begins_ = presentation;
    known_until_.reset();
}

void SoundTrack::set_clock(Nanoseconds offset) {
    if (decoder_) ring_->set_clock(offset);
}

std::optional<Nanoseconds> SoundTrack::live_offset() const { return live_ ? live_->offset() : std::nullopt; }

bool SoundTrack::picture_due(const HeldPictures& held, MonotonicTime now) const {
    if (held.empty()) return false;
    if (held.full()) return true;
    if (live_) return now >= next_picture(held);
    return !first_stamp_ || (known_until_ && *known_until_ >= held.first_time() + read_ahead);
}

MonotonicTime SoundTrack::next_picture(const HeldPictures& held) const {
    const auto offset = live_offset();
    if (held.empty() || !offset) return far_off;
    const MonotonicTime due{held.first_time() + *offset - decode_lead};
    // A time stamp from nowhere does not hold the rest up.
    return due - monotonic_now() > LiveClock::longest_wait ? MonotonicTime{} : due;
}

void SoundTrack::decode(const AVPacket& packet, MonotonicTime arrived) {
    decoder_->decode(packet, [&](Nanoseconds time, std::span<const StereoSample> samples) {
        known_until_ = time + sound_length(static_cast<std::int64_t>(samples.size()));
        ring_->publish(live_ ? time : time - *first_stamp_ + round_begins_, arrived, samples);
    });
}

}  // namespace tribune
