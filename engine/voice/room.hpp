// Participation: rounds and what the tables say. Pure values; the rules that change them are apply() below.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/persistent.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "voice/consolidation.hpp"
#include "voice/contribution.hpp"
#include "voice/rotation.hpp"
#include "voice/rounds.hpp"
#include "voice/weighing.hpp"

namespace tribune {

struct Room {
    Question prepared;                       // opens with the next round
    std::uint32_t prepared_item = 0;         // of the agenda; 0: typed live
    std::vector<AgendaItem> agenda;          // in the order of the evening
    std::uint32_t last_item = 0;             // the newest number given
    SharedList<Round> rounds;                // the last one may be open
    std::optional<Notice> notice;            // the last one shown
    SharedList<Contribution> contributions;  // in journal order

    std::optional<PlanRotation> wanted_rotation;      // asked for, not there yet
    std::string rotation_problem;                     // code: why the last one asked for could not be
    std::shared_ptr<const Rotation> rotation;         // null: none
    std::shared_ptr<const Rotation> rotation_before;  // what an undo brings back

    Consolidation consolidation;
    Weighing weighing;

    // Told by contributions: index() keeps them.
    SharedMap<Uuid, std::size_t> by_id;                      // place in contributions
    SharedMap<std::uint32_t, std::size_t> answers_of_round;  // how many, late ones too
    SharedMap<TableNumber, std::size_t> answers_of_table;    // how many; size() tables were heard

    Room();
    Room(const Room&);
    Room(Room&&) noexcept;
    Room& operator=(const Room&);
    Room& operator=(Room&&) noexcept;
    ~Room();

    // Counts contributions[at] in; once each, in their order.
    void index(std::size_t at);
    // Counts in how contributions stand, once all are there: after a snapshot was read.
    void index_standings();
    // The round that takes answers now, or null.
    [[nodiscard]] const Round* open_round() const {
        return !rounds.empty() && rounds[rounds.size() - 1].open ? &rounds[rounds.size() - 1] : nullptr;
    }
    [[nodiscard]] const Contribution* find(const Uuid& id) const {
        const auto* at = by_id.find(id);
        return at == nullptr ? nullptr : &contributions[*at];
    }
};

// What the authority stamps on every command.
struct Stamp {
    std::uint64_t sequence = 0;
    ShowTime at;
    std::int64_t unix_ms = 0;
};

// Where a contribution stands, in a word.
enum class ContributionState : std::uint32_t {
    waiting = 1,  // for a facilitator to see it
    shown,
    gathered,  // shown, under a theme
    held,
    retracted,
};
ContributionState state_of(const Room& room, const Contribution& contribution);
// Whether the room sees it.
bool is_shown(const Room& room, const Contribution& contribution);
// Its words as they stand: its table's last.
const std::string& text_of(const Room& room, const Contribution& contribution);
const std::string& title_of(const Room& room, const Contribution& contribution);
const std::vector<Flag>& flags_of(const Room& room, const Contribution& contribution);

inline constexpr std::size_t most_agenda_items = 200;
inline constexpr std::size_t most_parts = 12;
inline constexpr std::uint32_t longest_round_ms = 24U * 3600U * 1000U;

// Of the open round; none: no round is open, or it has no length. Negative beyond it.
std::optional<Nanoseconds> time_left(const Room& room, ShowTime now);
// The open round is over by its own setting.
bool closes_now(const Room& room, ShowTime now);
// How long until then; none: not as things stand.
std::optional<Nanoseconds> until_close(const Room& room, ShowTime now);
// The director's notice, while it stands; null: none does.
const Notice* standing_notice(const Room& room, ShowTime now);
// What a show file brings, once.
void open_agenda(Room& room, std::vector<Question> questions);

// Texts are clean already (voice/hygiene.hpp, at the authority, before the journal).
// Errors: empty_question, no_question, no_open_round, unknown_round, unknown_table, unknown_part, id_conflict,
// round_paused, round_not_paused, door_closed, bad_length, too_many_parts, too_many_questions, unknown_item, already_stored (not a
// failure for the sender: the authority acknowledges again).
Status apply(Room& room, const SetQuestion& command, const Stamp& stamp);
Status apply(Room& room, const StartRound& command, const Stamp& stamp);
Status apply(Room& room, const StopRound& command, const Stamp& stamp);
Status apply(Room& room, const PauseRound& command, const Stamp& stamp);
Status apply(Room& room, const ResumeRound& command, const Stamp& stamp);
Status apply(Room& room, const ExtendRound& command, const Stamp& stamp);
Status apply(Room& room, const SetAgendaItem& command, const Stamp& stamp);
Status apply(Room& room, const RemoveAgendaItem& command, const Stamp& stamp);
Status apply(Room& room, const MoveAgendaItem& command, const Stamp& stamp);
Status apply(Room& room, const ShowNotice& command, const Stamp& stamp);
Status apply(Room& room, const Submit& command, const Stamp& stamp, int table_count);
// Errors: unknown_contribution, not_yours, round_closed, retracted, no_proposal.
Status apply(Room& room, const Revise& command, const Stamp& stamp);
Status apply(Room& room, const Retract& command, const Stamp& stamp);
Status apply(Room& room, const AnswerProposal& command, const Stamp& stamp);
// What facilitators do; `by`: who. Errors: unknown_contribution, nothing_named, too_many_named, retracted, not_held,
// own_hold, unknown_theme, same_theme, empty_title, too_many_themes, unknown_tension, bad_sides, too_many_tensions,
// unknown_word, bad_term, too_many_terms, unknown_deed, already_undone, changed_since, not_shown.
Status apply(Room& room, const Approve& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const HoldBack& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const Release& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const AskReview& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const ConfirmHold& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const ProposeWords& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const Gather& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const NameTheme& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const MergeThemes& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const RemoveTheme& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const SetTension& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const OpenTension& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const RemoveTension& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const SetOutcome& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const SetTerm& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const RemoveTerm& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const UndoDeed& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const SetSpotlight& command, const Stamp& stamp, const std::string& by);
Status apply(Room& room, const SetModeration& command, const Stamp& stamp);
// What the room thinks. Errors: unknown_contribution, not_shown, unknown_tension, tension_closed, bad_side, door_closed,
// unknown_poll, poll_closed, poll_voted, bad_poll, too_many_polls, bad_vote, empty_question.
Status apply(Room& room, const Introduce& command, const Stamp& stamp);
Status apply(Room& room, const Like& command, const Stamp& stamp);
Status apply(Room& room, const Weigh& command, const Stamp& stamp);
Status apply(Room& room, const Vote& command, const Stamp& stamp);
Status apply(Room& room, const SetPoll& command, const Stamp& stamp);
Status apply(Room& room, const OpenPoll& command, const Stamp& stamp);
Status apply(Room& room, const ClosePoll& command, const Stamp& stamp);
Status apply(Room& room, const RemovePoll& command, const Stamp& stamp);
Status apply(Room& room, const SetAudience& command, const Stamp& stamp);
// Errors: bad_rotation, rotation_outdated, nothing_to_undo, no_rotation, rotation_over.
Status apply(Room& room, const PlanRotation& command, const Stamp& stamp);
Status apply(Room& room, const SeatRotation& command, const Stamp& stamp);
Status apply(Room& room, const UndoRotation& command, const Stamp& stamp);
Status apply(Room& room, const ChangeTables& command, const Stamp& stamp);

}  // namespace tribune
