#include "show/sound.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "show/state.hpp"
#include "show/stinger.hpp"

namespace tribune {
namespace {

// A quarter of a turn: sine and cosine of it have squares that add up to one.
constexpr double quarter = std::numbers::pi / 2;

// False for NaN.
bool within(double value, double low, double high) { return value >= low && value <= high; }

Status check_gain(const std::optional<double>& gain_db) {
    if (!gain_db || within(*gain_db, least_gain_db, most_gain_db)) return {};
    return Error{"bad_channel", fmt::format("A gain of {} dB is not possible: choose {} to {} dB.", *gain_db,
                                            least_gain_db, most_gain_db)};
}

template <class T>
void take(T& value, const std::optional<T>& wanted) {
    if (wanted) value = *wanted;
}

// The sources that a scene shows, also through scenes in it.
void add_sources(const ShowState& state, const SceneName& scene, ShowTime now, std::size_t depth,
                 std::set<SourceName>& out) {
    if (depth > most_scene_depth) return;
    for (const Layer& layer : state.layers_of(scene, now)) {
        if (!layer.visible || layer.opacity <= 0) continue;
        if (const auto* source = std::get_if<SourceContent>(&layer.content)) out.insert(source->source);
        if (const auto* inner = std::get_if<SceneContent>(&layer.content))
            add_sources(state, inner->scene, now, depth + 1, out);
    }
}

std::set<SourceName> sources_of(const ShowState& state, const SceneName& scene, ShowTime now) {
    std::set<SourceName> out;
    add_sources(state, scene, now, 0, out);
    return out;
}

struct Shares {
    double from = 0;
    double to = 1;
};

// A dip is silent where it is black, a stinger cuts; all else changes over by equal power.
Shares shares(const ShowState& state, const Mix& mix, ShowTime now) {
    if (const auto stinger = stinger_moment(state, mix, now)) return stinger->cut ? Shares{0, 1} : Shares{1, 0};
    const double p = mix.progress(now);
    if (mix.how.name != dip_transition) return {std::cos(p * quarter), std::sin(p * quarter)};
    return p < 0.5 ? Shares{std::cos(2 * p * quarter), 0} : Shares{0, std::sin((2 * p - 1) * quarter)};
}

}  // namespace

SoundChannel SoundDesk::channel(const SourceName& source) const {
    const auto at = channels.find(source);
    return at == channels.end() ? SoundChannel{} : at->second;
}

std::map<SourceName, double> sound_presence(const ShowState& state, ShowTime now) {
    const Bus& program = state.stage.program;
    const auto to = sources_of(state, program.scene, now);
    std::map<SourceName, double> shown;
    if (const Mix* mix = program.running(now)) {
        const auto [from_share, to_share] = shares(state, *mix, now);
        for (const auto& source : to) shown[source] = to_share;
        for (const auto& source : sources_of(state, mix->from, now))
            shown[source] = to.contains(source) ? 1 : from_share;  // shown before and after: it stays
        if (const auto stinger = stinger_moment(state, *mix, now)) shown[stinger->source] = 1;
    } else {
        for (const auto& source : to) shown[source] = 1;
    }
    const double light = std::cos(state.stage.black.level(now) * quarter);
    std::map<SourceName, double> heard;
    for (const auto& source : state.setup->sources) {
        const SoundFollow follow = state.stage.sound.channel(source.name).follow;
        if (follow == SoundFollow::always) heard[source.name] = 1;
        if (const auto at = shown.find(source.name); follow == SoundFollow::with && at != shown.end())
            heard[source.name] = at->second * light;
    }
    return heard;
}

Status set_channel(ShowState& state, const SetChannel& c) {
    if (state.setup->source(c.source) == nullptr)
        return Error{"unknown_source", fmt::format("There is no source \"{}\" to be heard.", c.source.text)};
    TRIBUNE_CHECK(check_gain(c.gain_db));
    if (c.pan && !within(*c.pan, -1, 1))
        return Error{"bad_channel", fmt::format("A pan of {} is not possible: choose -1 (left) to 1 (right).", *c.pan)};
    if (c.delay_ms && !within(*c.delay_ms, 0, most_delay_ms))
        return Error{"bad_channel",
                     fmt::format("A delay of {} ms is not possible: choose 0 to {} ms.", *c.delay_ms, most_delay_ms)};
    SoundChannel& channel = state.stage.sound.channels[c.source];
    take(channel.gain_db, c.gain_db);
    take(channel.mute, c.mute);
    take(channel.solo, c.solo);
    take(channel.pan, c.pan);
    take(channel.delay_ms, c.delay_ms);
    take(channel.follow, c.follow);
    return {};
}

Status set_master(ShowState& state, const SetMaster& c) {
    TRIBUNE_CHECK(check_gain(c.gain_db));
    SoundMaster& master = state.stage.sound.master;
    take(master.gain_db, c.gain_db);
    take(master.mute, c.mute);
    take(master.limiter, c.limiter);
    return {};
}

void forget_gone_channels(ShowState& state) {
    std::erase_if(state.stage.sound.channels, [&](const auto& c) { return state.setup->source(c.first) == nullptr; });
}

}  // namespace tribune
