// The caption templates of a machine: ours, and those in the folder captions/ beside the show file.
#pragma once

#include <filesystem>
#include <vector>

#include "show/setup.hpp"

namespace tribune {

struct CaptionFiles {
    std::vector<CaptionTemplate> good;  // by name
    std::vector<FileFault> bad;         // bad_caption_file, or of read_file: left out, the rest serves
};

// A show's own file takes the place of ours of the same name.
CaptionFiles find_captions(const std::filesystem::path& show_file, const std::filesystem::path& assets);

}  // namespace tribune
