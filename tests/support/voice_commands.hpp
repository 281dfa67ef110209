// One of each command about contributions and what becomes of them, every field filled in, with the roles that may.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "show/command.hpp"

namespace tribune::test {

// In the order of Command's alternatives, after all others.
inline std::vector<std::pair<Command, std::set<Role>>> voice_commands() {
    const std::set<Role> own{Role::table, Role::audience, Role::rehearsal};
    const std::set<Role> facilitator{Role::facilitator};
    const std::set<Role> hearing{Role::facilitator, Role::director};
    const std::set<Role> director{Role::director};
    const Speaker from{DeviceId("d"), {3}};
    Uuid id;
    id.bytes[15] = 7;
    const std::vector<TensionSide> sides{{id, 0}, {std::nullopt, 4}};
    return {{Revise{from, id, "Un banc", "Banc", {Flag::link}}, own},
            {Retract{from, id}, own},
            {AnswerProposal{from, id, true}, own},
            {Approve{{id}}, facilitator},
            {HoldBack{{id}, HoldReason::insult, "Sans ce mot"}, facilitator},
            {Release{{id}}, facilitator},
            {AskReview{id}, facilitator},
            {ConfirmHold{id}, facilitator},
            {ProposeWords{id, "Un banc à l'ombre"}, facilitator},
            {Gather{{id}, 0, "Les bancs"}, facilitator},
            {NameTheme{4, "Les bancs"}, facilitator},
            {MergeThemes{4, 5}, facilitator},
            {RemoveTheme{4}, facilitator},
            {SetTension{from, 2, "Ombre ou soleil", sides}, {Role::facilitator, Role::table, Role::rehearsal}},
            {OpenTension{2, false}, hearing},
            {RemoveTension{2}, facilitator},
            {SetOutcome{{id}, 4, "Budget voté"}, hearing},
            {SetTerm{{"banc", TermAct::merge, "siège"}}, facilitator},
            {RemoveTerm{"banc"}, facilitator},
            {UndoDeed{9}, hearing},
            {SetModeration{Moderation::before}, hearing},
            {SetSpotlight{id}, {Role::facilitator, Role::producer}},
            {Introduce{from, {{3}, "Locataires"}}, {Role::audience, Role::rehearsal}},
            {Like{from, id, false}, own},
            {Weigh{from, 2, 1, Stance::disagree}, own},
            {Vote{from, 3, {2, 0}}, own},
            {SetPoll{3, PollKind::scale, "D'accord ?", {"Non", "Oui"}, 4, 7}, director},
            {OpenPoll{3}, director},
            {ClosePoll{3, false}, director},
            {RemovePoll{3}, director},
            {SetAudience{{false, true}}, hearing}};
}

}  // namespace tribune::test
