#include "gpu/picture_target.hpp"

#include <fmt/format.h>

namespace tribune::gl {

Result<PictureTarget> PictureTarget::create(Size size) {
    GLint most = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most);
    const Error no_room{"gl_memory",
                        fmt::format("no room for a picture of {}x{}: this graphics card takes 1x1 to {}x{}; "
                                    "make the face smaller",
                                    size.width, size.height, most, most)};
    if (size.empty() || size.width > most || size.height > most) return no_room;
    while (glGetError() != GL_NO_ERROR) {
    }
    PictureTarget t;
    t.size_ = size;
    t.texture_ = make_texture(GL_TEXTURE_2D);
    glTextureStorage2D(t.texture_.id(), 1, GL_RGBA8, size.width, size.height);
    set_linear(t.texture_);
    t.framebuffer_ = make_framebuffer();
    glNamedFramebufferTexture(t.framebuffer_.id(), GL_COLOR_ATTACHMENT0, t.texture_.id(), 0);
    if (glGetError() != GL_NO_ERROR ||
        glCheckNamedFramebufferStatus(t.framebuffer_.id(), GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
        return no_room;
    }
    const float black[] = {0, 0, 0, 1};
    glClearNamedFramebufferfv(t.framebuffer_.id(), GL_COLOR, 0, black);
    return t;
}

ImageView PictureTarget::read() {
    const int stride = size_.width * 4;
    if (mapped_ == nullptr) {
        constexpr GLbitfield flags = GL_MAP_READ_BIT | GL_MAP_PERSISTENT_BIT | GL_MAP_COHERENT_BIT;
        const auto bytes = static_cast<GLsizeiptr>(stride) * size_.height;
        pixels_ = make_buffer();
        glNamedBufferStorage(pixels_.id(), bytes, nullptr, flags);
        mapped_ = static_cast<const std::uint8_t*>(glMapNamedBufferRange(pixels_.id(), 0, bytes, flags));
        read_version_ = version_ - 1;
        if (mapped_ == nullptr) return {};
    }
    if (read_version_ != version_) {
        glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_.id());
        glBindBuffer(GL_PIXEL_PACK_BUFFER, pixels_.id());
        glPixelStorei(GL_PACK_ALIGNMENT, 4);
        glReadPixels(0, 0, size_.width, size_.height, GL_BGRA, GL_UNSIGNED_BYTE, nullptr);
        glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
        glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
        Fence done;
        done.set();
        if (!done.wait()) return {};
        read_version_ = version_;
    }
    return {mapped_, stride, size_};
}

}  // namespace tribune::gl
