// What /proc knows of a process.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "show/actual.hpp"

namespace tribune {

// pid, memory, descriptors and threads; zeros for what is gone.
ProcessHealth process_info(pid_t pid);

// How long its threads stood ready while others had the processors, all together since its start; zero for what is gone.
Nanoseconds waited_for_processor(pid_t pid);

// The words it was started with; empty for what is gone.
std::vector<std::string> command_line(pid_t pid);

// Alive, and started as `tribune process … --name NAME`; with `data`, for that data folder.
bool is_tribune_process(pid_t pid, const std::string& name, const std::filesystem::path& data = {});

}  // namespace tribune
