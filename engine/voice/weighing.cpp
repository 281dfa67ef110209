#include "voice/weighing.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "voice/deeds.hpp"
#include "voice/room.hpp"

namespace tribune {
namespace {

void add(SideWeights& weights, std::uint32_t side, Stance stance, int by) {
    Weight& weight = weights[side];
    std::uint32_t& count = stance == Stance::agree      ? weight.agree
                           : stance == Stance::disagree ? weight.disagree
                                                        : weight.pass;
    count += static_cast<std::uint32_t>(by);
}

void add(TensionWeights& weights, const Profile& of, std::uint32_t side, Stance stance, int by) {
    add(weights.all, side, stance, by);
    if (of.table.value != 0) add(weights.by_table[of.table], side, stance, by);
    if (!of.group.empty()) add(weights.by_group[of.group], side, stance, by);
}

}  // namespace

Weighing::Weighing() = default;
Weighing::Weighing(const Weighing&) = default;
Weighing::Weighing(Weighing&&) noexcept = default;
Weighing& Weighing::operator=(const Weighing&) = default;
Weighing& Weighing::operator=(Weighing&&) noexcept = default;
Weighing::~Weighing() = default;

void Weighing::cast(LikeCast like) {
    const CastKey<Uuid> key{like.contribution, like.device};
    const bool* before = liked.find(key);
    if ((before != nullptr && *before) != like.on)
        likes_of.set(like.contribution, likes_for(like.contribution) + (like.on ? 1U : -1U));
    liked.set(key, like.on);
    likes.push_back(std::move(like));
}

void Weighing::cast(WeighCast weigh) {
    const CastKey<SideKey> key{{weigh.tension, weigh.side}, weigh.from.device};
    Profile of{weigh.from.table, ""};
    if (weigh.from.table.value == 0) {
        if (const Profile* told_of = profiles.find(weigh.from.device)) of = *told_of;
    }
    auto counted = std::make_shared<TensionWeights>(weights_of(weigh.tension));
    if (const Stance* before = stances.find(key)) add(*counted, of, weigh.side, *before, -1);
    add(*counted, of, weigh.side, weigh.stance, 1);
    weights.set(weigh.tension, std::move(counted));
    stances.set(key, weigh.stance);
    weighed.push_back(std::move(weigh));
}

void Weighing::tell(ProfileTold profile) {
    // What this device weighed so far goes over to its new groups.
    const Profile* known = profiles.find(profile.device);
    const Profile before = known == nullptr ? Profile{} : *known;
    SharedMap<std::uint32_t, bool> moved;
    for (const auto& cast_before : weighed) {
        const SideKey side{cast_before.tension, cast_before.side};
        if (cast_before.from.device != profile.device || cast_before.from.table.value != 0) continue;
        const std::uint32_t once = side.tension * 2 + side.side;
        if (moved.find(once) != nullptr) continue;
        moved.set(once, true);
        const Stance stance = *stances.find({side, profile.device});
        auto counted = std::make_shared<TensionWeights>(weights_of(side.tension));
        add(*counted, before, side.side, stance, -1);
        add(*counted, profile.profile, side.side, stance, 1);
        weights.set(side.tension, std::move(counted));
    }
    profiles.set(profile.device, profile.profile);
    told.push_back(std::move(profile));
}

std::uint32_t Weighing::likes_for(const Uuid& contribution) const {
    const auto* count = likes_of.find(contribution);
    return count == nullptr ? 0 : *count;
}

const TensionWeights& Weighing::weights_of(std::uint32_t tension) const {
    static const TensionWeights none;
    const auto* of = weights.find(tension);
    return of == nullptr ? none : **of;
}

Status check_door(const Room& room, const Speaker& from) {
    if (from.table.value != 0 || room.weighing.door.react) return {};
    return Error{"door_closed", "Phones are asked to wait: the director opens them again."};
}

Status apply(Room& room, const Introduce& command, const Stamp& /*stamp*/) {
    const Profile* known = room.weighing.profiles.find(command.from.device);
    if (known != nullptr && *known == command.profile) return {};
    room.weighing.tell({command.from.device, command.profile});
    return {};
}

Status apply(Room& room, const Like& command, const Stamp& /*stamp*/) {
    const Contribution* contribution = room.find(command.contribution);
    if (contribution == nullptr) return Error{"unknown_contribution", "There is no such contribution."};
    if (!is_shown(room, *contribution))
        return Error{"not_shown", "This contribution is not shown any more: it cannot be liked."};
    TRIBUNE_CHECK(check_door(room, command.from));
    const bool* before = room.weighing.liked.find({command.contribution, command.from.device});
    if ((before != nullptr && *before) == command.on) return {};  // said already
    room.weighing.cast(LikeCast{command.from.device, command.contribution, command.on});
    return {};
}

Status apply(Room& room, const SetAudience& command, const Stamp& /*stamp*/) {
    room.weighing.door = command.door;
    return {};
}

}  // namespace tribune
