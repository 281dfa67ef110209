#include "gpu/word_pages.hpp"

#include <algorithm>
#include <cstring>

namespace tribune::gl {
namespace {

constexpr int page_side = 2048;
constexpr std::size_t page_texels = std::size_t{page_side} * page_side;

int pages_for(std::size_t bytes, std::size_t texel_bytes) {
    return static_cast<int>(std::clamp<std::size_t>(bytes / (page_texels * texel_bytes), 1, 256));
}

}  // namespace

TexelPages::TexelPages(GLenum internal, GLenum layout, int texel_bytes, int most_pages)
    : internal_(internal), layout_(layout), texel_bytes_(texel_bytes), most_pages_(most_pages), packer_(page_side) {}

std::size_t TexelPages::bytes() const {
    return page_texels * static_cast<std::size_t>(texel_bytes_) * static_cast<std::size_t>(packer_.pages());
}

bool TexelPages::grow() {
    const int before = packer_.pages(), pages = std::min(most_pages_, std::max(1, before * 2));
    if (pages == before) return false;
    Texture larger = make_texture(GL_TEXTURE_2D_ARRAY);
    glTextureStorage3D(larger.id(), 1, internal_, page_side, page_side, pages);
    glTextureParameteri(larger.id(), GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTextureParameteri(larger.id(), GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    if (before > 0) {
        glCopyImageSubData(texture_.id(), GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, larger.id(), GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0,
                           page_side, page_side, before);
    }
    texture_ = std::move(larger);
    while (packer_.pages() < pages) packer_.add_page();
    return true;
}

std::optional<ShelfPacker::Place> TexelPages::add(Size size, const std::uint8_t* texels) {
    auto place = packer_.add(size);
    if (!place && grow()) place = packer_.add(size);
    if (!place) return std::nullopt;
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTextureSubImage3D(texture_.id(), 0, place->x, place->y, place->page, size.width, size.height, 1, layout_,
                        GL_UNSIGNED_BYTE, texels);
    return place;
}

WordPages::WordPages(std::size_t most_bytes)
    : letters_(GL_R8, GL_RED, 1, pages_for(most_bytes, 1)),
      pictures_(GL_RGBA8, GL_BGRA, 4, pages_for(most_bytes / 2, 4)) {}

// Words wider or higher than a page lie in several tiles.
bool WordPages::add(const WordBitmap& bitmap, bool picture, std::vector<WordTile>& tiles) {
    TexelPages& pages = picture ? pictures_ : letters_;
    const auto& image = bitmap.image;
    const auto& from = picture ? image.colour : image.coverage;
    if (std::all_of(from.begin(), from.end(), [](std::uint8_t v) { return v == 0; })) return true;
    const auto bytes = static_cast<std::size_t>(pages.texel_bytes());
    constexpr int longest = page_side - 1;
    for (int y = -1; y < image.size.height; y += longest) {
        for (int x = -1; x < image.size.width; x += longest) {
            WordTile tile{
                {}, picture, {x, y, std::min(x + longest, image.size.width), std::min(y + longest, image.size.height)}};
            const Size size = tile.texels();
            texels_.assign(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * bytes, 0);
            const int x0 = std::max(x, 0), x1 = std::min(x + size.width, image.size.width);
            for (int row = std::max(y, 0); row < std::min(y + size.height, image.size.height); ++row) {
                const auto at = [](int r, int column, int width) {
                    return static_cast<std::size_t>(r) * static_cast<std::size_t>(width) +
                           static_cast<std::size_t>(column);
                };
                std::memcpy(texels_.data() + at(row - y, x0 - x, size.width) * bytes,
                            from.data() + at(row, x0, image.size.width) * bytes,
                            static_cast<std::size_t>(x1 - x0) * bytes);
            }
            const auto place = pages.add(size, texels_.data());
            if (!place) return false;
            tile.place = *place;
            tiles.push_back(tile);
        }
    }
    return true;
}

void WordPages::remove(const std::vector<WordTile>& tiles) {
    for (const auto& t : tiles) (t.picture ? pictures_ : letters_).remove(t.place, t.texels());
}

const std::vector<WordTile>* WordPages::find(const std::shared_ptr<const WordBitmap>& bitmap) {
    const auto [it, fresh] = entries_.try_emplace(bitmap.get());
    if (!fresh) return &it->second.tiles;
    auto& tiles = it->second.tiles;
    it->second.alive = bitmap;
    if (add(*bitmap, false, tiles) && (bitmap->image.colour.empty() || add(*bitmap, true, tiles))) {
        ++uploads_;
        return &tiles;
    }
    remove(tiles);
    entries_.erase(it);
    return nullptr;
}

void WordPages::sweep() {
    std::erase_if(entries_, [&](const auto& e) {
        if (!e.second.alive.expired()) return false;
        remove(e.second.tiles);
        return true;
    });
}

}  // namespace tribune::gl
