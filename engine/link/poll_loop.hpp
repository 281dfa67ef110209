// The one loop of a process that serves descriptors.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/time.hpp"

namespace tribune {

// Thread: one. Handlers may add and remove watches, also their own.
class PollLoop {
  public:
    using Handler = std::function<void(short revents)>;
    using Events = std::function<short()>;  // asked before each poll, e.g. POLLIN, or POLLIN | POLLOUT

    // The descriptor stays the caller's and must be removed before it is closed. One watch per descriptor.
    void add(int fd, Events events, Handler handler);
    void remove(int fd);

    // Waits at most this long (0: looks only), then runs the handlers of what is ready. Returns how many ran.
    int run_once(Nanoseconds at_most);

  private:
    struct Watch {
        int fd;
        Events events;
        Handler handler;
        bool removed = false;
    };
    std::vector<std::shared_ptr<Watch>> watches_;
};

}  // namespace tribune
