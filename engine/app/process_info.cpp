#include "app/process_info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tribune {

ProcessHealth process_info(pid_t pid) {
    ProcessHealth health;
    health.pid = pid;
    if (pid == 0) return health;
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string word; status >> word;) {
        if (word == "VmRSS:") status >> health.memory_kb;
        if (word == "Threads:") status >> health.threads;
    }
    std::error_code failed;
    const std::filesystem::directory_iterator files(fmt::format("/proc/{}/fd", pid), failed);
    if (!failed) health.descriptors = static_cast<std::uint32_t>(std::distance(begin(files), end(files)));
    return health;
}

bool is_tribune_process(pid_t pid, const std::string& name) {
    std::ifstream file(fmt::format("/proc/{}/cmdline", pid), std::ios::binary);
    const std::string line{std::istreambuf_iterator<char>(file), {}};
    const std::string wanted = std::string("--name") + '\0' + name + '\0';
    return line.find(std::string("\0process\0", 9)) != std::string::npos && line.find(wanted) != std::string::npos;
}

}  // namespace tribune
