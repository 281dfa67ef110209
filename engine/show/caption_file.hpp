// A caption template's file: TOML to what the show must know of it, and to how it looks. Pure. The keys are told in
// docs/captions.md, generated from the tables that read them (`tribune caption-reference`).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "show/caption.hpp"
#include "show/caption_design.hpp"

namespace tribune {

inline constexpr std::size_t longest_caption_file = 65536;  // bytes

struct CaptionFile {
    CaptionTemplate known;
    CaptionDesign design;
    bool operator==(const CaptionFile&) const = default;
};

// Error bad_caption_file: every fault, a line each as NAME.toml:line:column: sentence.
Result<CaptionFile> read_caption_file(std::string_view name, std::string_view toml);

// docs/captions.md
std::string caption_file_reference();

}  // namespace tribune
