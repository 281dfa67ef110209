#include <random>

#include "unit/cpu/painting.hpp"
#include "unit/cpu/test_frames.hpp"

namespace tribune {
namespace {

constexpr Size face{417, 263};

class RandomShow {
  public:
    explicit RandomShow(unsigned seed) : random_(seed) {
        for (const auto format :
             {PixelFormat::i420, PixelFormat::nv12, PixelFormat::i422, PixelFormat::i444, PixelFormat::bgra}) {
            for (int n = 0; n < 2; ++n) {
                const Size size{60 + upto(300), 40 + upto(200)};
                const auto salt = static_cast<unsigned>(random_());
                frames_.push_back(make_frame(
                    {format, ColourMatrix::bt709, ColourRange::limited, upto(4) * 90}, size,
                    [salt](int p, int x, int y) {
                        return static_cast<int>((static_cast<unsigned>(x * 31 + y * 17 + p * 5) * 2654435761U + salt) >>
                                                24);
                    }));
            }
        }
        texts_ = {word("logement"), word("écoute"), word("سلام"), word("attente"), word("界隈"), word("dignité")};
        change_words();
        for (int i = 0; i < 4; ++i) items_.push_back(any_item());
    }

    Picture next() {
        now_ = now_ + std::chrono::milliseconds(upto(300));
        for (int changes = upto(3); changes > 0; --changes) {
            switch (upto(8)) {
                case 0: change_words(); break;
                case 1:
                    if (items_.size() < 7)
                        items_.insert(items_.begin() + upto(static_cast<int>(items_.size()) + 1), any_item());
                    break;
                case 2:
                    if (items_.size() > 1) items_.erase(items_.begin() + upto(static_cast<int>(items_.size())));
                    break;
                case 3: offset_ = {upto(5) * 0.5, upto(3) * 1.0}; break;
                case 4:
                case 5: change_inside(items_[static_cast<std::size_t>(upto(static_cast<int>(items_.size())))]); break;
                default: items_[static_cast<std::size_t>(upto(static_cast<int>(items_.size())))] = any_item();
            }
        }
        Picture picture{face, colour_from_rgb(0x203040), items_};
        for (auto& item : picture.items)
            if (auto* batch = std::get_if<TextBatch>(&item)) *batch = words();
        return picture;
    }
    [[nodiscard]] ShowTime now() const { return now_; }

