#include "net/pictures.hpp"

#include <algorithm>
#include <utility>

#include "show/views.hpp"

namespace tribune {
namespace net {
namespace {

constexpr std::size_t most_unseen = 2;

PictureRequest request_of(const PictureWish& wish) {
    return {static_cast<PictureRequest::Of>(wish.kind), wish.name, wish.width, PictureRequest::Encoding::jpeg};
}

// docs/protocol.md: 1, kind, length of the name, name, number (big-endian), then the JPEG.
SharedMessage picture_message(const PictureRequest& request, std::uint32_t number, const std::string& jpeg) {
    std::string head{char{1}, static_cast<char>(request.of), static_cast<char>(request.name.size())};
    head += request.name;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) head += static_cast<char>((number >> shift) & 255U);
    return std::make_shared<OutMessage>(head, jpeg, true);
}

}  // namespace
}  // namespace net

bool has_picture(const ShowState& state, PictureRequest::Of of, const std::string& name) {
    switch (of) {
        case PictureRequest::Of::face: return state.setup->face(FaceName(name)) != nullptr;
        case PictureRequest::Of::source: return state.setup->source(SourceName(name)) != nullptr;
        case PictureRequest::Of::view: return is_view(state, name);
    }
    return false;
}

namespace net {

void PictureDesk::want(std::uint64_t client, const PicturesMessage& wishes, MonotonicTime now) {
    const auto interval = std::chrono::duration_cast<Nanoseconds>(std::chrono::duration<double>(1 / wishes.fps));
    std::map<PictureRequest, bool> wanted;
    for (const auto& wish : wishes.want) wanted[request_of(wish)] = true;
    for (auto& [request, feed] : feeds_) {
        if (!wanted.contains(request)) feed.viewers.erase(client);
    }
    for (const auto& [request, yes] : wanted) {
        auto& viewer = feeds_[request].viewers.try_emplace(client, Viewer{interval, now, {}}).first->second;
        viewer.interval = interval;  // what it has not seen yet still counts
    }
    drop_empty();
}

void PictureDesk::seen(std::uint64_t client, std::uint32_t picture) {
    for (auto& [request, feed] : feeds_) {
        if (const auto viewer = feed.viewers.find(client); viewer != feed.viewers.end()) {
            std::erase(viewer->second.unseen, picture);
        }
    }
}

void PictureDesk::forget(std::uint64_t client) {
    for (auto& [request, feed] : feeds_) feed.viewers.erase(client);
    drop_empty();
}

void PictureDesk::wait(std::uint64_t waiter, const PictureRequest& request, MonotonicTime now) {
    Feed& feed = feeds_[request];
    feed.waiters.push_back({waiter, now, 0});
    if (feed.token == 0) ask(request, feed, now);
}

void PictureDesk::forget_waiter(std::uint64_t waiter) {
    for (auto& [request, feed] : feeds_) {
        std::erase_if(feed.waiters, [&](const Waiter& w) { return w.id == waiter; });
    }
    drop_empty();
}

void PictureDesk::ready(std::uint64_t token, const Result<Bytes>& picture, MonotonicTime now) {
    const auto at = std::find_if(feeds_.begin(), feeds_.end(), [&](const auto& f) { return f.second.token == token; });
    if (at == feeds_.end()) return;  // given up, or nobody wants it any more
    Feed& feed = at->second;
    feed.token = 0;
    std::vector<std::uint64_t> answered;
    std::erase_if(feed.waiters, [&](const Waiter& w) {
        if (w.token == token) answered.push_back(w.id);
        return w.token == token;
    });
    if (picture && *picture) fan_out(at->first, feed, *picture, now);
    if (!feed.waiters.empty()) ask(at->first, feed, now);
    drop_empty();
    for (const auto waiter : answered) ends_.answer(waiter, picture);
}

void PictureDesk::fan_out(const PictureRequest& request, Feed& feed, const Bytes& picture, MonotonicTime now) {
    SharedMessage message;
    for (auto& [client, viewer] : feed.viewers) {
        // Half a step early is on time: one picture serves all whose turn it nearly is.
        if (viewer.unseen.size() >= most_unseen || now + viewer.interval / 2 < viewer.due) continue;
        if (!message) message = picture_message(request, ++number_, *picture);
        viewer.due = std::max(viewer.due + viewer.interval, now);
        if (!ends_.send(client, message)) {
            ++dropped_;
            continue;
        }
        ++sent_;
        viewer.unseen.push_back(number_);
    }
}

bool PictureDesk::wanted(const Feed& feed, MonotonicTime now) {
    return std::any_of(feed.viewers.begin(), feed.viewers.end(),
                       [&](const auto& v) { return v.second.due <= now && v.second.unseen.size() < most_unseen; });
}

void PictureDesk::ask(const PictureRequest& request, Feed& feed, MonotonicTime now) {
    feed.token = ends_.next_token();
    feed.asked = now;
    for (auto& w : feed.waiters) w.token = feed.token;
    ends_.ask(request, feed.token);
}

void PictureDesk::tick(MonotonicTime now) {
    std::vector<std::uint64_t> late;
    for (auto& [request, feed] : feeds_) {
        std::erase_if(feed.waiters, [&](const Waiter& w) {
            const bool over = now - w.since >= deadline_;
            if (over) late.push_back(w.id);
            return over;
        });
        if (feed.token != 0 && now - feed.asked >= deadline_) feed.token = 0;
        if (feed.token == 0 && (!feed.waiters.empty() || wanted(feed, now))) ask(request, feed, now);
    }
    drop_empty();
    for (const auto waiter : late) {
        ends_.answer(waiter, Error{"unavailable", "No picture came in time: try again in a moment."});
    }
}

void PictureDesk::drop_empty() {
    std::erase_if(feeds_, [](const auto& f) { return f.second.viewers.empty() && f.second.waiters.empty(); });
}

}  // namespace net
}  // namespace tribune
