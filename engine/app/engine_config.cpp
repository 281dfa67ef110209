// What the engine tells each process when it comes: of the machine and the command line, nothing of which is in the journal.
#include <nlohmann/json.hpp>
#include <string>

#include "app/engine.hpp"
#include "app/own_address.hpp"
#include "show/codec.hpp"

namespace tribune {
namespace {

// What the net process is to speak with control surfaces beside obs-websocket.
nlohmann::json control_config(const RunOptions& options) {
    return {{"midi", options.midi},
            {"osc_port", options.osc_port ? nlohmann::json(*options.osc_port) : nlohmann::json(nullptr)},
            {"osc_from", options.osc_from},
            {"osc_to", options.osc_to},
            {"tally", options.tally}};
}

}  // namespace

// Empty: nobody knows it.
std::string Engine::phones_address() const {
    const std::string& told = authority_.state()->setup->address;
    const std::string base = told.empty() ? pages_address(options_.address, port_ != 0 ? port_ : options_.port) : told;
    const auto key = keys_.keys().find("audience");
    return base.empty() || key == keys_.keys().end() ? "" : voice_address(base, key->second);
}

nlohmann::json Engine::config_for(const Connection& to) const {
    if (to.process == "net") {
        return {{"keys", keys_.keys()},
                {"address", options_.address},
                {"port", port_ != 0 ? port_ : options_.port},
                {"obs_port", obs_port_ != 0 ? obs_port_ : options_.obs_port},
                {"control", control_config(options_)},
                {"data", folder_.root.string()}};
    }
    if (to.process == "render") return {{"phones", phones_address()}};
    if (to.process == "media") return {{"media", authority_.state()->setup->media}};
    if (to.process == "record") {
        const Setup& setup = *authority_.state()->setup;
        return {{"view", to.name.substr(to.name.find('/') + 1)},
                {"title", setup.title},
                {"frames", setup.rate.numerator},
                {"seconds", setup.rate.denominator},
                {"setup", encode(setup.recording)}};
    }
    if (to.process == "capture") {
        const SourceName name(to.name.substr(to.name.find('/') + 1));
        const SourceConfig* source = authority_.state()->setup->source(name);
        if (source != nullptr) return encode(*source);
    }
    return nlohmann::json::object();
}

}  // namespace tribune
