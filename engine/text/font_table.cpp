#include "text/font_table.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_BBOX_H
#include FT_MULTIPLE_MASTERS_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string_view>
#include <unordered_map>

#include "base/log.hpp"

namespace tribune {
namespace {

constexpr int most_pixels_a_side = 16384;  // one glyph never needs more; larger is clipped away

struct Face {
    FT_Face face = nullptr;
    bool colour = false;
    bool embolden = false;
    double units = 1;  // font units (or strike pixels) per em
    std::unordered_map<std::uint32_t, InkBox> ink;
};

// "wght=600,opsz=14" onto the face's axes.
void apply_variations(FT_Library library, FT_Face face, std::string_view settings) {
    FT_MM_Var* axes = nullptr;
    if (settings.empty() || FT_Get_MM_Var(face, &axes) != 0) return;
    std::vector<FT_Fixed> coordinates(axes->num_axis);
    for (FT_UInt i = 0; i < axes->num_axis; ++i) {
        coordinates[i] = axes->axis[i].def;
        const auto tag = axes->axis[i].tag;
        const std::string name{static_cast<char>((tag >> 24) & 255), static_cast<char>((tag >> 16) & 255),
                               static_cast<char>((tag >> 8) & 255), static_cast<char>(tag & 255), '='};
        if (const auto at = settings.find(name); at != std::string_view::npos) {
            const double value = std::strtod(std::string(settings.substr(at + name.size())).c_str(), nullptr);
            coordinates[i] = static_cast<FT_Fixed>(std::lround(value * 65536));
        }
    }
    FT_Set_Var_Design_Coordinates(face, axes->num_axis, coordinates.data());
    FT_Done_MM_Var(library, axes);
}

}  // namespace

struct FontTable::Impl {
    FT_Library library = nullptr;
    std::map<FontFile, int> numbers;
    std::vector<Face> faces;

