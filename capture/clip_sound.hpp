// Plays a file's sound as its transport says, in step with its pictures: what is heard when follows from the transport
// alone, so it needs to know nothing of them. While a clip waits, what comes first is already decoded.
#pragma once

#include <deque>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "base/transport.hpp"
#include "capture/clip_feed.hpp"
#include "capture/media_input.hpp"
#include "capture/sound_decoder.hpp"
#include "link/sound_ring.hpp"

namespace tribune {

// A clip is heard, higher or lower, at these speeds; it is silent at any other.
inline constexpr double slowest_heard = 0.5;
inline constexpr double fastest_heard = 2;

// A file's sound by its place in it, from any place on. Thread: one.
class ClipSoundReader {
  public:
    struct Piece {
        Nanoseconds at{0};  // the first sample's place
        std::vector<StereoSample> samples;
    };

    // `origin`: the time stamp of the first picture, from which places count. Errors: no_memory.
    static Result<ClipSoundReader> open(MediaInput input, Nanoseconds origin);

    // What comes next begins here, or where sound begins after this place. `speed`: so many seconds of the file in one
    // second of samples.
    void aim(Nanoseconds position, double speed);
    // The next piece, which lives until it is dropped or another place is aimed at; null at the end, and where the file
    // cannot be read any more.
    const Piece* peek();
    void drop();

  private:
    ClipSoundReader(MediaInput input, SoundDecoder decoder, Av<AVPacket> packet, Nanoseconds origin)
        : input_(std::move(input)), decoder_(std::move(decoder)), packet_(std::move(packet)), origin_(origin) {}
    void jump(Nanoseconds position);
    void read_more();
    void cut_before_aim();
    void arrived(Nanoseconds at, std::span<const StereoSample> samples);
    [[nodiscard]] Nanoseconds length(std::size_t samples) const;

    MediaInput input_;
    SoundDecoder decoder_;
    Av<AVPacket> packet_;
    Nanoseconds origin_;
    double speed_ = 1;
    Nanoseconds aim_{-1};
    bool begun_ = true;       // pieces since the last aim were dropped
    bool over_ = false;       // all of it, to the file's end, was read
    bool from_start_ = true;  // the last jump went to the file's start
    bool heard_any_ = false;  // sound came since then…
    bool missed_ = false;     // …and began behind the aim
    Nanoseconds back_{0};     // how far before the aim it went
    std::deque<Piece> pieces_;
};

// Thread: one, run()'s. The feed may be given orders from any.
class ClipSound {
  public:
    // All that is lent outlives it.
    ClipSound(ClipSoundReader reader, SoundRingWriter& ring, ClipFeed& feed, Nanoseconds duration)
        : reader_(std::move(reader)), ring_(ring), feed_(feed), duration_(duration) {}

    // Until a stop.
    void run(const std::stop_token& stop);

  private:
    struct Course {  // what is played, and how far
        Transport transport;
        ShowClock clock;
        std::uint64_t round = 0;
        Nanoseconds position{0};  // of the next sample
    };

    void obey(const ClipFeed::Numbered& order, const std::stop_token& stop);
    [[nodiscard]] bool goes_on(const Transport& transport, const ShowClock& clock) const;
    void silence();
    bool play_round(std::uint64_t number, const std::stop_token& stop);
    void publish(const ClipSoundReader::Piece& piece, std::optional<Nanoseconds> end);
    [[nodiscard]] Nanoseconds length(std::size_t samples) const;  // in the file
    [[nodiscard]] MonotonicTime heard_at(Nanoseconds position) const;
    bool wait_for(MonotonicTime heard, std::uint64_t number, const std::stop_token& stop);
    bool wait_until_over(MonotonicTime end, std::uint64_t number, const std::stop_token& stop);

    ClipSoundReader reader_;
    SoundRingWriter& ring_;
    ClipFeed& feed_;
    Nanoseconds duration_;
    std::optional<Course> course_;  // while it plays
    bool begins_ = false;           // the next piece begins after silence or a jump
    std::vector<StereoSample> out_;
};

}  // namespace tribune
