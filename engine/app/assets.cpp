#include "app/assets.hpp"

#include <cstdlib>

namespace tribune {

std::filesystem::path assets_folder() {
    if (const char* given = std::getenv("TRIBUNE_ASSETS"); given != nullptr && *given != '\0') return given;
    std::error_code failed;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
    const auto installed = program.parent_path().parent_path() / "share" / "tribune";
    if (!failed && std::filesystem::exists(installed, failed)) return installed;
    return TRIBUNE_SOURCE_ASSETS;
}

}  // namespace tribune
