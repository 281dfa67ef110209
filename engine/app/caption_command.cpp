// `tribune caption`: what a template looks like, for those who write one.
#include <fmt/format.h>

#include <cmath>
#include <fstream>

#include "app/assets.hpp"
#include "app/commands.hpp"
#include "app/data_folder.hpp"
#include "app/render/look.hpp"
#include "cpu/cpu_painter.hpp"
#include "displays/still_image.hpp"
#include "plan/planner.hpp"
#include "show/caption_file.hpp"
#include "show/command.hpp"
#include "text/shaper.hpp"

namespace tribune {
namespace {

// Pixels of a picture that is hard to read over.
class Backdrop {
  public:
    Backdrop(std::string_view kind, Size size)
        : pixels_(4 * static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)) {
        const double low = kind == "bright" ? 0.75 : 0.0, high = kind == "dark" ? 0.25 : 1.0;
        std::size_t at = 0;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                for (const double wave : {0.013, 0.019, 0.029}) {
                    const double v = 0.5 + 0.5 * std::sin(x * wave + 3 * std::sin(y * 0.021)) * std::cos(y * wave);
                    pixels_[at++] = static_cast<std::uint8_t>(std::lround(255 * (low + (high - low) * v)));
                }
                pixels_[at++] = 255;
            }
        }
        auto frame = std::make_shared<VideoFrame>();
        frame->format = PixelFormat::bgra;
        frame->size = size;
        frame->planes[0] = {pixels_.data(), size.width * 4};
        frame_ = std::move(frame);
    }
    [[nodiscard]] const std::shared_ptr<const VideoFrame>& frame() const { return frame_; }

  private:
    std::vector<std::uint8_t> pixels_;
    std::shared_ptr<const VideoFrame> frame_;
};

Result<CaptionWords> words_of(const std::vector<std::string>& list) {
    CaptionWords words;
    for (const auto& one : list) {
        const auto equals = one.find('=');
        if (equals == std::string::npos)
            return Error{"bad_words", fmt::format("\"{}\" must be FIELD=WORDS, such as name=\"Ana Duarte\".", one)};
        words[FieldName(one.substr(0, equals))] = one.substr(equals + 1);
    }
    return words;
}

// A show that has nothing but this caption, which was brought on at its start.
Result<ShowState> small_show(const CaptionCommandOptions& options) {
    TRIBUNE_TRY(const std::string text, read_file(options.file));
    TRIBUNE_TRY(const CaptionFile file, read_caption_file(std::filesystem::path(options.file).stem().string(), text));
    TRIBUNE_TRY(const CaptionWords words, words_of(options.words));
    Setup setup;
    setup.title = "La Fabrique de la proximité";
    setup.language = options.language;
    setup.wall.palette = options.palette;
    setup.wall.placement = WallPlacement::off;
    setup.faces.push_back({FaceName("north"), options.size, 4, 25});
    SourceConfig behind;
    behind.name = SourceName("behind");
    setup.sources.push_back(behind);
    setup.opening_source = behind.name;
    setup.opening_question = "Qu'est-ce qui manque le plus, là où vous vivez ?";
    setup.opening_round = true;
    setup.caption_templates.push_back(file.known);
    ShowState state;
    const CaptionName name("it");
    const int left = static_cast<int>(std::lround((options.seconds_left + options.at) * 1000));
    const std::vector<Command> commands{LoadShow{setup}, StartCountdown{left},
                                        SetCaption{name, std::nullopt, file.known.name, words, std::nullopt},
                                        ShowCaption{name, true, {}}, RingBell{}};
    for (const auto& command : commands) {
        TRIBUNE_TRY(state, apply(state, command, {state.revision + 1, {}, 0}));
    }
    return state;
}

Status draw(const CaptionCommandOptions& options) {
    TRIBUNE_TRY(const ShowState state, small_show(options));
    TRIBUNE_TRY(const LookBook looks, load_look(assets_folder(), *state.setup));
    TRIBUNE_TRY(const auto shaper, Shaper::create());
    TRIBUNE_TRY(const auto painter, CpuPainter::create());
    const Backdrop behind(options.behind, options.size);
    const std::map<SourceName, SourceView> sources{
        {SourceName("behind"), {behind.frame(), Nanoseconds{0}, SourceState::live, "", 25}}};
    const std::map<WallKey, WallView> walls;
    const std::vector<std::string> top_words{"logement", "école", "transports", "vélo", "marché", "silence"};
    PlanInput input{state, {Nanoseconds(std::llround(options.at * 1e9))}, 0, sources, walls, looks.look};
    input.top_words = &top_words;
    input.second_of_day = 20 * 3600 + 300;
    Planner planner(*shaper);
    TRIBUNE_CHECK(painter->paint(planner.plan(input)));
    TRIBUNE_TRY(const auto png, encode_png(painter->pixels(0)));
    std::ofstream out(options.output, std::ios::binary);
    out.write(reinterpret_cast<const char*>(png.data()), static_cast<std::streamsize>(png.size()));
    if (!out) return Error{"cannot_write", fmt::format("{} cannot be written.", options.output)};
    return {};
}

}  // namespace

int draw_caption(const CaptionCommandOptions& options) {
    const auto done = draw(options);
    if (done) return 0;
    std::fputs((done.error().message + "\n").c_str(), stderr);
    return 1;
}

}  // namespace tribune
