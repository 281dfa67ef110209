#include "app/caption_files.hpp"

#include "app/asset_files.hpp"
#include "show/caption_file.hpp"

namespace tribune {

CaptionFiles find_captions(const std::filesystem::path& show_file, const std::filesystem::path& assets) {
    CaptionFiles found;
    found.bad = read_asset_files({".toml", "bad_caption_file", most_caption_templates, longest_caption_file},
                                 {assets / "captions", show_file.parent_path() / "captions"},
                                 [&](const std::string& name, const std::string& text) -> Status {
                                     TRIBUNE_TRY(auto file, read_caption_file(name, text));
                                     found.good.push_back(std::move(file.known));
                                     return {};
                                 });
    return found;
}

}  // namespace tribune
