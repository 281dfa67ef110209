// A source opened with FFmpeg: its streams and packets. Every wait ends at a stop or a deadline.
#pragma once

#include <functional>
#include <stop_token>

#include "base/result.hpp"
#include "base/source.hpp"
#include "base/time.hpp"
#include "capture/av_handles.hpp"
#include "capture/source_kind.hpp"
#include "capture/source_worker.hpp"

namespace tribune {

// Asked by FFmpeg, on the calling thread, about ten times a second whenever it waits.
class Interrupt {
  public:
    Interrupt(std::stop_token stop, std::function<void()> tick) : stop_(std::move(stop)), tick_(std::move(tick)) {}

    void until(MonotonicTime deadline) { deadline_ = deadline; }
    [[nodiscard]] bool stopped() const { return stop_.stop_requested(); }
    // Also runs the tick, so that health goes out while FFmpeg waits.
    [[nodiscard]] bool asked();

  private:
    std::stop_token stop_;
    std::function<void()> tick_;
    MonotonicTime deadline_;
};

class MediaInput {
  public:
    // Opens and looks into the streams; finds the best picture stream. The interrupt must outlive the input.
    static Result<MediaInput> open(const SourceConfig& config, const SourceKind& kind, const CaptureOptions& options,
                                   Interrupt& interrupt);

    enum class Read { packet, nothing_yet, end };
    Result<Read> read(AVPacket& packet);

    // Back to the start; false when this kind of media cannot.
    bool rewind();

    [[nodiscard]] AVStream& video() const { return *video_; }
    [[nodiscard]] AVFormatContext& format() const { return *format_; }
    [[nodiscard]] double frames_per_second() const;
    // It can be played at its own rate: a file, also one that lies on a web server.
    [[nodiscard]] bool recorded() const;

  private:
    MediaInput(Av<AVIOContext> io, Av<AVFormatContext> format, AVStream* video, const SourceKind& kind)
        : io_(std::move(io)), format_(std::move(format)), video_(video), kind_(&kind) {}

    Av<AVIOContext> io_;  // before format_, which reads through it
    Av<AVFormatContext> format_;
    AVStream* video_;
    const SourceKind* kind_;
};

}  // namespace tribune
