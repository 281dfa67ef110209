#include <fmt/format.h>

#include <algorithm>

#include "show/apply.hpp"
#include "show/rights.hpp"

namespace tribune {
namespace {

std::string name_of(const Run& run) {
    if (!run.macro.empty()) return fmt::format("Macro \"{}\"", run.macro.text);
    return fmt::format("Cue \"{}\"", run.cue.text);
}

// Carries out the steps of a run that are due by now, and keeps the rest for later.
Status advance(ShowState& state, Run run, const Stamp& stamp, std::size_t& commands) {
    while (run.next < run.steps.size() && run.due <= stamp.at) {
        if (++commands > most_at_once)
            return Error{"too_many_commands",
                         fmt::format("{} would do more than {} commands at once.", name_of(run), most_at_once)};
        const Command& command = run.steps[run.next].command.get()->command;
        const auto done = [&]() -> Status {
            TRIBUNE_CHECK(check_rights(*state.setup, run.by, command));
            return do_one(state, command, stamp, {run.by, commands, run.cue, run.depth});
        }();
        if (!done)
            return Error{done.error().code,
                         fmt::format("{}, step {}: {}", name_of(run), run.next + 1, done.error().message)};
        if (++run.next < run.steps.size()) run.due = run.due + std::chrono::milliseconds(run.steps[run.next].wait_ms);
    }
    if (run.next == run.steps.size()) return {};
    auto& runs = state.stage.rundown.runs;
    if (runs.size() >= most_runs)
        return Error{"too_many_runs", fmt::format("{} cues and macros are under way: stop one.", most_runs)};
    runs.push_back(std::move(run));
    return {};
}

Status begin(ShowState& state, Run run, const Stamp& stamp, std::size_t& commands) {
    std::erase_if(state.stage.rundown.runs,
                  [&](const Run& r) { return r.macro == run.macro && (!run.macro.empty() || r.cue == run.cue); });
    if (run.steps.empty()) return {};
    run.due = stamp.at + std::chrono::milliseconds(run.steps.front().wait_ms);
    return advance(state, std::move(run), stamp, commands);
}

// From now on another cue is the next, or waits anew.
void rearm(RundownState& rundown, ShowTime at) {
    rundown.armed = at;
    rundown.clock.reset();
}

Status go(ShowState& state, const RundownCue& cue, const Stamp& stamp, const Actor& by, std::size_t& commands) {
    RundownState& rundown = state.stage.rundown;
    const RundownCue copy = cue;
    rundown.current = copy.number;
    rundown.since = stamp.at;
    rundown.standby.reset();
    rundown.fault.reset();
    rundown.by = by;
    if (state.rundown->cues.front().number == copy.number || !rundown.begun) rundown.begun = stamp.at;
    rearm(rundown, stamp.at);
    Run run;
    run.cue = copy.number;
    run.by = by;
    run.steps = copy.steps;
    return begin(state, std::move(run), stamp, commands);
}

Result<const RundownCue*> known(const ShowState& state, const CueNumber& number) {
    if (const RundownCue* cue = state.rundown->cue(number)) return cue;
    return Error{"unknown_cue", fmt::format("There is no cue \"{}\".", number.text)};
}

// When all that was begun since then is over; none: that cannot be told, or not yet.
std::optional<ShowTime> over(const ShowState& state, const CueNumber& cue, ShowTime since) {
    const Stage& stage = state.stage;
    if (std::any_of(stage.rundown.runs.begin(), stage.rundown.runs.end(), [&](const Run& r) { return r.cue == cue; }))
        return std::nullopt;
    ShowTime end = since;
    bool by_hand = false;
    const auto mixes = [&](const Bus& bus) {
        if (!bus.mix) return;
        by_hand = by_hand || bus.mix->bar.has_value();
        end = std::max(end, bus.mix->start + bus.mix->how.length);
    };
    mixes(stage.program);
    for (const auto& [_, face] : stage.faces) {
        if (face.own) mixes(*face.own);
    }
    end = std::max(end, stage.black.start + stage.black.length);
    for (const auto& overlay : stage.overlays) end = std::max(end, overlay.shown.start + overlay.shown.length);
    for (const auto& [_, clip] : stage.media) {
        if (clip.since < since) continue;
        if (const auto ends = clip_ends(clip)) end = std::max(end, *ends);
        const auto last = clip_end(clip);
        by_hand = by_hand || (clip.motion == ClipMotion::paused && last && clip.position < *last);
    }
    if (by_hand) return std::nullopt;
    return end;
}

// Runs and the next cue, whatever comes first; a run before a cue of the same moment.
struct Due {
    ShowTime at;
    std::optional<std::size_t> run;  // none: the next cue
};
std::optional<Due> first_due(const ShowState& state) {
    std::optional<Due> first;
    const auto& runs = state.stage.rundown.runs;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!first || runs[i].due < first->at) first = Due{runs[i].due, i};
    }
    const auto cue = next_cue_due(state);
    if (cue && (!first || *cue < first->at)) first = Due{*cue, std::nullopt};
    return first;
}

}  // namespace

