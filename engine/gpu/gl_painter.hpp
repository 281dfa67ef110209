// The GL draw strategy: OpenGL 4.5 core in whatever context the caller has made current. It never makes a
// context or a window, so windows, off-screen runs and tests use the same one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "plan/painter.hpp"

namespace tribune {

struct GlOptions {
    std::filesystem::path shaders;  // the folder with layers/, text/, common/
    bool allow_software = false;    // llvmpipe and softpipe are refused without it
    // Of the texture pages of words, and half as much again of those of emoji; they grow as needed. Four faces of
    // 3840x2160 full of words, and what comes on them next, take about half.
    std::size_t most_text_bytes = std::size_t{128} << 20;
    bool debug = false;  // GL's own messages to the log, errors after each paint
};

// Of the newest paint for which they are known.
struct FrameTimings {
    double cpu_ms = 0;         // in paint(), without waiting
    double gpu_upload_ms = 0;  // planes, words' bitmaps and places
    double gpu_draw_ms = 0;
};

// Since the painter was made.
struct GlCounters {
    std::uint64_t pictures_drawn = 0;
    std::uint64_t nested_drawn = 0;    // pictures in pictures
    std::uint64_t pictures_kept = 0;   // equal to the last plan's, not drawn again
    std::uint64_t frame_uploads = 0;   // distinct video frames
    std::uint64_t words_rendered = 0;  // by the font engine
    std::uint64_t words_uploaded = 0;  // bitmaps
    std::uint64_t words_left_out = 0;  // one plan wanted more than the pages hold
    std::size_t text_bytes = 0;        // of texture pages
};

// Picture: RGBA8 with sRGB-coded values, blended as plain numbers; the top row at GL's y = 0 (turn over when
// blitting to a window). Holds the last plan's pictures, hence their frames, until the next paint.
// The context must be current in every call and in the destructor. State it leaves behind: no framebuffer,
// program or vertex array bound, blending off.
class GlPainter final : public Painter {
  public:
    // Errors: gl_version (older than 4.5 core), gl_software (not allowed), no_fonts, shader_*.
    static Result<std::unique_ptr<GlPainter>> create(const GlOptions& options);
    ~GlPainter() override;
    GlPainter(const GlPainter&) = delete;
    GlPainter& operator=(const GlPainter&) = delete;

    // Errors: bad_frame, too_many_frames, gl_memory, gl_stalled, gl_error, and those of picture_tree(): all other
    // pictures are still drawn. text_memory, text_too_large: a word is left out.
    Status paint(const FramePlan& plan) override;
    ImageView pixels(std::size_t picture) override;
    [[nodiscard]] std::uint32_t framebuffer(std::size_t picture) const override;
    [[nodiscard]] std::uint64_t version(std::size_t picture) const override;
    [[nodiscard]] std::string description() const override;
    void prepare(const std::vector<ShaderLook>& transitions) override;
    [[nodiscard]] std::vector<TransitionProblem> transition_problems() const override;

    // The picture as a texture, for mapping and transitions; 0 for one that is not there.
    [[nodiscard]] std::uint32_t texture(std::size_t picture) const;
    [[nodiscard]] FrameTimings timings() const;
    [[nodiscard]] GlCounters counters() const;

  private:
    struct Impl;
    explicit GlPainter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
