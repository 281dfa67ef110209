#include "net/obs/requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

using Handlers = std::map<std::string_view, Handler, std::less<>>;

const Handlers& handlers() {
    static const Handlers all = [] {
        Handlers made;
        for (const auto rows : {general_rows(), scene_rows(), item_rows(), input_rows(), transition_rows(),
                                output_rows(), sound_rows(), media_rows()})
            for (const auto& row : rows) made.emplace(row.name, row.handle);
        return made;
    }();
    return all;
}

struct ErrorRow {
    std::string_view error;
    Code code;
};
// Codes of show/command.hpp, the codec and the authority. Others are answered 702.
constexpr std::array error_rows{
    ErrorRow{"unknown_scene", Code::not_found},         ErrorRow{"unknown_face", Code::not_found},
    ErrorRow{"unknown_layer", Code::not_found},         ErrorRow{"unknown_layout", Code::not_found},
    ErrorRow{"bad_command", Code::bad_field},           ErrorRow{"bad_scene", Code::bad_field},
    ErrorRow{"bad_transition", Code::out_of_range},     ErrorRow{"bad_channel", Code::out_of_range},
    ErrorRow{"unknown_source", Code::not_found},        ErrorRow{"not_a_clip", Code::wrong_state},
    ErrorRow{"scene_in_use", Code::cannot_act},         ErrorRow{"forbidden", Code::cannot_act},
    ErrorRow{"forbidden_face", Code::cannot_act},       ErrorRow{"unknown_operator", Code::cannot_act},
    ErrorRow{"too_many_scenes", Code::creation_failed}, ErrorRow{"nothing_to_undo", Code::wrong_state},
    ErrorRow{"nothing_to_redo", Code::wrong_state},     ErrorRow{"busy", Code::not_ready},
    ErrorRow{"storage_failed", Code::not_ready},        ErrorRow{"storage_lost", Code::not_ready},
    ErrorRow{"journal_halted", Code::not_ready},        ErrorRow{"already_recording", Code::output_running},
    ErrorRow{"not_recorded", Code::output_not_running},
};

}  // namespace

const std::vector<std::string>& request_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> made;
        for (const auto& [name, _] : handlers()) made.emplace_back(name);
        return made;
    }();
    return names;
}

Outcome perform(const Context& context, std::string_view type, const Json& data) {
    if (!data.is_null() && !data.is_object()) return Reply{Code::bad_type, "requestData must be a map.", nullptr};
    const auto at = handlers().find(type);
    if (at != handlers().end()) {
        Fields fields(data);
        Outcome outcome = at->second(context, fields);
        if (fields.fault()) return *fields.fault();
        return outcome;
    }
    const auto list = refusals();
    const auto refusal = std::find_if(list.begin(), list.end(), [&](const Refusal& r) { return r.name == type; });
    if (refusal != list.end()) return Reply{refusal->code, std::string(refusal->comment), nullptr};
    return Reply{Code::unknown_type, "Tribune knows no request of this type.", nullptr};
}

Reply reply_to(const Error& error) {
    const auto* row = std::find_if(error_rows.begin(), error_rows.end(),
                                   [&](const ErrorRow& candidate) { return candidate.error == error.code; });
    return {row == error_rows.end() ? Code::processing_failed : row->code, error.message, nullptr};
}

Reply not_found(std::string_view what, std::string_view name) {
    return {Code::not_found, fmt::format("There is no {} \"{}\".", what, name), nullptr};
}

SceneName read_scene(const Context& context, Fields& fields) {
    if (auto scene = read_optional_scene(context, fields)) return *std::move(scene);
    (void)fields.text("sceneName");  // says that it is missing
    return {};
}

std::optional<SceneName> read_optional_scene(const Context& context, Fields& fields) {
    const auto name = fields.optional_text("sceneName");
    const auto uuid = name ? std::nullopt : fields.optional_text("sceneUuid");
    if (!name && !uuid) return std::nullopt;
    std::optional<SceneName> found;
    if (uuid) {
        found = scene_of_uuid(context.state, *uuid);
    } else if (context.state.has_scene(SceneName(*name))) {
        found = SceneName(*name);
    }
    if (!found) fields.fail(Code::not_found, not_found("scene", name ? *name : *uuid).comment);
    return found ? found : SceneName();
}

}  // namespace tribune::net::obs
