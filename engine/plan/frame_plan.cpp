#include "plan/frame_plan.hpp"

namespace tribune {
namespace {

bool same(const std::shared_ptr<const Picture>& a, const std::shared_ptr<const Picture>& b) {
    return a == b || (a && b && *a == *b);
}

}  // namespace

bool operator==(const PictureItem& a, const PictureItem& b) {
    return a.crop == b.crop && a.place == b.place && a.opacity == b.opacity && a.corner_radius == b.corner_radius &&
           a.effects == b.effects && same(a.picture, b.picture);
}

bool operator==(const TransitionItem& a, const TransitionItem& b) {
    const bool look = a.look == b.look || (a.look && b.look && *a.look == *b.look);
    return look && a.place == b.place && a.progress == b.progress && same(a.from, b.from) && same(a.to, b.to);
}

}  // namespace tribune
