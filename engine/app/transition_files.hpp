// The transition shaders of a machine: ours, and those in the folder transitions/ beside the show file.
#pragma once

#include <filesystem>
#include <vector>

#include "show/setup.hpp"

namespace tribune {

inline constexpr std::size_t most_transitions = 256;

struct TransitionFiles {
    std::vector<TransitionSetup> good;  // by name
    std::vector<FileFault> bad;         // bad_transition_file, or of read_file: left out, the rest serves
};

// A show's own file takes the place of ours of the same name.
TransitionFiles find_transitions(const std::filesystem::path& show_file, const std::filesystem::path& assets);

}  // namespace tribune
