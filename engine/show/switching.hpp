// The commands of a switcher: what is on air, and how it changes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "show/bus.hpp"

namespace tribune {

// Shows a scene or source at once: on program (no faces named), or on each face named, all on the same frame.
struct Cut {
    SceneName scene;
    std::vector<FaceName> faces;
    bool operator==(const Cut&) const = default;
};

// Makes a scene or source the next one to be taken.
struct Preview {
    SceneName scene;
    bool operator==(const Preview&) const = default;
};

// Preview becomes program by a transition, and program preview; with faces named, it becomes their own picture on the
// same frame and preview stays. What is left out is taken from the stage's transition.
struct Take {
    std::vector<FaceName> faces;
    std::optional<std::string> transition;
    std::optional<int> length_ms;
    bool operator==(const Take&) const = default;
};

struct SetTransition {
    std::string transition = "mix";
    int length_ms = 1000;
    std::vector<TransitionValue> values;
    bool operator==(const SetTransition&) const = default;
};

// The T-bar by hand: 0 program, 1 preview (the take is done), between them the transition stands there.
struct MoveTBar {
    double position = 0;
    bool operator==(const MoveTBar&) const = default;
};

// All faces to black, or back.
struct FadeToBlack {
    bool down = true;
    int length_ms = 1000;
    bool operator==(const FadeToBlack&) const = default;
};

// Brings a scene over the faces named (none: all), or takes it off; it stays through all takes. Without a length it takes
// 0.3 s, a caption as long as its template says.
struct SetOverlay {
    SceneName scene;
    bool on = true;
    std::optional<int> length_ms;
    std::vector<FaceName> faces;
    bool operator==(const SetOverlay&) const = default;
};
inline constexpr std::size_t most_overlays = 16;

// These faces follow program again (none named: all).
struct Follow {
    std::vector<FaceName> faces;
    bool operator==(const Follow&) const = default;
};

// Two faces show each other's picture; one that followed program holds its own from now on.
struct SwapFaces {
    FaceName one;
    FaceName other;
    bool operator==(const SwapFaces&) const = default;
};

}  // namespace tribune
