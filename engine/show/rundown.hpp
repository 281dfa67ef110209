// The rundown: cues in their order, each a list of commands that GO carries out; macros, such lists by name. And what
// of both is under way. All that is due at one moment is carried out by one record, so it changes on one frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/compositing.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "show/actor.hpp"

namespace tribune {

struct ShowState;
struct AnyCommand;  // show/command.hpp: a Command as a struct of its own

using CueNumber = Name<struct CueTag>;  // as it stands in the rundown: "1", "2.5", "A"
using MacroName = Name<struct MacroTag>;

// A command kept for later, as a value: copies share it, equal when what they hold is equal. Empty only when made so.
class HeldCommand {
  public:
    HeldCommand() = default;
    explicit HeldCommand(AnyCommand command);
    [[nodiscard]] const AnyCommand* get() const { return held_.get(); }
    bool operator==(const HeldCommand& other) const;

  private:
    std::shared_ptr<const AnyCommand> held_;
};

// Without a wait it happens together with the one before it.
struct Step {
    int wait_ms = 0;  // after the one before it
    HeldCommand command;
    bool operator==(const Step&) const = default;
};

// What makes a cue go.
enum class CueStart : std::uint32_t {
    hand = 1,  // GO
    after,     // the cue before it went, and a delay has passed
    ended,     // all that the cue before it began is over, and a delay has passed
    clock,     // a time of day
    show,      // a time since the rundown began
};
struct CueTrigger {
    CueStart kind = CueStart::hand;
    int delay_ms = 0;  // after, ended
    int at_s = 0;      // clock: seconds since midnight where the machine stands; show: since the first cue went
    bool operator==(const CueTrigger&) const = default;
};

struct RundownCue {
    CueNumber number;
    std::string label;
    std::string note;  // for those who run the show
    std::optional<Colour> colour;
    CueTrigger start;
    std::vector<Step> steps;
    bool operator==(const RundownCue&) const = default;
};

struct Macro {
    MacroName name;
    std::string label;  // what people read; the name when empty
    std::vector<Step> steps;
    bool operator==(const Macro&) const = default;
};

struct Rundown {
    std::vector<RundownCue> cues;  // in their order
    std::map<MacroName, Macro> macros;
    bool operator==(const Rundown&) const = default;

