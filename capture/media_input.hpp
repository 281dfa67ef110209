// A source opened with FFmpeg: its streams and packets. Every wait ends at a stop or a deadline.
#pragma once

#include <atomic>
#include <functional>
#include <stop_token>

#include "base/result.hpp"
#include "base/source.hpp"
#include "base/time.hpp"
#include "capture/av_handles.hpp"
#include "capture/source_kind.hpp"
#include "capture/source_worker.hpp"

namespace tribune {

// Asked by FFmpeg, on the reading thread, about ten times a second whenever it waits.
class Interrupt {
  public:
    Interrupt(std::stop_token stop, std::function<void()> tick) : stop_(std::move(stop)), tick_(std::move(tick)) {}

    // Any thread.
    void until(MonotonicTime deadline) { deadline_ns_ = deadline.since_boot.count(); }
    [[nodiscard]] bool stopped() const { return stop_.stop_requested(); }
    // While another thread reads, the tick is run by who made this, not here.
    void read_elsewhere(bool elsewhere) { elsewhere_ = elsewhere; }
    // Also runs the tick, so that health goes out while FFmpeg waits.
    [[nodiscard]] bool asked();

  private:
    std::stop_token stop_;
    std::function<void()> tick_;
    std::atomic<std::int64_t> deadline_ns_{0};
    std::atomic<bool> elsewhere_{false};
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
    [[nodiscard]] AVStream* sound() const { return sound_; }  // null: it has none, or none is wanted
    [[nodiscard]] AVFormatContext& format() const { return *format_; }
    [[nodiscard]] double frames_per_second() const;
    // It can be played at its own rate: a file, also one that lies on a web server.
    [[nodiscard]] bool recorded() const;

  private:
    MediaInput(Av<AVIOContext> io, Av<AVFormatContext> format, AVStream* video, AVStream* sound, const SourceKind& kind)
        : io_(std::move(io)), format_(std::move(format)), video_(video), sound_(sound), kind_(&kind) {}

    Av<AVIOContext> io_;  // before format_, which reads through it
    Av<AVFormatContext> format_;
    AVStream* video_;
    AVStream* sound_;
    const SourceKind* kind_;
};

}  // namespace tribune
