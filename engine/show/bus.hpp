// Buses: what is on air, and how one picture becomes the next. Progress is never stored: it follows from the time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "show/scene.hpp"

namespace tribune {

// The transitions that need no shader.
inline constexpr std::string_view cut_transition = "cut";    // at once
inline constexpr std::string_view mix_transition = "mix";    // one picture through the other
inline constexpr std::string_view dip_transition = "dip";    // down to black and up again
inline constexpr std::string_view move_transition = "move";  // layers that both have glide, others fade
inline constexpr std::array plain_transitions{cut_transition, mix_transition, dip_transition, move_transition};

// A shader's parameter: 1 to 4 numbers.
struct TransitionValue {
    std::string name;
    std::vector<double> value;
    bool operator==(const TransitionValue&) const = default;
};

// How the next take goes.
struct Transition {
    std::string name{mix_transition};  // a plain one, or one of the setup's shaders
    Nanoseconds length{std::chrono::seconds(1)};
    std::vector<TransitionValue> values;  // those left out have the shader's default
    bool operator==(const Transition&) const = default;
};
inline constexpr Nanoseconds longest_transition = std::chrono::seconds(60);

// A transition under way, or long over.
struct Mix {
    SceneName from;
    Transition how;
    ShowTime start;
    std::optional<double> bar;  // the T-bar's position, 0…1; while somebody holds it, time has no say
    bool operator==(const Mix&) const = default;

    // 0: still `from`, 1: over.
    [[nodiscard]] double progress(ShowTime now) const;
};

struct Bus {
    SceneName scene;  // what it shows, or is on its way to
    std::optional<Mix> mix;
    bool operator==(const Bus&) const = default;

    // The transition, unless it is over.
    [[nodiscard]] const Mix* running(ShowTime now) const;
};

// After a take. In the middle of another it starts from where that one was going.
Bus next_bus(const Bus& now, const SceneName& scene, const Transition& how, ShowTime at);

// Something that comes and goes.
struct Fade {
    bool on = false;
    ShowTime start;
    Nanoseconds length{0};
    bool operator==(const Fade&) const = default;

    // 0: not there, 1: all there.
    [[nodiscard]] double level(ShowTime now) const;

    // On or off from `now` on; turned around on its way, it goes on from where it is.
    [[nodiscard]] Fade turned(bool to, Nanoseconds over, ShowTime now) const;
};

// Shown over a face's picture and its wall, whatever is taken beneath: lower third, logo, bell.
struct Overlay {
    SceneName scene;
    std::vector<FaceName> faces;  // none: all
    Fade shown;
    bool operator==(const Overlay&) const = default;
};

}  // namespace tribune