const RundownCue* next_cue(const ShowState& state) {
    const auto& cues = state.rundown->cues;
    const RundownState& stands = state.stage.rundown;
    if (stands.standby) {
        if (stands.standby->empty()) return nullptr;
        if (const RundownCue* chosen = state.rundown->cue(*stands.standby)) return chosen;
    }
    const std::size_t current = state.rundown->index_of(stands.current);
    const std::size_t next = current == cues.size() ? 0 : current + 1;
    return next < cues.size() ? &cues[next] : nullptr;
}

std::optional<ShowTime> next_cue_due(const ShowState& state) {
    const RundownState& stands = state.stage.rundown;
    const RundownCue* next = next_cue(state);
    if (next == nullptr || stands.hold || stands.by.name.empty()) return std::nullopt;
    const Nanoseconds delay = std::chrono::milliseconds(next->start.delay_ms);
    const bool follows = !stands.standby && !stands.current.empty();
    std::optional<ShowTime> due;
    switch (next->start.kind) {
        case CueStart::hand: break;
        case CueStart::after:
            if (follows) due = stands.since + delay;
            break;
        case CueStart::ended:
            if (const auto end = follows ? over(state, stands.current, stands.since) : std::nullopt) due = *end + delay;
            break;
        case CueStart::clock: due = stands.clock; break;
        case CueStart::show:
            if (stands.begun) due = *stands.begun + std::chrono::seconds(next->start.at_s);
            break;
    }
    return due && *due >= stands.armed ? due : std::nullopt;
}

std::optional<ShowTime> next_due(const ShowState& state) {
    const auto first = first_due(state);
    return first ? std::optional(first->at) : std::nullopt;
}

bool waits_for_clock(const ShowState& state) {
    const RundownState& stands = state.stage.rundown;
    const RundownCue* next = next_cue(state);
    return next != nullptr && next->start.kind == CueStart::clock && !stands.hold && !stands.by.name.empty();
}

Status apply_to(ShowState& state, const Go& c, const Stamp& stamp, const Doing& doing) {
    const RundownCue* cue = next_cue(state);
    if (!c.cue.empty()) {
        TRIBUNE_TRY(cue, known(state, c.cue));
    }
    if (cue == nullptr) return Error{"no_next_cue", "The rundown is at its end: choose a cue, or add one."};
    return go(state, *cue, stamp, doing.by, doing.commands);
}

Status apply_to(ShowState& state, const Back&, const Stamp& stamp, const Doing& doing) {
    const std::size_t current = state.rundown->index_of(state.stage.rundown.current);
    if (current == 0 || current == state.rundown->cues.size())
        return Error{"no_cue_before", "There is no cue before this one."};
    return go(state, state.rundown->cues[current - 1], stamp, doing.by, doing.commands);
}

Status apply_to(ShowState& state, const StandBy& c, const Stamp& stamp, const Doing& doing) {
    RundownState& stands = state.stage.rundown;
    stands.standby.reset();
    if (!c.cue.empty()) {
        TRIBUNE_TRY(const RundownCue* cue, known(state, c.cue));
        const RundownCue* follows = next_cue(state);
        if (follows == nullptr || follows->number != cue->number) stands.standby = cue->number;
    }
    stands.by = doing.by;
    rearm(stands, stamp.at);
    return {};
}

