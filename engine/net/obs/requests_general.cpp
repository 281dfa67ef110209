// The program, its events, its own requests (vendor "tribune"), pictures, and what a surface's interface asks.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "net/obs/requests.hpp"
#include "net/obs/view.hpp"
#include "show/codec.hpp"
#include "show/views.hpp"

namespace tribune::net::obs {
namespace {

constexpr std::string_view vendor = "tribune";
constexpr std::array picture_formats{"jpg", "jpeg", "png"};
constexpr int least_side = 8;
constexpr int most_side = 4096;

Outcome get_version(const Context&, Fields&) {
    return success({{"obsVersion", studio_spoken},
                    {"obsWebSocketVersion", protocol_spoken},
                    {"rpcVersion", 1},
                    {"availableRequests", request_names()},
                    {"supportedImageFormats", picture_formats},
                    {"platform", "linux"},
                    {"platformDescription", "Tribune"}});
}

Outcome get_stats(const Context& context, Fields&) {
    const Actual none;
    const Actual& actual = context.actual == nullptr ? none : *context.actual;
    double memory_kb = 0;
    for (const auto& process : actual.processes) memory_kb += static_cast<double>(process.memory_kb);
    std::uint64_t presented = 0;
    for (const auto& output : actual.outputs) presented += output.frames;
    return success({{"cpuUsage", context.around.cpu_percent},
                    {"memoryUsage", memory_kb / 1024},
                    {"availableDiskSpace", context.around.free_disk_mb},
                    {"activeFps", actual.faces.empty() ? 0.0 : actual.faces.front().frames_per_second},
                    {"averageFrameRenderTime", actual.render.frame_ms},
                    {"renderSkippedFrames", actual.render.late},
                    {"renderTotalFrames", actual.render.frames},
                    {"outputSkippedFrames", actual.render.failed},
                    {"outputTotalFrames", presented},
                    {"webSocketSessionIncomingMessages", context.around.messages_in},
                    {"webSocketSessionOutgoingMessages", context.around.messages_out}});
}

Outcome broadcast(const Context&, Fields& fields) {
    return Announce{"CustomEvent", intent::general, fields.object("eventData")};
}

Outcome sleep(const Context& context, Fields& fields) {
    if (context.execution == Execution::realtime)
        return Pause{std::chrono::milliseconds(fields.integer("sleepMillis", 0, 50'000))};
    if (context.execution == Execution::frame) {
        const auto& rate = context.state.setup->rate;
        const auto frames = fields.integer("sleepFrames", 0, 10'000);
        return Pause{Nanoseconds(frames * 1'000'000'000LL * rate.denominator / std::max(1, rate.numerator))};
    }
    return Reply{Code::wrong_batch, "Sleep works in a batch whose requests run one after the other.", nullptr};
}

// --- Tribune's own requests ---------------------------------------------------------------------------------

// Every command of the native protocol (docs/protocol.md) under its own name and fields, and `list_faces`.
Outcome call_vendor(const Context& context, Fields& fields) {
    const auto name = fields.text("vendorName");
    const auto type = fields.text("requestType");
    Json data = fields.optional_object("requestData");
    if (name != vendor) return not_found("vendor", name);
    const auto answer = [&](Json response) -> Json {
        return {{"vendorName", vendor}, {"requestType", type}, {"responseData", std::move(response)}};
    };
    if (type == "list_faces") return success(answer({{"faces", faces(context.state, context.now)}}));
    const auto kinds = command_kinds();
    if (std::none_of(kinds.begin(), kinds.end(), [&](const CommandKind& kind) { return kind.name == type; }))
        return not_found("request", type);
    data["kind"] = type;
    auto command = decode_command(data);
    if (!command) return reply_to(command.error());
    return Act{{*std::move(command)}, answer(Json::object())};
}

// --- Hotkeys: what can be done without saying more ----------------------------------------------------------

struct Hotkey {
    std::string_view name;
    Command command;
};
const std::vector<Hotkey>& hotkeys() {
    static const std::vector<Hotkey> all{{"tribune.take", Take{}},
                                         {"tribune.cut_preview", Take{{}, std::string(cut_transition), std::nullopt}},
                                         {"tribune.fade_to_black", FadeToBlack{true, 1000}},
                                         {"tribune.fade_from_black", FadeToBlack{false, 1000}},
                                         {"tribune.all_faces_follow", Follow{}},
                                         {"tribune.undo", Undo{}},
                                         {"tribune.redo", Redo{}},
                                         {"tribune.go", Go{}},
                                         {"tribune.back", Back{}},
                                         {"tribune.hold_cues", HoldCues{true}},
                                         {"tribune.release_cues", HoldCues{false}},
                                         {"tribune.stop_macros", StopMacro{}},
                                         {"tribune.next_caption", NextCaption{false}},
                                         {"tribune.previous_caption", NextCaption{true}}};
    return all;
}
constexpr std::string_view macro_hotkey = "tribune.macro.";      // and the macro's name
constexpr std::string_view caption_hotkey = "tribune.caption.";  // and the caption's: on, or off when it is on

Outcome list_hotkeys(const Context& context, Fields&) {
    Json names = Json::array();
    for (const auto& hotkey : hotkeys()) names.push_back(hotkey.name);
    for (const auto& [name, _] : context.state.rundown->macros) names.push_back(std::string(macro_hotkey) + name.text);
    for (const auto& caption : context.state.captions->list)
        names.push_back(std::string(caption_hotkey) + caption.name.text);
    return success({{"hotkeys", std::move(names)}});
}

Outcome press_hotkey(const Context& context, Fields& fields) {
    const auto name = fields.text("hotkeyName");
    for (const auto& hotkey : hotkeys())
        if (hotkey.name == name) return Act{{hotkey.command}, nullptr};
    if (name.starts_with(macro_hotkey)) {
        const MacroName macro(name.substr(macro_hotkey.size()));
        if (context.state.rundown->macro(macro) != nullptr) return Act{{RunMacro{macro}}, nullptr};
    }
    for (const auto& caption : context.state.captions->list) {
        if (name != std::string(caption_hotkey) + caption.name.text) continue;
        const auto& overlays = context.state.stage.overlays;
        const bool on = std::any_of(overlays.begin(), overlays.end(),
                                    [&](const Overlay& o) { return o.scene.text == caption.name.text && o.shown.on; });
        return Act{{ShowCaption{caption.name, !on, {}}}, nullptr};
    }
    return not_found("hotkey", name);
}

// --- The show as a whole ------------------------------------------------------------------------------------

Outcome list_collections(const Context& context, Fields&) {
    const auto& title = context.state.setup->title;
    return success({{"currentSceneCollectionName", title}, {"sceneCollections", Json::array({title})}});
}

Outcome set_collection(const Context& context, Fields& fields) {
    const auto name = fields.text("sceneCollectionName");
    if (name == context.state.setup->title) return success();
    return Reply{Code::not_found, "One show runs at a time: start Tribune with another show file.", nullptr};
}

Outcome list_profiles(const Context&, Fields&) {
    return success({{"currentProfileName", "Tribune"}, {"profiles", Json::array({"Tribune"})}});
}

Outcome set_profile(const Context&, Fields& fields) {
    const auto name = fields.text("profileName");
    return name == "Tribune" ? success() : not_found("profile", name);
}

Outcome video_settings(const Context& context, Fields&) {
    const Size size = canvas(context.state);
    const auto& rate = context.state.setup->rate;
    return success({{"fpsNumerator", rate.numerator},
                    {"fpsDenominator", rate.denominator},
                    {"baseWidth", size.width},
                    {"baseHeight", size.height},
                    {"outputWidth", size.width},
                    {"outputHeight", size.height}});
}

// --- Studio mode: there is always a preview -----------------------------------------------------------------

Outcome studio_mode(const Context&, Fields&) { return success({{"studioModeEnabled", true}}); }

Outcome set_studio_mode(const Context&, Fields& fields) {
    if (fields.flag("studioModeEnabled")) return success();
    return Reply{Code::cannot_act, "Tribune always has preview and program: studio mode stays on.", nullptr};
}

Outcome list_monitors(const Context&, Fields&) { return success({{"monitors", Json::array()}}); }

// --- Pictures -----------------------------------------------------------------------------------------------

// Where a scene, an input or a face can be seen now; its name alone when nowhere.
PictureRequest picture_of(const ShowState& state, const std::string& name) {
    PictureRequest request;
    request.name = name;
    const auto input = find_input(state, name);
    if (state.has_scene(SceneName(name))) {
        request.of = PictureRequest::Of::view;
        request.name = std::string(scene_view_prefix) + name;
    } else if (input && input->source) {
        request.of = PictureRequest::Of::source;
        request.name = input->source->text;
    }
    return request;
}

double aspect_of(const Context& context, const PictureRequest& picture) {
    Size size = canvas(context.state);
    if (picture.of == PictureRequest::Of::face) {
        size = context.state.setup->face(FaceName(picture.name))->size;
    } else if (picture.of == PictureRequest::Of::source && context.actual != nullptr) {
        for (const auto& health : context.actual->sources)
            if (health.name.text == picture.name && !health.size.empty()) size = health.size;
    }
    return static_cast<double>(size.width) / size.height;
}

std::string screenshot_name(const Context& context, Fields& fields) {
    if (const auto name = fields.optional_text("sourceName")) return *name;
    const auto uuid = fields.optional_text("sourceUuid");
    if (!uuid) return fields.text("sourceName");
    if (const auto scene = scene_of_uuid(context.state, *uuid)) return scene->text;
    if (const auto input = input_of_uuid(context.state, *uuid)) return input->name;
    fields.fail(Code::not_found, not_found("source", *uuid).comment);
    return {};
}

Outcome screenshot(const Context& context, Fields& fields) {
    const auto name = screenshot_name(context, fields);
    const auto format = fields.text("imageFormat");
    const auto width = fields.optional_integer("imageWidth", least_side, most_side);
    const auto height = fields.optional_integer("imageHeight", least_side, most_side);
    (void)fields.optional_integer("imageCompressionQuality", -1, 100);  // one quality for all
    if (fields.fault()) return *fields.fault();
    if (std::find(picture_formats.begin(), picture_formats.end(), format) == picture_formats.end())
        return Reply{Code::bad_field, "Pictures are made as jpg or png.", nullptr};
    auto picture = picture_of(context.state, name);
    if (!has_picture(context.state, picture.of, picture.name)) {
        if (find_input(context.state, name))
            return Reply{Code::processing_failed, "This input has no picture of its own: ask for its scene.", nullptr};
        return not_found("scene, input or face", name);
    }
    picture.encoding = format == "png" ? PictureRequest::Encoding::png : PictureRequest::Encoding::jpeg;
    // Its own shape is kept: within both sides when both are given.
    const double aspect = aspect_of(context, picture);
    if (width) picture.width = static_cast<int>(*width);
    if (height) {
        const int by_height = std::max(1, static_cast<int>(std::lround(static_cast<double>(*height) * aspect)));
        picture.width = width ? std::min(picture.width, by_height) : by_height;
    }
    return Screenshot{picture, format};
}

constexpr std::array rows{
    Row{"GetVersion", get_version},
    Row{"GetStats", get_stats},
    Row{"BroadcastCustomEvent", broadcast},
    Row{"Sleep", sleep},
    Row{"CallVendorRequest", call_vendor},
    Row{"GetHotkeyList", list_hotkeys},
    Row{"TriggerHotkeyByName", press_hotkey},
    Row{"GetSceneCollectionList", list_collections},
    Row{"SetCurrentSceneCollection", set_collection},
    Row{"GetProfileList", list_profiles},
    Row{"SetCurrentProfile", set_profile},
    Row{"GetVideoSettings", video_settings},
    Row{"GetStudioModeEnabled", studio_mode},
    Row{"SetStudioModeEnabled", set_studio_mode},
    Row{"GetMonitorList", list_monitors},
    Row{"GetSourceScreenshot", screenshot},
};

}  // namespace

std::span<const Row> general_rows() { return rows; }

}  // namespace tribune::net::obs
