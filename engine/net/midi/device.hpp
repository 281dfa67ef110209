// A device as a stream of bytes: a raw MIDI node of ALSA, a serial line, a pipe. Never blocks. Service thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/handle.hpp"
#include "base/result.hpp"
#include "net/service_loop.hpp"

namespace tribune::net::midi {

class Device {
  public:
    struct Ends {
        std::function<void(std::string_view bytes)> heard;
        std::function<void()> lost;  // unplugged: nothing is called any more
    };
    // Errors: device_missing, device_busy, device_denied, device_failed; each says what to do.
    static Result<std::unique_ptr<Device>> open(ServiceLoop& loop, const std::string& path, Ends ends);

    // False: it does not take more now. One that does not listen takes all.
    bool send(std::string_view bytes);

  private:
    Device() = default;
    void ready(bool readable, bool writable);
    void receive();
    void flush();

    Fd fd_;
    Ends ends_;
    bool listens_ = true;
    bool gone_ = false;
    std::string waiting_;  // to go out
    std::optional<LoopWatch> watch_;
};

// A node that is there, by the name that its device gives itself.
struct Node {
    std::string path;
    std::string name;
    auto operator<=>(const Node&) const = default;
};
// `nodes` is a folder as /dev/snd, `names` one as /proc/asound. Devices of one name get numbers.
std::vector<Node> find_nodes(const std::string& nodes, const std::string& names);

// Whether a name is meant by a pattern with * for any letters.
bool is_named(std::string_view pattern, std::string_view name);

}  // namespace tribune::net::midi
