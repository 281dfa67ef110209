// Where shaders, palettes, pages and scripts are.
#pragma once

#include <filesystem>

namespace tribune {

// $TRIBUNE_ASSETS, or share/tribune beside the program's bin folder, or the sources it was built from.
std::filesystem::path assets_folder();

}  // namespace tribune
