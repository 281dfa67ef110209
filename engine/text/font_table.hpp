// The fonts one shaper has met, numbered, with each glyph's outline or picture and its true ink.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>

#include "base/geometry.hpp"
#include "text/glyph_images.hpp"

namespace tribune {

// Where a font lies and what fontconfig wants done to it.
struct FontFile {
    std::string path;
    int index = 0;           // FreeType's face index (named instance in the high 16 bits)
    std::string variations;  // "wght=600,wdth=100", empty for a static font
    bool embolden = false;   // no bold cut exists: thicken by 1/24 em

    auto operator<=>(const FontFile&) const = default;
};

// One thread at a time. Indices stay valid for the table's life. A font that cannot be read has blank glyphs.
class FontTable {
  public:
    FontTable();
    ~FontTable();
    FontTable(const FontTable&) = delete;
    FontTable& operator=(const FontTable&) = delete;

    // The font's number; the same file gets the same number.
    int intern(const FontFile& file);

    // Whether its glyphs are pictures with colours of their own.
    [[nodiscard]] bool is_colour(int font) const;

    // Exact bounds: of the curves for outlines, of pixels that are not clear for pictures.
    InkBox ink(int font, std::uint32_t glyph);

    // Grey antialiased area coverage without hinting, the origin at `shift` (pixels) from a pixel's corner.
    CoverageImage coverage(int font, std::uint32_t glyph, double pixels_per_em, Point shift = {});

    // Empty when the font is no colour font.
    ColourImage picture(int font, std::uint32_t glyph);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
