#include "displays/preview.hpp"

#include <turbojpeg.h>

#include <catch2/catch.hpp>

#include "unit/cpu/test_frames.hpp"
#include "unit/displays/painter_double.hpp"

namespace tribune {
namespace {

// Collects what the encoder's thread gives.
class Collector {
  public:
    Previews::Sink sink() {
        return [this](EncodedPicture p) {
            const std::lock_guard lock(mutex_);
            pictures_.push_back(std::move(p));
            came_.notify_all();
        };
    }
    EncodedPicture take() {
        std::unique_lock lock(mutex_);
        REQUIRE(came_.wait_for(lock, std::chrono::seconds(30), [&] { return !pictures_.empty(); }));
        auto p = std::move(pictures_.front());
        pictures_.erase(pictures_.begin());
        return p;
    }

  private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<EncodedPicture> pictures_;
};

MonotonicTime at(int milliseconds) { return {std::chrono::milliseconds(1'000'000 + milliseconds)}; }

// The encoder frees a name just after it gave the picture.
void wait_until_wanted(Previews& previews, const std::string& name, std::uint64_t version, MonotonicTime now) {
    while (!previews.wants(name, version, now)) std::this_thread::yield();
}

}  // namespace

TEST_CASE("a preview is made only when asked for, at most at its rate, and not twice of the same") {
    Collector out;
    Previews previews({15, 80}, out.sink());
    PainterDouble painter({640, 360});
    const PictureAsk small{"face/north", {480, 270}, PictureEncoding::jpeg};
    CHECK_FALSE(previews.wants("face/north", 1, at(0)));

    previews.ask(small);
    CHECK(previews.wants("face/north", 1, at(0)));
    CHECK_FALSE(previews.wants("face/south", 1, at(0)));
    CHECK_FALSE(previews.wants("face/nort", 1, at(0)));
    previews.offer("face/north", painter.pixels(0), 1, at(0));
    const auto first = out.take();
    CHECK(first.ask == small);
    CHECK(first.size == Size{480, 270});
    CHECK(first.version == 1);
    CHECK_FALSE(first.bytes.empty());

    CHECK_FALSE(previews.wants("face/north", 2, at(1000)));  // the credit is used up
    previews.ask(small);
    CHECK_FALSE(previews.wants("face/north", 1, at(1000)));  // nothing new
    CHECK_FALSE(previews.wants("face/north", 2, at(60)));    // too soon for 15 a second
    wait_until_wanted(previews, "face/north", 2, at(67));
    previews.ask(small, true);
    CHECK(previews.wants("face/north", 1, at(67)));  // somebody new wants it anyway
}

TEST_CASE("one offer serves every size and encoding that was asked for") {
    Collector out;
    Previews previews({15, 80}, out.sink());
    PainterDouble painter({640, 360});
    previews.ask({"face/north", {}, PictureEncoding::png});
    previews.ask({"face/north", {160, 90}, PictureEncoding::jpeg});
    previews.offer("face/north", painter.pixels(0), 7, at(0));
    std::vector<EncodedPicture> got;
    got.push_back(out.take());
    got.push_back(out.take());
    for (const auto& p : got)
        CHECK(p.size == (p.ask.encoding == PictureEncoding::png ? Size{640, 360} : Size{160, 90}));
    CHECK(got[0].ask.encoding != got[1].ask.encoding);
}

TEST_CASE("a source's preview is upright and in its own colours") {
    Collector out;
    Previews previews({15, 95}, out.sink());
    // Red by BT.709 limited: Y 63, Cb 102, Cr 240. Turned by 90°, 640×480 stands 480×640.
    const auto frame =
        make_plain_frame({PixelFormat::i420, ColourMatrix::bt709, ColourRange::limited, 90}, {640, 480}, 63, 102, 240);
    previews.ask({"source/cam", {480, 320}, PictureEncoding::jpeg});
    previews.offer("source/cam", frame, at(0));
    const auto picture = out.take();
    CHECK(picture.size == Size{240, 320});
    std::vector<std::uint8_t> rgb(240 * 320 * 3);
    auto* handle = tjInitDecompress();
    REQUIRE(tjDecompress2(handle, picture.bytes.data(), picture.bytes.size(), rgb.data(), 240, 0, 320, TJPF_RGB, 0) ==
            0);
    tjDestroy(handle);
    const auto* middle = &rgb[(160 * 240 + 120) * 3];
    CHECK(int{middle[0]} >= 250);
    CHECK(int{middle[1]} <= 6);
    CHECK(int{middle[2]} <= 6);
}

TEST_CASE("a picture that cannot be encoded is told by empty bytes") {
    Collector out;
    Previews previews({15, 80}, out.sink());
    previews.ask({"face/north", {480, 270}, PictureEncoding::jpeg});
    previews.offer("face/north", ImageView{}, 1, at(0));
    CHECK(out.take().bytes.empty());
}

}  // namespace tribune
