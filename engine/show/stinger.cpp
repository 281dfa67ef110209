#include "show/stinger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "show/apply.hpp"
#include "show/tally.hpp"

namespace tribune {
namespace {

Transport* clip_of(ShowState& state, const StingerSetup& stinger) {
    const auto at = state.stage.media.find(stinger.source);
    return at == state.stage.media.end() ? nullptr : &at->second;
}

void wait_at(Transport& clip, Nanoseconds position, ShowTime at) {
    clip.motion = ClipMotion::cued;
    clip.position = position;
    clip.since = at;
}

Nanoseconds in_clip(const Transport& clip, Nanoseconds elapsed) {
    return clip.in + Nanoseconds{std::llround(static_cast<double>(elapsed.count()) * clip.speed)};
}

bool runs(const ShowState& state, const SourceName& stinger, ShowTime now) {
    const auto uses = [&](const Bus& bus) {
        const Mix* mix = bus.running(now);
        return mix != nullptr && mix->how.name == stinger.text;
    };
    return uses(state.stage.program) ||
           std::any_of(state.stage.faces.begin(), state.stage.faces.end(),
                       [&](const auto& face) { return face.second.own && uses(*face.second.own); });
}

}  // namespace

Transition begun(ShowState& state, Transition how, ShowTime at) {
    const StingerSetup* stinger = state.setup->stinger(how.name);
    if (stinger == nullptr) return how;
    how.length = std::chrono::milliseconds(stinger->cut_ms);
    Transport* clip = clip_of(state, *stinger);
    if (clip == nullptr) return how;
    wait_at(*clip, clip->in, at);
    clip->motion = ClipMotion::playing;
    const auto end = clip_end(*clip);
    if (clip->duration <= Nanoseconds{0} || !end || *end <= clip->in) return how;
    const double length = static_cast<double>((*end - clip->in).count()) / clip->speed;
    how.length = std::min(Nanoseconds{std::llround(length)}, longest_transition);
    return how;
}

void hold_stinger(ShowState& state, const Transition& how, double bar, ShowTime at) {
    const StingerSetup* stinger = state.setup->stinger(how.name);
    Transport* clip = stinger == nullptr ? nullptr : clip_of(state, *stinger);
    if (clip == nullptr) return;
    const Nanoseconds elapsed{std::llround(bar * static_cast<double>(how.length.count()))};
    wait_at(*clip, bar >= 1 ? clip->in : in_clip(*clip, elapsed), at);
}

void be_stinger(Transport& clip, ShowTime at) {
    clip.loop = false;
    clip.play_on_take = false;
    clip.at_end = ClipEnd::stop;  // at once ready for the next take
    wait_at(clip, clip.in, at);
}

std::optional<StingerMoment> stinger_moment(const ShowState& state, const Mix& mix, ShowTime now) {
    const StingerSetup* stinger = state.setup->stinger(mix.how.name);
    if (stinger == nullptr) return std::nullopt;
    StingerMoment moment;
    moment.source = stinger->source;
    moment.elapsed = Nanoseconds{std::llround(mix.progress(now) * static_cast<double>(mix.how.length.count()))};
    const auto at = state.stage.media.find(stinger->source);
    if (at != state.stage.media.end()) moment.position = in_clip(at->second, moment.elapsed);
    moment.cut = moment.elapsed >= std::chrono::milliseconds(stinger->cut_ms);
    return moment;
}

Status apply_to(ShowState& state, const SetStinger& c, const Stamp& stamp) {
    if (state.setup->source(c.source) == nullptr)
        return Error{"unknown_source", fmt::format("There is no source \"{}\".", c.source.text)};
    const auto clip = state.stage.media.find(c.source);
    if (clip == state.stage.media.end())
        return Error{"not_a_clip", fmt::format("\"{}\" is live: only a clip can be a transition.", c.source.text)};
    const auto& name = c.source.text;
    if (std::find(plain_transitions.begin(), plain_transitions.end(), name) != plain_transitions.end() ||
        state.setup->transition(name) != nullptr)
        return Error{"bad_stinger",
                     fmt::format("There is a transition \"{}\" already: add the clip under another name.", name)};
    if (c.cut_ms && (*c.cut_ms < 0 || *c.cut_ms > longest_stinger_cut_ms))
        return Error{"bad_stinger", fmt::format("A cut at {} ms is not possible: choose 0 to {} ms.", *c.cut_ms,
                                                longest_stinger_cut_ms)};
    auto setup = std::make_shared<Setup>(*state.setup);
    auto at = std::find_if(setup->stingers.begin(), setup->stingers.end(),
                           [&](const StingerSetup& s) { return s.source == c.source; });
    if (at == setup->stingers.end()) {
        const auto lights = tally(state, stamp.at);
        if (!lights.at(c.source).program.empty())
            return Error{"stinger_in_use", fmt::format("\"{}\" is on air: take something else first.", name)};
        at = setup->stingers.insert(setup->stingers.end(), StingerSetup{c.source});
        be_stinger(clip->second, stamp.at);
    }
    if (c.cut_ms) at->cut_ms = *c.cut_ms;
    state.setup = std::move(setup);
    return {};
}

Status apply_to(ShowState& state, const RemoveStinger& c, const Stamp& stamp) {
    if (state.setup->stinger(c.source.text) == nullptr)
        return Error{"unknown_stinger", fmt::format("\"{}\" is no stinger.", c.source.text)};
    if (state.stage.transition.name == c.source.text || runs(state, c.source, stamp.at))
        return Error{"stinger_in_use",
                     fmt::format("Takes go by \"{}\" now: choose another transition first.", c.source.text)};
    auto setup = std::make_shared<Setup>(*state.setup);
    std::erase_if(setup->stingers, [&](const StingerSetup& s) { return s.source == c.source; });
    state.setup = std::move(setup);
    return {};
}

}  // namespace tribune
