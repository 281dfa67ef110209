#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "show/apply.hpp"
#include "show/edits.hpp"

namespace tribune {
namespace {

constexpr std::size_t longest_name = 32;
constexpr std::size_t longest_label = 200;
constexpr std::size_t longest_note = 2000;
constexpr int seconds_a_day = 24 * 3600;

bool within(int value, int low, int high) { return value >= low && value <= high; }

// A number or name that every surface can say: no spaces, no slashes.
bool is_plain(const std::string& name) {
    return !name.empty() && name.size() <= longest_name &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
               std::string::npos;
}

Status check_steps(const std::vector<Step>& steps, std::string_view code, const std::string& whose) {
    const auto bad = [&](const std::string& what) { return Error{std::string(code), whose + ": " + what}; };
    if (steps.size() > most_steps)
        return Error{"too_many_steps", fmt::format("{}: at most {} steps: make a macro of some.", whose, most_steps)};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!within(steps[i].wait_ms, 0, longest_wait_ms))
            return bad(fmt::format("step {} may wait 0 to {} ms.", i + 1, longest_wait_ms));
        const AnyCommand* command = steps[i].command.get();
        if (command == nullptr) return bad(fmt::format("step {} says nothing to do.", i + 1));
        if (!can_be_held(kind_of(command->command)))
            return bad(
                fmt::format("step {} is \"{}\", which no cue or macro may do.", i + 1, kind_of(command->command).name));
    }
    return {};
}

Status check_room(const Rundown& rundown) {
    if (rundown.cues.size() > most_cues)
        return Error{"too_many_cues", fmt::format("A rundown has at most {} cues: remove one.", most_cues)};
    if (rundown.macros.size() > most_macros)
        return Error{"too_many_macros", fmt::format("A show has at most {} macros: remove one.", most_macros)};
    std::size_t steps = 0;
    for (const auto& cue : rundown.cues) steps += cue.steps.size();
    for (const auto& [_, macro] : rundown.macros) steps += macro.steps.size();
    if (steps <= most_steps_in_all) return {};
    return Error{"too_many_steps", fmt::format("A show has at most {} steps in all its cues and macros: remove some.",
                                               most_steps_in_all)};
}

Error unknown(const CueNumber& number) { return {"unknown_cue", fmt::format("There is no cue \"{}\".", number.text)}; }
Error unknown(const MacroName& name) { return {"unknown_macro", fmt::format("There is no macro \"{}\".", name.text)}; }

// Whether running one comes to run another, or itself.
bool runs(const Rundown& rundown, const MacroName& name, const MacroName& other, std::set<MacroName>& seen) {
    const Macro* macro = rundown.macro(name);
    if (macro == nullptr || !seen.insert(name).second) return false;
    return std::any_of(macro->steps.begin(), macro->steps.end(), [&](const Step& step) {
        const auto* run = std::get_if<RunMacro>(&step.command.get()->command);
        return run != nullptr && (run->macro == other || runs(rundown, run->macro, other, seen));
    });
}

// Where a cue comes to stand when it is put before this one.
Result<std::size_t> place_before(const Rundown& rundown, const CueNumber& before) {
    if (before.empty()) return rundown.cues.size();
    const std::size_t index = rundown.index_of(before);
    if (index == rundown.cues.size()) return unknown(before);
    return index;
}

Status put_macro(ShowState& state, const MacroName& was, Macro macro) {
    TRIBUNE_CHECK(check_macro(macro));
    auto rundown = std::make_shared<Rundown>(*state.rundown);
    if (!was.empty()) rundown->macros.erase(was);
    const MacroName name = macro.name;
    rundown->macros[name] = std::move(macro);
    TRIBUNE_CHECK(check_room(*rundown));
    std::set<MacroName> seen;
    if (runs(*rundown, name, name, seen))
        return Error{"bad_macro", fmt::format("The macro \"{}\" would run itself without end.", name.text)};
    state.rundown = std::move(rundown);
    return {};
}