  private:
    int upto(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
    SharedText word(const char* text) { return std::make_shared<TextSpec>(TextSpec{text, {}, ""}); }
    Rect place() { return {upto(500) - 60.3, upto(300) - 40.6, 10.0 + upto(400), 10.0 + upto(250)}; }
    Colour colour() {
        return colour_from_rgb(static_cast<std::uint32_t>(upto(1 << 24)), static_cast<float>(upto(5)) / 4.0F);
    }

    std::shared_ptr<const Picture> inner(Size size) {
        auto p = std::make_shared<Picture>(Picture{size, colour(), {}});
        for (int n = 1 + upto(3); n > 0; --n) p->items.push_back(plain_item());
        return p;
    }
    // Another picture, mostly the same, where the item shows one.
    void change_inside(PlanItem& item) {
        const auto changed = [&](const std::shared_ptr<const Picture>& picture) {
            auto p = std::make_shared<Picture>(*picture);
            p->items[static_cast<std::size_t>(upto(static_cast<int>(p->items.size())))] = plain_item();
            return p;
        };
        if (auto* p = std::get_if<PictureItem>(&item)) p->picture = changed(p->picture);
        if (auto* t = std::get_if<TransitionItem>(&item)) t->to = changed(t->to);
    }
    Effects effects() {
        Effects e;
        if (upto(2) == 0) e.rotation_deg = upto(3) == 0 ? 90.0 * upto(4) : upto(360) * 1.7;
        if (upto(2) == 0) e.border = {static_cast<float>(upto(9)) * 0.75F, colour()};
        if (upto(2) == 0) e.blend = static_cast<Blend>(1 + upto(7));
        if (upto(2) == 0) e.key = Key{static_cast<KeyKind>(1 + upto(2)), colour()};
        return e;
    }
    PlanItem any_item() {
        switch (upto(6)) {
            case 0: {
                const Size size{40 + upto(300), 40 + upto(200)};
                PictureItem p{inner(size), {0, 0, 1, 1}, place(), upto(3) == 0 ? 0.6F : 1.0F, 0};
                if (upto(2) == 0) p.place = {upto(200) * 1.0, upto(100) * 1.0, 1.0 * size.width, 1.0 * size.height};
                if (upto(2) == 0) p.effects = effects();
                return p;
            }
            case 1: {
                const Size size{40 + upto(300), 40 + upto(200)};
                return TransitionItem{inner(size),
                                      inner(size),
                                      nullptr,
                                      {upto(200) * 1.0, upto(100) * 1.0, 1.0 * size.width, 1.0 * size.height},
                                      static_cast<float>(upto(5)) / 4};
            }
            default: {
                auto item = plain_item();
                if (auto* v = std::get_if<VideoItem>(&item); v != nullptr && upto(3) == 0) v->effects = effects();
                return item;
            }
        }
    }
    PlanItem plain_item() {
        switch (upto(4)) {
            case 0: return FillItem{place(), colour(), colour(), static_cast<float>(upto(3) * 9)};
            case 1: return words();
            default: {
                Rect crop{0, 0, 1, 1};
                if (upto(2) == 0)
                    crop = {upto(40) / 100.0, upto(40) / 100.0, 0.2 + upto(40) / 100.0, 0.2 + upto(40) / 100.0};
                return VideoItem{frames_[static_cast<std::size_t>(upto(static_cast<int>(frames_.size())))], crop,
                                 place(), upto(3) == 0 ? 0.6F : 1.0F, upto(3) == 0 ? 12.0F : 0.0F};
            }
        }
    }
    TextBatch words() { return {moves_, now_, offset_, 1, settled_}; }

    // Some words stay, some come, some go, some start to move.
    void change_words() {
        auto next =
            moves_ ? std::make_shared<std::vector<TextMove>>(*moves_) : std::make_shared<std::vector<TextMove>>();
        if (!next->empty() && upto(2) == 0) next->erase(next->begin() + upto(static_cast<int>(next->size())));
        while (next->size() < 6 || upto(2) == 0) {
            TextMove m;
            m.text = texts_[static_cast<std::size_t>(upto(static_cast<int>(texts_.size())))];
            m.from = {upto(400) * 1.0, 20.0 + upto(240)};
            m.to = upto(2) == 0 ? m.from : Point{upto(400) + 0.37, 20.0 + upto(240)};
            m.from_size = static_cast<float>(8 + upto(40));
            m.to_size = static_cast<float>(8 + upto(40));
            m.from_colour = colour();
            m.to_colour = colour();
            m.start = now_;
            m.length = std::chrono::milliseconds(upto(2) == 0 ? 0 : 500);
            next->insert(next->begin() + upto(static_cast<int>(next->size()) + 1), m);
        }
        moves_ = next;
        settled_ = now_ + std::chrono::milliseconds(500);
        for (const auto& m : *moves_) settled_ = std::max(settled_, m.start + m.length);
    }

    std::mt19937 random_;
    std::vector<std::shared_ptr<const VideoFrame>> frames_;
    std::vector<SharedText> texts_;
    std::vector<PlanItem> items_;
    std::shared_ptr<const std::vector<TextMove>> moves_;
    Point offset_;
    ShowTime now_;
    ShowTime settled_;
};

}  // namespace

TEST_CASE("painting on from the last frame gives the same bytes as painting afresh, on one thread or three") {
    std::uint64_t pixels = 0, frames = 0;
    for (unsigned seed = 1; seed <= 6; ++seed) {
        RandomShow show(seed);
        const auto painter = make_painter();
        const auto shared = make_painter({3});
        for (int step = 0; step < 30; ++step, ++frames) {
            const auto plan = plan_of(show.next(), show.now());
            const auto fresh = make_painter();
            REQUIRE(fresh->paint(plan));
            REQUIRE(painter->paint(plan));
            REQUIRE(shared->paint(plan));
            const auto wanted = bytes_of(fresh->pixels(0));
            INFO("seed " << seed << " step " << step);
            REQUIRE((bytes_of(painter->pixels(0)) == wanted));
            REQUIRE((bytes_of(shared->pixels(0)) == wanted));
        }
        pixels += painter->counters().pixels_painted;
    }
    CHECK(pixels <
          frames * static_cast<std::uint64_t>(face.width * face.height) * 9 / 10);  // and does not repaint it all
}

TEST_CASE("an equal picture is not drawn again, another is, and versions tell") {
    const auto painter = make_painter();
    const auto frame = make_plain_frame({}, {64, 64}, 100, 128, 128);
    Picture picture{
        {640, 320},
        {},
        {VideoItem{frame, {0, 0, 1, 1}, {0, 0, 640, 320}}, FillItem{{10, 10, 20, 20}, {1, 1, 1, 1}, {1, 1, 1, 1}}}};
    REQUIRE(painter->paint(plan_of(picture)));
    const auto first = painter->version(0);
    REQUIRE(painter->paint(plan_of(picture)));
    CHECK(painter->version(0) == first);
    CHECK(painter->counters().pictures_painted == 1);
    CHECK(painter->counters().pixels_painted == 640 * 320);

    std::get<FillItem>(picture.items[1]).place.x = 12;
    REQUIRE(painter->paint(plan_of(picture)));
    CHECK(painter->version(0) != first);
    CHECK(painter->counters().pixels_painted == 640 * 320 + 64 * 32);
}

TEST_CASE("a frame shown on four faces at one size is scaled once") {
    const auto painter = make_painter();
    const auto frame = make_plain_frame({}, {640, 360}, 100, 128, 128);
    FramePlan plan;
    for (int face_number = 0; face_number < 4; ++face_number)
        plan.pictures.push_back({{320, 180}, {}, {VideoItem{frame, {0, 0, 1, 1}, {face_number * 8.0, 0, 160, 90}}}});
    REQUIRE(painter->paint(plan));
    CHECK(painter->counters().frames_scaled == 1);
}

}  // namespace tribune
