// Messages on their way to clients. One message is rendered once and shared by all who get it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tribune::net {

// A whole WebSocket message behind the head room that libwebsockets writes its frame header into. Only the
// service thread touches it: every client gets the same header, so writing it again changes nothing.
class OutMessage {
  public:
    OutMessage(std::string_view head, std::string_view body, bool binary);

    [[nodiscard]] unsigned char* payload();
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool binary() const { return binary_; }

  private:
    std::vector<unsigned char> bytes_;
    bool binary_;
};
using SharedMessage = std::shared_ptr<OutMessage>;

SharedMessage text_message(std::string_view json);

// One client's queue, bounded in bytes.
class OutQueue {
  public:
    // False when it does not fit: nothing was taken.
    [[nodiscard]] bool push(SharedMessage message, std::size_t bound);
    // Null when empty.
    [[nodiscard]] SharedMessage pop();
    [[nodiscard]] bool empty() const { return first_ == items_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    std::vector<SharedMessage> items_;  // a vector: most clients have nothing waiting, and then no memory
    std::size_t first_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace tribune::net
