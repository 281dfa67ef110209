#include "app/process_info.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>

namespace tribune {
namespace {

// How many files are open. Newer kernels (6.2) tell it as the folder's size; else they are counted one by one, which takes
// milliseconds where thousands are connected. The folder may go while it is read.
std::uint32_t open_files(pid_t pid) {
    const std::string folder = fmt::format("/proc/{}/fd", pid);
    struct stat info {};
    if (stat(folder.c_str(), &info) == 0 && info.st_size > 0) return static_cast<std::uint32_t>(info.st_size);
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
    health.descriptors = open_files(pid);
    return health;
}

Nanoseconds waited_for_processor(pid_t pid) {
    Nanoseconds sum{0};
    std::error_code failed;
    std::filesystem::directory_iterator at(fmt::format("/proc/{}/task", pid), failed);
    for (; !failed && at != std::filesystem::directory_iterator(); at.increment(failed)) {
        std::ifstream file(at->path() / "schedstat");
        std::int64_t ran = 0;
        std::int64_t waited = 0;
        if (file >> ran >> waited) sum += Nanoseconds(waited);
    }
    return sum;
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