// Moves of one fader, layer or lever: the last says it all.
bool says_again(const Command& before, const Command& now) {
    const auto* bar = std::get_if<MoveTBar>(&before);
    const bool half_way = bar != nullptr && bar->position > 0 && bar->position < 1;
    return (half_way && std::holds_alternative<MoveTBar>(now)) || edits_same_part(before, now);
}

}  // namespace

const RundownCue* Rundown::cue(const CueNumber& number) const {
    const std::size_t index = index_of(number);
    return index == cues.size() ? nullptr : &cues[index];
}

std::size_t Rundown::index_of(const CueNumber& number) const {
    const auto at = std::find_if(cues.begin(), cues.end(), [&](const RundownCue& c) { return c.number == number; });
    return static_cast<std::size_t>(at - cues.begin());
}

const Macro* Rundown::macro(const MacroName& name) const {
    const auto at = macros.find(name);
    return at == macros.end() ? nullptr : &at->second;
}

Status check_cue(const RundownCue& cue) {
    const auto bad = [&](const std::string& what) {
        return Error{"bad_cue", fmt::format("Cue \"{}\": {}", cue.number.text, what)};
    };
    if (!is_plain(cue.number.text))
        return bad(fmt::format("its number has 1 to {} letters, digits, points, - or _.", longest_name));
    if (cue.label.size() > longest_label) return bad("its title is too long.");
    if (cue.note.size() > longest_note) return bad(fmt::format("its note has at most {} bytes.", longest_note));
    if (!within(cue.start.delay_ms, 0, longest_wait_ms))
        return bad(fmt::format("it may follow after 0 to {} ms.", longest_wait_ms));
    if (!within(cue.start.at_s, 0, cue.start.kind == CueStart::clock ? seconds_a_day - 1 : 7 * seconds_a_day))
        return bad("its time must lie within the day.");
    return check_steps(cue.steps, "bad_cue", fmt::format("Cue \"{}\"", cue.number.text));
}

Status check_macro(const Macro& macro) {
    const std::string whose = fmt::format("Macro \"{}\"", macro.name.text);
    if (!is_plain(macro.name.text))
        return Error{"bad_macro",
                     fmt::format("{}: its name has 1 to {} letters, digits, points, - or _.", whose, longest_name)};
    if (macro.label.size() > longest_label) return Error{"bad_macro", whose + ": its title is too long."};
    return check_steps(macro.steps, "bad_macro", whose);
}

void put_cue(ShowState& state, const CueNumber& is, const std::optional<PlacedCue>& becomes) {
    auto rundown = std::make_shared<Rundown>(*state.rundown);
    auto& cues = rundown->cues;
    RundownState& stands = state.stage.rundown;
    const std::size_t was = rundown->index_of(is);
    if (was < cues.size()) {
        // Its place in the evening stays: under its new number, or with the cue that came after it.
        const CueNumber follows = was + 1 < cues.size() ? cues[was + 1].number : CueNumber{};
        if (becomes) {
            if (stands.current == is) stands.current = becomes->cue.number;
            if (stands.standby == is) stands.standby = becomes->cue.number;
        } else {
            if (stands.current == is && !stands.standby) stands.standby = follows;
            if (stands.standby == is) stands.standby = follows;
            if (stands.current == is) stands.current = {};
        }
        cues.erase(cues.begin() + static_cast<std::ptrdiff_t>(was));
    }
    if (becomes) {
        const auto index = std::min<std::uint64_t>(becomes->index, cues.size());
        cues.insert(cues.begin() + static_cast<std::ptrdiff_t>(index), becomes->cue);
    }
    stands.clock.reset();
    state.rundown = std::move(rundown);
}

Status apply_to(ShowState& state, const SetCue& c, const Stamp&) {
    TRIBUNE_CHECK(check_cue(c.cue));
    const Rundown& rundown = *state.rundown;
    const CueNumber was = c.was.empty() ? c.cue.number : c.was;
    const std::size_t stands = rundown.index_of(was);
    if (!c.was.empty() && stands == rundown.cues.size()) return unknown(c.was);
    if (was != c.cue.number && rundown.cue(c.cue.number) != nullptr)
        return Error{"cue_taken",
                     fmt::format("There is a cue \"{}\" already: give another number.", c.cue.number.text)};
    std::size_t index = stands;
    if (stands == rundown.cues.size()) {
        TRIBUNE_TRY(index, place_before(rundown, c.before));
    }
    put_cue(state, was, PlacedCue{index, c.cue});
    return check_room(*state.rundown);
}

