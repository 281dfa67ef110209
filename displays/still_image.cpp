#include "displays/still_image.hpp"

#include <libyuv.h>
#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <memory>

namespace tribune {
namespace {
Error bad_picture() { return {"bad_picture", "There is no picture to encode."}; }
}  // namespace

Size fitted_size(Size picture, Size at_most) {
    if (picture.empty() || at_most.empty()) return picture;
    const double scale = std::min({1.0, at_most.width * 1.0 / picture.width, at_most.height * 1.0 / picture.height});
    if (scale >= 1) return picture;
    const auto even = [scale](int v) { return std::max(2, static_cast<int>(std::lround(v * scale / 2)) * 2); };
    return {even(picture.width), even(picture.height)};
}

Result<OwnedImage> scaled_copy(const ImageView& image, Size size) {
    if (!image.data || image.size.empty() || size.empty()) return bad_picture();
    OwnedImage out;
    out.size = size;
    out.pixels.resize(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4);
    libyuv::ARGBScale(image.data, image.stride, image.size.width, image.size.height, out.pixels.data(), size.width * 4,
                      size.width, size.height, libyuv::kFilterBox);
    return out;
}

Result<std::vector<std::uint8_t>> encode_jpeg(const ImageView& image, int quality) {
    if (!image.data || image.size.empty()) return bad_picture();
    struct Close {
        void operator()(void* handle) const { tjDestroy(handle); }
    };
    const std::unique_ptr<void, Close> handle(tjInitCompress());
    if (!handle) return Error{"cannot_encode", "The JPEG encoder cannot start."};
    std::vector<std::uint8_t> out(tjBufSize(image.size.width, image.size.height, TJSAMP_420));
    unsigned char* at = out.data();
    unsigned long bytes = out.size();
    if (tjCompress2(handle.get(), image.data, image.size.width, image.stride, image.size.height, TJPF_BGRX, &at, &bytes,
                    TJSAMP_420, quality, TJFLAG_NOREALLOC) != 0)
        return Error{"cannot_encode", tjGetErrorStr2(handle.get())};
    out.resize(bytes);
    return out;
}

Result<std::vector<std::uint8_t>> encode_png(const ImageView& image) {
    if (!image.data || image.size.empty()) return bad_picture();
    std::vector<std::uint8_t> out;
    std::vector<std::uint8_t> row(static_cast<std::size_t>(image.size.width) * 3);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    if (!info) {
        png_destroy_write_struct(&png, nullptr);
        return Error{"cannot_encode", "The PNG encoder cannot start."};
    }
    // libpng leaves by longjmp: nothing with a destructor is made below.
    if (setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct(&png, &info);
        return Error{"cannot_encode", "The picture cannot be written as PNG."};
    }
    png_set_write_fn(
        png, &out,
        [](png_structp p, png_bytep bytes, std::size_t count) {
            auto* to = static_cast<std::vector<std::uint8_t>*>(png_get_io_ptr(p));
            to->insert(to->end(), bytes, bytes + count);
        },
        [](png_structp) {});
    png_set_IHDR(png, info, static_cast<png_uint_32>(image.size.width), static_cast<png_uint_32>(image.size.height), 8,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_compression_level(png, 1);
    png_set_filter(png, 0, PNG_FILTER_SUB);
    png_write_info(png, info);
    for (int y = 0; y < image.size.height; ++y) {
        const std::uint8_t* from = image.data + static_cast<std::ptrdiff_t>(y) * image.stride;
        for (std::size_t x = 0; x < static_cast<std::size_t>(image.size.width); ++x)
            for (std::size_t c = 0; c < 3; ++c) row[x * 3 + c] = from[x * 4 + 2 - c];
        png_write_row(png, row.data());
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return out;
}

}  // namespace tribune
