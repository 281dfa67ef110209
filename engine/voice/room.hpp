// Participation: rounds and what the tables say. Pure values; the rules that change them are apply() below.
#pragma once

#include <cstdint>
#include <string>

#include "base/ids.hpp"
#include "base/persistent.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace tribune {

// A question put to the room, and the time it was open.
struct Round {
    std::uint32_t number = 0;  // 1, 2, 3…
    std::string question;
    std::string language;  // BCP 47 of the question, "" = the show's
    ShowTime started;
    ShowTime ended;  // meaningless while open
    bool open = true;

    bool operator==(const Round&) const = default;
};

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

    bool operator==(const Contribution&) const = default;
};

struct Room {
    std::string prepared_question;  // opens with the next round
    std::string prepared_language;
    SharedList<Round> rounds;                // the last one may be open
    SharedList<Contribution> contributions;  // in journal order

    // Told by contributions: index() keeps them.
    SharedMap<Uuid, std::size_t> by_id;                      // place in contributions
    SharedMap<std::uint32_t, std::size_t> answers_of_round;  // how many, late ones too
    SharedMap<TableNumber, std::size_t> answers_of_table;    // how many; size() tables were heard

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

// Prepares the question of the next round; what is open goes on.
struct SetQuestion {
    std::string text;
    std::string language;
    bool operator==(const SetQuestion&) const = default;
};

// Opens a round on the prepared question; an open round is closed first.
struct StartRound {
    bool operator==(const StartRound&) const = default;
};

struct StopRound {
    bool operator==(const StopRound&) const = default;
};

// A table's answer. The same id with the same content is the same answer; with other content it is refused.
// It names the round it was written in, so that one kept on a tablet through a network loss still counts.
struct Submit {
    Uuid id;
    DeviceId device;
    TableNumber table;
    std::uint32_t round = 0;
    std::string text;
    std::string language;
    bool operator==(const Submit&) const = default;
};

// What the authority stamps on every command.
struct Stamp {
    std::uint64_t sequence = 0;
    ShowTime at;
    std::int64_t unix_ms = 0;
};

// Texts are clean already (voice/hygiene.hpp, at the authority, before the journal).
// Errors: empty_question, no_question, no_open_round, unknown_round, unknown_table, id_conflict,
// already_stored (not a failure for the sender: the authority acknowledges again).
Status apply(Room& room, const SetQuestion& command, const Stamp& stamp);
Status apply(Room& room, const StartRound& command, const Stamp& stamp);
Status apply(Room& room, const StopRound& command, const Stamp& stamp);
Status apply(Room& room, const Submit& command, const Stamp& stamp, int table_count);

}  // namespace tribune
