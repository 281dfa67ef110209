// Which sources are seen: the red and green lamps on the cameras. Read off what the faces and preview are made of, so a
// multiview or a thumbnail lights nothing.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace tribune {

struct ShowState;

struct TallyLight {
    std::vector<FaceName> program;  // red: faces that show it, in the show's order
    bool preview = false;           // green: the next take brings it
    bool operator==(const TallyLight&) const = default;
};

// Every source of the setup, lit or not. A source counts from the first to the last frame of a transition that shows
// it, behind other layers as well; not in a hidden layer, at opacity 0, nor under a wall that fills the face.
std::map<SourceName, TallyLight> tally(const ShowState& state, ShowTime now);

// When lights change although nobody does anything: the next end of a transition, glide or overlay's fade.
std::optional<ShowTime> next_tally_change(const ShowState& state, ShowTime now);

}  // namespace tribune
