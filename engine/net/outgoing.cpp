#include "net/outgoing.hpp"

#include <libwebsockets.h>

#include <algorithm>
#include <utility>

namespace tribune::net {

OutMessage::OutMessage(std::string_view head, std::string_view body, bool binary)
    : bytes_(LWS_PRE + head.size() + body.size()), binary_(binary) {
    std::copy(body.begin(), body.end(), std::copy(head.begin(), head.end(), bytes_.begin() + LWS_PRE));
}

unsigned char* OutMessage::payload() { return bytes_.data() + LWS_PRE; }
std::size_t OutMessage::size() const { return bytes_.size() - LWS_PRE; }

SharedMessage text_message(std::string_view json) { return std::make_shared<OutMessage>(json, "", false); }

bool OutQueue::push(SharedMessage message, std::size_t bound) {
    if (bytes_ + message->size() > bound) return false;
    bytes_ += message->size();
    items_.push_back(std::move(message));
    return true;
}

SharedMessage OutQueue::pop() {
    if (empty()) return nullptr;
    auto message = std::move(items_[first_++]);
    bytes_ -= message->size();
    if (first_ == items_.size()) {
        items_ = {};
        first_ = 0;
    } else if (first_ == 64) {  // a queue that never empties must not grow
        items_.erase(items_.begin(), items_.begin() + 64);
        first_ = 0;
    }
    return message;
}

}  // namespace tribune::net
