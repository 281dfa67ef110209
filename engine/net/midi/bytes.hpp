// MIDI 1.0 as bytes: what controls send and what their lamps and motors take. Any bytes do no harm.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "show/surface.hpp"

struct snd_midi_event;

namespace tribune::net::midi {

// note, cc, bend or program; of cc14 the two halves come one by one. A note let go has value 0.
struct Event {
    ControlKind kind = ControlKind::note;
    int channel = 1;  // 1 to 16
    int number = 0;   // bend: 0
    int value = 0;    // 0 to 127; bend: 0 to 16383; program: 127
    bool operator==(const Event&) const = default;
};

// A stream of bytes, in pieces of any size. What is no control (clocks, system exclusive, touches) is passed over.
class Parser {
  public:
    Parser();
    ~Parser();
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    std::vector<Event> read(std::string_view bytes);
    // Bytes that belonged to no message: without a status, or of a message that was broken off.
    [[nodiscard]] std::uint64_t malformed() const { return malformed_; }

  private:
    struct Freed {
        void operator()(snd_midi_event* parser) const;
    };
    std::unique_ptr<snd_midi_event, Freed> parser_;
    std::uint64_t malformed_ = 0;
    std::size_t begun_ = 0;  // bytes of the message under way
    bool exclusive_ = false;
};

std::string encode(const Event& event);

}  // namespace tribune::net::midi
