#include <array>
#include <cmath>

#include "net/obs/events.hpp"
#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

Json input_json(const SourceName& source) {
    const std::string name = source.text + std::string(input_suffix);
    return {{"inputName", name}, {"inputUuid", input_uuid(name)}};
}

// Only of sources: clients list them among their scenes' items.
void tell_sound(const SourceName& source, const SoundChannel& was, const SoundChannel& now,
                std::vector<Event>& events) {
    const auto tell = [&](const char* type, const Json& more) {
        Json data = input_json(source);
        data.update(more);
        events.push_back({type, intent::inputs, std::move(data)});
    };
    if (was.mute != now.mute) tell("InputMuteStateChanged", {{"inputMuted", now.mute}});
    if (was.gain_db != now.gain_db) tell("InputVolumeChanged", volume_json(now.gain_db));
    if (was.pan != now.pan) tell("InputAudioBalanceChanged", {{"inputAudioBalance", (now.pan + 1) / 2}});
    if (was.delay_ms != now.delay_ms) tell("InputAudioSyncOffsetChanged", {{"inputAudioSyncOffset", now.delay_ms}});
    if (was.solo != now.solo) tell("InputAudioMonitorTypeChanged", {{"monitorType", monitor_type(now)}});
}

void tell_clip(const SourceName& source, ClipState was, ClipState now, std::vector<Event>& events) {
    const auto tell = [&](const char* type, const char* action) {
        Json data = input_json(source);
        if (action != nullptr) data["mediaAction"] = std::string("OBS_WEBSOCKET_MEDIA_INPUT_ACTION_") + action;
        events.push_back({type, intent::media_inputs, std::move(data)});
    };
    if (now == ClipState::playing) {
        tell("MediaInputActionTriggered", "PLAY");
        tell("MediaInputPlaybackStarted", nullptr);
    } else if (now == ClipState::paused && was == ClipState::playing) {
        tell("MediaInputActionTriggered", "PAUSE");
    } else if (now == ClipState::cued && was != ClipState::cued) {
        tell("MediaInputActionTriggered", "STOP");
    }
    if (now == ClipState::ended) tell("MediaInputPlaybackEnded", nullptr);
}

double factor(double decibels) { return decibels <= -120 ? 0 : std::pow(10, decibels / 20); }

}  // namespace

void tell_inputs(const Look& before, const Look& after, std::vector<Event>& events) {
    for (const auto& source : after.state->setup->sources) {
        if (before.state->setup->source(source.name) == nullptr) continue;
        tell_sound(source.name, before.state->stage.sound.channel(source.name),
                   after.state->stage.sound.channel(source.name), events);
        const auto was = before.clips.find(source.name);
        const auto now = after.clips.find(source.name);
        if (was != before.clips.end() && now != after.clips.end() && was->second != now->second)
            tell_clip(source.name, was->second, now->second, events);
    }
}

Event meters(const SoundLevels& levels) {
    Json list = Json::array();
    for (const auto& channel : levels.channels) {
        Json data = input_json(channel.source);
        const double power = factor(channel.rms_db);
        const double left = factor(channel.peak_left_db);
        const double right = factor(channel.peak_right_db);
        // Of each side: magnitude, peak, peak before the fader; ours are before it.
        data["inputLevelsMul"] = Json::array({Json::array({power, left, left}), Json::array({power, right, right})});
        list.push_back(std::move(data));
    }
    return {"InputVolumeMeters", intent::input_volume_meters, {{"inputs", std::move(list)}}};
}

}  // namespace tribune::net::obs
