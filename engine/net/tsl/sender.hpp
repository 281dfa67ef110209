// Tally lamps and labels to TSL receivers: on change, everything each second (lamps that are switched on late must catch
// up, and datagrams get lost), all off when the show ends.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/datagrams.hpp"
#include "net/tsl/umd.hpp"
#include "show/state.hpp"

namespace tribune::net::tsl {

// One receiver, from "tsl31://192.0.2.10:8903?first=1&red=2&green=1" or
// "tsl50+tcp://192.0.2.10:8901?first=1&screen=0&utf16=1&dle=1&faces=1".
struct Receiver {
    int version = 50;  // 31, 50
    bool tcp = false;  // 5.0 only
    sockaddr_in to{};
    int first = 1;  // address of the first source; the others follow in the show's order
    Lamps lamps;    // 3.1
    Umd5 umd5;
    bool faces = false;  // 5.0: besides, each face's own tally on the screens that follow, in the show's order
};
// Error bad_tally.
Result<Receiver> parse_receiver(const std::string& text);

// The lamps of all sources; of one face alone when it is named. Pure.
std::vector<Lamp> lamps_of(const ShowState& state, ShowTime now, int first, const std::optional<FaceName>& face = {});
std::vector<Lamp> dark(std::vector<Lamp> lamps);

// Service thread.
class Sender {
  public:
    Sender(ServiceLoop& loop, std::vector<Receiver> receivers);
    ~Sender();  // all off

    void set_clock(ShowClock clock) { clock_ = clock; }
    void set_state(std::shared_ptr<const ShowState> state);
    [[nodiscard]] std::uint64_t unsent() const { return unsent_; }

  private:
    using Screens = std::vector<std::vector<Lamp>>;  // the whole, then each face's
    [[nodiscard]] Screens screens(const Receiver& receiver, ShowTime now) const;
    void send(std::size_t receiver, const Screens& screens);
    void tell(bool everything);

    std::vector<Receiver> receivers_;
    std::unique_ptr<Datagrams> socket_;
    std::vector<std::unique_ptr<Stream>> streams_;  // null: by UDP
    std::vector<Screens> told_;
    LoopTimer timer_;
    MonotonicTime all_told_;
    ShowClock clock_;
    std::shared_ptr<const ShowState> state_;
    std::uint64_t unsent_ = 0;
};

}  // namespace tribune::net::tsl
