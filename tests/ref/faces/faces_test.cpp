// Four faces change on the same frame, read back from their pixels.
#include <catch2/catch.hpp>
#include <map>

#include "support/real_show/real_show.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr int cuts = 1000;
constexpr const char* plain_sources =
    "[[source]]\nname = \"red\"\nurl = \"lavfi:color=c=red:s=64x36:r=30\"\n"
    "[[source]]\nname = \"green\"\nurl = \"lavfi:color=c=green:s=64x36:r=30\"\n"
    "[[source]]\nname = \"blue\"\nurl = \"lavfi:color=c=blue:s=64x36:r=30\"\n";

// Which source the middle shows: its strongest channel; -1 while it is a slate.
int shown(const SeenFrame& frame) {
    const auto strongest = std::max_element(frame.middle.begin(), frame.middle.end());
    return *strongest < 60 ? -1 : static_cast<int>(strongest - frame.middle.begin());
}

}  // namespace

TEST_CASE("over 1,000 cuts, no two faces ever show different sources on the same frame number") {
    RealShow show(shared_show(plain_sources, "320x180", 60, "off"));
    std::map<std::string, std::unique_ptr<FaceReader>> readers;
    for (const char* face : {"north", "east", "south", "west"}) readers[face] = std::make_unique<FaceReader>(show, face);
    Client producer(show.url(), {{"type", "hello"}, {"proto", 1}, {"key", show.key("producer")}, {"device", "test"}});
    REQUIRE(producer.wait_type("welcome"));
    for (auto& [face, reader] : readers) {
        REQUIRE(eventually([&] { return reader->newest() && shown(*reader->newest()) == 2; }));
    }
    const char* names[] = {"green", "blue", "red"};
    for (int i = 0; i < cuts; ++i) {
        REQUIRE(producer.command({{"kind", "cut"}, {"source", names[i % 3]}, {"faces", Json::array()}})["ok"] == true);
        // Some cuts share a frame, most are seen: every second one waits for the next frame.
        if (i % 2 == 0) {
            const auto before = readers["north"]->count();
            REQUIRE(eventually([&] { return readers["north"]->count() > before; }));
        }
    }
    const auto last = readers["north"]->newest()->mark.frame;
    for (auto& [face, reader] : readers) REQUIRE(eventually([&] { return reader->newest()->mark.frame > last; }));

    std::map<std::uint32_t, std::map<std::string, int>> by_frame;
    for (auto& [face, reader] : readers) {
        CHECK(reader->unreadable() == 0);
        for (const auto& frame : reader->frames()) by_frame[frame.mark.frame][face] = shown(frame);
    }
    std::size_t compared = 0;
    std::size_t changes = 0;
    std::size_t mismatches = 0;
    int before = -2;
    for (const auto& [frame, faces] : by_frame) {
        if (faces.size() < 4) continue;  // a reader missed it
        ++compared;
        const int first = faces.begin()->second;
        for (const auto& [face, source] : faces) mismatches += source != first ? 1 : 0;
        changes += first != before ? 1 : 0;
        before = first;
    }
    INFO(compared << " frames compared, " << changes << " changes seen");
    CHECK(mismatches == 0);
    CHECK(compared > 200);
    CHECK(changes > 100);
}
