// Everything that can be decided, who may decide it, and what it does to the show.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "show/actor.hpp"
#include "show/caption.hpp"
#include "show/countdown.hpp"
#include "show/media.hpp"
#include "show/recording.hpp"
#include "show/rundown.hpp"
#include "show/scene.hpp"
#include "show/sound.hpp"
#include "show/state.hpp"
#include "show/stinger.hpp"
#include "show/surface.hpp"
#include "show/switching.hpp"
#include "show/undo.hpp"
#include "voice/room.hpp"

namespace tribune {

// Brings in a show file; faces and sources that are gone fall back, the room's voices stay.
struct LoadShow {
    Setup setup;
    bool operator==(const LoadShow&) const = default;
};

// Places the wall on these faces (none named: all).
struct PlaceWall {
    WallPlacement placement = WallPlacement::over;
    std::vector<FaceName> faces;
    bool operator==(const PlaceWall&) const = default;
};

// The pictures as they are: what was done to them while nothing could be written is written down at last.
struct KeepStage {
    Stage stage;
    bool operator==(const KeepStage&) const = default;
};

using CommandVariant =
    std::variant<LoadShow, Cut, Follow, PlaceWall, SetQuestion, StartRound, StopRound, Submit, KeepStage, Preview, Take,
                 SetTransition, MoveTBar, FadeToBlack, SwapFaces, SetOverlay, SetScene, RemoveScene, SetLayer,
                 ArrangeScene, Undo, Redo, Cue, Play, Pause, SetClip, ClipOpened, ClipEnded, AddSource, RemoveSource,
                 SetChannel, SetMaster, RingBell, SetCue, MoveCue, RemoveCue, Go, Back, StandBy, HoldCues, SetMacro,
                 RemoveMacro, RunMacro, StopMacro, RecordMacro, StopRecording, Together, CarryOn, TimeCue, SetCaption,
                 RemoveCaption, ShowCaption, NextCaption, StartCountdown, HoldCountdown, ExtendCountdown, StopCountdown,
                 BindControl, UnbindControl, SetStinger, RemoveStinger, SetMultiview, PauseRound, ResumeRound,
                 ExtendRound, SetAgendaItem, RemoveAgendaItem, MoveAgendaItem, ShowNotice, PlanRotation, SeatRotation,
                 ChangeTables, UndoRotation, StartRecord, StopRecord, Revise, Retract, AnswerProposal, Approve,
                 HoldBack, Release, AskReview, ConfirmHold, ProposeWords, Gather, NameTheme, MergeThemes, RemoveTheme,
                 SetTension, OpenTension, RemoveTension, SetOutcome, SetTerm, RemoveTerm, UndoDeed, SetModeration,
                 SetSpotlight, Introduce, Like, Weigh, Vote, SetPoll, OpenPoll, ClosePoll, RemovePoll, SetAudience>;

template <class C, class... Kinds>
constexpr bool is_one_of(const std::variant<Kinds...>* /*unused*/) {
    return (std::is_same_v<C, Kinds> || ...);
}
template <class C>
inline constexpr bool is_command_kind = is_one_of<C>(static_cast<const CommandVariant*>(nullptr));

// One of them. Making, copying, moving and comparing stand in command.cpp: they are long for a variant of so many kinds,
// and most files would each compile all of them.
struct Command : CommandVariant {
    template <class C>
    requires is_command_kind<C> Command(C kind) : Command(of(std::move(kind))) {}
    Command();
    Command(const Command&);
    Command(Command&&) noexcept;
    Command& operator=(const Command&);
    Command& operator=(Command&&) noexcept;
    ~Command();
    bool operator==(const Command& other) const;

  private:
    template <class C>
    static Command of(C kind);
};

// Who sends it, of commands that tables and phones send; null: of all others. The server writes it, whatever they say.
Speaker* speaker_of(Command& command);
const Speaker* speaker_of(const Command& command);

struct AnyCommand {
    Command command;
    bool operator==(const AnyCommand&) const = default;
};
HeldCommand held(Command command);

// voice: acknowledged after its commit is on disk. switch: acts at once, rides the next group commit.
enum class Durability : std::uint32_t { voice = 1, picture };

// One row a command, in the variant's order. Deny by default: a role not listed may not (show/rights.hpp decides).
struct CommandKind {
    std::string_view name;  // in JSON and in the role table
    Durability durability;
    std::vector<Role> roles;
    std::string_view help;
    bool in_macros = true;  // a macro or cue may hold it
};
std::span<const CommandKind> command_kinds();
const CommandKind& kind_of(const Command& command);
bool may(Role role, const CommandKind& kind);
// Whether macros and cues may hold it: what people at desks do, beside running and editing the rundown itself.
bool can_be_held(const CommandKind& kind);

// A command as decided: what the journal holds and followers read.
struct Record {
    Stamp stamp;
    Actor actor;
    Command command;
};

// The next state, or why not; the given state is untouched. Pure: same inputs, same result. `by` has the right to do it;
// what a macro or cue holds is checked against their rights here.
// Errors beside voice/room.hpp's, show/media.hpp's and show/rundown.hpp's: unknown_scene, unknown_face, bad_show, bad_transition, bad_scene,
// scene_in_use, too_many_scenes, too_many_overlays, unknown_layout, unknown_layer, nothing_to_undo, nothing_to_redo,
// unknown_source, bad_channel, bad_binding, too_many_bindings, unknown_control, bad_stinger, unknown_stinger,
// stinger_in_use, bad_multiview, unknown_view, already_recording, not_recorded, too_many_recordings.
Result<ShowState> apply(const ShowState& state, const Command& command, const Stamp& stamp, const Actor& by = {});

}  // namespace tribune
