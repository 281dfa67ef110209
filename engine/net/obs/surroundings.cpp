#include "net/obs/surroundings.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace tribune::net::obs {
namespace {

constexpr Nanoseconds look_every = std::chrono::seconds(1);

// proc(5): fields 14 and 15 of stat are user and system time in clock ticks; the second field may hold anything.
double cpu_seconds_of(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    const auto name_ends = line.rfind(')');
    if (name_ends == std::string::npos) return 0;
    std::istringstream rest(line.substr(name_ends + 1));
    std::string skipped;
    for (int field = 3; field < 14; ++field) rest >> skipped;
    double user = 0;
    double system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

void MachineMeter::look(const Actual* actual, MonotonicTime now) {
    if (actual == nullptr || now - at_ < look_every) return;
    double seconds = 0;
    for (const auto& process : actual->processes) seconds += cpu_seconds_of(process.pid);
    const std::chrono::duration<double> passed = now - at_;
    const auto cores = static_cast<double>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
    // Less than before: a process was started anew.
    if (at_ != MonotonicTime{}) cpu_percent_ = std::max(0.0, seconds - cpu_seconds_) / passed.count() / cores * 100;
    cpu_seconds_ = seconds;
    at_ = now;
    struct statvfs disk {};
    if (!folder_.empty() && statvfs(folder_.c_str(), &disk) == 0)
        free_disk_mb_ = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize) / (1024 * 1024);
}

}  // namespace tribune::net::obs
