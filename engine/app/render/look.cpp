#include "app/render/look.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "app/data_folder.hpp"
#include "app/word_lists.hpp"
#include "wall/legibility.hpp"

namespace tribune {
namespace {

Error bad_palette(const std::filesystem::path& file, std::string_view what) {
    return {"bad_palette", fmt::format("{}: {}.", file.string(), what)};
}

Result<Palette> read_palette(const std::filesystem::path& file) {
    TRIBUNE_TRY(const std::string text, read_file(file));
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return bad_palette(file, error.description());
    }
    Palette palette;
    const auto colour = [&](const toml::node* node, Colour& out) {
        const auto value = node == nullptr ? std::nullopt : node->value<std::string>();
        return value && parse_colour(*value, out);
    };
    if (!colour(table.get("ground_top"), palette.ground_top) ||
        !colour(table.get("ground_bottom"), palette.ground_bottom) || !colour(table.get("accent"), palette.accent)) {
        return bad_palette(file, "ground_top, ground_bottom and accent must be colours such as \"#101828\"");
    }
    if (const auto* inks = table["inks"].as_array()) {
        for (const auto& ink : *inks) {
            if (!colour(&ink, palette.inks.emplace_back()))
                return bad_palette(file, "inks must be a list of colours such as \"#F8FAFC\"");
        }
    }
    if (palette.inks.empty()) return bad_palette(file, "inks must hold at least one colour");
    return legible(std::move(palette));
}

}  // namespace

bool parse_colour(std::string_view text, Colour& out) {
    std::uint32_t rgb = 0;
    if (text.size() != 7 || text[0] != '#') return false;
    const auto [end, failed] = std::from_chars(text.data() + 1, text.data() + 7, rgb, 16);
    if (failed != std::errc{} || end != text.data() + 7) return false;
    out = colour_from_rgb(rgb);
    return true;
}

std::vector<std::string> palette_names(const std::filesystem::path& assets) {
    std::vector<std::string> names;
    std::error_code failed;
    for (std::filesystem::directory_iterator at(assets / "palettes", failed);
         !failed && at != std::filesystem::directory_iterator(); at.increment(failed)) {
        if (at->path().extension() == ".toml") names.push_back(at->path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

Reasons load_reasons(const std::filesystem::path& assets) {
    const auto text = read_file(assets / "words" / "reasons.json");
    if (!text) return {};
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    Reasons reasons;
    if (!json.is_object()) return reasons;
    for (const auto& [code, row] : json.items()) {
        if (!row.is_object()) continue;
        for (const auto& [language, sentence] : row.items()) {
            if (sentence.is_string()) reasons[code][language] = sentence.get<std::string>();
        }
    }
    return reasons;
}

Result<LookBook> load_look(const std::filesystem::path& assets, const Setup& setup) {
    LookBook book;
    const auto file = assets / "palettes" / (setup.wall.palette + ".toml");
    if (std::error_code failed; !std::filesystem::exists(file, failed)) {
        return Error{"no_palette", fmt::format("There is no palette \"{}\": choose one of {}.", setup.wall.palette,
                                               fmt::join(palette_names(assets), ", "))};
    }
    TRIBUNE_TRY(book.palette, read_palette(file));
    book.languages = load_languages(assets / "words", setup.languages);
    const auto& top = book.palette.ground_top;
    const auto& bottom = book.palette.ground_bottom;
    book.look.ground_top = top;
    book.look.ground_bottom = bottom;
    book.look.accent = book.palette.accent;
    book.look.ink = legible_ink(colour_from_rgb(0xf5f7fa), top, bottom, 15);
    book.look.quiet = legible_ink(colour_from_rgb(0xb6c0cf), top, bottom, least_contrast);
    book.look.font.family = setup.wall.font;
    book.look.reasons = load_reasons(assets);
    return book;
}

}  // namespace tribune
