#include "capture/clip_feed.hpp"

namespace tribune {

void ClipFeed::give(const ClipOrder& order) {
    {
        const std::lock_guard lock(mutex_);
        newest_ = {order, newest_.number + 1};
    }
    changed_.notify_all();
}

ClipFeed::Numbered ClipFeed::newest() const {
    const std::lock_guard lock(mutex_);
    return newest_;
}

void ClipFeed::wait(std::uint64_t number, MonotonicTime deadline, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, deadline - monotonic_now(), [&] { return newest_.number != number; });
}

}  // namespace tribune
