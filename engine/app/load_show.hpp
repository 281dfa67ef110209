// From a show file on disk to a setup.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/engine_process.hpp"
#include "base/result.hpp"
#include "show/setup.hpp"

namespace tribune {

// Error bad_show: its message holds every fault, a line each as file:line:column: sentence. Also what is wrong with
// the palette it names: it would only be seen on the faces.
Result<Setup> read_show(const std::filesystem::path& file, const std::filesystem::path& assets);

// A sentence for each source whose file is not there: the show starts all the same, with its slate.
std::vector<std::string> missing_files(const std::filesystem::path& file, const Setup& setup);

// read_show, with the command line's --size and --headless applied, and an address for the pages where it gives none.
Result<Setup> load_show(const RunOptions& options);

}  // namespace tribune
