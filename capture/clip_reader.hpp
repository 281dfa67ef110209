// A file's pictures by their place in it: any of them exactly, then the ones that follow.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

#include "base/result.hpp"
#include "base/time.hpp"
#include "capture/av_handles.hpp"
#include "capture/media_input.hpp"
#include "capture/video_decoder.hpp"

namespace tribune {

// Containers round their times to a millisecond, and desks say theirs in milliseconds: a picture counts as shown from
// a little before its time.
inline constexpr Nanoseconds clip_tolerance = std::chrono::milliseconds(1);

struct ClipFacts {
    Nanoseconds origin{0};    // the first picture's time stamp
    Nanoseconds duration{0};  // to the end of the last picture
    bool exact = true;        // false: the last picture may begin later than its packets tell
    Nanoseconds frame_time{0};
    bool timed = true;  // false: no time stamps; pictures are counted from the start
    bool still = false;
};

// Reads through the file's last part, all of it where there is no jumping. The input stands anywhere afterwards.
Result<ClipFacts> measure_clip(MediaInput& input);

struct ClipPicture {
    Av<AVFrame> frame;
    Nanoseconds at{0};
};

// Thread: one.
class ClipReader {
  public:
    ClipReader(MediaInput input, VideoDecoder decoder, const ClipFacts& facts);

    // The picture to be had next is the one shown at this position. Pictures at hand are kept if they lead there.
    void aim(Nanoseconds position);
    [[nodiscard]] Nanoseconds aimed() const { return aim_; }  // negative: nowhere yet

    // Reads and decodes one packet more. Errors: the input's, decode_failed.
    Status step();

    // The picture at the aim and the one after it are at hand, or there is none after it.
    [[nodiscard]] bool ready() const;

    // Once ready. They live until the next aim or step.
    [[nodiscard]] const ClipPicture& picture() const { return pictures_[shown()]; }
    [[nodiscard]] const ClipPicture* following() const;

    [[nodiscard]] const DecodeCounts& counts() const { return decoder_.counts(); }

  private:
    void jump(Nanoseconds position);
    void arrived(AVFrame& frame);
    void drop_old();
    [[nodiscard]] std::size_t shown() const;

    MediaInput input_;
    VideoDecoder decoder_;
    ClipFacts facts_;
    Av<AVPacket> packet_;
    Nanoseconds aim_{-1};
    Nanoseconds back_{0};               // how far before the aim the last jump went
    bool from_start_ = true;            // it went to the first picture
    bool over_ = false;                 // all pictures to the end are at hand
    bool missed_ = false;               // the first picture after a jump lies behind the aim
    Nanoseconds next_at_{0};            // for pictures without a time
    std::deque<ClipPicture> pictures_;  // in order: one or two before the aim, so that a step back costs nothing
};

}  // namespace tribune
