// The checkout that the tests belong to: assets, shaders and packages are read from there.
#pragma once

#include <filesystem>

namespace tribune::test {

std::filesystem::path source_dir();

}  // namespace tribune::test
