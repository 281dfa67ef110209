// What happened, told from how the show looked before and after. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "net/obs/wire.hpp"
#include "show/actual.hpp"
#include "show/state.hpp"

namespace tribune::net::obs {

struct Event {
    std::string type;
    std::uint32_t intent = 0;
    Json data;
};

// What events are told of, at one moment.
struct Look {
    std::vector<SceneName> scenes;
    std::map<SceneName, std::vector<Layer>> layers;  // of the scenes that can be edited
    SceneName program;
    SceneName preview;
    Transition transition;         // of the next take
    std::optional<Mix> running;    // on program
    std::set<std::string> active;  // inputs on any face
    std::set<std::string> previewed;
    std::map<SourceName, ClipState> clips;  // how each stands
    Json faces;                             // as the vendor request lists them, without progress
    std::shared_ptr<const ShowState> state;
};
// Sound and clips of inputs; a part of events_between.
void tell_inputs(const Look& before, const Look& after, std::vector<Event>& events);
// What is heard of each source now, many times a second.
Event meters(const SoundLevels& levels);

Look look(std::shared_ptr<const ShowState> state, ShowTime now);

// In the order in which a switcher does things: what there is, how it goes, then the take itself (started, program,
// preview, tally), and the end of a transition last. A take without a length starts and ends at once.
std::vector<Event> events_between(const Look& before, const Look& after);

// When the look changes by time alone: a transition's end. Null: not before another command.
std::optional<ShowTime> next_change(const ShowState& state, ShowTime now);

}  // namespace tribune::net::obs
