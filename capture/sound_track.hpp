// A source's sound beside its pictures: decoded, published through a ring, on the pictures' clock. Pictures that were
// read wait here for their time when sound has to be read before them.
#pragma once

#include <deque>
#include <optional>

#include "capture/av_handles.hpp"
#include "capture/live_clock.hpp"
#include "capture/sound_decoder.hpp"
#include "capture/source_worker.hpp"
#include "link/sound_ring.hpp"

namespace tribune {

// Packets of pictures, in the order they came.
class HeldPictures {
  public:
    void push(Av<AVPacket> packet, const AVStream& stream);
    Av<AVPacket> pop();
    [[nodiscard]] bool empty() const { return held_.empty(); }
    // So many that the first must go, whatever its time.
    [[nodiscard]] bool full() const { return held_.size() >= most_packets || bytes_ >= most_bytes; }
    // When the first is to be decoded, on the stream's own clock.
    [[nodiscard]] Nanoseconds first_time() const { return held_.front().time; }

  private:
    static constexpr std::size_t most_packets = 150;
    static constexpr std::size_t most_bytes = std::size_t{64} << 20U;

    struct Held {
        Av<AVPacket> packet;
        Nanoseconds time{0};
    };
    std::deque<Held> held_;
    std::size_t bytes_ = 0;
    Nanoseconds last_time_{0};
};

// Thread: one, the source's.
class SoundTrack {
  public:
    explicit SoundTrack(CaptureSink& sink) : sink_(sink) {}

    // For a source just opened; null: it has no sound. Errors: unknown_codec, no_memory: it has none either.
    Status open(const AVStream* stream, bool live);
    explicit operator bool() const { return decoder_.has_value(); }
    [[nodiscard]] const char* codec_name() const { return decoder_ ? decoder_->codec_name() : ""; }

    // For sound that comes from elsewhere: the ring that readers know. Error no_memory.
    Result<SoundRingWriter*> ring();

    void sound_came(const AVPacket& packet, MonotonicTime arrived);
    void picture_came(const AVPacket& packet, const AVStream& stream, MonotonicTime arrived);

    // Recorded: the round's first picture has this time stamp, and this presentation time. Sound that came before one
    // knew is published then.
    void begins_at(Nanoseconds stamp, Nanoseconds presentation);
    // Recorded: another round, which begins at this presentation time.
    void start_again(Nanoseconds presentation);
    // Recorded: pictures are published at presentation time + offset.
    void set_clock(Nanoseconds offset);

    // Live: the same, as it follows from what came. None for recorded media, and for a source without sound.
    [[nodiscard]] std::optional<Nanoseconds> live_offset() const;

    // Whether the first picture that waits is to be decoded now, and else when; far off when that hangs on what comes.
    [[nodiscard]] bool picture_due(const HeldPictures& held, MonotonicTime now) const;
    [[nodiscard]] MonotonicTime next_picture(const HeldPictures& held) const;

  private:
    static constexpr std::size_t most_early = 256;  // packets before the first picture; beyond it the oldest go

    void decode(const AVPacket& packet, MonotonicTime arrived);

    CaptureSink& sink_;
    std::optional<SoundRingWriter> ring_;  // kept from opening to opening
    std::optional<SoundDecoder> decoder_;
    const AVStream* stream_ = nullptr;
    std::optional<LiveClock> live_;
    std::deque<Av<AVPacket>> early_;
    std::optional<Nanoseconds> first_stamp_;  // of a recorded round
    Nanoseconds round_begins_{0};
    std::optional<Nanoseconds> known_until_;  // the stream's own time up to which sound was decoded, this round
};

}  // namespace tribune
