#include "show/recording.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "show/apply.hpp"
#include "show/views.hpp"

namespace tribune {
namespace {

std::string face_on_program(const ShowState& state) {
    const auto& faces = state.setup->faces;
    const auto follows = [&](const FaceSetup& face) {
        const auto at = state.stage.faces.find(face.name);
        return at == state.stage.faces.end() || !at->second.own;
    };
    const auto at = std::find_if(faces.begin(), faces.end(), follows);
    if (faces.empty()) return "";
    return std::string(face_view_prefix) + (at == faces.end() ? faces.front() : *at).name.text;
}

}  // namespace

Status apply_to(ShowState& state, const StartRecord& c, const Stamp& stamp) {
    const std::string view = c.view.empty() ? face_on_program(state) : c.view;
    auto& recordings = state.stage.recordings;
    if (!is_view(state, view))
        return Error{"unknown_view", fmt::format("There is no view \"{}\" to record: name face/NAME, clean/NAME, "
                                                 "program, preview, multiview or scene/NAME.",
                                                 view)};
    if (std::any_of(recordings.begin(), recordings.end(), [&](const ViewRecording& r) { return r.view == view; }))
        return Error{"already_recording", fmt::format("\"{}\" is being recorded already.", view)};
    if (recordings.size() >= most_recordings)
        return Error{"too_many_recordings",
                     fmt::format("At most {} views are recorded at once: stop one.", most_recordings)};
    recordings.push_back({view, stamp.at});
    return {};
}

Status apply_to(ShowState& state, const StopRecord& c, const Stamp& /*stamp*/) {
    const auto stopped = std::erase_if(state.stage.recordings,
                                       [&](const ViewRecording& r) { return c.view.empty() || r.view == c.view; });
    if (stopped == 0)
        return Error{"not_recorded", c.view.empty() ? std::string("Nothing is being recorded.")
                                                    : fmt::format("\"{}\" is not being recorded.", c.view)};
    return {};
}

}  // namespace tribune
