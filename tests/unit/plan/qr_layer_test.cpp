// QR codes in a scene, planned and painted, and read off the picture as a phone does.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/qr_code.hpp"
#include "cpu/cpu_painter.hpp"
#include "hall.hpp"
#include "support/pdf.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

Layer code_layer(const std::string& text, Rect place) {
    Layer layer;
    layer.name = LayerName("code");
    layer.content = QrContent{text};
    layer.place = place;
    return layer;
}

struct CodeHall : Hall {
    void show(std::vector<Layer> layers) {
        run(SetScene{SceneName("s"), "", std::move(layers), 0});
        run(Cut{SceneName("s"), {}});
    }
    const PictureItem* code(const Picture& picture) {
        for (const auto& item : picture.items)
            if (const auto* inner = std::get_if<PictureItem>(&item)) return inner;
        return nullptr;
    }
};

std::vector<std::string> read_off(const FramePlan& plan) {
    auto painter = CpuPainter::create();
    REQUIRE(painter);
    REQUIRE((*painter)->paint(plan));
    const ImageView image = (*painter)->pixels(0);
    std::string name = (std::filesystem::temp_directory_path() / "tribune-code-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    const std::filesystem::path file = std::filesystem::path(name) / "face.ppm";
    {
        std::ofstream out(file, std::ios::binary);
        out << "P6 " << image.size.width << ' ' << image.size.height << " 255\n";
        for (int y = 0; y < image.size.height; ++y) {
            for (int x = 0; x < image.size.width; ++x) {
                const auto* pixel = image.data + static_cast<std::ptrdiff_t>(y) * image.stride + x * 4;
                out << static_cast<char>(pixel[2]) << static_cast<char>(pixel[1]) << static_cast<char>(pixel[0]);
            }
        }
    }
    auto codes = codes_on(file.string());
    std::filesystem::remove_all(name);
    return codes;
}

}  // namespace

TEST_CASE("a QR layer is read off the face, over dark ground, in whole pixels and with its quiet zone") {
    CodeHall hall;
    Layer ground;
    ground.name = LayerName("ground");
    ground.content = ColourContent{{0.1F, 0.1F, 0.2F, 1}, {0, 0, 0, 1}};
    for (const Rect place : {Rect{0, 0, 1, 1}, Rect{0.63, 0.31, 0.3, 0.6}}) {
        hall.show({ground, code_layer("https://example.org/parole?soir=1", place)});
        const auto plan = hall.plan();
        CHECK(read_off(plan) == std::vector<std::string>{"https://example.org/parole?soir=1"});
        const auto* item = hall.code(plan.pictures[0]);
        REQUIRE(item != nullptr);
        const int modules = qr_code("https://example.org/parole?soir=1", QrRepair::little)->width + 2 * qr_quiet_zone;
        CHECK(item->picture->size.width % modules == 0);
        CHECK(item->place.width == item->picture->size.width);
        CHECK(item->place.x == std::floor(item->place.x));
        CHECK(item->place.y == std::floor(item->place.y));
    }
}

TEST_CASE("an empty QR layer says where the phones' page is, and nothing while nobody knows") {
    CodeHall hall;
    hall.show({code_layer("", {0, 0, 1, 1})});
    CHECK(hall.code(hall.plan().pictures[0]) == nullptr);
    const std::string phones = "http://192.0.2.10:8080/voice#key=0123456789abcdef0123456789abcdef";
    PlanInput input{hall.state, ShowTime{}, 0, hall.sources, hall.walls, hall.look};
    input.phones_address = &phones;
    CHECK(read_off(hall.planner.plan(input)) == std::vector<std::string>{phones});
}

TEST_CASE("a code at rest is one picture, the same in each frame and on each face") {
    CodeHall hall;
    hall.show({code_layer("https://example.org/", {0.2, 0.2, 0.5, 0.5})});
    const auto first = hall.plan(1);
    const auto second = hall.plan(2);
    CHECK(first.pictures.size() == 1);
    REQUIRE(hall.code(first.pictures[0]) != nullptr);
    CHECK(hall.code(first.pictures[0])->picture == hall.code(second.pictures[0])->picture);
    CHECK(first.pictures == second.pictures);
}

TEST_CASE("a code without room for its modules, or with too much to say, is not drawn or not taken") {
    CodeHall hall;
    hall.show({code_layer("https://example.org/", {0, 0, 0.04, 0.04})});
    CHECK(hall.code(hall.plan().pictures[0]) == nullptr);
    const auto refused = apply(
        hall.state, SetScene{SceneName("s"), "", {code_layer(std::string(longest_qr_text + 1, 'a'), {0, 0, 1, 1})}, 0},
        {hall.state.revision + 1, {}, 0});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "bad_scene");
}