    [[nodiscard]] const RundownCue* cue(const CueNumber& number) const;
    [[nodiscard]] std::size_t index_of(const CueNumber& number) const;  // cues.size(): there is none
    [[nodiscard]] const Macro* macro(const MacroName& name) const;
};
inline constexpr std::size_t most_cues = 500;
inline constexpr std::size_t most_macros = 200;
inline constexpr std::size_t most_steps = 200;  // of one cue or macro
inline constexpr std::size_t most_steps_in_all = 4000;
inline constexpr int longest_wait_ms = 3'600'000;
inline constexpr std::size_t most_runs = 16;       // under way at once
inline constexpr std::size_t most_at_once = 1000;  // commands in one record
inline constexpr int most_macro_depth = 4;         // macros that run macros

// --- What is under way --------------------------------------------------------------------------------------

// A cue's or macro's steps that are not all done. A copy: edits do not touch what runs.
struct Run {
    CueNumber cue;    // the cue that began it, itself or through macros; empty: none
    MacroName macro;  // empty: the cue's own steps
    Actor by;         // who began it: their rights hold to its end
    std::vector<Step> steps;
    std::uint64_t next = 0;  // the step that comes
    ShowTime due;            // …and when
    int depth = 0;           // of macros that ran macros
    bool operator==(const Run&) const = default;
};

struct Recording {
    MacroName macro;
    std::string label;
    Actor by;
    bool timing = false;    // the waits are kept
    bool own_only = false;  // else all who have the same role, from whatever surface
    bool full = false;      // no more steps fit: the rest is not taken
    ShowTime last;          // of the last step taken
    std::vector<Step> steps;
    bool operator==(const Recording&) const = default;
};

// Why something did not go on by itself.
struct RunFault {
    CueNumber cue;
    MacroName macro;
    std::string code;
    std::string message;
    ShowTime at;
    bool operator==(const RunFault&) const = default;
};

struct RundownState {
    CueNumber current;                 // the cue that went last; empty: none yet
    ShowTime since;                    // when
    std::optional<ShowTime> begun;     // when the first cue went
    std::optional<CueNumber> standby;  // chosen as the next by hand
    ShowTime armed;                    // since when the next one waits: what was due before does not go by itself
    std::optional<ShowTime> clock;     // the next cue's time of day, as the program's clock has it
    bool hold = false;                 // nothing goes by itself
    Actor by;                          // who had the rundown in hand last: what goes by itself goes by their rights
    std::vector<Run> runs;             // in the order they were begun
    std::optional<Recording> recording;
    std::optional<RunFault> fault;  // the last one, until the next GO
    bool operator==(const RundownState&) const = default;
};

// --- Commands -----------------------------------------------------------------------------------------------

// Makes a cue, or changes the one of its number.
struct SetCue {
    RundownCue cue;
    CueNumber was;     // the number it had, when that changes
    CueNumber before;  // a new one stands before this; empty: at the end
    bool operator==(const SetCue&) const = default;
};
struct MoveCue {
    CueNumber cue;
    CueNumber before;  // empty: to the end
    bool operator==(const MoveCue&) const = default;
};
struct RemoveCue {
    CueNumber cue;
    bool operator==(const RemoveCue&) const = default;
};

// Carries out the next cue, or the one named, from which the rundown then goes on.
struct Go {
    CueNumber cue;
    bool operator==(const Go&) const = default;
};
// Carries out the cue before the current one again.
struct Back {
    bool operator==(const Back&) const = default;
};
// Makes a cue the next one; nothing on air changes. Empty: the one that follows in order.
struct StandBy {
    CueNumber cue;
    bool operator==(const StandBy&) const = default;
};
// Keeps cues from going by themselves, or lets them; what came due meanwhile waits for GO.
struct HoldCues {
    bool on = true;
    bool operator==(const HoldCues&) const = default;
};

struct SetMacro {
    Macro macro;
    MacroName was;  // the name it had, when that changes
    bool operator==(const SetMacro&) const = default;
};
struct RemoveMacro {
    MacroName macro;
    bool operator==(const RemoveMacro&) const = default;
};
// One that runs begins anew.
struct RunMacro {
    MacroName macro;
    bool operator==(const RunMacro&) const = default;
};
// None named: all that is under way, cues' steps too.
struct StopMacro {
    MacroName macro;
    bool operator==(const StopMacro&) const = default;
};
// From now on what the producers do (or the director, when it is theirs) becomes a macro; one of this name is replaced.
struct RecordMacro {
    MacroName macro;
    std::string label;
    bool timing = false;
    bool own_only = false;
    bool operator==(const RecordMacro&) const = default;
};
struct StopRecording {
    bool keep = true;
    bool operator==(const StopRecording&) const = default;
};

// Several at once: on the same frame, all or none.
struct Together {
    std::vector<HeldCommand> commands;
    bool operator==(const Together&) const = default;
};

// By the program itself: all that is due by now.
struct CarryOn {
    bool operator==(const CarryOn&) const = default;
};
// By the program itself: when the next cue's time of day comes, by its clock; none: not today.
struct TimeCue {
    CueNumber cue;
    std::optional<ShowTime> at;
    bool operator==(const TimeCue&) const = default;
};

// Errors: bad_cue, bad_macro, unknown_cue, unknown_macro, cue_taken, macro_taken, too_many_cues, too_many_macros,
// too_many_steps, too_many_runs, too_many_commands, not_together, macro_too_deep, no_next_cue, no_cue_before, recording_runs,
// not_recording, nothing_due, forbidden (a step that the actor may not do), and what a step's own command says.

// --- What follows from them ---------------------------------------------------------------------------------

// The cue that GO carries out; null: the rundown is at its end.
const RundownCue* next_cue(const ShowState& state);

// When the next cue goes by itself; none: by hand, held, or its moment has passed.
std::optional<ShowTime> next_cue_due(const ShowState& state);

// When something comes due: a step that waits, or the next cue.
std::optional<ShowTime> next_due(const ShowState& state);

// A cue that comes so late (the program was away) waits for a hand.
inline constexpr Nanoseconds latest_cue = std::chrono::seconds(10);

// Whether the next cue waits for a time of day that is to be told (TimeCue).
bool waits_for_clock(const ShowState& state);

// Errors bad_cue, bad_macro: what is wrong with its own values, whatever else the show has.
Status check_cue(const RundownCue& cue);
Status check_macro(const Macro& macro);

}  // namespace tribune
