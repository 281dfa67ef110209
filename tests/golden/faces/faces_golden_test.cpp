// What a face looks like, held against pictures in tests/golden/pictures: 5/255 a channel, 0.1 % of the pixels may
// be further off (another Mesa or CPU). TRIBUNE_REBASELINE=1 writes them anew: look at them before you commit.
#include <png.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cpu/cpu_painter.hpp"
#include "displays/still_image.hpp"
#include "gpu/gl_painter.hpp"
#include "plan/planner.hpp"
#include "show/caption_file.hpp"
#include "show/command.hpp"
#include "support/egl_context.hpp"
#include "support/source_dir.hpp"
#include "text/shaper.hpp"
#include "wall/wall_scene.hpp"

using namespace tribune;

namespace {

constexpr int channel_tolerance = 5;
constexpr double pixel_share = 0.001;
constexpr int painters_tolerance = 2;
constexpr double painters_share = 0.001;

const std::filesystem::path sources = test::source_dir();
const std::filesystem::path pictures = sources / "tests" / "golden" / "pictures";

OwnedImage copy(const ImageView& view) {
    OwnedImage out;
    out.size = view.size;
    for (int y = 0; y < view.size.height; ++y) {
        const auto* row = view.data + static_cast<std::ptrdiff_t>(y) * view.stride;
        out.pixels.insert(out.pixels.end(), row, row + static_cast<std::ptrdiff_t>(view.size.width) * 4);
    }
    return out;
}

std::optional<OwnedImage> read_png(const std::filesystem::path& file) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&png, file.c_str()) == 0) return std::nullopt;
    png.format = PNG_FORMAT_BGRA;
    OwnedImage out;
    out.size = {static_cast<int>(png.width), static_cast<int>(png.height)};
    out.pixels.resize(PNG_IMAGE_SIZE(png));
    if (png_image_finish_read(&png, nullptr, out.pixels.data(), 0, nullptr) == 0) return std::nullopt;
    return out;
}

void write_png(const std::filesystem::path& file, const OwnedImage& image) {
    const auto bytes = encode_png(image.view());
    REQUIRE(bytes);
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes->data()), static_cast<std::streamsize>(bytes->size()));
}

// Share of pixels with a channel further off than `tolerance`.
double far_off(const OwnedImage& a, const OwnedImage& b, int tolerance) {
    if (a.size != b.size) return 1;
    std::size_t far = 0;
    for (std::size_t i = 0; i < a.pixels.size(); i += 4) {
        int most = 0;
        for (std::size_t c = 0; c < 3; ++c)
            most = std::max(most, std::abs(int{a.pixels[i + c]} - int{b.pixels[i + c]}));
        far += most > tolerance ? 1U : 0U;
    }
    return static_cast<double>(far) / static_cast<double>(a.pixels.size() / 4);
}

void hold_against(const std::string& name, const OwnedImage& image) {
    const auto file = pictures / (name + ".png");
    if (std::getenv("TRIBUNE_REBASELINE") != nullptr) write_png(file, image);
    const auto golden = read_png(file);
    INFO("golden missing or unreadable: " << file);
    REQUIRE(golden);
    const double share = far_off(image, *golden, channel_tolerance);
    if (share > pixel_share) write_png(std::filesystem::temp_directory_path() / ("tribune-" + name + ".png"), image);
    INFO(name << ": " << share * 100 << " % of the pixels differ; the new picture is in the temporary folder");
    CHECK(share <= pixel_share);
}

// A frame of colour bars, full range so that the numbers are plain.
std::shared_ptr<const VideoFrame> bars() {
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(320U * 180U * 4U);
    for (std::size_t i = 0; i < pixels->size() / 4; ++i) {
        const auto bar = (i % 320) / 40;
        (*pixels)[i * 4] = (bar & 1U) != 0 ? 40 : 220;
        (*pixels)[i * 4 + 1] = (bar & 4U) != 0 ? 60 : 210;
        (*pixels)[i * 4 + 2] = (bar & 2U) != 0 ? 30 : 230;
        (*pixels)[i * 4 + 3] = 255;
    }
    auto frame = std::make_shared<VideoFrame>();
    frame->format = PixelFormat::bgra;
    frame->range = ColourRange::full;
    frame->size = {320, 180};
    frame->planes[0] = {pixels->data(), 320 * 4};
    frame->keep = pixels;
    return frame;
}

struct Hall {
    Hall() {
        auto made = Shaper::create();
        REQUIRE(made);
        shaper = *std::move(made);
        Setup setup;
        setup.title = "Essai";
        setup.faces.push_back({FaceName("north"), {640, 360}, 4, 20});
        SourceConfig camera;
        camera.name = SourceName("cam1");
        camera.label = "Caméra de la tribune";
        setup.sources.push_back(camera);
        setup.opening_source = camera.name;
        setup.opening_question = "Qu'est-ce qui manque le plus, là où vous vivez ?";
        setup.opening_round = true;
        state = *apply(state, LoadShow{setup}, {1, {}, 0});
        sources[camera.name] = {bars(), {}, SourceState::live, "", 25};
        look.ground_top = colour_from_rgb(0x0e1730);
        look.ground_bottom = colour_from_rgb(0x1c2440);
        look.ink = colour_from_rgb(0xf5f7fa);
        look.quiet = colour_from_rgb(0xb6c0cf);
        look.accent = colour_from_rgb(0xffb454);
    }

