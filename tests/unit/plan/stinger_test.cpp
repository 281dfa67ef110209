#include <catch2/catch.hpp>

#include "hall.hpp"
#include "show/views.hpp"

using namespace tribune;
using namespace tribune::test;
using namespace std::chrono_literals;

namespace {

const SourceName curtain("curtain");

// The hall with a stinger of two seconds that cuts after 800 ms, its clip standing where the test says.
struct StingerHall : Hall {
    StingerHall() {
        run(AddSource{curtain, "", "curtain.mov", "", false});
        run(ClipOpened{curtain, 2s});
        run(SetStinger{curtain, 800});
        stands_at(0ms);
        run(Take{{}, "curtain", {}});
    }
    void stands_at(Nanoseconds position, bool stays = false) {
        auto frame = std::make_shared<VideoFrame>();
        frame->format = PixelFormat::bgra;
        frame->size = {640, 360};
        frame->presentation = position;
        frame->stays = stays;
        clip = frame;
        sources[curtain] = {frame, 10ms, SourceState::live, "", 25};
    }
    [[nodiscard]] std::string fault() const {
        REQUIRE(planner.stingers().size() == 1);
        CHECK(planner.stingers()[0].name == "curtain");
        return planner.stingers()[0].fault ? planner.stingers()[0].fault->code : "";
    }
    [[nodiscard]] std::shared_ptr<const VideoFrame> frame_of(const char* name) const {
        return sources.at(SourceName(name)).frame;
    }
    std::shared_ptr<const VideoFrame> clip;
};

// The frames of a picture, back to front.
std::vector<std::shared_ptr<const VideoFrame>> frames(const Picture& picture) {
    std::vector<std::shared_ptr<const VideoFrame>> out;
    for (const auto& item : picture.items)
        if (const auto* v = std::get_if<VideoItem>(&item)) out.push_back(v->frame);
    return out;
}

}  // namespace

TEST_CASE("a stinger lies over the old picture, then over the new one, and goes") {
    StingerHall hall;
    hall.stands_at(400ms);
    CHECK(frames(hall.picture_at(420)) == std::vector{hall.frame_of("cam1"), hall.clip});
    CHECK(hall.fault().empty());
    hall.stands_at(800ms);
    CHECK(frames(hall.picture_at(800)) == std::vector{hall.frame_of("cam2"), hall.clip});
    hall.stands_at(1960ms);
    CHECK(frames(hall.picture_at(1999)) == std::vector{hall.frame_of("cam2"), hall.clip});
    CHECK(frames(hall.picture_at(2000)) == std::vector{hall.frame_of("cam2")});
    CHECK(hall.planner.stingers().empty());
}

TEST_CASE("a stinger fills the picture, whatever its shape") {
    StingerHall hall;
    hall.stands_at(400ms);
    const auto picture = hall.picture_at(420);
    const auto& item = std::get<VideoItem>(picture.items.back());
    CHECK(item.place == Rect{0, 0, 640, 360});
    auto square = std::make_shared<VideoFrame>(*hall.clip);
    square->size = {100, 100};
    hall.sources[curtain].frame = square;
    const auto other = hall.picture_at(420);
    CHECK(std::get<VideoItem>(other.items.back()).place == Rect{0, 0, 640, 360});
    CHECK(std::get<VideoItem>(other.items.back()).crop.height == Approx(0.5625));
}

TEST_CASE("a stinger whose picture is not the one that belongs there is left out and named; the take goes on") {
    StingerHall hall;
    // Its last picture from the time before, its first one when it should be far on, none at all.
    hall.stands_at(1960ms, true);
    CHECK(frames(hall.picture_at(100)) == std::vector{hall.frame_of("cam1")});
    CHECK(hall.fault() == "stinger_late");
    hall.stands_at(0ms);
    CHECK(frames(hall.picture_at(900)) == std::vector{hall.frame_of("cam2")});
    CHECK(hall.fault() == "stinger_late");
    hall.sources[curtain] = {nullptr, 0ms, SourceState::lost, "The file is gone.", 0};
    CHECK(frames(hall.picture_at(900)) == std::vector{hall.frame_of("cam2")});
    CHECK(hall.fault() == "stinger_failed");
    CHECK(hall.planner.stingers()[0].fault->message.find("The file is gone.") != std::string::npos);
    hall.sources.erase(curtain);
    CHECK(frames(hall.picture_at(500)) == std::vector{hall.frame_of("cam1")});
    CHECK(hall.fault() == "stinger_failed");
}

TEST_CASE("a picture of a stinger that stays long may") {
    StingerHall hall;
    hall.stands_at(200ms, true);
    CHECK(frames(hall.picture_at(1100)) == std::vector{hall.frame_of("cam2"), hall.clip});
    CHECK(hall.fault().empty());
}
