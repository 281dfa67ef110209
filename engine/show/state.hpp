// The whole show at one point of the journal. A value: copies share what they have in common, so taking one
// a frame or a message costs little.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>

#include "base/ids.hpp"
#include "base/transport.hpp"
#include "show/bus.hpp"
#include "show/caption.hpp"
#include "show/countdown.hpp"
#include "show/rundown.hpp"
#include "show/setup.hpp"
#include "show/sound.hpp"
#include "show/surface.hpp"
#include "voice/room.hpp"

namespace tribune {

struct EditHistory;  // show/edits.hpp

// One face: follows program, or has a bus of its own.
struct FaceState {
    std::optional<Bus> own;
    WallPlacement wall = WallPlacement::over;
    bool operator==(const FaceState&) const = default;
};

struct Stage {
    Bus program;
    SceneName preview;                      // what the next take brings
    Transition transition;                  // how, unless the take says otherwise
    Fade black;                             // over all faces, whatever they show
    std::vector<Overlay> overlays;          // back to front, each scene once
    std::map<FaceName, FaceState> faces;    // exactly the setup's faces
    std::map<SourceName, Transport> media;  // exactly the setup's files, stills too
    SoundDesk sound;
    RundownState rundown;
    Countdown countdown;
    Multiview multiview;
    std::vector<ViewRecording> recordings;  // in the order they were started

    Stage();
    Stage(const Stage&);
    Stage(Stage&&) noexcept;
    Stage& operator=(const Stage&);
    Stage& operator=(Stage&&) noexcept;
    ~Stage();
    bool operator==(const Stage&) const;

    // The bus that this face shows.
    [[nodiscard]] const Bus& bus(const FaceName& face) const;
};

struct ShowState {
    std::uint64_t revision = 0;  // the journal sequence of the last command applied
    ShowTime at;                 // its time
    // Never null; empty at first.
    std::shared_ptr<const Setup> setup;
    std::shared_ptr<const SceneBook> scenes;
    std::shared_ptr<const CaptionBook> captions;
    std::shared_ptr<const Rundown> rundown;
    std::shared_ptr<const EditHistory> edits;
    std::shared_ptr<const SurfaceBook> surfaces;
    Stage stage;
    Room room;

    ShowState();
    ShowState(const ShowState&);
    ShowState(ShowState&&) noexcept;
    ShowState& operator=(const ShowState&);
    ShowState& operator=(ShowState&&) noexcept;
    ~ShowState();

    // A scene, or a source or caption under its own name, that a bus can show.
    [[nodiscard]] bool has_scene(const SceneName& name) const;
    // Its layers as they stand at this time: none where there is no such scene.
    [[nodiscard]] std::vector<Layer> layers_of(const SceneName& name, ShowTime now) const;
};

}  // namespace tribune
