#include "gpu/transition_drawer.hpp"

#include <cstring>

namespace tribune {
namespace {

void upload(const gl::PictureTarget& target, const ImageView& image) {
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, image.stride / 4);
    glTextureSubImage2D(target.texture(), 0, 0, 0, image.size.width, image.size.height, GL_BGRA, GL_UNSIGNED_BYTE,
                        image.data);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

}  // namespace

Result<std::unique_ptr<GlTransitionDrawer>> GlTransitionDrawer::create(const std::filesystem::path& shaders) {
    TRIBUNE_TRY(auto layer, gl::TransitionLayer::create(gl::ShaderLibrary(shaders)));
    return std::unique_ptr<GlTransitionDrawer>(new GlTransitionDrawer(std::move(layer)));
}

bool GlTransitionDrawer::fit(Size size) {
    if (pictures_ && pictures_->out.size() == size) return true;
    pictures_.reset();
    auto from = gl::PictureTarget::create(size), to = gl::PictureTarget::create(size),
         out = gl::PictureTarget::create(size);
    if (from && to && out) pictures_.emplace(Pictures{*std::move(from), *std::move(to), *std::move(out)});
    return pictures_.has_value();
}

bool GlTransitionDrawer::draw(const ShaderLook& look, float progress, const ImageView& from, const ImageView& to,
                              std::uint8_t* out, int out_stride) {
    const Size size = from.size;
    if (size.empty() || to.size != size || !fit(size)) return false;
    upload(pictures_->from, from);
    upload(pictures_->to, to);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, pictures_->out.framebuffer());
    glViewport(0, 0, size.width, size.height);
    const IntRect all{0, 0, size.width, size.height};
    const gl::Canvas canvas{size, corners_.id(), pictures_->out.texture()};
    const bool drawn =
        layer_.draw({look, progress, all, all, true}, pictures_->from.texture(), pictures_->to.texture(), canvas);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
    if (!drawn) return false;
    pictures_->out.drawn(++drawn_);
    const ImageView read = pictures_->out.read();
    if (read.data == nullptr) return false;
    for (int y = 0; y < size.height; ++y) {
        std::memcpy(out + static_cast<std::ptrdiff_t>(y) * out_stride,
                    read.data + static_cast<std::ptrdiff_t>(y) * read.stride, static_cast<std::size_t>(size.width) * 4);
    }
    return true;
}

void GlTransitionDrawer::prepare(std::vector<ShaderLook> looks) {
    // Software GL makes its code with the first draw.
    constexpr Size least{16, 16};
    if (!fit(least)) return;
    const ImageView any = pictures_->from.read();
    std::vector<std::uint8_t> nothing(static_cast<std::size_t>(any.stride) * 16);
    for (const auto& look : looks) (void)draw(look, 0.5F, any, any, nothing.data(), any.stride);
}

}  // namespace tribune
