// The sound of inputs: a source's channel of the mixer.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "net/obs/requests.hpp"
#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

constexpr double most_multiple = 20;
constexpr std::string_view heard_by_nobody = "OBS_MONITORING_TYPE_NONE";
constexpr std::string_view heard_alone = "OBS_MONITORING_TYPE_MONITOR_ONLY";
constexpr std::string_view heard_too = "OBS_MONITORING_TYPE_MONITOR_AND_OUTPUT";
constexpr int tracks = 6;  // that obs has; all of a source's sound is in the first

// The channel of the input that is named. Null: `fields` says why.
struct Sounding {
    SourceName source;
    SoundChannel channel;
};
std::optional<Sounding> read_sound(const Context& context, Fields& fields) {
    const auto input = read_input(context, fields);
    if (!input) return std::nullopt;
    if (!has_sound(context.state, context.actual, *input)) {
        fields.fail(Code::wrong_state, "This input has no sound.");
        return std::nullopt;
    }
    return Sounding{*input->source, context.state.stage.sound.channel(*input->source)};
}

SetChannel change(const Sounding& sound) {
    SetChannel command;
    command.source = sound.source;
    return command;
}

Outcome get_mute(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    if (!sound) return *fields.fault();
    return success({{"inputMuted", sound->channel.mute}});
}
Outcome set_mute(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    const bool mute = fields.flag("inputMuted");
    if (!sound || fields.fault()) return *fields.fault();
    auto command = change(*sound);
    command.mute = mute;
    return Act{{command}, nullptr};
}
Outcome toggle_mute(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    if (!sound) return *fields.fault();
    auto command = change(*sound);
    command.mute = !sound->channel.mute;
    return Act{{command}, {{"inputMuted", *command.mute}}};
}

Outcome get_volume(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    if (!sound) return *fields.fault();
    return success(volume_json(sound->channel.gain_db));
}
// By one of two fields; what is louder than Tribune's faders go is as loud as they go.
Outcome set_volume(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    const auto multiple = fields.optional_number("inputVolumeMul", 0, most_multiple);
    const auto decibels = fields.optional_number("inputVolumeDb", least_gain_db, 26);
    if (!sound || fields.fault()) return *fields.fault();
    if (multiple.has_value() == decibels.has_value())
        return Reply{multiple ? Code::bad_field : Code::missing_field,
                     "Say either `inputVolumeMul` or `inputVolumeDb`.", nullptr};
    auto command = change(*sound);
    const double wanted = decibels ? *decibels : *multiple > 0 ? 20 * std::log10(*multiple) : least_gain_db;
    command.gain_db = std::clamp(wanted, least_gain_db, most_gain_db);
    return Act{{command}, nullptr};
}

Outcome get_balance(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    if (!sound) return *fields.fault();
    return success({{"inputAudioBalance", (sound->channel.pan + 1) / 2}});
}
Outcome set_balance(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    const double balance = fields.number("inputAudioBalance", 0, 1);
    if (!sound || fields.fault()) return *fields.fault();
    auto command = change(*sound);
    command.pan = balance * 2 - 1;
    return Act{{command}, nullptr};
}

Outcome get_offset(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    if (!sound) return *fields.fault();
    return success({{"inputAudioSyncOffset", sound->channel.delay_ms}});
}
Outcome set_offset(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    const auto offset = fields.integer("inputAudioSyncOffset", 0, most_delay_ms);
    if (!sound || fields.fault()) return *fields.fault();
    auto command = change(*sound);
    command.delay_ms = static_cast<int>(offset);
    return Act{{command}, nullptr};
}

// Who is soloed is heard on the monitor.
Outcome get_monitor(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    if (!sound) return *fields.fault();
    return success({{"monitorType", monitor_type(sound->channel)}});
}
Outcome set_monitor(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    const auto type = fields.text("monitorType");
    if (!sound || fields.fault()) return *fields.fault();
    if (type == heard_alone)
        return Reply{Code::cannot_act, "Heard on the monitor alone: mute it, and choose monitor and output.", nullptr};
    if (type != heard_by_nobody && type != heard_too)
        return Reply{Code::bad_field, fmt::format("There is no monitor type \"{}\".", type), nullptr};
    auto command = change(*sound);
    command.solo = type == heard_too;
    return Act{{command}, nullptr};
}

Outcome get_tracks(const Context& context, Fields& fields) {
    const auto sound = read_sound(context, fields);
    if (!sound) return *fields.fault();
    Json list = Json::object();
    for (int track = 1; track <= tracks; ++track) list[std::to_string(track)] = track == 1;
    return success({{"inputAudioTracks", std::move(list)}});
}
Outcome set_tracks(const Context& context, Fields& fields) {
    if (!read_sound(context, fields)) return *fields.fault();
    return Reply{Code::not_configurable, "Tribune has one mix: a source is in it, or muted.", nullptr};
}

constexpr std::array rows{
    Row{"GetInputMute", get_mute},
    Row{"SetInputMute", set_mute},
    Row{"ToggleInputMute", toggle_mute},
    Row{"GetInputVolume", get_volume},
    Row{"SetInputVolume", set_volume},
    Row{"GetInputAudioBalance", get_balance},
    Row{"SetInputAudioBalance", set_balance},
    Row{"GetInputAudioSyncOffset", get_offset},
    Row{"SetInputAudioSyncOffset", set_offset},
    Row{"GetInputAudioMonitorType", get_monitor},
    Row{"SetInputAudioMonitorType", set_monitor},
    Row{"GetInputAudioTracks", get_tracks},
    Row{"SetInputAudioTracks", set_tracks},
};

}  // namespace

// obs's own scale: as a factor of amplitude.
Json volume_json(double gain_db) {
    return {{"inputVolumeMul", gain_db <= least_gain_db ? 0 : std::pow(10, gain_db / 20)}, {"inputVolumeDb", gain_db}};
}
std::string_view monitor_type(const SoundChannel& channel) { return channel.solo ? heard_too : heard_by_nobody; }

std::span<const Row> sound_rows() { return rows; }

}  // namespace tribune::net::obs
