// Source frames, by the rule of plan/frame_sampling.hpp, at the size and the right way up in which a picture needs them, and their conversion to B G R A.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "base/video_frame.hpp"
#include "cpu/plane_scaler.hpp"
#include "cpu/surface.hpp"
#include "cpu/workers.hpp"

namespace tribune {

// What the fourth byte of packed pixels says. Planar ones are opaque.
enum class Alpha { straight, premultiplied, opaque };

// Upright planes and where in them the wanted part begins. Borrowed: from the frame or from the scaler.
struct UprightPlanes {
    PixelFormat format = PixelFormat::i420;
    ColourMatrix matrix = ColourMatrix::bt709;
    ColourRange range = ColourRange::limited;
    std::array<Plane, 3> planes;
    int x = 0;
    int y = 0;
    Alpha alpha = Alpha::opaque;
};

// Scales each (frame, part, size) once per frame, whoever asks. One thread.
class FrameScaler {
  public:
    explicit FrameScaler(std::size_t workers) : plane_scalers_(workers) {}

    // `crop` as in VideoItem, `alpha` of packed pixels; `window`: what of the target is wanted, from an even column and
    // row on. Pixels are counted from the target's first all the same. The planes are filled by scale_planes(), valid until end_frame() has been called twice,
    // and only while the frame lives.
    Result<UprightPlanes> prepare(const std::shared_ptr<const VideoFrame>& frame, const Rect& crop, Size target,
                                  const IntRect& window, Alpha alpha);

    // All of the target, of a frame from outside.
    Result<UprightPlanes> prepare(const std::shared_ptr<const VideoFrame>& frame, const Rect& crop, Size target) {
        return prepare(frame, crop, target, {0, 0, target.width, target.height}, Alpha::straight);
    }

    // Does what was asked for, each plane for itself.
    void scale_planes(Workers& workers);

    // Forgets what was not asked for since the last call; its memory is used again.
    void end_frame();

    [[nodiscard]] std::uint64_t scaled() const { return scaled_; }  // frames scaled or turned so far

  private:
    struct Entry {
        std::shared_ptr<const VideoFrame> frame;  // held, so its address cannot come back as another's
        IntRect part;
        Size target;
        IntRect window;
        bool used = true;
        UprightPlanes planes;
        std::vector<std::uint8_t> memory;
    };
    std::vector<std::uint8_t> take_memory(std::size_t bytes);

    std::vector<std::unique_ptr<Entry>> entries_;
    std::vector<std::vector<std::uint8_t>> spare_;
    std::vector<PlaneScaler> plane_scalers_;  // one a worker
    std::vector<std::function<void(PlaneScaler&)>> wanted_;
    std::uint64_t scaled_ = 0;
};

// Writes pixels [x, x + width) × [y, y + height) of the part as B G R A. Any parity of x and y. Any thread.
// Alpha is 255 for all formats but bgra. Within 2/255 of ITU-R BT.601 / 709 / 2020; chroma not interpolated.
void convert_to_bgra(const UprightPlanes& source, int x, int y, std::uint8_t* dst, int dst_stride, int width,
                     int height);

}  // namespace tribune
