// The pictures for those who watch the show being made, beside faces and sources.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "show/state.hpp"

namespace tribune {

inline constexpr std::string_view program_view = "program";      // the bus alone, in the middle of its take or not
inline constexpr std::string_view preview_view = "preview";      // what the next take brings
inline constexpr std::string_view multiview_view = "multiview";  // both, and every source and scene
inline constexpr std::string_view scene_view_prefix = "scene/";  // and a scene's or source's name

inline std::optional<SceneName> scene_of_view(std::string_view view) {
    if (!view.starts_with(scene_view_prefix)) return std::nullopt;
    return SceneName(std::string(view.substr(scene_view_prefix.size())));
}

inline bool is_view(const ShowState& state, std::string_view view) {
    const auto scene = scene_of_view(view);
    return view == program_view || view == preview_view || view == multiview_view || (scene && state.has_scene(*scene));
}

}  // namespace tribune