Status apply_to(ShowState& state, const HoldCues& c, const Stamp& stamp, const Doing& doing) {
    RundownState& stands = state.stage.rundown;
    stands.hold = c.on;
    stands.by = doing.by;
    if (!c.on) {
        stands.fault.reset();
        rearm(stands, stamp.at);
    }
    return {};
}

Status apply_to(ShowState& state, const RunMacro& c, const Stamp& stamp, const Doing& doing) {
    const Macro* macro = state.rundown->macro(c.macro);
    if (macro == nullptr) return Error{"unknown_macro", fmt::format("There is no macro \"{}\".", c.macro.text)};
    if (doing.depth >= most_macro_depth)
        return Error{"macro_too_deep", fmt::format("Macros may run macros {} deep at most.", most_macro_depth)};
    return begin(state, Run{doing.cue, c.macro, doing.by, macro->steps, 0, {}, doing.depth + 1}, stamp, doing.commands);
}

Status apply_to(ShowState& state, const StopMacro& c, const Stamp&) {
    if (!c.macro.empty() && state.rundown->macro(c.macro) == nullptr)
        return Error{"unknown_macro", fmt::format("There is no macro \"{}\".", c.macro.text)};
    std::erase_if(state.stage.rundown.runs, [&](const Run& r) { return c.macro.empty() || r.macro == c.macro; });
    return {};
}

Status apply_to(ShowState& state, const Together& c, const Stamp& stamp, const Doing& doing) {
    TRIBUNE_CHECK(check_rights(*state.setup, doing.by, c));
    for (std::size_t i = 0; i < c.commands.size(); ++i) {
        const Command& command = c.commands[i].get()->command;
        const auto done = [&]() -> Status {
            if (++doing.commands > most_at_once)
                return Error{"too_many_commands", fmt::format("No more than {} commands go together.", most_at_once)};
            return do_by_hand(ShowState(state), state, command, stamp, doing);
        }();
        if (!done) return Error{done.error().code, fmt::format("Command {}: {}", i + 1, done.error().message)};
    }
    return {};
}

Status apply_to(ShowState& state, const CarryOn&, const Stamp& stamp) {
    std::size_t commands = 0;
    bool any = false;
    for (auto due = first_due(state); due && due->at <= stamp.at; due = first_due(state)) {
        any = true;
        const ShowState before = state;
        auto& runs = state.stage.rundown.runs;
        RunFault fault;
        Status done;
        if (due->run) {
            const auto at = runs.begin() + static_cast<std::ptrdiff_t>(*due->run);
            Run run = *at;
            runs.erase(at);
            fault.cue = run.cue;
            fault.macro = run.macro;
            done = advance(state, std::move(run), stamp, commands);
        } else {
            const RundownCue& cue = *next_cue(state);
            fault.cue = cue.number;
            if (stamp.at - due->at > latest_cue) {
                done = Error{"cue_missed",
                             fmt::format("Cue \"{}\" came due while the program was away: press GO.", cue.number.text)};
            } else {
                done = go(state, cue, stamp, Actor(state.stage.rundown.by), commands);
            }
        }
        if (done) continue;
        // What failed is not done at all, is told, and does not come due again.
        fault.code = done.error().code;
        fault.message = done.error().message;
        fault.at = stamp.at;
        state = before;
        RundownState& stands = state.stage.rundown;
        if (due->run) {
            stands.runs.erase(stands.runs.begin() + static_cast<std::ptrdiff_t>(*due->run));
        } else {
            stands.hold = true;
        }
        stands.fault = std::move(fault);
    }
    if (any) return {};
    return Error{"nothing_due", "Nothing is due yet."};
}

Status apply_to(ShowState& state, const TimeCue& c, const Stamp&) {
    const RundownCue* next = next_cue(state);
    if (next == nullptr || next->number != c.cue || !waits_for_clock(state))
        return Error{"unknown_cue", fmt::format("The cue \"{}\" does not wait for a time of day.", c.cue.text)};
    state.stage.rundown.clock = c.at;
    return {};
}

}  // namespace tribune