Status apply_to(ShowState& state, const MoveCue& c, const Stamp&) {
    const RundownCue* cue = state.rundown->cue(c.cue);
    if (cue == nullptr) return unknown(c.cue);
    if (c.before == c.cue) return {};
    TRIBUNE_TRY(std::size_t index, place_before(*state.rundown, c.before));
    if (state.rundown->index_of(c.cue) < index) --index;
    put_cue(state, c.cue, PlacedCue{index, RundownCue(*cue)});
    return {};
}

Status apply_to(ShowState& state, const RemoveCue& c, const Stamp&) {
    if (state.rundown->cue(c.cue) == nullptr) return unknown(c.cue);
    put_cue(state, c.cue, std::nullopt);
    return {};
}

Status apply_to(ShowState& state, const SetMacro& c, const Stamp&) {
    if (!c.was.empty()) {
        if (state.rundown->macro(c.was) == nullptr) return unknown(c.was);
        if (c.was != c.macro.name && state.rundown->macro(c.macro.name) != nullptr)
            return Error{"macro_taken",
                         fmt::format("There is a macro \"{}\" already: give another name.", c.macro.name.text)};
    }
    return put_macro(state, c.was, c.macro);
}

Status apply_to(ShowState& state, const RemoveMacro& c, const Stamp&) {
    if (state.rundown->macro(c.macro) == nullptr) return unknown(c.macro);
    auto rundown = std::make_shared<Rundown>(*state.rundown);
    rundown->macros.erase(c.macro);
    state.rundown = std::move(rundown);
    return {};
}

// --- Recording ----------------------------------------------------------------------------------------------

Status apply_to(ShowState& state, const RecordMacro& c, const Stamp& stamp, const Doing& doing) {
    auto& recording = state.stage.rundown.recording;
    if (recording)
        return Error{"recording_runs", fmt::format("The macro \"{}\" is being recorded by {}: end that first.",
                                                   recording->macro.text, recording->by.name)};
    TRIBUNE_CHECK(check_macro({c.macro, c.label, {}}));
    if (state.rundown->macro(c.macro) == nullptr && state.rundown->macros.size() >= most_macros)
        return Error{"too_many_macros", fmt::format("A show has at most {} macros: remove one.", most_macros)};
    recording = Recording{c.macro, c.label, doing.by, c.timing, c.own_only, false, stamp.at, {}};
    return {};
}

Status apply_to(ShowState& state, const StopRecording& c, const Stamp&) {
    auto& recording = state.stage.rundown.recording;
    if (!recording) return Error{"not_recording", "No macro is being recorded."};
    Macro macro{recording->macro, recording->label, std::move(recording->steps)};
    recording.reset();
    return c.keep ? put_macro(state, {}, std::move(macro)) : Status{};
}

void record_step(ShowState& state, const Command& command, const Stamp& stamp, const Actor& by) {
    auto& recording = state.stage.rundown.recording;
    if (!recording || recording->full || !can_be_held(kind_of(command))) return;
    if (recording->own_only ? by.name != recording->by.name : by.role != recording->by.role) return;
    // It would run itself.
    if (const auto* run = std::get_if<RunMacro>(&command); run != nullptr && run->macro == recording->macro) return;
    auto& steps = recording->steps;
    Step step{0, held(command)};
    if (!recording->timing && !steps.empty() && says_again(steps.back().command.get()->command, command)) {
        steps.back() = std::move(step);
        return;
    }
    if (steps.size() >= most_steps) {
        recording->full = true;
        return;
    }
    if (recording->timing && !steps.empty()) {
        const auto since = std::chrono::round<std::chrono::milliseconds>(stamp.at - recording->last).count();
        step.wait_ms = static_cast<int>(std::clamp<std::int64_t>(since, 0, longest_wait_ms));
    }
    recording->last = stamp.at;
    steps.push_back(std::move(step));
}

}  // namespace tribune
