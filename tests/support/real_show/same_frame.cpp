#include "support/real_show/same_frame.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "support/real_show/real_show.hpp"

namespace tribune::test {
namespace {

constexpr const char* plain_sources =
    "[[source]]\nname = \"red\"\nurl = \"lavfi:color=c=red:s=64x36:r=30\"\n"
    "[[source]]\nname = \"green\"\nurl = \"lavfi:color=c=green:s=64x36:r=30\"\n"
    "[[source]]\nname = \"blue\"\nurl = \"lavfi:color=c=blue:s=64x36:r=30\"\n";

// Which source the middle shows: its strongest channel; -1 while it is a slate.
int shown(const SeenFrame& frame) {
    const auto strongest = std::max_element(frame.middle.begin(), frame.middle.end());
    return *strongest < 60 ? -1 : static_cast<int>(strongest - frame.middle.begin());
}

void demand(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

}  // namespace

SameFrame compare_faces_over_cuts(int cuts) {
    RealShow show(shared_show(plain_sources, "320x180", 60, "off"));
    std::map<std::string, std::unique_ptr<FaceReader>> readers;
    for (const char* face : {"north", "east", "south", "west"})
        readers[face] = std::make_unique<FaceReader>(show, face);
    Client producer(show.url(), {{"type", "hello"}, {"proto", 1}, {"key", show.key("producer")}, {"device", "test"}});
    demand(producer.wait_type("welcome").has_value(), "no welcome");
    for (auto& [face, reader] : readers) {
        demand(eventually([&reader = reader] { return reader->newest() && shown(*reader->newest()) == 2; }),
               "the first source is not on all faces");
    }
    const char* names[] = {"green", "blue", "red"};
    for (int i = 0; i < cuts; ++i) {
        const auto done = producer.command({{"kind", "cut"}, {"scene", names[i % 3]}, {"faces", Json::array()}});
        demand(done["ok"] == true, "a cut was refused");
        // Some cuts share a frame, most are seen: every second one waits for the next frame.
        if (i % 2 != 0) continue;
        const auto before = readers["north"]->count();
        demand(eventually([&] { return readers["north"]->count() > before; }), "the faces stand still");
    }
    const auto last = readers["north"]->newest()->mark.frame;
    SameFrame result;
    std::map<std::uint32_t, std::map<std::string, int>> by_frame;
    for (auto& [face, reader] : readers) {
        demand(eventually([&reader = reader, last] { return reader->newest()->mark.frame > last; }),
               "a face stands still");
        result.unreadable += reader->unreadable();
        for (const auto& frame : reader->frames()) by_frame[frame.mark.frame][face] = shown(frame);
    }
    int before = -2;
    for (const auto& [frame, faces] : by_frame) {
        if (faces.size() < 4) continue;  // a reader missed it
        ++result.compared;
        const int north = faces.at("north");
        for (const auto& [face, source] : faces) result.mismatches += source != north ? 1U : 0U;
        result.changes += north != before ? 1U : 0U;
        before = north;
    }
    return result;
}

}  // namespace tribune::test
