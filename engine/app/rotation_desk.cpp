#include "app/rotation_desk.hpp"

#include <algorithm>

namespace tribune {
namespace {

SeatRotation plan(const PlanRotation& asked, std::uint32_t sits, const std::vector<Seating>& played) {
    auto plan = plan_rotation(asked.wish, played);
    if (!plan) return {asked, sits, {}, plan.error().code};
    return {asked, sits, *std::move(plan)};
}

}  // namespace

std::optional<Command> RotationDesk::step(const Room& room) {
    const auto sits = room.rotation && room.wanted_rotation && !room.wanted_rotation->anew ? room.rotation->sits : 0;
    if (work_.valid() && work_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) ready_ = work_.get();
    if (ready_ && (room.wanted_rotation != ready_->asked || ready_->sits != sits)) ready_.reset();
    if (ready_) return *ready_;
    if (!room.wanted_rotation || work_.valid()) return std::nullopt;
    std::vector<Seating> played;
    if (room.rotation && !room.wanted_rotation->anew) {
        const auto& rounds = room.rotation->plan.rounds;
        played.assign(rounds.begin(), rounds.begin() + sits + 1);
    }
    work_ = std::async(std::launch::async, plan, *room.wanted_rotation, sits, std::move(played));
    return std::nullopt;
}

}  // namespace tribune
