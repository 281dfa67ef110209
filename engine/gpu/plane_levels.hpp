// Planes made smaller by halves, for places far smaller than what they show.
#pragma once

#include <cstdint>
#include <list>

#include "base/result.hpp"
#include "gpu/canvas.hpp"
#include "gpu/shader_library.hpp"

namespace tribune::gl {

inline constexpr std::size_t most_plane_levels = 1024;

// Samples in a texture.
struct PlaneView {
    GLuint texture = 0;
    IntRect part;
};

// What is in a texture: another number for each other content.
struct PlaneContent {
    std::uint64_t number = 0;
    bool picture = false;  // numbered for itself, apart from frames
    int plane = 0;
    auto operator<=>(const PlaneContent&) const = default;
};

// Each level is made once for all that show the same part of the same content, as plan/frame_sampling.hpp says.
// Thread: the context's.
class PlaneLevels {
  public:
    static Result<PlaneLevels> create(const ShaderLibrary& shaders);

    void begin();  // once per paint

    // The smallest level that is not yet too small for `wanted` samples, as stored. `straight` is for packed pixels
    // whose colour must be multiplied by their alpha first. Leaves framebuffer, viewport and program changed, and
    // blending off, when it draws. Valid until the next begin(). Errors: gl_memory, too_many_frames.
    Result<PlaneView> reduced(const PlaneContent& content, PlaneView view, GLenum format, Size wanted, bool straight,
                              GLuint corners);

    [[nodiscard]] std::uint64_t drawn() const { return drawn_; }

  private:
    struct Level {
        PlaneContent content;
        IntRect part;
        bool straight = false;  // whether the source was
        GLenum format = 0;
        Size size;
        std::uint64_t used = 0;  // paint in which it was last wanted
        Texture texture;
        Framebuffer framebuffer;
    };
    explicit PlaneLevels(Program program);
    Result<Level*> room_for(GLenum format, Size size);
    Result<PlaneView> level(const PlaneContent& content, const IntRect& part, bool straight, const PlaneView& from,
                            bool multiply, GLenum format, Size size, GLuint corners);

    Program program_;
    GLint canvas_, place_, part_, multiply_;
    std::uint64_t paint_ = 0;
    std::uint64_t drawn_ = 0;
    std::list<Level> levels_;
};

}  // namespace tribune::gl
