#include "displays/output.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "displays/shared_output.hpp"
#include "link/frame_ring.hpp"
#include "link/listener.hpp"
#include "unit/displays/painter_double.hpp"

namespace tribune {
namespace {

OutputSpec spec(const char* name, const char* face, const char* kind) {
    return {OutputName{name}, FaceName{face}, kind, "", {64, 32}};
}

// A folder of our own, gone afterwards.
struct Folder {
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tribune-output-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string path;
};

}  // namespace

TEST_CASE("an unknown kind is refused with those there are") {
    const auto made = Outputs::make({spec("a", "north", "hologram")}, {});
    REQUIRE_FALSE(made);
    CHECK(made.error().code == "unknown_output_kind");
    for (const auto* kind : output_kinds())
        CHECK(made.error().message.find(std::string(kind->name)) != std::string::npos);
    CHECK(output_kinds().size() == 3);
}

TEST_CASE("a window without a desktop is refused") {
    CHECK(Outputs::make({spec("a", "north", "window")}, {}).error().code == "no_desktop");
}

TEST_CASE("headless outputs count frames, and a missing face stops only its own") {
    auto made = Outputs::make({spec("a", "north", "headless"), spec("b", "moon", "headless")}, {});
    REQUIRE(made);
    PainterDouble painter({64, 32});
    const auto plan = plan_with_faces({"north"});
    made->present(painter, plan);
    made->present(painter, plan);
    painter.fill(0, 0);
    made->present(painter, plan);
    const auto reports = made->reports();
    REQUIRE(reports.size() == 2);
    CHECK(reports[0].frames == 3);
    CHECK(reports[0].unchanged == 1);
    CHECK(reports[0].state == OutputState::ok);
    CHECK(reports[1].state == OutputState::failed);
    CHECK(reports[1].frames == 0);
    CHECK(reports[1].detail.find("moon") != std::string::npos);
}

TEST_CASE("another program reads a shared face's frames") {
    const Folder folder;
    OutputContext context;
    context.shared_folder = folder.path;
    auto made = Outputs::make({spec("wall", "north", "shared")}, context);
    REQUIRE(made);
    PainterDouble painter({64, 32});
    const auto plan = plan_with_faces({"north"});
    made->present(painter, plan);

    auto reader = connect_to(shared_face_socket(folder.path, OutputName{"wall"}));
    REQUIRE(reader);
    painter.fill(0xff112233, 0xff445566);
    made->present(painter, plan);
    auto message = reader->receive_one(monotonic_now() + std::chrono::seconds(10));
    REQUIRE(message);
    CHECK(message->kind == shared_face_message);
    CHECK(message->payload == "north");
    REQUIRE(message->fds.size() == 1);
    auto ring = FrameRingReader::open(message->fds[0].get());
    REQUIRE(ring);
    const auto check = [&](std::uint32_t upper, std::uint32_t lower) {
        auto frame = ring->latest();
        REQUIRE(frame);
        REQUIRE(*frame);
        CHECK((*frame)->size == Size{64, 32});
        CHECK((*frame)->format == PixelFormat::bgra);
        const auto& plane = (*frame)->planes[0];
        CHECK(int{plane.data[0]} == static_cast<int>(upper & 255));
        CHECK(int{plane.data[2]} == static_cast<int>(upper >> 16 & 255));
        CHECK(int{plane.data[31 * plane.stride + 63 * 4]} == static_cast<int>(lower & 255));
        return (*frame)->sequence;
    };
    const auto sequence = check(0xff112233, 0xff445566);
    for (std::uint64_t i = 1; i <= 20; ++i) {  // more than there are slots
        painter.fill(0xff000000 + static_cast<std::uint32_t>(i), 0xffffffff);
        made->present(painter, plan);
        CHECK(check(0xff000000 + static_cast<std::uint32_t>(i), 0xffffffff) == sequence + i);
    }
    CHECK(made->reports()[0].detail.find("1 readers") != std::string::npos);
    { const Channel gone = *std::move(reader); }
    made->present(painter, plan);
    CHECK(made->reports()[0].detail.find("0 readers") != std::string::npos);
    CHECK(made->reports()[0].state == OutputState::ok);
}

}  // namespace tribune
