#include "link/listener.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tribune {
namespace {

Result<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) {
        return Error{"path_too_long", fmt::format("The socket path \"{}\" has {} bytes, Unix sockets allow 1 to {}. "
                                                  "Use a data folder with a shorter path.",
                                                  path, path.size(), sizeof address.sun_path - 1)};
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

const sockaddr* generic(const sockaddr_un& address) {
    return static_cast<const sockaddr*>(static_cast<const void*>(&address));
}

Result<Fd> new_socket() {
    Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) return Error{"cannot_listen", fmt::format("No socket to be had: {}.", std::strerror(errno))};
    return fd;
}

// The folder must be ours and closed to others: whoever can enter it can speak as us.
Status private_folder(const std::string& socket_path) {
    auto folder = std::filesystem::path(socket_path).parent_path().string();
    if (folder.empty()) folder = ".";
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return Error{"cannot_listen", fmt::format("The folder \"{}\" cannot be made: {}. Make it, mode 0700.", folder,
                                                  std::strerror(errno))};
    }
    struct stat info {};
    if (::stat(folder.c_str(), &info) != 0 || info.st_uid != ::geteuid() || (info.st_mode & 077U) != 0) {
        return Error{"folder_open", fmt::format("The folder \"{}\" must belong to you alone: chmod 0700 it.", folder)};
    }
    return {};
}

}  // namespace

Result<Listener> Listener::open(const std::string& path, ChannelLimits limits) {
    TRIBUNE_TRY(const auto address, address_of(path));
    TRIBUNE_CHECK(private_folder(path));
    TRIBUNE_TRY(auto probe, new_socket());
    if (::connect(probe.get(), generic(address), sizeof address) == 0 || errno == EAGAIN) {
        return Error{"address_in_use",
                     fmt::format("Another process listens on \"{}\": stop it or use another data folder.", path)};
    }
    // A plain file refuses connections too, and is not ours to remove.
    const bool nobody = errno == ECONNREFUSED;
    struct stat left_over {};
    if (nobody && ::lstat(path.c_str(), &left_over) == 0 && S_ISSOCK(left_over.st_mode)) ::unlink(path.c_str());
    TRIBUNE_TRY(auto socket, new_socket());
    if (::bind(socket.get(), generic(address), sizeof address) != 0 || ::listen(socket.get(), 64) != 0) {
        return Error{"cannot_listen", fmt::format("Nothing can listen on \"{}\": {}. Use another data folder.", path,
                                                  std::strerror(errno))};
    }
    return Listener(std::move(socket), path, limits);
}

Listener::Listener(Fd socket, std::string path, ChannelLimits limits)
    : socket_(std::move(socket)), path_(std::move(path)), limits_(limits) {
    ::stat(path_.c_str(), &bound_);
}

Listener::Listener(Listener&& o) noexcept
    : socket_(std::move(o.socket_)), path_(std::exchange(o.path_, {})), limits_(o.limits_), bound_(o.bound_),
      refused_(o.refused_) {}

Listener& Listener::operator=(Listener&& o) noexcept {
    if (this != &o) {
        remove_file();
        socket_ = std::move(o.socket_);
        path_ = std::exchange(o.path_, {});
        limits_ = o.limits_;
        bound_ = o.bound_;
        refused_ = o.refused_;
    }
    return *this;
}

Listener::~Listener() { remove_file(); }

void Listener::remove_file() {
    struct stat now {};
    if (path_.empty() || ::stat(path_.c_str(), &now) != 0) return;
    if (now.st_ino == bound_.st_ino && now.st_dev == bound_.st_dev) ::unlink(path_.c_str());
}

Result<std::optional<Channel>> Listener::accept() {
    Fd peer(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!peer) {
        if (errno == EAGAIN || errno == EINTR || errno == ECONNABORTED) return std::optional<Channel>{};
        return Error{"cannot_listen", fmt::format("Accepting a connection failed: {}.", std::strerror(errno))};
    }
    Channel channel(std::move(peer), limits_);
    const auto who = channel.peer();
    if (!who || who->uid != ::geteuid()) {
        ++refused_;
        return std::optional<Channel>{};
    }
    return std::optional<Channel>(std::move(channel));
}

Result<Channel> connect_to(const std::string& path, ChannelLimits limits) {
    TRIBUNE_TRY(const auto address, address_of(path));
    TRIBUNE_TRY(auto socket, new_socket());
    if (::connect(socket.get(), generic(address), sizeof address) != 0) {
        return Error{"not_listening",
                     fmt::format("Nobody answers on \"{}\": {}. Is the show running?", path, std::strerror(errno))};
    }
    Channel channel(std::move(socket), limits);
    TRIBUNE_TRY(const auto who, channel.peer());
    if (who.uid != ::geteuid()) {
        return Error{"wrong_user", fmt::format("\"{}\" belongs to another user: use a data folder of your own.", path)};
    }
    return channel;
}

}  // namespace tribune
