#include "show/views.hpp"

#include <algorithm>
#include <array>

namespace tribune {
namespace {

constexpr std::array own_views{program_view, preview_view, multiview_view, clean_view};
constexpr std::array own_cells{clock_cell, sound_cell, empty_cell, next_face_cell};

struct FacePrefix {
    std::string_view prefix;
    Feed feed;
};
constexpr std::array face_prefixes{FacePrefix{face_view_prefix, Feed::full}, FacePrefix{clean_view_prefix, Feed::clean},
                                   FacePrefix{pictures_view_prefix, Feed::pictures}};

template <class List>
bool among(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

std::optional<SceneName> scene_of_view(std::string_view view) {
    if (!view.starts_with(scene_view_prefix)) return std::nullopt;
    return SceneName(std::string(view.substr(scene_view_prefix.size())));
}

std::optional<FaceView> face_of_view(std::string_view view) {
    for (const auto& [prefix, feed] : face_prefixes) {
        if (view.starts_with(prefix)) return FaceView{FaceName(std::string(view.substr(prefix.size()))), feed};
    }
    return std::nullopt;
}

bool is_view(const ShowState& state, std::string_view view) {
    const auto scene = scene_of_view(view);
    const auto face = face_of_view(view);
    return among(own_views, view) || (scene && state.has_scene(*scene)) ||
           (face && state.setup->face(face->face) != nullptr);
}

std::string view_of(const OutputSetup& output) {
    if (!output.view.empty()) return output.view;
    const auto prefix = std::find_if(face_prefixes.begin(), face_prefixes.end(), [&](const FacePrefix& p) {
                            return p.feed == output.feed;
                        })->prefix;
    if (!output.face.empty()) return std::string(prefix) + output.face.text;
    return std::string(output.feed == Feed::clean ? clean_view : program_view);
}

bool is_cell(const ShowState& state, std::string_view cell) {
    if (among(own_cells, cell)) return true;
    const auto view = view_of_cell(cell);
    return view && *view != multiview_view && is_view(state, *view);
}

std::optional<std::string> view_of_cell(std::string_view cell) {
    if (among(own_cells, cell)) return std::nullopt;
    if (among(own_views, cell) || scene_of_view(cell) || face_of_view(cell)) return std::string(cell);
    return std::string(scene_view_prefix) + std::string(cell);
}

}  // namespace tribune
