// Tensions: setting two against each other, weighing their sides, and what separates the groups.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "voice/deeds.hpp"
#include "voice/room.hpp"

namespace tribune {
namespace {

Error unknown_tension(std::uint32_t tension) {
    return {"unknown_tension", fmt::format("There is no tension {}: it may have been removed.", tension)};
}

Status check_sides(const Room& room, const std::vector<TensionSide>& sides) {
    if (sides.size() != 2 || sides[0] == sides[1])
        return Error{"bad_sides", "A tension has two sides that differ: choose two contributions or themes."};
    for (const auto& side : sides) {
        if (side.contribution.has_value() == (side.theme != 0))
            return Error{"bad_sides", "A side is a contribution or a theme: choose one of them."};
        if (side.theme != 0) {
            if (room.consolidation.theme(side.theme) == nullptr)
                return Error{"unknown_theme",
                             fmt::format("There is no theme {}: it may have been merged.", side.theme)};
            continue;
        }
        const Contribution* contribution = room.find(*side.contribution);
        if (contribution == nullptr) return Error{"unknown_contribution", "There is no such contribution."};
        if (!is_shown(room, *contribution))
            return Error{"not_shown", "The room does not see this contribution: approve or release it first."};
    }
    return {};
}

double voices_of(const Weight& w) { return static_cast<double>(w.agree) + w.disagree + w.pass; }

// The middles of so many equal steps of a share, and their logarithms: reckoned once.
constexpr std::size_t steps = 400;
struct Middles {
    std::array<double, steps> log_x{};
    std::array<double, steps> log_rest{};
    Middles() {
        for (std::size_t i = 0; i < steps; ++i) {
            const double x = (static_cast<double>(i) + 0.5) / steps;
            log_x[i] = std::log(x);
            log_rest[i] = std::log1p(-x);
        }
    }
};

// What a share may be after these voices: Beta with Jeffreys' prior.
class Posterior {
  public:
    explicit Posterior(const Weight& w)
        : a_(w.agree - 0.5), b_(voices_of(w) - w.agree - 0.5),
          log_scale_(std::lgamma(a_ + b_ + 2) - std::lgamma(a_ + 1) - std::lgamma(b_ + 1)) {}
    [[nodiscard]] double density(const Middles& at, std::size_t i) const {
        return std::exp(a_ * at.log_x[i] + b_ * at.log_rest[i] + log_scale_) / steps;
    }

  private:
    double a_;
    double b_;
    double log_scale_;
};

// That a share drawn from the one's posterior is above one drawn from the other's. Exact to about a thousandth, which is
// finer than the threshold is meant.
double surety_that_more(const Weight& one, const Weight& other) {
    static const Middles middles;
    const Posterior mine(one);
    const Posterior others(other);
    double below = 0;  // of the other, up to here
    double sum = 0;
    double weight = 0;
    for (std::size_t i = 0; i < steps; ++i) {
        const double here = others.density(middles, i);
        const double of_mine = mine.density(middles, i);
        sum += of_mine * (below + here / 2);
        below += here;
        weight += of_mine;
    }
    return weight > 0 && below > 0 ? sum / (weight * below) : 0;
}

Weight without(const Weight& all, const Weight& part) {
    return {all.agree - part.agree, all.disagree - part.disagree, all.pass - part.pass};
}

void add_separations(std::vector<Separation>& out, const SideWeights& all, const SideWeights& group, Separation of) {
    constexpr double sure = 0.9;
    constexpr double strong = 0.5;
    for (std::uint32_t side = 0; side < 2; ++side) {
        const Weight& mine = group[side];
        const Weight others = without(all[side], mine);
        of.side = side;
        of.voices = static_cast<std::uint32_t>(voices_of(mine));
        of.share = agreement(mine);
        of.others = agreement(others);
        if (of.voices == 0 || voices_of(others) == 0 || of.share <= strong || of.share <= of.others) continue;
        of.surety = surety_that_more(mine, others);
        if (of.surety >= sure) out.push_back(of);
    }
}

}  // namespace

double agreement(const Weight& weight) { return (weight.agree + 0.5) / (voices_of(weight) + 1); }

std::vector<Separation> separations(const TensionWeights& weights) {
    std::vector<Separation> out;
    for (const auto& [table, sides] : weights.by_table) {
        Separation of;
        of.table = table;
        add_separations(out, weights.all, sides, of);
    }
    for (const auto& [group, sides] : weights.by_group) {
        Separation of;
        of.group = group;
        add_separations(out, weights.all, sides, of);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Separation& a, const Separation& b) { return a.surety > b.surety; });
    return out;
}

Status apply(Room& room, const SetTension& command, const Stamp& stamp, const std::string& by) {
    TRIBUNE_CHECK(check_sides(room, command.sides));
    auto& all = room.consolidation;
    const bool by_table = command.from.table.value != 0;
    Tension tension;
    if (command.tension != 0) {
        const Tension* known = all.tension(command.tension);
        if (known == nullptr || by_table) return unknown_tension(command.tension);
        tension = *known;
    } else {
        if (all.tensions.size() >= most_tensions)
            return Error{"too_many_tensions", fmt::format("There are {} tensions at most.", most_tensions)};
        tension.number = all.last_tension + 1;
        tension.by = by;
        tension.at = stamp.at;
        tension.shown = !by_table;
    }
    tension.title = command.title;
    tension.sides = command.sides;
    all.last_tension = std::max(all.last_tension, tension.number);
    DeedInHand deed(room, "set_tension", by, stamp);
    deed.set_tension(tension.number, tension);
    deed.keep();
    return {};
}

Status apply(Room& room, const OpenTension& command, const Stamp& stamp, const std::string& by) {
    const Tension* known = room.consolidation.tension(command.tension);
    if (known == nullptr) return unknown_tension(command.tension);
    Tension tension = *known;
    tension.open = command.open;
    tension.shown = true;
    DeedInHand deed(room, "open_tension", by, stamp);
    deed.set_tension(tension.number, tension);
    deed.keep();
    return {};
}

Status apply(Room& room, const RemoveTension& command, const Stamp& stamp, const std::string& by) {
    if (room.consolidation.tension(command.tension) == nullptr) return unknown_tension(command.tension);
    DeedInHand deed(room, "remove_tension", by, stamp);
    deed.set_tension(command.tension, std::nullopt);
    deed.keep();
    return {};
}

Status apply(Room& room, const Weigh& command, const Stamp& /*stamp*/) {
    const Tension* tension = room.consolidation.tension(command.tension);
    if (tension == nullptr) return unknown_tension(command.tension);
    if (!tension->open) return Error{"tension_closed", "This is not weighed now: wait until it is opened."};
    if (command.side > 1) return Error{"bad_side", "A tension has two sides, 0 and 1."};
    TRIBUNE_CHECK(check_door(room, command.from));
    room.weighing.cast(WeighCast{command.from, command.tension, command.side, command.stance});
    return {};
}

}  // namespace tribune
