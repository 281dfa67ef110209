// Draws TextBatch: one instanced draw; words move in the vertex shader.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "gpu/canvas.hpp"
#include "gpu/glyph_atlas.hpp"
#include "gpu/shader_library.hpp"
#include "plan/frame_plan.hpp"
#include "text/shaper.hpp"

namespace tribune::gl {

// Glyph instances are built once for each vector of moves and live as long as it does.
class TextLayer {
  public:
    static Result<TextLayer> create(const ShaderLibrary& shaders, Shaper& shaper, int most_atlas_pages);

    // Forgets vectors that no longer exist. Once per paint.
    void begin();
    Status upload(const TextBatch& batch);
    Status draw(const TextBatch& batch, const Canvas& canvas);

    [[nodiscard]] std::uint64_t builds() const { return builds_; }
    [[nodiscard]] std::uint64_t atlas_clears() const { return atlas_clears_; }
    [[nodiscard]] std::uint64_t glyphs_left_out() const { return glyphs_left_out_; }

  private:
    using Moves = std::vector<TextMove>;

    struct Built {
        std::weak_ptr<const Moves> moves;
        ShowTime base;  // the instances' second 0
        GLsizei count = 0;
        std::uint64_t atlas = 0;  // the atlas's life in which it was built
        VertexArray layout;
        Buffer instances;
        Buffer words;
        Texture words_view;
    };

    TextLayer(Program program, Shaper& shaper, int most_atlas_pages);
    Built& built(const std::shared_ptr<const Moves>& moves);
    bool fill(Built& out, const Moves& moves);

    Program program_;
    GLint canvas_, offset_, now_, opacity_;
    Shaper& shaper_;
    std::unique_ptr<GlyphAtlas> atlas_;
    std::list<Built> batches_;
    std::uint64_t builds_ = 0;
    std::uint64_t atlas_clears_ = 0;
    std::uint64_t glyphs_left_out_ = 0;
};

}  // namespace tribune::gl
