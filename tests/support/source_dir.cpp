#include "support/source_dir.hpp"

namespace tribune::test {

// The only file that knows: all others are compiled alike in every checkout.
std::filesystem::path source_dir() { return TRIBUNE_SOURCE_DIR; }

}  // namespace tribune::test
