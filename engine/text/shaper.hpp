// Text to placed glyphs: fallback fonts, both directions, joined and stacked scripts, emoji (Pango, HarfBuzz).
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.hpp"
#include "base/text_spec.hpp"
#include "text/font_table.hpp"
#include "text/glyphs.hpp"

namespace tribune {

// One thread at a time (Pango's font maps are not shared): give each thread its own.
// Takes any bytes as text (see clean_text.hpp) and never fails on them. The base direction is that of the first
// strong character. Metrics hold at every size (no hinting) and are the same on every run with the same fonts.
class Shaper final : public TextMeasure {
  public:
    // Keeps up to `most_kept` shaped texts, the least recently used go first.
    // Error no_fonts: fontconfig finds no font at all.
    static Result<std::unique_ptr<Shaper>> create(std::size_t most_kept = 16384);
    ~Shaper() override;
    Shaper(const Shaper&) = delete;
    Shaper& operator=(const Shaper&) = delete;

    // Never null. Fonts are indices into fonts().
    std::shared_ptr<const ShapedText> shape(const TextSpec& spec);

    TextMetrics measure(const TextSpec& spec) override;
    double cap_height(const Font& font) override;

    FontTable& fonts();

    // Texts shaped so far because they were not kept, and texts kept now.
    [[nodiscard]] std::uint64_t shaped_count() const;
    [[nodiscard]] std::size_t kept() const;

  private:
    struct Impl;
    explicit Shaper(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
