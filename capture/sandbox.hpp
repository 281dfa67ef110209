// What a capture process gives up before it reads anything hostile.
#pragma once

#include <cstddef>

#include "base/result.hpp"

namespace tribune {

struct ProcessLimits {
    std::size_t address_space = std::size_t{2} << 30U;  // bytes; also bounds what a bomb can make it allocate
    unsigned descriptors = 64;
    bool core_dumps = false;  // a dump holds pictures of people
};

// For good, for the whole process. No program it starts can gain rights (no_new_privs). Error no_limits.
Status limit_process(const ProcessLimits& limits);

enum class UnixSockets { forbidden = 1, allowed };

// After this the process can make no sockets (of the network; Unix sockets where they are allowed, to reach its own
// engine again), run no program and trace no other: for sources that read files, devices or patterns. On other
// processors than x86-64 it does nothing but log. Error no_sandbox.
Status forbid_network_and_programs(UnixSockets unix_sockets = UnixSockets::forbidden);

}  // namespace tribune
