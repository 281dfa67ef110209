#include "net/tsl/sender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "show/tally.hpp"

namespace tribune::net::tsl {
namespace {

constexpr Nanoseconds everything_every = std::chrono::seconds(1);

struct Scheme {
    std::string_view name;
    int version;
    bool tcp;
};
constexpr std::array schemes{Scheme{"tsl31://", 31, false}, Scheme{"tsl50://", 50, false},
                             Scheme{"tsl50+tcp://", 50, true}};

struct Setting {
    std::string_view name;
    int least;
    int most;
    void (*set)(Receiver&, int);
};
constexpr std::array settings{
    Setting{"first", 0, 65534, [](Receiver& r, int v) { r.first = v; }},
    Setting{"red", 1, 4, [](Receiver& r, int v) { r.lamps.red = v; }},
    Setting{"green", 1, 4, [](Receiver& r, int v) { r.lamps.green = v; }},
    Setting{"screen", 0, 65535, [](Receiver& r, int v) { r.umd5.screen = v; }},
    Setting{"utf16", 0, 1, [](Receiver& r, int v) { r.umd5.utf16 = v == 1; }},
    Setting{"dle", 0, 1, [](Receiver& r, int v) { r.umd5.stuffed = v == 1; }},
    Setting{"faces", 0, 1, [](Receiver& r, int v) { r.faces = v == 1; }},
};

Error bad(const std::string& text, std::string_view what) {
    return {"bad_tally", fmt::format("The tally receiver \"{}\" {}: write for example tsl50://192.0.2.10:8901?screen=0 "
                                     "(docs/tally.md).",
                                     text, what)};
}

Status set(Receiver& receiver, const std::string& text, std::string_view assignment) {
    const auto equals = assignment.find('=');
    const auto name = assignment.substr(0, equals);
    const auto digits = equals == std::string_view::npos ? std::string_view() : assignment.substr(equals + 1);
    const auto* setting =
        std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.name == name; });
    if (setting == settings.end()) return bad(text, fmt::format("has no setting \"{}\"", name));
    int value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || read.ptr != digits.data() + digits.size() || value < setting->least || value > setting->most)
        return bad(text, fmt::format("needs {} from {} to {}", name, setting->least, setting->most));
    setting->set(receiver, value);
    return {};
}

}  // namespace

Result<Receiver> parse_receiver(const std::string& text) {
    const auto* scheme =
        std::find_if(schemes.begin(), schemes.end(), [&](const Scheme& s) { return text.starts_with(s.name); });
    if (scheme == schemes.end()) return bad(text, "is none of tsl31://, tsl50:// and tsl50+tcp://");
    Receiver receiver;
    receiver.version = scheme->version;
    receiver.tcp = scheme->tcp;
    receiver.umd5.stuffed = scheme->tcp;
    std::string_view rest = std::string_view(text).substr(scheme->name.size());
    const auto question = rest.find('?');
    TRIBUNE_TRY(receiver.to, parse_endpoint(rest.substr(0, question)));
    rest = question == std::string_view::npos ? std::string_view() : rest.substr(question + 1);
    while (!rest.empty()) {
        const auto end = rest.find('&');
        TRIBUNE_CHECK(set(receiver, text, rest.substr(0, end)));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return receiver;
}

std::vector<Lamp> lamps_of(const ShowState& state, ShowTime now, int first, const std::optional<FaceName>& face) {
    const auto lights = tally(state, now);
    std::vector<Lamp> lamps;
    for (const auto& source : state.setup->sources) {
        Lamp lamp;
        lamp.address = first + static_cast<int>(lamps.size());
        lamp.label = source.label.empty() ? source.name.text : source.label;
        if (const auto light = lights.find(source.name); light != lights.end()) {
            const auto& on = light->second.program;
            lamp.red = face ? std::find(on.begin(), on.end(), *face) != on.end() : !on.empty();
            lamp.green = light->second.preview;
        }
        lamps.push_back(std::move(lamp));
    }
    return lamps;
}

std::vector<Lamp> dark(std::vector<Lamp> lamps) {
    for (auto& lamp : lamps) lamp.red = lamp.green = false;
    return lamps;
}

Sender::Sender(ServiceLoop& loop, std::vector<Receiver> receivers)
    : receivers_(std::move(receivers)), told_(receivers_.size()), timer_(loop, [this] {
          if (state_) tell(monotonic_now() - all_told_ >= everything_every);
      }) {
    auto socket = Datagrams::open(loop, {}, std::nullopt, {});
    if (socket) socket_ = *std::move(socket);
    for (const auto& receiver : receivers_)
        streams_.push_back(receiver.tcp ? std::make_unique<Stream>(loop, receiver.to) : nullptr);
}

Sender::~Sender() {
    for (std::size_t i = 0; i < receivers_.size(); ++i) {
        for (auto& screen : told_[i]) screen = dark(std::move(screen));
        send(i, told_[i]);
    }
}

Sender::Screens Sender::screens(const Receiver& receiver, ShowTime now) const {
    Screens all{lamps_of(*state_, now, receiver.first)};
    if (!receiver.faces) return all;
    for (const auto& face : state_->setup->faces) all.push_back(lamps_of(*state_, now, receiver.first, face.name));
    return all;
}

void Sender::send(std::size_t index, const Screens& screens) {
    const Receiver& receiver = receivers_[index];
    std::vector<std::string> packets;
    for (std::size_t i = 0; i < screens.size(); ++i) {
        if (receiver.version == 31) {
            for (const auto& lamp : screens[i])
                if (lamp.address <= 126) packets.push_back(umd31(lamp, receiver.lamps));
            continue;
        }
        Umd5 how = receiver.umd5;
        how.screen = std::min(how.screen + static_cast<int>(i), 65535);
        for (auto& packet : umd50(screens[i], how)) packets.push_back(std::move(packet));
    }
    std::string joined;
    for (const auto& packet : packets) {
        if (streams_[index]) {
            joined += packet;
        } else if (!socket_ || !socket_->send(packet, receiver.to)) {
            ++unsent_;
        }
    }
    if (streams_[index]) streams_[index]->send(std::move(joined));
}

void Sender::set_state(std::shared_ptr<const ShowState> state) {
    state_ = std::move(state);
    tell(false);
}

void Sender::tell(bool everything) {
    const auto now = std::max(clock_.at(monotonic_now()), state_->at);
    if (everything) all_told_ = monotonic_now();
    for (std::size_t i = 0; i < receivers_.size(); ++i) {
        auto newest = screens(receivers_[i], now);
        if (!everything && newest == told_[i]) continue;
        send(i, newest);
        told_[i] = std::move(newest);
    }
    Nanoseconds wait = everything_every - (monotonic_now() - all_told_);
    if (const auto change = next_tally_change(*state_, now))
        wait = std::min(wait, *change - now + Nanoseconds(std::chrono::milliseconds(1)));
    timer_.start(std::max(wait, Nanoseconds(std::chrono::milliseconds(1))));
}

}  // namespace tribune::net::tsl
