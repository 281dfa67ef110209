// One picture of a source, immutable once made. Its memory is borrowed: `keep` holds it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/geometry.hpp"
#include "base/time.hpp"

namespace tribune {

// Planes as they lie in memory. 8 bits a sample.
enum class PixelFormat : std::uint32_t {
    i420 = 1,  // Y, U, V; chroma half size, rounded up
    nv12,      // Y, interleaved UV
    i422,      // Y, U, V; chroma half width
    i444,      // Y, U, V; chroma full size
    bgra,      // one plane, bytes B G R A, straight (not premultiplied) alpha
};

enum class ColourMatrix : std::uint32_t { bt601 = 1, bt709, bt2020 };
enum class ColourRange : std::uint32_t { limited = 1, full };

struct Plane {
    const std::uint8_t* data = nullptr;
    int stride = 0;  // bytes from one row to the next, > 0
};

struct VideoFrame {
    PixelFormat format = PixelFormat::i420;
    ColourMatrix matrix = ColourMatrix::bt709;
    ColourRange range = ColourRange::limited;
    Size size;                    // samples of plane 0
    double pixel_aspect = 1.0;    // width / height of one pixel
    int rotation = 0;             // degrees clockwise to show it upright: 0, 90, 180, 270
    std::array<Plane, 3> planes;  // unused ones null
    std::uint64_t sequence = 0;   // rises by one for each frame the source published
    MonotonicTime arrived;        // when its last byte was decoded on this machine
    Nanoseconds presentation{0};  // the source's own time stamp
    MonotonicTime due;            // not to be shown before; zero: at once
    bool stays = false;           // until there is another: a still, a clip that waits; published again each second
    std::shared_ptr<const void> keep;
};

// Rows and bytes a row that a plane of this format must have; {0, 0} for a plane it has not.
struct PlaneShape {
    int rows = 0;
    int row_bytes = 0;
};
PlaneShape plane_shape(PixelFormat format, Size size, int plane);

}  // namespace tribune
