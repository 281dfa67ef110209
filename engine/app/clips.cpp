#include "app/clips.hpp"

#include <algorithm>

#include "show/codec.hpp"

namespace tribune {
namespace {

// Of the clips that hand over, the one that ends first.
std::optional<std::pair<SourceName, ShowTime>> next_end(const ShowState& state) {
    std::optional<std::pair<SourceName, ShowTime>> first;
    for (const auto& [name, transport] : state.stage.media) {
        if (transport.at_end != ClipEnd::next) continue;
        const auto ends = clip_ends(transport);
        if (ends && (!first || *ends < first->second)) first = {name, *ends};
    }
    return first;
}

}  // namespace

void Clips::tell(Hub& hub, const ShowState& state) {
    std::map<std::uint64_t, Transport> told;
    hub.for_each([&](Connection& c) {
        if (c.process != "capture") return;
        const auto wanted = state.stage.media.find(SourceName(c.name.substr(c.name.find('/') + 1)));
        if (wanted == state.stage.media.end()) return;
        const auto before = told_.find(c.id);
        if (before == told_.end() || before->second != wanted->second)
            hub.send(c, Wire::transport, encode(wanted->second));
        told[c.id] = wanted->second;
    });
    told_ = std::move(told);
}

std::optional<Command> Clips::found(const ShowState& state, const SourceHealth& health) {
    const auto at = state.stage.media.find(health.name);
    if (at == state.stage.media.end() || health.clip == ClipState::none || health.duration == at->second.duration)
        return std::nullopt;
    return ClipOpened{health.name, health.duration};
}

std::optional<Command> Clips::ended(const ShowState& state, ShowTime now) {
    const auto next = next_end(state);
    if (!next || next->second > now) return std::nullopt;
    return ClipEnded{next->first};
}

std::optional<Nanoseconds> Clips::until_end(const ShowState& state, ShowTime now) {
    const auto next = next_end(state);
    if (!next) return std::nullopt;
    return std::max(next->second - now, Nanoseconds{0});
}

}  // namespace tribune
