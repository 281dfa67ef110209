// Where one picture is drawn and from where it is read back.
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "gpu/gl_object.hpp"
#include "plan/painter.hpp"

namespace tribune::gl {

// RGBA8 holding sRGB-coded values that GL takes as plain numbers: blending happens in sRGB, as the plan says, and
// GL_FRAMEBUFFER_SRGB stays off. The picture's top row lies at y = 0, so a blit to a window turns it over.
class PictureTarget {
  public:
    // Error gl_memory.
    static Result<PictureTarget> create(Size size);

    [[nodiscard]] Size size() const { return size_; }
    [[nodiscard]] GLuint framebuffer() const { return framebuffer_.id(); }
    [[nodiscard]] GLuint texture() const { return texture_.id(); }
    [[nodiscard]] std::uint64_t version() const { return version_; }
    void drawn(std::uint64_t version) { version_ = version; }

    // Waits for the GPU; a second call for the same version is free. Empty when the GPU does not answer.
    ImageView read();

  private:
    Size size_;
    Texture texture_;
    Framebuffer framebuffer_;
    std::uint64_t version_ = 0;
    std::uint64_t read_version_ = 0;
    Buffer pixels_;  // made with the first read, mapped for good
    const std::uint8_t* mapped_ = nullptr;
};

}  // namespace tribune::gl
