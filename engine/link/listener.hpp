// Where a process can be reached: a Unix socket in a folder that only its user can enter.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>

#include "base/handle.hpp"
#include "base/result.hpp"
#include "link/channel.hpp"

namespace tribune {

// Thread: one. The socket file goes with the object.
class Listener {
  public:
    // Makes the folder (0700) when it is missing and replaces a socket that nobody listens on any more.
    // Errors: path_too_long (Unix sockets allow 107 bytes), folder_open (others can enter it), address_in_use,
    // cannot_listen.
    static Result<Listener> open(const std::string& path, ChannelLimits limits = {});

    Listener(Listener&&) noexcept;
    Listener& operator=(Listener&&) noexcept;
    ~Listener();

    // For poll(): POLLIN when somebody waits.
    [[nodiscard]] int fd() const { return socket_.get(); }

    // Nobody waiting: nullopt. A peer of another user is closed and counted.
    Result<std::optional<Channel>> accept();

    [[nodiscard]] std::uint64_t refused() const { return refused_; }

  private:
    Listener(Fd socket, std::string path, ChannelLimits limits);
    void remove_file();

    Fd socket_;
    std::string path_;
    ChannelLimits limits_;
    struct stat bound_ {};  // the file we made; another process may have replaced it since
    std::uint64_t refused_ = 0;
};

// Errors: path_too_long, not_listening (nobody there yet: try again), wrong_user.
Result<Channel> connect_to(const std::string& path, ChannelLimits limits = {});

}  // namespace tribune
