// Frames and sound of a running show into a film file, by one clock: this machine's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "encode/film_file.hpp"
#include "link/frame_ring.hpp"
#include "link/sound_ring.hpp"

namespace tribune {

// Thread: one.
class Recorder {
  public:
    // The size comes with the first picture. Sound may come later, or never: then it is silence.
    explicit Recorder(FilmFileOptions options) : options_(std::move(options)) {}

    // Rings as they come; a later one takes the earlier one's place. Errors: of the rings.
    Status take_frames(int fd);
    Status take_sound(int fd);

    // Writes what has come due: the newest picture once a frame of the file, and the sound that belongs to it. Opens the
    // file with the first picture. Errors: of the file; other_size: the pictures have another size from now on, so
    // that a new file is wanted.
    Status write(MonotonicTime now);
    // When there will be something to do again.
    [[nodiscard]] MonotonicTime next() const;
    Status finish();

    [[nodiscard]] bool begun() const { return file_ != nullptr; }
    [[nodiscard]] double seconds() const;
    [[nodiscard]] std::uint64_t bytes() const { return file_ ? file_->bytes() : 0; }
    [[nodiscard]] std::uint64_t frames() const { return file_ ? file_->frames() : 0; }
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  private:
    [[nodiscard]] Nanoseconds time_of(std::int64_t frame) const;
    Status write_pictures(MonotonicTime now);
    Status write_sound(MonotonicTime now);

    FilmFileOptions options_;
    std::optional<FrameRingReader> frames_;
    std::optional<SoundRingReader> sound_;
    std::shared_ptr<const VideoFrame> picture_;
    std::unique_ptr<FilmFile> file_;
    MonotonicTime start_;
    std::int64_t next_frame_ = 0;
    std::int64_t next_sample_ = 0;
    std::uint64_t dropped_ = 0;
};

}  // namespace tribune
