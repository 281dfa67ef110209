#include "bench/net/process_use.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace tribune::bench {

ProcessUse process_use(pid_t pid) {
    const std::string folder = "/proc/" + std::to_string(pid);
    ProcessUse use;
    std::string stat;
    std::getline(std::ifstream(folder + "/stat"), stat);
    // The name in brackets may hold anything; utime and stime are the 14th and 15th field, the state the third.
    std::istringstream fields(stat.substr(stat.rfind(')') + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user = 0;
    double system = 0;
    if (fields >> user >> system) use.cpu_seconds = (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    std::ifstream status(folder + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) use.resident_kb = std::stod(line.substr(6));
    }
    return use;
}

}  // namespace tribune::bench
