// Where contributions stand, and what is counted of it.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "voice/deeds.hpp"
#include "voice/room.hpp"

namespace tribune {
namespace {

bool is_listed(const std::vector<Flag>& flags, Flag flag) {
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

// Somebody looks first: it may be an insult, and it would stand on four screens.
bool wants_a_look(const std::vector<Flag>& flags) {
    return is_listed(flags, Flag::insult) || is_listed(flags, Flag::spelled_apart) ||
           is_listed(flags, Flag::look_alike);
}

constexpr std::string_view machine = "machine";

void add_to(SharedMap<std::uint32_t, std::uint32_t>& sizes, std::uint32_t theme, int by) {
    if (theme == 0) return;
    const auto* size = sizes.find(theme);
    sizes.set(theme, static_cast<std::uint32_t>(static_cast<int>(size == nullptr ? 0 : *size) + by));
}

}  // namespace

namespace {

void count_standing(Consolidation& all, const Standing& standing, int by) {
    if (standing.retracted) return;
    if (standing.hold) {
        all.held[static_cast<std::size_t>(standing.hold->reason) - 1] += static_cast<std::uint32_t>(by);
    } else {
        if (standing.waits) all.waiting += static_cast<std::uint32_t>(by);
        add_to(all.theme_sizes, standing.theme, by);
    }
}

}  // namespace

void put_standing(Consolidation& all, const Uuid& id, Standing standing) {
    count_standing(all, all.standing(id), -1);
    count_standing(all, standing, 1);
    all.standings.set(id, std::make_shared<const Standing>(std::move(standing)));
}

void begin_standing_again(Room& room, Standing& standing, const std::vector<Flag>& flags, const Stamp& stamp) {
    standing.approved = false;
    standing.waits = room.consolidation.moderation == Moderation::before || wants_a_look(flags);
    if (standing.hold && standing.hold->by != machine) return;
    standing.hold.reset();
    if (is_listed(flags, Flag::personal_data))
        standing.hold = Hold{HoldReason::personal_data, "", std::string(machine), stamp.at, false, ""};
}

void begin_standing(Room& room, const Contribution& contribution, const Stamp& stamp) {
    Standing standing;
    begin_standing_again(room, standing, contribution.flags, stamp);
    if (standing != Standing{}) put_standing(room.consolidation, contribution.id, std::move(standing));
}

void Room::index_standings() {
    consolidation.held = {};
    consolidation.waiting = 0;
    consolidation.theme_sizes = {};
    for (const auto& contribution : contributions)
        count_standing(consolidation, consolidation.standing(contribution.id), 1);
}

const Standing& Consolidation::standing(const Uuid& id) const {
    static const Standing as_sent;
    const auto* at = standings.find(id);
    return at == nullptr ? as_sent : **at;
}

const Theme* Consolidation::theme(std::uint32_t number) const {
    const auto at = std::find_if(themes.begin(), themes.end(), [&](const Theme& t) { return t.number == number; });
    return at == themes.end() ? nullptr : &*at;
}

const Tension* Consolidation::tension(std::uint32_t number) const {
    const auto at =
        std::find_if(tensions.begin(), tensions.end(), [&](const Tension& t) { return t.number == number; });
    return at == tensions.end() ? nullptr : &*at;
}

std::uint32_t Consolidation::size_of(std::uint32_t theme) const {
    const auto* size = theme_sizes.find(theme);
    return size == nullptr ? 0 : *size;
}

ContributionState state_of(const Room& room, const Contribution& contribution) {
    const Standing& stands = room.consolidation.standing(contribution.id);
    if (stands.retracted) return ContributionState::retracted;
    if (stands.hold) return ContributionState::held;
    if (stands.waits) return ContributionState::waiting;
    return stands.theme != 0 ? ContributionState::gathered : ContributionState::shown;
}

bool is_shown(const Standing& standing) { return !standing.retracted && !standing.hold && !standing.waits; }

bool is_shown(const Room& room, const Contribution& contribution) {
    return is_shown(room.consolidation.standing(contribution.id));
}

const std::string& text_of(const Room& room, const Contribution& contribution) {
    const Standing& stands = room.consolidation.standing(contribution.id);
    return stands.text ? *stands.text : contribution.text;
}

const std::string& title_of(const Room& room, const Contribution& contribution) {
    const Standing& stands = room.consolidation.standing(contribution.id);
    return stands.title ? *stands.title : contribution.title;
}

const std::vector<Flag>& flags_of(const Room& room, const Contribution& contribution) {
    const Standing& stands = room.consolidation.standing(contribution.id);
    return stands.flags ? *stands.flags : contribution.flags;
}

}  // namespace tribune
