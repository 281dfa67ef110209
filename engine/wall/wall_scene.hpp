// The living wall: contributions in journal order in, words in motion out. What it shows is a function of the
// contributions and the measure, so two machines that read the same journal draw the same wall.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/text_move.hpp"
#include "base/text_spec.hpp"
#include "base/time.hpp"
#include "voice/room.hpp"
#include "wall/layout.hpp"
#include "wall/palette.hpp"
#include "wall/terms.hpp"

namespace tribune {

using TextMoves = std::shared_ptr<const std::vector<TextMove>>;

struct WallPage {
    TextMoves moves;   // pixels of the wall's area; unchanged pages share it from scene to scene
    ShowTime settled;  // from here on nothing on the page moves
    std::size_t words = 0;
};

// Immutable. Pages are shown one after the other; which one is a function of the scene and the time.
struct WallScene {
    Size area;
    Palette palette;
    std::vector<WallPage> pages;
    std::uint64_t revision = 0;  // journal sequence of the newest contribution in it
    std::size_t contributions = 0;
    std::size_t words = 0;  // on all pages: none is left out
    ShowTime settled;       // of all pages
    ShowTime tour_start;    // when `tour_page` came on
    int tour_page = 0;
    Nanoseconds page_time{0};
    Nanoseconds page_fade{0};
};

// What of the tour is on now: `page` with opacity 1 − `blend`, over it `next` with opacity `blend`.
struct PageView {
    int page = 0;
    int next = 0;      // equal to `page` while it stands
    double blend = 0;  // 0…1, eased
};
PageView page_view(const WallScene& scene, ShowTime now);

struct WallOptions {
    LayoutOptions layout;
    Font font;
    Palette palette;                  // mended by legible()
    Nanoseconds appear{450'000'000};  // new words fade and grow in, gone ones fade out
    Nanoseconds glide{600'000'000};   // moves and growth
    Nanoseconds page_time{12'000'000'000};
    Nanoseconds page_fade{900'000'000};
};

// One thread per object: the measure's.
class WallBuilder {
  public:
    // The measure must outlive the builder.
    WallBuilder(const WallOptions& options, const std::vector<LanguageWords>& languages, TextMeasure& measure);

    // In journal order; a known id changes nothing. A contribution of table 0 speaks for its device.
    void add(const Contribution& contribution);
    void remove(const Uuid& id, std::uint64_t sequence, ShowTime at);
    // As TermIndex::set_rules, since this record of the journal. Words that are merged or hidden fade out.
    void set_rules(const std::vector<TermRule>& rules, std::uint64_t sequence, ShowTime at);

    // The wall after all that was added; the same pointer while nothing was.
    std::shared_ptr<const WallScene> scene();

    [[nodiscard]] const TermIndex& terms() const { return terms_; }
    [[nodiscard]] const WallLayout& layout() const { return layout_; }

  private:
    struct Shown {
        SharedText text;       // null: not on the wall
        std::string spelling;  // it was made from
        TextMetrics metrics;
        TextMove move;
        int page = -1;
    };
    struct Leaving {
        TextMove move;
        int page = 0;
    };

    void update(const std::vector<std::uint32_t>& changed, ShowTime at);
    void show(std::uint32_t term, ShowTime at);
    void leave(Shown& shown, ShowTime at);
    void touch_page(int page);
    [[nodiscard]] WallPage make_page(int page) const;

    WallOptions options_;
    TextMeasure& measure_;
    TermIndex terms_;
    WallLayout layout_;
    std::vector<Shown> shown_;  // by term
    std::vector<Leaving> leaving_;
    std::vector<bool> stale_;  // by page: moves must be made again
    std::uint64_t revision_ = 0;
    ShowTime now_;                            // of the newest contribution
    std::shared_ptr<const WallScene> last_;   // the newest one made
    std::shared_ptr<const WallScene> scene_;  // null: something was added since
};

}  // namespace tribune
