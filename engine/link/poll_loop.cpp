#include "link/poll_loop.hpp"

#include <poll.h>

#include <algorithm>
#include <utility>

namespace tribune {

void PollLoop::add(int fd, Events events, Handler handler) {
    watches_.push_back(std::make_shared<Watch>(Watch{fd, std::move(events), std::move(handler)}));
}

void PollLoop::remove(int fd) {
    std::erase_if(watches_, [fd](const auto& w) {
        if (w->fd != fd) return false;
        w->removed = true;
        return true;
    });
}

int PollLoop::run_once(Nanoseconds at_most) {
    const auto round = watches_;  // handlers may change the list
    std::vector<pollfd> fds;
    fds.reserve(round.size());
    for (const auto& w : round) fds.push_back({w->fd, w->events(), 0});
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::max(at_most, Nanoseconds{0}));
    if (::poll(fds.data(), fds.size(), static_cast<int>(std::min<std::int64_t>(wait.count(), 60'000))) <= 0) return 0;
    int ran = 0;
    for (std::size_t i = 0; i < fds.size(); ++i) {
        if (fds[i].revents == 0 || round[i]->removed) continue;
        round[i]->handler(fds[i].revents);
        ++ran;
    }
    return ran;
}

}  // namespace tribune
