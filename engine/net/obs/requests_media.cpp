// Media inputs: clips, and how they stand.
#include <algorithm>
#include <array>

#include "net/obs/requests.hpp"
#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

constexpr std::int64_t longest_ms = 24LL * 3600 * 1000;
constexpr std::string_view action_prefix = "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_";

std::int64_t ms(Nanoseconds length) { return length / std::chrono::milliseconds(1); }

// The clip of the input that is named. Null: `fields` says why, or it is none.
struct Clip {
    SourceName source;
    const Transport* transport = nullptr;  // null: no clip
};
std::optional<Clip> read_clip(const Context& context, Fields& fields) {
    const auto input = read_input(context, fields);
    if (!input) return std::nullopt;
    if (!input->source) return Clip{};
    return Clip{*input->source, clip_of(context.state, *input->source)};
}

const Reply no_clip{Code::wrong_state, "This input does not play on command.", nullptr};

// Live inputs and drawn ones have no state of their own.
Outcome media_status(const Context& context, Fields& fields) {
    const auto clip = read_clip(context, fields);
    if (!clip) return *fields.fault();
    Json answer{{"mediaState", media_state(context.state, context.actual, clip->source, context.now)},
                {"mediaDuration", nullptr},
                {"mediaCursor", nullptr}};
    if (clip->transport != nullptr && clip->transport->duration > Nanoseconds{0}) {
        answer["mediaDuration"] = ms(clip->transport->duration);
        answer["mediaCursor"] = ms(clip_point(*clip->transport, context.now).position);
    }
    return success(std::move(answer));
}

// There, and as before: a clip that played goes on playing.
Outcome move_to(const Clip& clip, std::int64_t position) {
    Act act{{Cue{{clip.source}, static_cast<int>(std::clamp<std::int64_t>(position, 0, longest_ms))}}, nullptr};
    if (clip.transport->motion == ClipMotion::playing) act.commands.emplace_back(Play{{clip.source}});
    return act;
}

Outcome set_cursor(const Context& context, Fields& fields) {
    const auto clip = read_clip(context, fields);
    const auto cursor = fields.integer("mediaCursor", 0, longest_ms);
    if (!clip || fields.fault()) return *fields.fault();
    return clip->transport == nullptr ? Outcome(no_clip) : move_to(*clip, cursor);
}
Outcome offset_cursor(const Context& context, Fields& fields) {
    const auto clip = read_clip(context, fields);
    const auto offset = fields.integer("mediaCursorOffset", -longest_ms, longest_ms);
    if (!clip || fields.fault()) return *fields.fault();
    if (clip->transport == nullptr) return no_clip;
    return move_to(*clip, ms(clip_point(*clip->transport, context.now).position) + offset);
}

Outcome trigger(const Context& context, Fields& fields) {
    const auto clip = read_clip(context, fields);
    const auto action = fields.text("mediaAction");
    if (!clip || fields.fault()) return *fields.fault();
    const std::string_view name =
        action.starts_with(action_prefix) ? std::string_view(action).substr(action_prefix.size()) : std::string_view();
    if (clip->transport == nullptr) return no_clip;
    const std::vector sources{clip->source};
    if (name == "NONE") return success();
    if (name == "PLAY") return Act{{Play{sources}}, nullptr};
    if (name == "PAUSE") return Act{{tribune::Pause{sources}}, nullptr};
    if (name == "STOP") return Act{{Cue{sources, std::nullopt}}, nullptr};
    if (name == "RESTART") return Act{{Cue{sources, std::nullopt}, Play{sources}}, nullptr};
    if (name == "NEXT" || name == "PREVIOUS")
        return Reply{Code::wrong_state, "A clip is no list: what follows it is set at the desk.", nullptr};
    return Reply{Code::bad_field, "There is no such media action.", nullptr};
}

constexpr std::array rows{
    Row{"GetMediaInputStatus", media_status},
    Row{"SetMediaInputCursor", set_cursor},
    Row{"OffsetMediaInputCursor", offset_cursor},
    Row{"TriggerMediaInputAction", trigger},
};

}  // namespace

std::span<const Row> media_rows() { return rows; }

}  // namespace tribune::net::obs
