#include "app/process_info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace tribune {
namespace {

// Counted entry by entry: the folder may go while it is read.
std::uint32_t entries(const std::string& folder) {
    std::uint32_t count = 0;
    std::error_code failed;
    for (std::filesystem::directory_iterator at(folder, failed); !failed && at != std::filesystem::directory_iterator();
         at.increment(failed)) {
        ++count;
    }
    return count;
}

bool has_option(const std::vector<std::string>& words, std::string_view option, std::string_view value) {
    const auto at = std::find(words.begin(), words.end(), option);
    return at != words.end() && at + 1 != words.end() && at[1] == value;
}

}  // namespace

ProcessHealth process_info(pid_t pid) {
    ProcessHealth health;
    health.pid = pid;
    if (pid == 0) return health;
    std::ifstream status(fmt::format("/proc/{}/status", pid));
    for (std::string word; status >> word;) {
        if (word == "VmRSS:") status >> health.memory_kb;
        if (word == "Threads:") status >> health.threads;
    }
    health.descriptors = entries(fmt::format("/proc/{}/fd", pid));
    return health;
}

std::vector<std::string> command_line(pid_t pid) {
    std::ifstream file(fmt::format("/proc/{}/cmdline", pid), std::ios::binary);
    std::vector<std::string> words;
    for (std::string word; std::getline(file, word, '\0');) words.push_back(word);
    return words;
}

bool is_tribune_process(pid_t pid, const std::string& name, const std::filesystem::path& data) {
    const auto words = command_line(pid);
    return words.size() > 1 && words[1] == "process" && has_option(words, "--name", name) &&
           (data.empty() || has_option(words, "--data", data.string()));
}

}  // namespace tribune
