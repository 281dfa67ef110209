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
inline constexpr std::string_view clean_view = "clean";          // program and wall, as on the first face
inline constexpr std::string_view scene_view_prefix = "scene/";  // and a scene's or source's name

// A face: all that it shows, without what lies over its pictures, or its pictures alone.
inline constexpr std::string_view face_view_prefix = "face/";
inline constexpr std::string_view clean_view_prefix = "clean/";
inline constexpr std::string_view pictures_view_prefix = "pictures/";

std::optional<SceneName> scene_of_view(std::string_view view);

struct FaceView {
    FaceName face;
    Feed feed = Feed::full;
    bool operator==(const FaceView&) const = default;
};
std::optional<FaceView> face_of_view(std::string_view view);

bool is_view(const ShowState& state, std::string_view view);

// The view that an output shows: of a face, of program when none is named, or the one it names itself.
std::string view_of(const OutputSetup& output);

// Whether a cell of the multiview can show this: a view other than itself, a scene or source by its bare name, or one
// of the names in show/multiview.hpp.
bool is_cell(const ShowState& state, std::string_view cell);
// A bare name is a scene's or source's: the view that this cell shows. None for clock, sound, none.
std::optional<std::string> view_of_cell(std::string_view cell);

}  // namespace tribune
