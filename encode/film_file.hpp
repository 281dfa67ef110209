// A film file that is written while it happens: pictures and sound in, whole whenever the writer dies.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"
#include "base/sound_block.hpp"
#include "base/video_frame.hpp"

namespace tribune {

struct FilmFileOptions {
    std::string path;
    std::string codec = "h264";     // h264, h265, prores, ffv1
    std::string container = "mkv";  // mkv, mp4 (fragmented)
    Size size;                      // of the pictures; made even where the codec wants it
    int frames = 30;                // in so many seconds
    int seconds = 1;
    int threads = 2;
};

// Thread: one. What was given half a second ago or more is in the file, closed or not.
class FilmFile {
  public:
    // Errors: unknown_codec, bad_file (it cannot be written), no_encoder.
    static Result<std::unique_ptr<FilmFile>> open(const FilmFileOptions& options);
    ~FilmFile();  // finishes
    FilmFile(const FilmFile&) = delete;
    FilmFile& operator=(const FilmFile&) = delete;

    // The picture from this frame on, counted at the file's rate; indices rise. BGRA, of the file's size.
    // Errors: bad_frame (another size or format), bad_file (disk full, folder gone), encoder_failed.
    Status video(const VideoFrame& frame, std::int64_t index);
    // Samples whose first is this one, counted at 48 kHz; they follow each other.
    Status sound(std::span<const StereoSample> samples, std::int64_t first);
    // What the encoders still hold, and the index that players look for.
    Status finish();

    [[nodiscard]] std::uint64_t bytes() const;   // given to the disk
    [[nodiscard]] std::uint64_t frames() const;  // given to the encoder

  private:
    struct State;
    explicit FilmFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace tribune
