// Outputs: where the faces' pictures go. And what obs has beside them and Tribune has not.
#include <fmt/format.h>

#include <array>

#include "net/obs/requests.hpp"
#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

const OutputHealth* health_of(const Context& context, const OutputName& name) {
    if (context.actual == nullptr) return nullptr;
    for (const auto& health : context.actual->outputs)
        if (health.name == name) return &health;
    return nullptr;
}

bool is_active(const OutputHealth* health) { return health != nullptr && health->state == "ok"; }

// HH:MM:SS.mmm
std::string timecode(std::int64_t milliseconds) {
    return fmt::format("{:02}:{:02}:{:02}.{:03}", milliseconds / 3'600'000, milliseconds / 60'000 % 60,
                       milliseconds / 1000 % 60, milliseconds % 1000);
}

Json status(bool active, std::uint64_t frames, const FrameRate& rate) {
    const auto length = static_cast<std::int64_t>(frames) * 1000 * rate.denominator / std::max(1, rate.numerator);
    return {{"outputActive", active},   {"outputReconnecting", false}, {"outputTimecode", timecode(length)},
            {"outputDuration", length}, {"outputCongestion", 0.0},     {"outputBytes", 0},
            {"outputSkippedFrames", 0}, {"outputTotalFrames", frames}};
}

Outcome list_outputs(const Context& context, Fields&) {
    Json list = Json::array();
    for (const auto& output : context.state.setup->outputs) {
        const FaceSetup* face = context.state.setup->face(output.face);
        const Size size = face == nullptr ? Size{} : face->size;
        list.push_back({{"outputName", output.name.text},
                        {"outputKind", "tribune_" + output.kind},
                        {"outputWidth", size.width},
                        {"outputHeight", size.height},
                        {"outputActive", is_active(health_of(context, output.name))},
                        {"outputFlags",
                         {{"OBS_OUTPUT_AUDIO", false},
                          {"OBS_OUTPUT_VIDEO", true},
                          {"OBS_OUTPUT_ENCODED", false},
                          {"OBS_OUTPUT_MULTI_TRACK", false},
                          {"OBS_OUTPUT_SERVICE", false}}}});
    }
    return success({{"outputs", std::move(list)}});
}

Outcome output_status(const Context& context, Fields& fields) {
    const OutputName name(fields.text("outputName"));
    for (const auto& output : context.state.setup->outputs) {
        if (output.name != name) continue;
        const OutputHealth* health = health_of(context, name);
        return success(status(is_active(health), health == nullptr ? 0 : health->frames, context.state.setup->rate));
    }
    return not_found("output", name.text);
}

// Nothing is streamed, and that is a state like another.
Outcome stream_status(const Context& context, Fields&) { return success(status(false, 0, context.state.setup->rate)); }

// --- Recording: the desks can record several views; the oldest is the one that clients see --------------------

const RecordingHealth* recording_health(const Context& context) {
    const auto& recordings = context.state.stage.recordings;
    if (context.actual == nullptr || recordings.empty()) return nullptr;
    for (const auto& health : context.actual->recordings)
        if (health.view == recordings.front().view) return &health;
    return nullptr;
}

Json record_path(const Context& context) {
    const RecordingHealth* health = recording_health(context);
    return health == nullptr ? Json("") : Json(health->file);
}

Outcome record_status(const Context& context, Fields&) {
    const RecordingHealth* health = recording_health(context);
    const auto length = health == nullptr ? 0 : static_cast<std::int64_t>(health->seconds * 1000);
    return success({{"outputActive", !context.state.stage.recordings.empty()},
                    {"outputPaused", false},
                    {"outputTimecode", timecode(length)},
                    {"outputDuration", length},
                    {"outputBytes", health == nullptr ? 0 : health->bytes}});
}

Outcome start_record(const Context& context, Fields&) {
    if (!context.state.stage.recordings.empty())
        return Reply{Code::output_running, "A recording runs already.", nullptr};
    return Act{{StartRecord{}}, nullptr};
}

Outcome stop_record(const Context& context, Fields&) {
    return Act{{StopRecord{}}, {{"outputPath", record_path(context)}}};
}

Outcome toggle_record(const Context& context, Fields&) {
    const bool runs = !context.state.stage.recordings.empty();
    return Act{{runs ? Command(StopRecord{}) : Command(StartRecord{})}, {{"outputActive", !runs}}};
}

Outcome record_folder(const Context& context, Fields&) {
    const auto& folder = context.state.setup->recording.folder;
    const auto file = record_path(context).get<std::string>();
    return success({{"recordDirectory", !folder.empty() ? folder
                                        : file.empty()  ? "recordings"
                                                        : file.substr(0, file.rfind('/'))}});
}

constexpr std::array rows{
    Row{"GetOutputList", list_outputs},    Row{"GetOutputStatus", output_status},
    Row{"GetStreamStatus", stream_status}, Row{"GetRecordStatus", record_status},
    Row{"StartRecord", start_record},      Row{"StopRecord", stop_record},
    Row{"ToggleRecord", toggle_record},    Row{"GetRecordDirectory", record_folder},
};

constexpr std::string_view no_stream = "Tribune does not stream.";
constexpr std::string_view no_record =
    "A recording is whole, from its start to its stop: it is not paused, split or marked.";
