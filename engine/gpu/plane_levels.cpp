#include "gpu/plane_levels.hpp"

#include <algorithm>

#include "plan/frame_sampling.hpp"

namespace tribune::gl {
namespace {
constexpr std::uint64_t kept_unused = 30;  // paints after which a level that nobody wants is freed
}

Result<PlaneLevels> PlaneLevels::create(const ShaderLibrary& shaders) {
    TRIBUNE_TRY(Program program, shaders.program("layers/place.vert", "layers/plane.frag"));
    return PlaneLevels(std::move(program));
}

PlaneLevels::PlaneLevels(Program program)
    : program_(std::move(program)), canvas_(glGetUniformLocation(program_.id(), "canvas")),
      place_(glGetUniformLocation(program_.id(), "place")), part_(glGetUniformLocation(program_.id(), "part")),
      multiply_(glGetUniformLocation(program_.id(), "multiply")) {}

void PlaneLevels::begin() {
    ++paint_;
    levels_.remove_if([&](const Level& l) { return l.used + kept_unused < paint_; });
}

Result<PlaneView> PlaneLevels::reduced(const PlaneContent& content, PlaneView view, GLenum format, Size wanted,
                                       bool straight, GLuint corners) {
    const IntRect part = view.part;
    if (straight) {
        TRIBUNE_TRY(view, level(content, part, straight, view, true, format, part.size(), corners));
    }
    for (Size size = view.part.size(), next = next_smaller(size, wanted); next != size;
         size = next, next = next_smaller(size, wanted)) {
        TRIBUNE_TRY(view, level(content, part, straight, view, false, format, next, corners));
    }
    return view;
}

Result<PlaneLevels::Level*> PlaneLevels::room_for(GLenum format, Size size) {
    for (auto& l : levels_)
        if (l.format == format && l.size == size && l.used < paint_) return &l;
    const auto oldest = std::min_element(levels_.begin(), levels_.end(),
                                         [](const Level& a, const Level& b) { return a.used < b.used; });
    if (levels_.size() >= most_plane_levels && oldest->used < paint_) levels_.erase(oldest);
    if (levels_.size() >= most_plane_levels) {
        return Error{"too_many_frames",
                     "more video frames are drawn at once than there is room for; show fewer sources"};
    }
    while (glGetError() != GL_NO_ERROR) {
    }
    Level fresh;
    fresh.format = format;
    fresh.size = size;
    fresh.texture = make_texture(GL_TEXTURE_2D);
    glTextureStorage2D(fresh.texture.id(), 1, format, size.width, size.height);
    set_linear(fresh.texture);
    fresh.framebuffer = make_framebuffer();
    glNamedFramebufferTexture(fresh.framebuffer.id(), GL_COLOR_ATTACHMENT0, fresh.texture.id(), 0);
    if (glGetError() != GL_NO_ERROR ||
        glCheckNamedFramebufferStatus(fresh.framebuffer.id(), GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
        return Error{"gl_memory", "no room for a video frame on the graphics card: show fewer or smaller sources"};
    }
    return &levels_.emplace_back(std::move(fresh));
}

Result<PlaneView> PlaneLevels::level(const PlaneContent& content, const IntRect& part, bool straight,
                                     const PlaneView& from, bool multiply, GLenum format, Size size, GLuint corners) {
    const IntRect all{0, 0, size.width, size.height};
    for (auto& l : levels_) {
        if (l.content == content && l.part == part && l.straight == straight && l.size == size && l.format == format) {
            l.used = paint_;
            return PlaneView{l.texture.id(), all};
        }
    }
    TRIBUNE_TRY(Level* const made, room_for(format, size));
    made->content = content;
    made->part = part;
    made->straight = straight;
    made->used = paint_;
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, made->framebuffer.id());
    glViewport(0, 0, size.width, size.height);
    glDisable(GL_BLEND);
    set(program_, canvas_, size);
    set(program_, place_, all);
    set(program_, part_, from.part);
    glProgramUniform1i(program_.id(), multiply_, multiply ? 1 : 0);
    glBindTextureUnit(0, from.texture);
    draw_rectangle(program_, {size, corners});
    ++drawn_;
    return PlaneView{made->texture.id(), all};
}

}  // namespace tribune::gl
