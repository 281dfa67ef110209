// What `tribune run` prints once the pages can be opened.
#pragma once

#include <string>

#include "app/data_folder.hpp"
#include "app/engine_process.hpp"
#include "show/setup.hpp"

namespace tribune {

// One line a page with its key, and a QR code of table 1's address.
std::string greeting(const Setup& setup, const Keys& keys, const RunOptions& options, int port, int obs_port);

}  // namespace tribune
