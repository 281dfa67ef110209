// Glyph images in texture pages, packed in shelves.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "base/geometry.hpp"
#include "gpu/gl_object.hpp"
#include "text/font_table.hpp"

namespace tribune::gl {

inline constexpr int page_side = 1024;

// Pages of one texel format, growing by doubling. One clear texel is kept around every image.
class AtlasPages {
  public:
    AtlasPages(GLenum internal, GLenum layout, int most_pages);

    struct Place {
        int page = 0;
        int x = 0;
        int y = 0;
    };
    // Null when all pages are full or the image is larger than a page.
    std::optional<Place> add(Size size, const std::uint8_t* pixels);
    void clear();

    [[nodiscard]] GLuint texture() const { return texture_.id(); }
    [[nodiscard]] int pages() const { return pages_; }

  private:
    bool grow();

    GLenum internal_;
    GLenum layout_;
    int most_pages_;
    int pages_ = 0;
    Texture texture_;
    int page_ = 0;  // being filled
    int shelf_y_ = 0;
    int shelf_height_ = 0;
    int shelf_x_ = 0;
};

// A glyph ready to draw.
struct AtlasGlyph {
    InkBox ink;          // em from its origin
    float origin_x = 0;  // its origin in the page, texels
    float origin_y = 0;
    float texels_per_em = 1;
    std::uint32_t page = 0;  // page * 2 + 1 for a picture
};

// Letters are distance fields made at one of a few sizes, chosen by how large they are drawn; emoji are pictures.
// Thread: the context's.
class GlyphAtlas {
  public:
    // Up to `most_pages` of fields (1 MiB each) and half as many of pictures (4 MiB each).
    GlyphAtlas(FontTable& fonts, int most_pages);

    // Null for a blank, or when there is no room left: then full() is true until clear().
    const AtlasGlyph* find(int font, std::uint32_t glyph, float largest_pixels);

    [[nodiscard]] bool full() const { return full_; }
    void clear();  // forgets all glyphs; what was built with them must be built again

    [[nodiscard]] GLuint fields() const { return fields_.texture(); }
    [[nodiscard]] GLuint pictures() const { return pictures_.texture(); }
    [[nodiscard]] std::size_t glyphs() const { return glyphs_.size(); }

  private:
    using Key = std::tuple<int, std::uint32_t, int>;  // font, glyph, size of the field

    std::optional<AtlasGlyph> make(int font, std::uint32_t glyph, int field_size);

    FontTable& fonts_;
    AtlasPages fields_;
    AtlasPages pictures_;
    std::map<Key, std::optional<AtlasGlyph>> glyphs_;  // nullopt: blank
    bool full_ = false;
};

}  // namespace tribune::gl
