// Words' bitmaps in texture pages, for as long as the bitmaps live.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "gpu/gl_object.hpp"
#include "gpu/shelf_packer.hpp"
#include "text/word_cache.hpp"

namespace tribune::gl {

// A part of a bitmap, with a blank pixel around the whole. Its texels are those from `first` on to `end` and the ones
// right of and below them, so that samples whose first neighbour is in the part find all four.
struct WordTile {
    ShelfPacker::Place place;
    bool picture = false;  // letters with colours of their own
    IntRect part;          // of the bitmap, from -1 on

    [[nodiscard]] Size texels() const { return {part.width() + 1, part.height() + 1}; }
};

// Pages of one texel format, added by doubling.
class TexelPages {
  public:
    TexelPages(GLenum internal, GLenum layout, int texel_bytes, int most_pages);

    // None when all pages are full.
    std::optional<ShelfPacker::Place> add(Size size, const std::uint8_t* texels);
    void remove(const ShelfPacker::Place& place, Size size) { packer_.remove(place, size); }

    [[nodiscard]] GLuint texture() const { return texture_.id(); }
    [[nodiscard]] int texel_bytes() const { return texel_bytes_; }
    [[nodiscard]] std::size_t bytes() const;

  private:
    bool grow();

    GLenum internal_;
    GLenum layout_;
    int texel_bytes_;
    int most_pages_;
    ShelfPacker packer_;
    Texture texture_;
};

// Thread: the context's.
class WordPages {
  public:
    // About as many bytes of texels of letters, and half as many of pictures.
    explicit WordPages(std::size_t most_bytes);

    // Its tiles, uploaded when they are not there; valid until the next call. Null when there is no room: let go of
    // bitmaps, call sweep() and try again.
    const std::vector<WordTile>* find(const std::shared_ptr<const WordBitmap>& bitmap);

    // Makes room where bitmaps are gone.
    void sweep();

    [[nodiscard]] GLuint letters() const { return letters_.texture(); }
    [[nodiscard]] GLuint pictures() const { return pictures_.texture(); }
    [[nodiscard]] std::uint64_t uploads() const { return uploads_; }
    [[nodiscard]] std::size_t bytes() const { return letters_.bytes() + pictures_.bytes(); }

  private:
    struct Entry {
        std::weak_ptr<const WordBitmap> alive;  // while it is kept, no other bitmap has its address
        std::vector<WordTile> tiles;
    };
    bool add(const WordBitmap& bitmap, bool picture, std::vector<WordTile>& tiles);
    void remove(const std::vector<WordTile>& tiles);

    TexelPages letters_;
    TexelPages pictures_;
    std::unordered_map<const WordBitmap*, Entry> entries_;
    std::vector<std::uint8_t> texels_;  // of the tile being uploaded
    std::uint64_t uploads_ = 0;
};

}  // namespace tribune::gl
