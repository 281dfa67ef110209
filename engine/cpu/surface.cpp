#include "cpu/surface.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace tribune {
namespace {
constexpr std::size_t huge_page = std::size_t{2} << 20;
}  // namespace

void subtract(std::vector<IntRect>& from, const IntRect& hole) {
    const auto count = from.size();
    std::size_t kept = 0;
    std::vector<IntRect> pieces;
    for (std::size_t i = 0; i < count; ++i) {
        const IntRect r = from[i];
        const IntRect h = intersection(r, hole);
        if (h.empty()) {
            from[kept++] = r;
            continue;
        }
        for (const IntRect& piece : {IntRect{r.x0, r.y0, r.x1, h.y0}, IntRect{r.x0, h.y0, h.x0, h.y1},
                                     IntRect{h.x1, h.y0, r.x1, h.y1}, IntRect{r.x0, h.y1, r.x1, r.y1}}) {
            if (!piece.empty()) pieces.push_back(piece);
        }
    }
    from.resize(kept);
    from.insert(from.end(), pieces.begin(), pieces.end());
}

Surface::Surface(Size size, bool opaque) : size_(size), opaque_(opaque), stride_((size.width * 4 + 63) / 64 * 64) {
    const auto bytes = static_cast<std::size_t>(stride_) * static_cast<std::size_t>(size.height);
    const std::size_t alignment = bytes >= huge_page ? huge_page : 64;
    const auto rounded = (bytes + alignment - 1) / alignment * alignment;
    pixels_.reset(static_cast<std::uint8_t*>(std::aligned_alloc(alignment, std::max(rounded, alignment))));
    if (!pixels_) throw std::bad_alloc();
    // Fewer page faults and TLB misses; only a wish.
    if (alignment == huge_page) ::madvise(pixels_.get(), rounded, MADV_HUGEPAGE);
}

void Surface::Free::operator()(std::uint8_t* p) const { std::free(p); }

}  // namespace tribune
