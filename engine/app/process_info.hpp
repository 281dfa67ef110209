// What /proc knows of a process.
#pragma once

#include <sys/types.h>

#include <string>

#include "show/actual.hpp"

namespace tribune {

// pid, memory, descriptors and threads; zeros for what is gone.
ProcessHealth process_info(pid_t pid);

// Alive, and started as `tribune process … --name NAME`.
bool is_tribune_process(pid_t pid, const std::string& name);

}  // namespace tribune