    Impl() {
        if (FT_Init_FreeType(&library) != 0) library = nullptr;
    }
    ~Impl() {
        for (auto& f : faces) {
            if (f.face != nullptr) FT_Done_Face(f.face);
        }
        if (library != nullptr) FT_Done_FreeType(library);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    Face* at(int font) {
        if (font < 0 || static_cast<std::size_t>(font) >= faces.size()) return nullptr;
        Face& f = faces[static_cast<std::size_t>(font)];
        return f.face == nullptr ? nullptr : &f;
    }

    // The glyph's outline in font units, in the face's slot until the next load; null when it has none.
    static FT_Outline* outline(const Face& f, std::uint32_t glyph) {
        if (f.colour || FT_Load_Glyph(f.face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP) != 0) return nullptr;
        FT_GlyphSlot slot = f.face->glyph;
        if (slot->format != FT_GLYPH_FORMAT_OUTLINE || slot->outline.n_points == 0) return nullptr;
        if (f.embolden) {
            const auto strength = static_cast<FT_Pos>(f.units / 24);
            FT_Outline_Embolden(&slot->outline, strength);
            FT_Outline_Translate(&slot->outline, -strength / 2, -strength / 2);
        }
        return &slot->outline;
    }

    // The picture glyph's pixels in the face's slot; null when there is none.
    static FT_Bitmap* picture(const Face& f, std::uint32_t glyph) {
        if (!f.colour || FT_Load_Glyph(f.face, glyph, FT_LOAD_COLOR | FT_LOAD_NO_HINTING) != 0) return nullptr;
        FT_GlyphSlot slot = f.face->glyph;
        if (slot->format != FT_GLYPH_FORMAT_BITMAP || slot->bitmap.pixel_mode != FT_PIXEL_MODE_BGRA) return nullptr;
        return &slot->bitmap;
    }
};

FontTable::FontTable() : impl_(std::make_unique<Impl>()) {}
FontTable::~FontTable() = default;

int FontTable::intern(const FontFile& file) {
    const auto [it, fresh] = impl_->numbers.try_emplace(file, static_cast<int>(impl_->faces.size()));
    if (!fresh) return it->second;
    Face f;
    f.embolden = file.embolden;
    if (impl_->library == nullptr || FT_New_Face(impl_->library, file.path.c_str(), file.index, &f.face) != 0) {
        f.face = nullptr;
        log::warning("font_unreadable", "the font {} cannot be read; its letters stay blank", file.path);
    } else {
        apply_variations(impl_->library, f.face, file.variations);
        f.colour = FT_HAS_COLOR(f.face) != 0 && FT_HAS_FIXED_SIZES(f.face) != 0 && FT_Select_Size(f.face, 0) == 0;
        f.units = f.colour ? f.face->size->metrics.y_ppem : f.face->units_per_EM;
        if (f.units <= 0) f.units = 1;
    }
    impl_->faces.push_back(std::move(f));
    return it->second;
}

bool FontTable::is_colour(int font) const {
    const Face* f = impl_->at(font);
    return f != nullptr && f->colour;
}

InkBox FontTable::ink(int font, std::uint32_t glyph) {
    Face* f = impl_->at(font);
    if (f == nullptr) return {};
    const auto [it, fresh] = f->ink.try_emplace(glyph);
    if (!fresh) return it->second;
    InkBox box;
    if (f->colour) {
        const ColourImage image = picture(font, glyph);
        int left = image.size.width, top = image.size.height, right = 0, bottom = 0;
        for (int y = 0; y < image.size.height; ++y) {
            for (int x = 0; x < image.size.width; ++x) {
                if (image.pixels[static_cast<std::size_t>((y * image.size.width + x) * 4 + 3)] == 0) continue;
                left = std::min(left, x);
                right = std::max(right, x + 1);
                top = std::min(top, y);
                bottom = std::max(bottom, y + 1);
            }
        }
        if (right > left) {
            box = {(image.left + left) / f->units, (image.top + top) / f->units, (image.left + right) / f->units,
                   (image.top + bottom) / f->units};
        }
    } else if (FT_Outline* outline = Impl::outline(*f, glyph)) {
        FT_BBox b;
        if (FT_Outline_Get_BBox(outline, &b) == 0) {
            box = {static_cast<double>(b.xMin) / f->units, -static_cast<double>(b.yMax) / f->units,
                   static_cast<double>(b.xMax) / f->units, -static_cast<double>(b.yMin) / f->units};
        }
    }
    return it->second = box;
}

CoverageImage FontTable::coverage(int font, std::uint32_t glyph, double pixels_per_em, Point shift) {
    Face* f = impl_->at(font);
    FT_Outline* outline = f == nullptr ? nullptr : Impl::outline(*f, glyph);
    if (outline == nullptr || pixels_per_em <= 0) return {};

    // Font units to 26.6 pixels in one step, so that the shape is the same at every size.
    const auto scale = static_cast<FT_Fixed>(std::lround(pixels_per_em * 64 / f->units * 65536));
    const FT_Matrix matrix{scale, 0, 0, scale};
    FT_Outline_Transform(outline, &matrix);
    FT_Outline_Translate(outline, std::lround(shift.x * 64), -std::lround(shift.y * 64));
    FT_BBox box;
    FT_Outline_Get_CBox(outline, &box);
    const FT_Pos left = box.xMin >> 6, bottom = box.yMin >> 6;
    const FT_Pos width = ((box.xMax + 63) >> 6) - left, height = ((box.yMax + 63) >> 6) - bottom;
    if (width <= 0 || height <= 0 || width > most_pixels_a_side || height > most_pixels_a_side) return {};

    CoverageImage image;
    image.left = static_cast<int>(left);
    image.top = static_cast<int>(-(bottom + height));
    image.size = {static_cast<int>(width), static_cast<int>(height)};
    image.pixels.resize(static_cast<std::size_t>(width * height));
    FT_Outline_Translate(outline, -left * 64, -bottom * 64);
    FT_Bitmap bitmap{};
    bitmap.rows = static_cast<unsigned>(height);
    bitmap.width = static_cast<unsigned>(width);
    bitmap.pitch = static_cast<int>(width);
    bitmap.buffer = image.pixels.data();
    bitmap.num_grays = 256;
    bitmap.pixel_mode = FT_PIXEL_MODE_GRAY;
    if (FT_Outline_Get_Bitmap(impl_->library, outline, &bitmap) != 0) return {};
    return image;
}

ColourImage FontTable::picture(int font, std::uint32_t glyph) {
    Face* f = impl_->at(font);
    FT_Bitmap* bitmap = f == nullptr ? nullptr : Impl::picture(*f, glyph);
    if (bitmap == nullptr) return {};
    ColourImage image;
    image.left = f->face->glyph->bitmap_left;
    image.top = -f->face->glyph->bitmap_top;
    image.size = {static_cast<int>(bitmap->width), static_cast<int>(bitmap->rows)};
    image.pixels_per_em = f->units;
    for (unsigned y = 0; y < bitmap->rows; ++y) {
        const auto* row = bitmap->buffer + static_cast<std::ptrdiff_t>(y) * bitmap->pitch;
        image.pixels.insert(image.pixels.end(), row, row + bitmap->width * 4);
    }
    return image;
}

}  // namespace tribune
