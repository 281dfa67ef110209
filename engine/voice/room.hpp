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
#include "voice/rotation.hpp"
#include "voice/rounds.hpp"

namespace tribune {

enum class ContributionKind : std::uint32_t { idea = 1, question, means, criticism };

// What a table sent, as it was stored. Never changed; later steps (hold, gather) are entities of their own.
struct Contribution {
    Uuid id;  // made on the device
    DeviceId device;
    TableNumber table;
    std::uint32_t round = 0;
    std::string text;      // clean (voice/hygiene.hpp)
    std::string language;  // BCP 47, "" = told by its words
    ShowTime at;
    std::int64_t unix_ms = 0;    // a label, never an order
    std::uint64_t sequence = 0;  // its place in the journal
    bool late = false;           // came after its round was closed
    ContributionKind kind = ContributionKind::idea;
    std::uint32_t part = 0;  // the sub-question it answers, from 1; 0: the question as a whole

    bool operator==(const Contribution&) const = default;
};

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
    // The round that takes answers now, or null.
    [[nodiscard]] const Round* open_round() const {
        return !rounds.empty() && rounds[rounds.size() - 1].open ? &rounds[rounds.size() - 1] : nullptr;
    }
    [[nodiscard]] const Contribution* find(const Uuid& id) const {
        const auto* at = by_id.find(id);
        return at == nullptr ? nullptr : &contributions[*at];
    }
};

// --- Commands ---------------------------------------------------------------------------------------------

// A table's answer. The same id with the same content is the same answer; with other content it is refused.
// It names the round it was written in, so that one kept on a tablet through a network loss still counts.
struct Submit {
    Uuid id;
    DeviceId device;
    TableNumber table;
    std::uint32_t round = 0;
    std::string text;
    std::string language;
    ContributionKind kind = ContributionKind::idea;
    std::uint32_t part = 0;
    bool operator==(const Submit&) const = default;
};

// What the authority stamps on every command.
struct Stamp {
    std::uint64_t sequence = 0;
    ShowTime at;
    std::int64_t unix_ms = 0;
};

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
// round_paused, round_not_paused, bad_length, too_many_parts, too_many_questions, unknown_item, already_stored (not a
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
// Errors: bad_rotation, rotation_outdated, nothing_to_undo, no_rotation, rotation_over.
Status apply(Room& room, const PlanRotation& command, const Stamp& stamp);
Status apply(Room& room, const SeatRotation& command, const Stamp& stamp);
Status apply(Room& room, const UndoRotation& command, const Stamp& stamp);
Status apply(Room& room, const ChangeTables& command, const Stamp& stamp);

}  // namespace tribune
