#include "net/midi/bytes.hpp"

#include <alsa/asoundlib.h>

#include <new>
#include <optional>

namespace tribune::net::midi {
namespace {

constexpr std::size_t exclusive_bytes = 256;  // handed out in pieces of this size, and passed over
constexpr std::size_t longest_message = 3;    // that is not system exclusive
constexpr unsigned first_clock = 0xF8;        // from here on: single bytes that may come in the middle of anything
constexpr unsigned exclusive_begins = 0xF0;
constexpr int bend_middle = 8192;
constexpr int pressed = 127;

std::optional<Event> event_of(const snd_seq_event_t& e) {
    const auto& note = e.data.note;
    const auto& control = e.data.control;
    switch (e.type) {
        case SND_SEQ_EVENT_NOTEON: return Event{ControlKind::note, note.channel + 1, note.note, note.velocity};
        case SND_SEQ_EVENT_NOTEOFF: return Event{ControlKind::note, note.channel + 1, note.note, 0};
        case SND_SEQ_EVENT_CONTROLLER:
            return Event{ControlKind::cc, control.channel + 1, static_cast<int>(control.param), control.value};
        case SND_SEQ_EVENT_PITCHBEND:
            return Event{ControlKind::bend, control.channel + 1, 0, control.value + bend_middle};
        case SND_SEQ_EVENT_PGMCHANGE: return Event{ControlKind::program, control.channel + 1, control.value, pressed};
        default: return std::nullopt;
    }
}

}  // namespace

void Parser::Freed::operator()(snd_midi_event* parser) const { snd_midi_event_free(parser); }

Parser::Parser() {
    snd_midi_event* made = nullptr;
    if (snd_midi_event_new(exclusive_bytes, &made) != 0) throw std::bad_alloc();
    parser_.reset(made);
}
Parser::~Parser() = default;

// The library passes over what it does not understand without a word: what came to nothing is counted here.
std::vector<Event> Parser::read(std::string_view bytes) {
    std::vector<Event> events;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < first_clock) {
            if ((byte & 0x80U) != 0) {
                malformed_ += begun_;
                begun_ = byte == 0xF7 && exclusive_ ? 0 : 1;
                exclusive_ = byte == exclusive_begins;
            } else if (!exclusive_) {
                ++begun_;
            }
        }
        snd_seq_event_t made{};
        const bool whole = snd_midi_event_encode_byte(parser_.get(), byte, &made) == 1;
        if (byte >= first_clock) continue;
        if (whole || exclusive_) {
            begun_ = 0;
            if (auto event = whole ? event_of(made) : std::nullopt) events.push_back(*event);
        } else if (begun_ >= longest_message) {
            malformed_ += std::exchange(begun_, 0);
        }
    }
    return events;
}

std::string encode(const Event& event) {
    const auto channel = static_cast<unsigned>(event.channel - 1) & 0x0FU;
    const auto byte = [](unsigned value) { return static_cast<char>(value); };
    const auto data = [&](int value) { return byte(static_cast<unsigned>(value) & 0x7FU); };
    switch (event.kind) {
        case ControlKind::note: return {byte(0x90U | channel), data(event.number), data(event.value)};
        case ControlKind::cc: return {byte(0xB0U | channel), data(event.number), data(event.value)};
        case ControlKind::bend: return {byte(0xE0U | channel), data(event.value), data(event.value >> 7)};
        case ControlKind::program: return {byte(0xC0U | channel), data(event.number)};
        case ControlKind::cc14:
            return encode({ControlKind::cc, event.channel, event.number, event.value >> 7}) +
                   encode({ControlKind::cc, event.channel, event.number + 32, event.value & 0x7F});
    }
    return {};
}

}  // namespace tribune::net::midi
