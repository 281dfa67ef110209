// Sound and clips as an obs-websocket client sees them.
#include <algorithm>
#include <array>

#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

const SourceHealth* health_of(const Actual* actual, const SourceName& source) {
    if (actual == nullptr) return nullptr;
    const auto at = std::find_if(actual->sources.begin(), actual->sources.end(),
                                 [&](const SourceHealth& health) { return health.name == source; });
    return at == actual->sources.end() ? nullptr : &*at;
}

constexpr std::array clip_states{
    std::pair{ClipState::cued, std::string_view("OBS_MEDIA_STATE_STOPPED")},
    std::pair{ClipState::playing, std::string_view("OBS_MEDIA_STATE_PLAYING")},
    std::pair{ClipState::paused, std::string_view("OBS_MEDIA_STATE_PAUSED")},
    std::pair{ClipState::ended, std::string_view("OBS_MEDIA_STATE_ENDED")},
};

}  // namespace

bool has_sound(const ShowState& state, const Actual* actual, const Input& input) {
    const SourceConfig* source = input.source ? state.setup->source(*input.source) : nullptr;
    if (source == nullptr || !source->sound) return false;
    const SourceHealth* health = health_of(actual, source->name);
    return health == nullptr || health->state != SourceState::live || !health->sound.empty();
}

const Transport* clip_of(const ShowState& state, const SourceName& source) {
    const auto at = state.stage.media.find(source);
    return at == state.stage.media.end() ? nullptr : &at->second;
}

std::string_view media_state(const ShowState& state, const Actual* actual, const SourceName& source, ShowTime now) {
    const Transport* transport = clip_of(state, source);
    if (transport == nullptr) return "OBS_MEDIA_STATE_NONE";
    const SourceHealth* health = health_of(actual, source);
    if (health != nullptr && (health->state == SourceState::lost || health->state == SourceState::refused))
        return "OBS_MEDIA_STATE_ERROR";
    if (health != nullptr && health->state == SourceState::connecting) return "OBS_MEDIA_STATE_OPENING";
    const auto point = clip_point(*transport, now);
    for (const auto& [clip, name] : clip_states)
        if (clip == point.state) return name;
    return "OBS_MEDIA_STATE_NONE";
}

}  // namespace tribune::net::obs
