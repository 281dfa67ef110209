#include "net/midi/port.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/log.hpp"
#include "show/rights.hpp"
#include "show/tally.hpp"

namespace tribune::net::midi {
namespace {

constexpr Nanoseconds look_every = std::chrono::seconds(1);
constexpr Nanoseconds move_every =
    std::chrono::milliseconds(8);  // a control that is moved is asked for so often at most
constexpr Nanoseconds light_every = std::chrono::milliseconds(33);  // lamps change so often at most…
constexpr std::size_t lights_a_turn = 64;                           // …and so many of them at once
constexpr Nanoseconds learn_for = std::chrono::seconds(60);         // then what is touched does again what it does
constexpr double messages_a_second = 2000;                          // a fine fader sends some 1,000
constexpr double burst = 4000;
constexpr std::size_t most_asked = 1024;
constexpr std::size_t most_controllers = 32;

// A controller that the show file does not name.
SurfaceSetup plain(const std::string& name) {
    SurfaceSetup setup;
    setup.name = SurfaceName(name);
    setup.device = name;
    return setup;
}

bool is_path(const SurfaceSetup& setup) { return setup.device.starts_with('/'); }

}  // namespace

Port::Port(ServiceLoop& loop, MidiOptions options, std::uint64_t first_token, ServerHost& host, SurfaceFaults& faults,
           std::function<void(std::uint64_t, const Touch&)> touched)
    : loop_(loop), options_(std::move(options)), host_(host), faults_(faults), touched_(std::move(touched)),
      next_token_(first_token), look_timer_(loop, [this] { look(); }), move_timer_(loop, [this] { give_moves(); }),
      light_timer_(loop, [this] { light(); }), learn_timer_(loop, [this] { end_learning(monotonic_now()); }) {
    look_timer_.start(Nanoseconds(0));
}

// --- Devices --------------------------------------------------------------------------------------------------

void Port::look() {
    look_timer_.start(look_every);
    if (!state_) return;
    const auto nodes = options_.nodes.empty() ? std::vector<Node>() : find_nodes(options_.nodes, options_.names);
    const auto& known = state_->setup->surfaces;
    std::set<std::string> wanted;
    for (const auto& setup : known) {
        wanted.insert(setup.name.text);
        const auto node = std::find_if(nodes.begin(), nodes.end(), [&](const Node& n) {
            return is_path(setup) ? n.path == setup.device : is_named(setup.device, n.name);
        });
        const std::string path = is_path(setup) ? setup.device : node == nodes.end() ? "" : node->path;
        open(setup.name.text, setup, path);
    }
    for (const auto& node : nodes) {
        const bool named = std::any_of(known.begin(), known.end(), [&](const SurfaceSetup& setup) {
            return is_path(setup) ? setup.device == node.path : is_named(setup.device, node.name);
        });
        if (named || wanted.size() >= most_controllers) continue;
        wanted.insert(node.name);
        open(node.name, plain(node.name), node.path);
    }
    // Those that the file does not name are forgotten when they are gone.
    std::erase_if(controllers_, [&](const auto& c) { return !wanted.contains(c.first) && !c.second->device; });
}

void Port::open(const std::string& name, const SurfaceSetup& setup, const std::string& path) {
    auto& controller = controllers_[name];
    if (!controller) {
        controller = std::make_unique<Controller>(SurfaceName(name));
        controller->rate.emplace(messages_a_second, burst, monotonic_now());
    }
    controller->setup = setup;
    if (controller->device && controller->path == path) return;
    controller->device.reset();
    controller->path = path;
    if (path.empty()) {
        controller->problem = fmt::format("No controller is plugged in that calls itself \"{}\".", setup.device);
        return;
    }
    Controller* raw = controller.get();
    auto opened = Device::open(
        loop_, path, {[this, raw](std::string_view bytes) { heard(*raw, bytes); }, [this, raw] { lost(*raw); }});
    if (!opened) {
        if (controller->problem != opened.error().message) faults_.note("midi " + name, opened.error());
        controller->problem = opened.error().message;
        return;
    }
    controller->device = *std::move(opened);
    controller->problem.clear();
    controller->surface.forget_told();
    log::info("controller", "The controller {} is there ({}).", name, path);
    light();
}

void Port::lost(Controller& controller) {
    log::info("controller_lost", "The controller {} is gone.", controller.setup.name.text);
    controller.problem = "It was unplugged: it is used again as soon as it is back.";
    controller.path.clear();  // the next look ends the device: not from inside its own callback
}

// --- What controls ask ------------------------------------------------------------------------------------------

Error Port::named(const Controller& controller, std::string_view code, std::string_view what) const {
    return {std::string(code), fmt::format("The controller {} {}", controller.setup.name.text, what)};
}

void Port::heard(Controller& controller, std::string_view bytes) {
    const auto now = monotonic_now();
    const auto events = controller.parser.read(bytes);
    const std::string from = "midi " + controller.setup.name.text;
    if (const auto bad = controller.parser.malformed(); bad != controller.malformed) {
        controller.malformed = bad;
        faults_.note(from, named(controller, "bad_midi",
                                 "sends bytes that are no MIDI: look after its cable, or whether it is one."));
    }
    for (const auto& event : events) {
        ++controller.messages;
        if (!controller.rate->take(now)) {
            ++controller.dropped;
            if (!std::exchange(controller.flooding, true))
                faults_.note(from, named(controller, "too_fast", "sends too much: what is too much is passed over."));
            continue;
        }
        if (learning_ && now < learning_->until) {
            learning_->learner.hear(controller.setup.name, event, now);
            continue;
        }
        if (!state_) continue;
        if (auto command = controller.surface.hear(event, *state_, now)) ask(controller, *std::move(command));
    }
    if (controller.rate->take(now)) controller.flooding = false;
    if (learning_) end_learning(now);
    if (!controller.surface.has_moves()) return;
    if (now - moved_at_ >= move_every) return give_moves();
    move_timer_.start(move_every - (now - moved_at_));
}

void Port::give_moves() {
    moved_at_ = monotonic_now();
    if (!state_) return;
    for (auto& [name, controller] : controllers_)
        for (auto& command : controller->surface.moves(*state_, moved_at_)) ask(*controller, std::move(command));
}

void Port::ask(Controller& controller, Command command) {
    const std::string from = "midi " + controller.setup.name.text;
    const auto& who = controller.setup.operator_name;
    auto actor = who.empty() ? std::optional(Actor{Role::producer, "midi", {}}) : actor_of(*state_->setup, who);
    if (!actor) actor = Actor{Role::observer, who.text, {}, true};  // which says who is missing
    if (const auto right = check_rights(*state_->setup, *actor, command); !right)
        return faults_.note(from, right.error());
    const auto token = next_token_++;
    if (asked_.size() >= most_asked) asked_.erase(asked_.begin());
    asked_[token] = from;
    if (host_.request(token, *std::move(actor), std::move(command))) return;
    asked_.erase(token);
    ++controller.dropped;
    faults_.note(from, {"busy", "The server has too much to do: press again in a moment."});
}

void Port::finish(std::uint64_t token, const Result<std::uint64_t>& sequence) {
    const auto asked = asked_.extract(token);
    if (!sequence && !asked.empty()) faults_.note(asked.mapped(), sequence.error());
}

// --- Learning ---------------------------------------------------------------------------------------------------

void Port::learn(std::uint64_t session, bool on) {
    if (on) {
        learning_ = Learning{session, monotonic_now() + learn_for, {}};
    } else if (learning_ && learning_->session == session) {
        learning_.reset();
    }
}

void Port::end_learning(MonotonicTime now) {
    if (!learning_) return;
    if (const auto touch = learning_->learner.learned(now)) {
        const auto session = learning_->session;
        learning_.reset();
        touched_(session, *touch);
    } else if (const auto due = learning_->learner.due()) {
        learn_timer_.start(std::max(Nanoseconds(0), *due - now));
    }
}

// --- What is so -------------------------------------------------------------------------------------------------

void Port::set_state(std::shared_ptr<const ShowState> state) {
    const bool other_surfaces = !state_ || state_->setup->surfaces != state->setup->surfaces;
    state_ = std::move(state);
    if (other_surfaces) look_timer_.start(Nanoseconds(0));
    const auto since = monotonic_now() - lit_at_;
    if (since >= light_every) return light();
    light_timer_.start(light_every - since);
}

void Port::light() {
    const auto now = monotonic_now();
    lit_at_ = now;
    if (!state_) return;
    const ShowTime show_now = std::max(clock_.at(now), state_->at);
    bool more = false;
    bool any = false;
    for (auto& [name, controller] : controllers_) {
        if (!controller->device || !controller->setup.feedback) continue;
        any = true;
        std::string bytes;
        const auto events = controller->surface.feedback(*state_, show_now, controller->setup, now, lights_a_turn);
        for (const auto& event : events) bytes += encode(event);
        more = more || events.size() == lights_a_turn;
        if (!bytes.empty() && !controller->device->send(bytes)) controller->surface.forget_told();
    }
    if (!any) return;
    // What time alone changes: the end of a transition; a fader that a hand has left.
    Nanoseconds wait = more ? light_every : look_every;
    if (const auto change = next_tally_change(*state_, show_now))
        wait = std::min(wait, *change - show_now + Nanoseconds(std::chrono::milliseconds(1)));
    light_timer_.start(std::max(wait, light_every));
}

std::vector<SurfaceHealth> Port::health() const {
    std::vector<SurfaceHealth> list;
    for (const auto& [name, controller] : controllers_) {
        SurfaceHealth health{name, "midi", "ok", controller->path, 0, 0, 0};
        if (!controller->device || controller->path.empty()) {
            health.state = "lost";
            health.detail = controller->problem;
        }
        health.messages = controller->messages;
        health.malformed = controller->malformed;
        health.dropped = controller->dropped;
        list.push_back(std::move(health));
    }
    return list;
}

}  // namespace tribune::net::midi
