// Files of text that add to the program: shaders, caption templates. Ours, and those that lie beside the show file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "show/setup.hpp"

namespace tribune {

struct AssetKind {
    std::string_view extension;  // ".glsl"
    std::string_view code;       // of what is wrong with one, "bad_transition_file"
    std::size_t most = 0;        // files that a show takes
    std::size_t longest = 0;     // bytes of one
};

// Calls `read` with name and text of each, by name; one of a later folder takes the place of the same name. What it
// refuses, and what cannot be read, is left out: told in the answer.
std::vector<FileFault> read_asset_files(
    const AssetKind& kind, const std::vector<std::filesystem::path>& folders,
    const std::function<Status(const std::string& name, const std::string& text)>& read);

}  // namespace tribune
