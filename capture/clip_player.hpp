// Shows a file's pictures as its transport says: the exact one after a cue, a pause or a restart, each at its time
// while it plays, and over the seam of a loop without a gap.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "base/result.hpp"
#include "base/time.hpp"
#include "base/transport.hpp"
#include "capture/clip_feed.hpp"
#include "capture/clip_reader.hpp"

namespace tribune {

struct ClipHost {
    // One more reader of the same file.
    std::function<Result<std::unique_ptr<ClipReader>>()> open;
    // A picture for readers to show from `due` on (a time of zero: at once), and whether it stays then.
    std::function<Status(const AVFrame&, Nanoseconds presentation, MonotonicTime due, bool stays)> publish;
    // How long it is: before all that follows.
    std::function<void(Nanoseconds duration)> measured;
    // Where the clip stands now. Called with each picture, and when that changes.
    std::function<void(const ClipPoint&)> tell;
    std::function<void()> dropped;
    std::function<void()> corrupt;
    // Called often, also while a picture is looked for: health goes out, deadlines are set anew.
    std::function<void()> tick;
};

// Thread: one. The feed may be given orders from any.
class ClipPlayer {
  public:
    ClipPlayer(ClipHost host, ClipFeed& feed, const std::stop_token& stop, const ClipFacts& facts);

    // Until a stop. Errors: the reader's and the host's.
    Status run();

  private:
    struct Moment {  // the next change
        ShowTime due;
        ClipPoint point;
    };

    Status obey(const ClipOrder& order, std::uint64_t number);
    Status show(const Transport& transport, const ClipPoint& point, MonotonicTime due);
    Status publish(MonotonicTime due, bool stays);
    Status find(Nanoseconds position);
    Status step(ClipReader& reader);
    Status prepare(const Transport& transport, const Moment& moment, MonotonicTime until, std::uint64_t number);
    Status keep_alive();
    [[nodiscard]] std::optional<Moment> next_moment(const Transport& transport) const;

    ClipHost host_;
    ClipFeed& feed_;
    const std::stop_token& stop_;
    ClipFacts facts_;
    std::unique_ptr<ClipReader> reader_;
    std::unique_ptr<ClipReader> prepared_;  // at the place that is jumped to next
    ClipPoint point_;
    std::optional<Nanoseconds> shown_;  // the published picture's place
    MonotonicTime published_;
};

}  // namespace tribune
