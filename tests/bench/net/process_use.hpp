// What a process has taken so far, read from /proc.
#pragma once

#include <sys/types.h>

namespace tribune::bench {

struct ProcessUse {
    double cpu_seconds = 0;  // user and system
    double resident_kb = 0;
};

// Zeros when there is no such process.
ProcessUse process_use(pid_t pid);

}  // namespace tribune::bench
