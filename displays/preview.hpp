// Small pictures of faces and sources for pages, encoded beside the show: none is made that nobody asked for, and
// none before the last one is done.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/queue.hpp"
#include "base/video_frame.hpp"
#include "displays/still_image.hpp"

namespace tribune {

enum class PictureEncoding : std::uint8_t { jpeg = 1, png };

// One credit: somebody wants the next picture of `name` ("face/north", "source/cam1").
struct PictureAsk {
    std::string name;
    Size at_most{480, 270};  // empty: full size
    PictureEncoding encoding = PictureEncoding::jpeg;

    auto operator<=>(const PictureAsk&) const = default;
};

struct EncodedPicture {
    PictureAsk ask;
    Size size;
    std::uint64_t version = 0;
    std::vector<std::uint8_t> bytes;  // empty when it could not be encoded
};

struct PreviewOptions {
    double most_per_second = 15;  // of each ask
    int quality = 80;
};

class Previews {
  public:
    // The sink is called on the encoder's thread and must not call back.
    using Sink = std::function<void(EncodedPicture)>;
    Previews(const PreviewOptions& options, Sink sink);
    ~Previews();
    Previews(const Previews&) = delete;
    Previews& operator=(const Previews&) = delete;

    // Any thread. Asking again before it came changes nothing. A picture is made although it has not changed
    // when `even_if_same` is set (for somebody new).
    void ask(const PictureAsk& what, bool even_if_same = false);

    // Whether a picture of this name, at this version, should be offered now. Cheap. Any thread.
    [[nodiscard]] bool wants(const std::string& name, std::uint64_t version, MonotonicTime now);

    // Scales here and now (the pixels are only lent), encodes later. Nothing happens unless wanted.
    void offer(const std::string& name, const ImageView& image, std::uint64_t version, MonotonicTime now);
    // Converts, scales and encodes later; holds the frame until then.
    void offer(const std::string& name, std::shared_ptr<const VideoFrame> frame, MonotonicTime now);

    // Pictures not taken because the encoder had too many waiting.
    [[nodiscard]] std::uint64_t refused() const { return jobs_.refused(); }

  private:
    struct Ask {
        bool wanted = false;
        bool even_if_same = false;
        bool in_work = false;
        std::optional<std::uint64_t> version;  // last made
        MonotonicTime made{Nanoseconds::min() / 2};
    };
    struct Job {
        PictureAsk ask;
        std::uint64_t version = 0;
        OwnedImage image;
        std::shared_ptr<const VideoFrame> frame;
    };
    std::vector<PictureAsk> due(const std::string& name, std::uint64_t version, MonotonicTime now, bool take);
    void queue(Job job);
    void work();
    EncodedPicture encode(Job job) const;

    PreviewOptions options_;
    Sink sink_;
    std::mutex mutex_;                // guards asks_
    std::map<PictureAsk, Ask> asks_;  // bounded: the least recently made go first
    BoundedQueue<Job> jobs_;
    std::thread worker_;
};

}  // namespace tribune
