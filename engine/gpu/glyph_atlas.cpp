#include "gpu/glyph_atlas.hpp"

#include <algorithm>

namespace tribune::gl {
namespace {

constexpr int spread = 8;  // texels; text.frag knows it
constexpr int gap = 1;

// Fields at these pixels per em, for text drawn up to that many pixels per em. A field's corners are round by
// about a texel, so large letters need a finer one.
struct FieldSize {
    int field;
    float drawn;
};
constexpr FieldSize field_sizes[] = {{64, 48}, {160, 1e9F}};

}  // namespace

AtlasPages::AtlasPages(GLenum internal, GLenum layout, int most_pages)
    : internal_(internal), layout_(layout), most_pages_(most_pages) {}

bool AtlasPages::grow() {
    const int pages = std::min(most_pages_, std::max(1, pages_ * 2));
    if (pages == pages_) return false;
    Texture larger = make_texture(GL_TEXTURE_2D_ARRAY);
    glTextureStorage3D(larger.id(), 1, internal_, page_side, page_side, pages);
    set_linear(larger);
    glClearTexImage(larger.id(), 0, layout_, GL_UNSIGNED_BYTE, nullptr);
    if (pages_ > 0) {
        glCopyImageSubData(texture_.id(), GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, larger.id(), GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0,
                           page_side, page_side, pages_);
    }
    texture_ = std::move(larger);
    pages_ = pages;
    return true;
}

std::optional<AtlasPages::Place> AtlasPages::add(Size size, const std::uint8_t* pixels) {
    const int width = size.width + 2 * gap, height = size.height + 2 * gap;
    if (width > page_side || height > page_side) return std::nullopt;
    if (pages_ == 0 && !grow()) return std::nullopt;
    if (shelf_x_ + width > page_side) {
        shelf_y_ += shelf_height_;
        shelf_x_ = 0;
        shelf_height_ = 0;
    }
    if (shelf_y_ + height > page_side) {
        if (page_ + 1 >= pages_ && !grow()) return std::nullopt;
        ++page_;
        shelf_x_ = shelf_y_ = shelf_height_ = 0;
    }
    const Place place{page_, shelf_x_ + gap, shelf_y_ + gap};
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTextureSubImage3D(texture_.id(), 0, place.x, place.y, place.page, size.width, size.height, 1, layout_,
                        GL_UNSIGNED_BYTE, pixels);
    shelf_x_ += width;
    shelf_height_ = std::max(shelf_height_, height);
    return place;
}

void AtlasPages::clear() {
    page_ = shelf_x_ = shelf_y_ = shelf_height_ = 0;
    if (pages_ > 0) glClearTexImage(texture_.id(), 0, layout_, GL_UNSIGNED_BYTE, nullptr);
}

GlyphAtlas::GlyphAtlas(FontTable& fonts, int most_pages)
    : fonts_(fonts), fields_(GL_R8, GL_RED, most_pages), pictures_(GL_RGBA8, GL_BGRA, std::max(1, most_pages / 2)) {}

std::optional<AtlasGlyph> GlyphAtlas::make(int font, std::uint32_t glyph, int field_size) {
    AtlasGlyph out;
    out.ink = fonts_.ink(font, glyph);
    if (out.ink.empty()) return std::nullopt;
    if (field_size == 0) {
        const ColourImage image = fonts_.picture(font, glyph);
        if (image.pixels.empty()) return std::nullopt;
        const auto place = pictures_.add(image.size, image.pixels.data());
        full_ = !place;
        if (!place) return std::nullopt;
        out.origin_x = static_cast<float>(place->x - image.left);
        out.origin_y = static_cast<float>(place->y - image.top);
        out.texels_per_em = static_cast<float>(image.pixels_per_em);
        out.page = static_cast<std::uint32_t>(place->page) * 2 + 1;
        return out;
    }
    const CoverageImage field = fonts_.distance_field(font, glyph, field_size, spread);
    if (field.pixels.empty()) return std::nullopt;
    const auto place = fields_.add(field.size, field.pixels.data());
    full_ = !place;
    if (!place) return std::nullopt;
    out.origin_x = static_cast<float>(place->x - field.left);
    out.origin_y = static_cast<float>(place->y - field.top);
    out.texels_per_em = static_cast<float>(field_size);
    out.page = static_cast<std::uint32_t>(place->page) * 2;
    return out;
}

const AtlasGlyph* GlyphAtlas::find(int font, std::uint32_t glyph, float largest_pixels) {
    int size = 0;
    if (!fonts_.is_colour(font)) {
        const auto* at = std::begin(field_sizes);
        while (largest_pixels > at->drawn) ++at;
        size = at->field;
    }
    const Key key{font, glyph, size};
    if (const auto it = glyphs_.find(key); it != glyphs_.end()) return it->second ? &*it->second : nullptr;
    if (full_) return nullptr;
    auto made = make(font, glyph, size);
    if (full_) return nullptr;
    const auto& kept = glyphs_.emplace(key, std::move(made)).first->second;
    return kept ? &*kept : nullptr;
}

void GlyphAtlas::clear() {
    fields_.clear();
    pictures_.clear();
    glyphs_.clear();
    full_ = false;
}

}  // namespace tribune::gl
