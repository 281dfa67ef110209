// Palettes, word lists and sentences from assets, as values.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.hpp"
#include "plan/planner.hpp"
#include "wall/terms.hpp"
#include "wall/wall_scene.hpp"

namespace tribune {

// All that the wall and the planner take from assets/, for one show.
struct LookBook {
    Look look;
    Palette palette;
    std::vector<LanguageWords> languages;
};

// Errors: no_palette (names those there are), bad_palette.
Result<LookBook> load_look(const std::filesystem::path& assets, const Setup& setup);

// Sentences of assets/words/reasons.json; none when it is not there or not of that form: what capture says is then
// shown as it comes.
Reasons load_reasons(const std::filesystem::path& assets);

// The palettes there are, by name, in order.
std::vector<std::string> palette_names(const std::filesystem::path& assets);

// "#RRGGBB"; false for anything else.
bool parse_colour(std::string_view text, Colour& out);

}  // namespace tribune
