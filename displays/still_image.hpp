// Pictures as files. Any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "plan/painter.hpp"

namespace tribune {

// Pixels of one's own, as ImageView describes them.
struct OwnedImage {
    std::vector<std::uint8_t> pixels;
    Size size;

    [[nodiscard]] ImageView view() const { return {pixels.data(), size.width * 4, size}; }
};

// The largest even size of the picture's shape within `at_most` (empty: no limit); never larger than the picture.
Size fitted_size(Size picture, Size at_most);

// Box filter; libyuv may darken by 2/255 where sizes do not divide. Error bad_picture for an empty one.
Result<OwnedImage> scaled_copy(const ImageView& image, Size size);

// Quality 1…100, chroma halved. Errors: bad_picture, cannot_encode.
Result<std::vector<std::uint8_t>> encode_jpeg(const ImageView& image, int quality);
// RGB, 8 bits, compressed fast rather than small.
Result<std::vector<std::uint8_t>> encode_png(const ImageView& image);

}  // namespace tribune
