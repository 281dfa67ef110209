// The show as its file describes it: faces, sources, tables, the wall's look. Constant between two LoadShow.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "base/ids.hpp"
#include "base/source.hpp"
#include "show/caption.hpp"
#include "show/multiview.hpp"
#include "show/operators.hpp"
#include "show/recording.hpp"
#include "show/rundown.hpp"
#include "show/scene.hpp"
#include "show/surface.hpp"
#include "voice/consolidation.hpp"
#include "voice/rounds.hpp"

namespace tribune {

// Frames per second as a fraction: 30/1, 60000/1001.
struct FrameRate {
    int numerator = 30;
    int denominator = 1;
    bool operator==(const FrameRate&) const = default;
};

struct FaceSetup {
    FaceName name;
    Size size{1920, 1080};
    double screen_height_m = 4.0;   // of the lit picture
    double farthest_seat_m = 25.0;  // sets the smallest letter on this face
    bool operator==(const FaceSetup&) const = default;
};

// How much of a face an output shows.
enum class Feed : std::uint32_t {
    full = 1,
    clean,     // without what lies over all pictures: overlays and captions, and the fade to black
    pictures,  // without the wall, too
};

// Where a picture goes. `kind` is one of displays/'s output kinds.
struct OutputSetup {
    OutputName name;
    FaceName face;           // empty: program, for the feeds that are not full; or a view
    std::string kind;        // "window", "headless", "shared"
    std::string display;     // for a window: the display's name (connector or EDID name); "" = tiled
    Feed feed = Feed::full;  // of the face
    std::string view{};      // instead of a face: one of show/views.hpp
    Size size{};             // of a view; a face has its own
    bool operator==(const OutputSetup&) const = default;
};

// Where sound goes. `kind` is one of displays/'s sound kinds.
struct SoundOutputSetup {
    OutputName name;
    std::string bus = "master";  // or "monitor": what operators hear
    std::string kind;            // "none", "device", "shared"
    std::string device;          // its name; "" = the system's own choice
    bool operator==(const SoundOutputSetup&) const = default;
};

// Where the wall stands on a face.
enum class WallPlacement : std::uint32_t {
    off = 1,
    over,    // over the whole picture, on a veil
    beside,  // right half, video in the left half
    full,    // alone on its own ground
};

struct WallSetup {
    std::string palette = "night";  // assets/palettes/NAME.toml
    std::string font = "Inter";
    WallPlacement placement = WallPlacement::over;
    double page_seconds = 12;  // how long each page of a full wall is shown
    bool operator==(const WallSetup&) const = default;
};

// A transition shader, as it says of itself (plan/transition_shader.hpp reads it).
struct TransitionParameter {
    std::string name;
    std::string type;           // float, int, bool, vec2, vec3, vec4, ivec2
    std::vector<double> value;  // unless the take says otherwise
    bool operator==(const TransitionParameter&) const = default;
};
struct TransitionSetup {
    std::string name;
    std::vector<TransitionParameter> parameters;
    // The shader itself, so that a night is replayed, and a render machine draws, with the one that ran.
    std::string glsl{};
    bool operator==(const TransitionSetup&) const = default;
};
// A file that was left out when the show was loaded: the rest serves.
struct FileFault {
    std::string file;
    std::string code;
    std::string message;
    bool operator==(const FileFault&) const = default;
};

// A clip that is a transition: it plays over both pictures, and the cut beneath happens while it covers them. Its name
// in takes is the source's.
struct StingerSetup {
    SourceName source;
    int cut_ms = 500;  // from its in point
    bool operator==(const StingerSetup&) const = default;
};

// Participation, as the show begins with it.
struct VoiceSetup {
    Moderation moderation = Moderation::after;
    bool phones_contribute = false;
    std::vector<std::string> groups;  // that people with phones may say they belong to, such as employers
    bool operator==(const VoiceSetup&) const = default;
};

// Whether an address names a file of this machine.
bool names_file(const std::string& url);

// What pages, faces and questions speak.
inline constexpr std::array<std::string_view, 2> show_languages{"fr", "en"};

struct Setup {
    std::string title;
    std::string language = "fr";                     // one of show_languages
    std::vector<std::string> languages{"fr", "en"};  // that answers may come in
    FrameRate rate;
    int tables = 24;
    bool watermark = false;  // frame number and wall revision burned into each face, for tests
    std::vector<FaceSetup> faces;
    std::vector<SourceConfig> sources;
    std::vector<OutputSetup> outputs;
    std::vector<SoundOutputSetup> sound_outputs;
    WallSetup wall;
    std::vector<TransitionSetup> transitions;  // the shaders that this machine has; not from the show file
    SourceName opening_source;                 // on program when the show is first loaded
    std::string media;                         // the folder of clips and stills to choose from while the show runs
    std::string opening_question;
    std::vector<Scene> scenes;                       // made at the desk at home
    std::vector<RundownCue> cues;                    // likewise
    std::vector<Macro> macros;                       // likewise
    bool opening_round = false;                      // the first round is open from the start
    std::vector<CaptionTemplate> caption_templates;  // those that this machine has; not from the show file
    std::vector<Caption> captions;                   // ready from the start
    std::vector<Person> people;                      // who may be named
    std::vector<FileFault> faults;                   // of files that this machine has beside the show file
    std::vector<OperatorSetup> operators;
    std::vector<SurfaceSetup> surfaces;
    std::vector<Binding> bindings;       // of their controls, to begin with
    std::vector<StingerSetup> stingers;  // of the sources
    Multiview multiview;                 // as it is when the show is first loaded
    std::vector<Question> agenda;        // of the evening, when first loaded
    NoticeRules notices;
    RecordingSetup recording;
    // Where tablets and phones find the pages, without a / at its end: "http://192.0.2.10:8080". Empty: nobody knows.
    std::string address;
    VoiceSetup voice;

    // Copies and comparisons stand in state.cpp: they are long, and each file would compile them all.
    Setup();
    Setup(const Setup&);
    Setup(Setup&&) noexcept;
    Setup& operator=(const Setup&);
    Setup& operator=(Setup&&) noexcept;
    ~Setup();
    bool operator==(const Setup&) const;

    [[nodiscard]] const CaptionTemplate* caption_template(std::string_view name) const;
    [[nodiscard]] const FaceSetup* face(const FaceName& name) const;
    [[nodiscard]] const SourceConfig* source(const SourceName& name) const;
    [[nodiscard]] const TransitionSetup* transition(std::string_view name) const;
    [[nodiscard]] const OperatorSetup* operator_named(std::string_view name) const;
    [[nodiscard]] const StingerSetup* stinger(std::string_view transition) const;
};

}  // namespace tribune