constexpr std::string_view no_replay = "Tribune has no replay buffer.";
constexpr std::string_view no_camera = "Tribune has no virtual camera.";
constexpr std::string_view own_output = "Outputs follow the show file: they run while the show does.";
constexpr std::string_view no_windows = "Tribune opens no windows for obs-websocket: use the desks.";
constexpr std::string_view no_filters = "Tribune has no filters: keys and crops belong to layers.";
constexpr std::string_view from_file = "Sources come from the show file.";
constexpr std::string_view no_paths = "Files are not written for the network: ask with GetSourceScreenshot.";
constexpr std::string_view no_keyboard = "Keys are not pressed from the network: use TriggerHotkeyByName.";

constexpr std::array refused{
    Refusal{"StartStream", Code::output_disabled, no_stream},
    Refusal{"StopStream", Code::output_not_running, no_stream},
    Refusal{"ToggleStream", Code::output_disabled, no_stream},
    Refusal{"SendStreamCaption", Code::output_not_running, no_stream},
    Refusal{"GetStreamServiceSettings", Code::wrong_state, no_stream},
    Refusal{"SetStreamServiceSettings", Code::output_disabled, no_stream},
    Refusal{"PauseRecord", Code::output_not_running, no_record},
    Refusal{"ResumeRecord", Code::output_not_running, no_record},
    Refusal{"ToggleRecordPause", Code::output_not_running, no_record},
    Refusal{"SplitRecordFile", Code::output_not_running, no_record},
    Refusal{"CreateRecordChapter", Code::output_not_running, no_record},
    Refusal{"SetRecordDirectory", Code::output_disabled, "The folder of recordings comes from the show file."},
    Refusal{"GetReplayBufferStatus", Code::wrong_state, no_replay},
    Refusal{"StartReplayBuffer", Code::output_disabled, no_replay},
    Refusal{"StopReplayBuffer", Code::output_not_running, no_replay},
    Refusal{"ToggleReplayBuffer", Code::output_disabled, no_replay},
    Refusal{"SaveReplayBuffer", Code::output_not_running, no_replay},
    Refusal{"GetLastReplayBufferReplay", Code::wrong_state, no_replay},
    Refusal{"GetVirtualCamStatus", Code::wrong_state, no_camera},
    Refusal{"StartVirtualCam", Code::output_disabled, no_camera},
    Refusal{"StopVirtualCam", Code::output_not_running, no_camera},
    Refusal{"ToggleVirtualCam", Code::output_disabled, no_camera},
    Refusal{"StartOutput", Code::cannot_act, own_output},
    Refusal{"StopOutput", Code::cannot_act, own_output},
    Refusal{"ToggleOutput", Code::cannot_act, own_output},
    Refusal{"GetOutputSettings", Code::not_configurable, own_output},
    Refusal{"SetOutputSettings", Code::not_configurable, own_output},
    Refusal{"SetVideoSettings", Code::cannot_act, "Sizes and rate of the faces come from the show file."},
    Refusal{"OpenInputPropertiesDialog", Code::cannot_act, no_windows},
    Refusal{"OpenInputFiltersDialog", Code::cannot_act, no_windows},
    Refusal{"OpenInputInteractDialog", Code::cannot_act, no_windows},
    Refusal{"OpenVideoMixProjector", Code::cannot_act, no_windows},
    Refusal{"OpenSourceProjector", Code::cannot_act, no_windows},
    Refusal{"GetSourceFilter", Code::not_found, no_filters},
    Refusal{"GetSourceFilterDefaultSettings", Code::not_found, no_filters},
    Refusal{"CreateSourceFilter", Code::creation_failed, no_filters},
    Refusal{"RemoveSourceFilter", Code::not_found, no_filters},
    Refusal{"SetSourceFilterName", Code::not_found, no_filters},
    Refusal{"SetSourceFilterIndex", Code::not_found, no_filters},
    Refusal{"SetSourceFilterSettings", Code::not_found, no_filters},
    Refusal{"SetSourceFilterEnabled", Code::not_found, no_filters},
    Refusal{"CreateInput", Code::creation_failed, from_file},
    Refusal{"RemoveInput", Code::cannot_act, from_file},
    Refusal{"SetInputName", Code::cannot_act, from_file},
    Refusal{"GetInputPropertiesListPropertyItems", Code::not_configurable, from_file},
    Refusal{"PressInputPropertiesButton", Code::not_configurable, from_file},
    Refusal{"SaveSourceScreenshot", Code::cannot_act, no_paths},
    Refusal{"TriggerHotkeyByKeySequence", Code::cannot_act, no_keyboard},
    Refusal{"CreateSceneCollection", Code::creation_failed, "One show runs at a time."},
    Refusal{"CreateProfile", Code::creation_failed, "Tribune has no profiles."},
    Refusal{"RemoveProfile", Code::cannot_act, "Tribune has no profiles."},
    Refusal{"SetSceneSceneTransitionOverride", Code::cannot_act, "A scene has no transition of its own."},
    Refusal{"GetGroupSceneItemList", Code::not_found, "Tribune has no groups: a scene may lie in a scene."},
    Refusal{"GetSceneItemPrivateSettings", Code::not_configurable, "Layers have no private settings."},
    Refusal{"SetSceneItemPrivateSettings", Code::not_configurable, "Layers have no private settings."},
};

}  // namespace

std::span<const Row> output_rows() { return rows; }
std::span<const Refusal> refusals() { return refused; }

}  // namespace tribune::net::obs
