// Draws TextBatch: one instanced draw, an instance a word.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "gpu/canvas.hpp"
#include "gpu/shader_library.hpp"
#include "gpu/word_pages.hpp"
#include "plan/frame_plan.hpp"
#include "text/word_placer.hpp"

namespace tribune::gl {

// Where words stand is reckoned here, by the rule of both painters (text/word_place.hpp), once for all pictures that
// show them and anew only while they move.
class TextLayer {
  public:
    static Result<TextLayer> create(const ShaderLibrary& shaders, std::unique_ptr<Shaper> shaper,
                                    std::size_t most_bytes);

    // For a picture of that size. A word without room or bitmap is left out: the error says why, the others are drawn.
    // A batch of opacity 0 is prepared.
    Status upload(const TextBatch& batch, Size picture);
    Status draw(const TextBatch& batch, const Canvas& canvas);

    // Forgets batches that were not uploaded since the last call.
    void end_frame();

    [[nodiscard]] std::uint64_t words_rendered() const { return words_.cache().rendered(); }
    [[nodiscard]] std::uint64_t words_uploaded() const { return pages_.uploads(); }
    [[nodiscard]] std::uint64_t words_left_out() const { return left_out_; }
    [[nodiscard]] std::size_t text_bytes() const { return pages_.bytes(); }

  private:
    struct Instances {
        VertexArray layout;
        Buffer buffer;
    };
    struct Built {
        std::shared_ptr<const PlacedBitmaps> words;  // held, so its address cannot come back as another's
        Instances instances;
        GLsizei count = 0;
        bool used = true;
    };

    TextLayer(Program program, std::unique_ptr<Shaper> shaper, std::size_t most_bytes);
    const std::vector<WordTile>* tiles(const std::shared_ptr<const WordBitmap>& bitmap);
    Status build(Built& out);
    Instances take_instances();

    Program program_;
    GLint canvas_;
    WordPlacer words_;
    WordPages pages_;
    std::unordered_map<const PlacedBitmaps*, Built> built_;
    std::vector<Instances> spare_;  // of the last frame's: words in motion are built anew in each
    bool swept_ = false;            // in this frame
    std::uint64_t left_out_ = 0;
};

}  // namespace tribune::gl
