#include "net/control.hpp"

#include <utility>

#include "base/log.hpp"

namespace tribune::net {
namespace {

constexpr std::string_view obs_key = "obs-websocket";
constexpr std::uint64_t osc_token = 1ULL << 63U;

}  // namespace

ControlPorts::ControlPorts(ServiceLoop& loop, const ServerOptions& options, ServerHost& host)
    : loop_(loop), options_(options), host_(host) {
    if (options_.obs_port) open_obs();
    if (options_.osc.port || !options_.osc.listeners.empty()) open_osc();
    if (!options_.tally.empty()) open_tally();
}

void ControlPorts::open_obs() {
    obs::Options options;
    for (const auto& [name, key] : options_.keys) {
        const bool ours = name == obs_key || name.starts_with(std::string(obs_key) + "/");
        if (ours && !key.empty()) options.passwords.emplace_back(name, key);
    }
    options.folder = options_.data_folder;
    options.first_token = first_token;
    auto opened = obs::Port::open(loop_, options_.address, *options_.obs_port, std::move(options), host_);
    if (!opened) {
        if (obs_fault_ != opened.error().code) log::warning("obs_websocket", "{}", opened.error().message);
        obs_fault_ = opened.error().code;
        return;
    }
    obs_ = *std::move(opened);
    obs_port_ = obs_->number();
    obs_->endpoint().set_clock(clock_);
    if (state_) obs_->endpoint().set_state(state_);
}

void ControlPorts::open_osc() {
    auto opened = osc::Port::open(loop_, options_.address, options_.osc, osc_token, host_);
    if (!opened) return log::error("osc", "{}", opened.error().message);
    osc_ = *std::move(opened);
    osc_port_ = osc_->number().value_or(0);
}

void ControlPorts::open_tally() {
    std::vector<tsl::Receiver> receivers;
    for (const auto& text : options_.tally) {
        if (auto receiver = tsl::parse_receiver(text)) {
            receivers.push_back(*std::move(receiver));
        } else {
            log::error("tally", "{}", receiver.error().message);
        }
    }
    tally_ = std::make_unique<tsl::Sender>(loop_, std::move(receivers));
}

void ControlPorts::set_clock(ShowClock clock) {
    clock_ = clock;
    if (obs_) obs_->endpoint().set_clock(clock);
    if (osc_) osc_->set_clock(clock);
    if (tally_) tally_->set_clock(clock);
}

void ControlPorts::step(const std::shared_ptr<const ShowState>& state) {
    state_ = state;
    if (obs_) obs_->endpoint().set_state(state);
}

void ControlPorts::set_state(const std::shared_ptr<const ShowState>& state) {
    if (osc_) osc_->set_state(state);
    if (tally_) tally_->set_state(state);
}

void ControlPorts::set_actual(const std::shared_ptr<const Actual>& actual) {
    if (obs_) obs_->endpoint().set_actual(actual);
}

void ControlPorts::finish(std::uint64_t token, const Result<std::uint64_t>& sequence) {
    if (token >= osc_token) {
        if (osc_) osc_->finish(sequence);
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

}  // namespace tribune::net
