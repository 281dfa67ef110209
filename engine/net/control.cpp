#include "net/control.hpp"

#include <utility>

#include "base/log.hpp"

namespace tribune::net {
namespace {

// Whose request it is, from its token.
constexpr std::uint64_t osc_token = 1ULL << 63U;
constexpr std::uint64_t midi_token = osc_token + (1ULL << 62U);

}  // namespace

ControlPorts::ControlPorts(ServiceLoop& loop, const ServerOptions& options, ServerHost& host,
                           std::function<void(std::uint64_t, const Touch&)> touched)
    : loop_(loop), options_(options), host_(host), keys_(options.keys) {
    if (options_.obs_port) open_obs();
    if (options_.osc.port || !options_.osc.listeners.empty()) open_osc();
    if (!options_.tally.empty()) open_tally();
    if (options_.midi)
        midi_ =
            std::make_unique<midi::Port>(loop_, *options_.midi, midi_token, host_, surface_faults_, std::move(touched));
}

void ControlPorts::open_obs() {
    obs::Options options;
    options.keys = keys_;
    options.folder = options_.data_folder;
    options.first_token = first_token;
    auto opened =
        obs::Port::open(loop_, options_.address, *options_.obs_port, std::move(options), host_, surface_faults_);
    if (!opened) {
        if (obs_fault_ != opened.error().code) log::warning("obs_websocket", "{}", opened.error().message);
        if (obs_fault_.empty()) faults_.emplace_back("port/obs-websocket");
        obs_detail_ = opened.error().message;
        obs_fault_ = opened.error().code;
        return;
    }
    std::erase(faults_, "port/obs-websocket");
    obs_fault_.clear();
    obs_ = *std::move(opened);
    obs_port_ = obs_->number();
    obs_->endpoint().set_clock(clock_);
    if (state_) obs_->endpoint().set_state(state_);
}

void ControlPorts::open_osc() {
    auto opened = osc::Port::open(loop_, options_.address, options_.osc, osc_token, host_, surface_faults_);
    if (!opened) {
        faults_.emplace_back("port/osc");
        osc_detail_ = opened.error().message;
        return log::error("osc", "{}", opened.error().message);
    }
    osc_ = *std::move(opened);
    osc_port_ = osc_->number().value_or(0);
}

void ControlPorts::open_tally() {
    std::vector<tsl::Receiver> receivers;
    for (const auto& text : options_.tally) {
        if (auto receiver = tsl::parse_receiver(text)) {
            receivers.push_back(*std::move(receiver));
        } else {
            faults_.emplace_back("tally");
            surface_faults_.note("tally", receiver.error());
        }
    }
    tally_ = std::make_unique<tsl::Sender>(loop_, std::move(receivers));
}

void ControlPorts::set_keys(const Keys& keys) {
    keys_ = keys;
    if (obs_) obs_->endpoint().set_keys(keys);
}

void ControlPorts::learn(std::uint64_t session, bool on) {
    if (midi_) midi_->learn(session, on);
}

void ControlPorts::set_clock(ShowClock clock) {
    clock_ = clock;
    if (obs_) obs_->endpoint().set_clock(clock);
    if (osc_) osc_->set_clock(clock);
    if (midi_) midi_->set_clock(clock);
    if (tally_) tally_->set_clock(clock);
}

void ControlPorts::step(const std::shared_ptr<const ShowState>& state) {
    state_ = state;
    if (obs_) obs_->endpoint().set_state(state);
}

void ControlPorts::set_state(const std::shared_ptr<const ShowState>& state) {
    if (osc_) osc_->set_state(state);
    if (midi_) midi_->set_state(state);
    if (tally_) tally_->set_state(state);
}

void ControlPorts::set_actual(const std::shared_ptr<const Actual>& actual) {
    if (obs_) obs_->endpoint().set_actual(actual);
}

void ControlPorts::set_levels(const SoundLevels& levels) {
    if (obs_) obs_->endpoint().set_levels(levels);
}

void ControlPorts::finish(std::uint64_t token, const Result<std::uint64_t>& sequence) {
    if (token >= midi_token) {
        if (midi_) midi_->finish(token, sequence);
    } else if (token >= osc_token) {
        if (osc_) osc_->finish(token, sequence);
    } else if (obs_) {
        obs_->endpoint().finish(token, sequence);
    }
}

void ControlPorts::picture(std::uint64_t token, const Result<Bytes>& picture) {
    if (obs_) obs_->endpoint().picture(token, picture);
}

void ControlPorts::tick() {
    if (obs_) {
        obs_->endpoint().ping();
    } else if (options_.obs_port) {
        open_obs();
    }
}

bool ControlPorts::leave() {
    tally_.reset();  // its lamps go out
    if (!obs_ || obs_->endpoint().counters().sessions == 0) return false;
    obs_->endpoint().leave();
    return true;
}

SurfaceReport ControlPorts::report() const {
    SurfaceReport report;
    if (midi_) report.surfaces = midi_->health();
    if (options_.obs_port) {
        SurfaceHealth health{"obs-websocket", "port", "lost", obs_detail_, 0, 0, 0};
        if (obs_) {
            const auto& c = obs_->endpoint().counters();
            health = {"obs-websocket", "port", "ok", std::to_string(obs_port_), c.messages_in, c.refused, c.culled};
        }
        report.surfaces.push_back(std::move(health));
    }
    if (options_.osc.port) {
        SurfaceHealth health{"osc", "port", "lost", osc_detail_, 0, 0, 0};
        if (osc_) {
            const auto& c = osc_->counters();
            health = {"osc", "port", "ok", std::to_string(osc_port_), c.messages_in, c.malformed, c.too_fast};
        }
        report.surfaces.push_back(std::move(health));
    }
    report.faults.assign(surface_faults_.newest_first().begin(), surface_faults_.newest_first().end());
    return report;
}

std::vector<ControlFigure> ControlPorts::figures() const {
    std::vector<ControlFigure> list;
    if (obs_) {
        const auto& c = obs_->endpoint().counters();
        list.insert(list.end(),
                    {{"obs_sessions", "Connected obs-websocket clients.", false, c.sessions},
                     {"obs_messages_in_total", "Messages of obs-websocket clients.", true, c.messages_in},
                     {"obs_messages_out_total", "Messages to obs-websocket clients.", true, c.messages_out},
                     {"obs_refused_total", "Requests that failed.", true, c.refused},
                     {"obs_wrong_passwords_total", "Clients that came with a wrong password.", true, c.wrong_passwords},
                     {"obs_culled_total", "Clients closed for being slow or loud.", true, c.culled},
                     {"obs_turned_away_total", "Clients refused at the limit.", true, c.turned_away}});
    }
    if (osc_) {
        const auto& c = osc_->counters();
        list.insert(list.end(), {{"osc_messages_in_total", "OSC messages heard.", true, c.messages_in},
                                 {"osc_strangers_total", "Datagrams from who is not listed.", true, c.strangers},
                                 {"osc_malformed_total", "Datagrams that are no OSC.", true, c.malformed},
                                 {"osc_refused_total", "Messages that failed.", true, c.refused},
                                 {"osc_too_fast_total", "Messages beyond the rate.", true, c.too_fast},
                                 {"osc_unsent_total", "Datagrams that could not be sent.", true, c.unsent}});
    }
    if (midi_) {
        std::uint64_t messages = 0;
        std::uint64_t malformed = 0;
        std::uint64_t dropped = 0;
        const auto controllers = midi_->health();
        for (const auto& c : controllers) {
            messages += c.messages;
            malformed += c.malformed;
            dropped += c.dropped;
        }
        list.insert(list.end(),
                    {{"midi_controllers", "Controllers that are there or are named.", false, controllers.size()},
                     {"midi_messages_in_total", "MIDI messages heard.", true, messages},
                     {"midi_malformed_total", "Bytes that are no MIDI.", true, malformed},
                     {"midi_too_fast_total", "Messages beyond the rate.", true, dropped}});
    }
    if (tally_)
        list.push_back({"tally_unsent_total", "Tally datagrams that could not be sent.", true, tally_->unsent()});
    return list;
}

}  // namespace tribune::net