    void place(WallPlacement placement) {
        state = *apply(state, PlaceWall{placement, {}}, {state.revision + 1, {}, 0});
        walls.clear();
        const FaceSetup& face = state.setup->faces[0];
        const Rect wall = wall_place(face, placement);
        if (wall.width <= 0) return;
        key = wall_key(face, wall, shaper->cap_height(Font{}));
        WallOptions options;
        options.layout.area = key.area;
        options.layout.smallest = key.smallest_font;
        options.palette = {look.ground_top, look.ground_bottom, {look.ink, colour_from_rgb(0x9ad0c2)}, look.accent};
        WallBuilder builder(options, {}, *shaper);
        const char* answers[] = {"loyers", "chauffage", "humidité",  "loyers", "voisins",   "مرحبا",
                                 "שלום",   "社区",      "confiance", "loyers", "chauffage", "🏡"};
        int n = 0;
        for (const char* text : answers) {
            Contribution answer;
            answer.id.bytes[15] = static_cast<std::uint8_t>(++n);
            answer.table = {n};
            answer.text = text;
            answer.sequence = static_cast<std::uint64_t>(n);
            builder.add(answer);
        }
        const auto scene = builder.scene();
        TextBatch batch;
        batch.moves = scene->pages.front().moves;
        batch.settled = scene->pages.front().settled;
        batch.now = now;
        walls[key] = {{batch}, scene->revision, 1, 1, scene->words};
    }

    // Brought on half a minute ago, over the bars.
    void captions() {
        const auto run = [&](const Command& command) {
            state = *apply(state, command, {state.revision + 1, {std::chrono::seconds(30)}, 0});
        };
        Setup setup = *state.setup;
        const std::vector<std::pair<std::string, CaptionWords>> list{
            {"lower_third", {{FieldName("name"), "Ana Duarte"}, {FieldName("role"), "Architecte"}}},
            {"countdown", {{FieldName("label"), "Fin du tour"}}},
            {"corner_bug", {}},
            {"ticker", {{FieldName("label"), "مباشر"}, {FieldName("text"), "Bonsoir"}}}};
        for (const auto& [name, words] : list) {
            std::ifstream in(::sources / "assets" / "captions" / (name + ".toml"));
            const std::string toml{std::istreambuf_iterator<char>(in), {}};
            setup.caption_templates.push_back(read_caption_file(name, toml)->known);
        }
        run(LoadShow{setup});
        run(StartCountdown{120'000});
        for (const auto& [name, words] : list) {
            run(SetCaption{CaptionName(name), std::nullopt, name, words, std::nullopt});
            run(ShowCaption{CaptionName(name), true, {}});
        }
    }

    FramePlan plan(Planner& planner) { return planner.plan({state, now, 0, sources, walls, look}); }

    ShowTime now{std::chrono::seconds(60)};
    std::unique_ptr<Shaper> shaper;
    ShowState state;
    std::map<SourceName, SourceView> sources;
    WallKey key;
    std::map<WallKey, WallView> walls;
    Look look;
};

}  // namespace

TEST_CASE("faces look as they were approved, and the painters agree") {
    const test::EglContext context;
    GlOptions options;
    options.shaders = sources / "shaders";
    options.allow_software = true;
    auto gl = GlPainter::create(options);
    REQUIRE(gl);
    auto cpu = CpuPainter::create();
    REQUIRE(cpu);
    Hall hall;
    Planner planner(*hall.shaper);
    const auto check = [&](const std::string& name) {
        const FramePlan plan = hall.plan(planner);
        REQUIRE((*gl)->paint(plan));
        REQUIRE((*cpu)->paint(plan));
        const OwnedImage by_gl = copy((*gl)->pixels(0));
        const OwnedImage by_cpu = copy((*cpu)->pixels(0));
        hold_against(name, by_gl);
        hold_against(name + "-cpu", by_cpu);
        INFO(name);
        CHECK(far_off(by_gl, by_cpu, painters_tolerance) <= painters_share);
    };
    hall.place(WallPlacement::off);
    check("video");
    hall.place(WallPlacement::over);
    check("wall-over");
    hall.place(WallPlacement::beside);
    check("wall-beside");
    hall.place(WallPlacement::full);
    check("wall-full");
    hall.place(WallPlacement::off);
    auto& camera = hall.sources[SourceName("cam1")];
    camera.age = std::chrono::seconds(2);
    camera.state = SourceState::lost;
    camera.reason = "La caméra ne répond plus ; nouvel essai dans 4 s.";
    check("slate");
    hall.place(WallPlacement::over);
    hall.walls[hall.key].batches.clear();
    check("slate-under-wall");
    hall.place(WallPlacement::off);
    camera = {bars(), {}, SourceState::live, "", 25};
    hall.captions();
    check("captions");
    hall.now = {std::chrono::milliseconds(30'450)};
    check("captions-coming");
}
