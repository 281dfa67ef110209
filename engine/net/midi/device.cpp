#include "net/midi/device.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

namespace tribune::net::midi {
namespace {

constexpr std::size_t piece_bytes = 4096;    // read a turn: others have theirs, too
constexpr std::size_t waiting_bytes = 4096;  // to go out; more is not taken

Error cannot_open(const std::string& path, int reason) {
    if (reason == ENOENT || reason == ENODEV || reason == ENXIO)
        return {"device_missing", fmt::format("{} is not there: plug the controller in.", path)};
    if (reason == EBUSY)
        return {"device_busy", fmt::format("{} is in use: stop the other program that uses the controller.", path)};
    if (reason == EACCES || reason == EPERM) {
        return {"device_denied",
                fmt::format("{} may not be opened: add this user to the group audio, and start again.", path)};
    }
    return {"device_failed", fmt::format("{} cannot be opened: {}.", path, std::strerror(reason))};
}

// Bytes as they come, where a terminal would take some for itself.
void make_raw(int fd) {
    termios line{};
    if (tcgetattr(fd, &line) != 0) return;
    cfmakeraw(&line);
    tcsetattr(fd, TCSANOW, &line);
}

}  // namespace

Result<std::unique_ptr<Device>> Device::open(ServiceLoop& loop, const std::string& path, Ends ends) {
    std::unique_ptr<Device> made(new Device);
    // A pipe opened both ways stays open while nobody writes to it.
    made->fd_ = Fd(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!made->fd_ && (errno == EACCES || errno == EROFS)) {
        made->fd_ = Fd(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
        made->listens_ = false;
    }
    if (!made->fd_) return cannot_open(path, errno);
    struct stat kind {};
    if (fstat(made->fd_.get(), &kind) != 0 || S_ISDIR(kind.st_mode) || S_ISREG(kind.st_mode))
        return Error{"device_failed", fmt::format("{} is no device: name a MIDI device or a pipe.", path)};
    if (S_ISFIFO(kind.st_mode)) made->listens_ = false;  // it would hear itself
    make_raw(made->fd_.get());
    made->ends_ = std::move(ends);
    made->watch_.emplace(loop, made->fd_.get(),
                         [device = made.get()](bool readable, bool writable) { device->ready(readable, writable); });
    made->watch_->want(true, false);
    return made;
}

void Device::ready(bool readable, bool writable) {
    if (writable) flush();
    if (readable) receive();
}

void Device::receive() {
    std::array<char, piece_bytes> piece{};
    const auto got = ::read(fd_.get(), piece.data(), piece.size());
    if (got > 0) return ends_.heard({piece.data(), static_cast<std::size_t>(got)});
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    gone_ = true;
    watch_->want(false, false);
    const auto lost = ends_.lost;  // may end this device
    lost();
}

bool Device::send(std::string_view bytes) {
    if (!listens_ || gone_) return true;
    if (waiting_.size() + bytes.size() > waiting_bytes) return false;
    waiting_ += bytes;
    flush();
    return true;
}

void Device::flush() {
    while (!waiting_.empty()) {
        const auto sent = ::write(fd_.get(), waiting_.data(), waiting_.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) break;  // unplugged: reading says so
        waiting_.erase(0, static_cast<std::size_t>(sent));
    }
    watch_->want(true, !waiting_.empty());
}

std::vector<Node> find_nodes(const std::string& nodes, const std::string& names) {
    std::vector<Node> found;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(nodes, failed)) {
        int card = 0;
        int device = 0;
        char rest = 0;
        const auto file = entry.path().filename().string();
        if (std::sscanf(file.c_str(), "midiC%3dD%3d%c", &card, &device, &rest) != 2) continue;
        // The first line of /proc/asound/card1/midi0 is the device's own name.
        std::ifstream about(fmt::format("{}/card{}/midi{}", names, card, device));
        std::string name;
        std::getline(about, name);
        name.erase(name.find_last_not_of(" \r\n\t") + 1);
        found.push_back({entry.path().string(), name.empty() ? file : name});
    }
    std::sort(found.begin(), found.end());
    std::map<std::string, int> seen;
    for (auto& node : found) {
        if (const int number = ++seen[node.name]; number > 1) node.name += fmt::format(" {}", number);
    }
    return found;
}

bool is_named(std::string_view pattern, std::string_view name) {
    const auto star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == name;
    if (!name.starts_with(pattern.substr(0, star))) return false;
    pattern.remove_prefix(star + 1);
    for (std::size_t at = star; at <= name.size(); ++at)
        if (is_named(pattern, name.substr(at))) return true;
    return false;
}

}  // namespace tribune::net::midi
