// What was edited, to be undone and brought back by whoever may do such edits: how a piece of the show was before and is after, one kind of piece a
// struct. Whatever edits names its piece (edits.cpp); all else follows from before and after.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/source.hpp"
#include "base/transport.hpp"
#include "show/bus.hpp"
#include "show/caption.hpp"
#include "show/multiview.hpp"
#include "show/rundown.hpp"
#include "show/scene.hpp"
#include "show/sound.hpp"
#include "show/surface.hpp"
#include "voice/rounds.hpp"

namespace tribune {

// Each piece has a key, the name people know it by, and a value; none: it is not there.
struct ScenePiece {
    static constexpr std::string_view kind = "scene";
    SceneName key;
    std::optional<Scene> value;
    bool operator==(const ScenePiece&) const = default;
};
struct ClipPiece {
    static constexpr std::string_view kind = "clip";
    SourceName key;
    std::optional<Transport> value;  // how it plays; where it stands is nobody's edit
    bool operator==(const ClipPiece&) const = default;
};
struct ChannelPiece {
    static constexpr std::string_view kind = "channel";
    SourceName key;
    std::optional<SoundChannel> value;
    bool operator==(const ChannelPiece&) const = default;
};
struct MasterPiece {
    static constexpr std::string_view kind = "master";
    SourceName key;  // empty: there is but one
    std::optional<SoundMaster> value;
    bool operator==(const MasterPiece&) const = default;
};
struct TransitionPiece {
    static constexpr std::string_view kind = "transition";
    SourceName key;  // empty: there is but one
    std::optional<Transition> value;
    bool operator==(const TransitionPiece&) const = default;
};
struct PlacedSource {
    std::uint64_t index = 0;
    SourceConfig config;
    std::optional<Transport> transport;
    bool operator==(const PlacedSource&) const = default;
};
struct SourcePiece {
    static constexpr std::string_view kind = "source";
    SourceName key;
    std::optional<PlacedSource> value;
    bool operator==(const SourcePiece&) const = default;
};
struct PlacedCue {
    std::uint64_t index = 0;
    RundownCue cue;
    bool operator==(const PlacedCue&) const = default;
};
struct CuePiece {
    static constexpr std::string_view kind = "cue";
    CueNumber key;
    std::optional<PlacedCue> value;
    bool operator==(const CuePiece&) const = default;
};
struct MacroPiece {
    static constexpr std::string_view kind = "macro";
    MacroName key;
    std::optional<Macro> value;
    bool operator==(const MacroPiece&) const = default;
};
struct PlacedCaption {
    std::uint64_t index = 0;
    Caption caption;
    bool operator==(const PlacedCaption&) const = default;
};
struct CaptionPiece {
    static constexpr std::string_view kind = "caption";
    CaptionName key;
    std::optional<PlacedCaption> value;
    bool operator==(const CaptionPiece&) const = default;
};
struct ControlPiece {
    static constexpr std::string_view kind = "control";
    ControlName key;
    std::optional<Binding> value;
    bool operator==(const ControlPiece&) const = default;
};
struct StingerPiece {
    static constexpr std::string_view kind = "stinger";
    SourceName key;
    std::optional<int> value;  // when it cuts, milliseconds
    bool operator==(const StingerPiece&) const = default;
};
struct MultiviewPiece {
    static constexpr std::string_view kind = "multiview";
    SourceName key;  // empty: there is but one
    std::optional<Multiview> value;
    bool operator==(const MultiviewPiece&) const = default;
};
struct AgendaKey {
    std::uint32_t item = 0;
    std::string text;  // the question's, for people
    bool operator==(const AgendaKey&) const = default;
};
struct PlacedQuestion {
    std::uint64_t index = 0;
    Question question;
    bool operator==(const PlacedQuestion&) const = default;
};
struct AgendaPiece {
    static constexpr std::string_view kind = "question";
    AgendaKey key;
    std::optional<PlacedQuestion> value;
    bool operator==(const AgendaPiece&) const = default;
};
using Piece = std::variant<ScenePiece, ClipPiece, ChannelPiece, MasterPiece, TransitionPiece, SourcePiece, CuePiece,
                           MacroPiece, CaptionPiece, ControlPiece, StingerPiece, MultiviewPiece, AgendaPiece>;

// One step that can be undone.
struct Edit {
    std::string command;  // the name of its kind
    std::string part;     // what of the piece, such as a layer: edits of one part that follow closely are one step
    std::string by;
    ShowTime at;
    Piece before;
    Piece after;
    bool operator==(const Edit&) const = default;
};

struct EditHistory {
    std::vector<Edit> done;    // the newest last
    std::vector<Edit> undone;  // what redo brings back, the next last
    bool operator==(const EditHistory&) const = default;
};
inline constexpr std::size_t most_undo_steps = 100;
inline constexpr Nanoseconds one_move = std::chrono::milliseconds(500);  // edits of a part so close are one step

}  // namespace tribune
