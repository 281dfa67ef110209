// What those who sent a contribution may do with it.
#include <fmt/format.h>

#include <utility>

#include "voice/deeds.hpp"
#include "voice/room.hpp"

namespace tribune {
namespace {

std::string name_of(const Speaker& from) {
    return from.table.value == 0 ? "phone" : fmt::format("table/{}", from.table.value);
}

// A table's contributions are all its tablets'; a phone's, its own.
bool is_own(const Contribution& contribution, const Speaker& from) {
    return from.table.value == 0 ? contribution.table.value == 0 && contribution.device == from.device
                                 : contribution.table == from.table;
}

Result<const Contribution*> own(const Room& room, const Uuid& id, const Speaker& from) {
    const Contribution* contribution = room.find(id);
    if (contribution == nullptr) return Error{"unknown_contribution", "There is no such contribution."};
    if (!is_own(*contribution, from))
        return Error{"not_yours", "This contribution is another's: yours can be changed."};
    if (room.consolidation.standing(id).retracted)
        return Error{"retracted", "This contribution was withdrawn: write a new one."};
    return contribution;
}

}  // namespace

Status apply(Room& room, const Revise& command, const Stamp& stamp) {
    TRIBUNE_TRY(const Contribution* contribution, own(room, command.contribution, command.from));
    if (!room.rounds[contribution->round - 1].open)
        return Error{"round_closed", "The round is closed: what was said stands, a new contribution may correct it."};
    Standing standing = room.consolidation.standing(contribution->id);
    standing.text = command.text;
    standing.title = command.title;
    standing.flags = command.flags;
    standing.proposal.reset();
    begin_standing_again(room, standing, command.flags, stamp);
    DeedInHand deed(room, "revise", name_of(command.from), stamp);
    deed.set(contribution->id, std::move(standing));
    deed.keep();
    return {};
}

Status apply(Room& room, const Retract& command, const Stamp& stamp) {
    TRIBUNE_TRY(const Contribution* contribution, own(room, command.contribution, command.from));
    Standing standing = room.consolidation.standing(contribution->id);
    standing.retracted = true;
    DeedInHand deed(room, "retract", name_of(command.from), stamp);
    deed.set(contribution->id, std::move(standing));
    deed.keep();
    return {};
}

Status apply(Room& room, const AnswerProposal& command, const Stamp& stamp) {
    TRIBUNE_TRY(const Contribution* contribution, own(room, command.contribution, command.from));
    Standing standing = room.consolidation.standing(contribution->id);
    if (!standing.proposal) return Error{"no_proposal", "No other words are proposed for this contribution any more."};
    if (command.accept) {
        standing.text = standing.proposal->text;
        standing.flags.emplace();
        standing.hold.reset();
        standing.waits = false;
        standing.approved = true;
    }
    standing.proposal_declined = !command.accept;
    standing.proposal.reset();
    DeedInHand deed(room, "answer_proposal", name_of(command.from), stamp);
    deed.set(contribution->id, std::move(standing));
    deed.keep();
    return {};
}

}  // namespace tribune
