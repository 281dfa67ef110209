// What the journal's bytes mean: records and states of the show.
#pragma once

#include <cstdint>
#include <functional>

#include "base/result.hpp"
#include "show/command.hpp"
#include "show/state.hpp"
#include "store/journal.hpp"

namespace tribune {

// The row's payload is CBOR of the whole record (show/codec.hpp); its kind is the command's name.
Row to_row(const Record& record);
// Error record_damaged: the bytes are not a record of this program, or one of another place.
Result<Record> to_record(const Row& row);

// CBOR of the whole state, at its revision. Takes long with many contributions.
Snapshot to_snapshot(const ShowState& state);

struct Restored {
    ShowState state;             // as after journal.last_sequence()
    std::uint64_t snapshot = 0;  // the one it began from; 0: from nothing
    std::uint64_t replayed = 0;  // records applied after it
};

// The state from the newest snapshot that can be read and the records after it. A snapshot that cannot is passed over.
// Errors: record_damaged; replay_failed when a record does not apply, which only another version's rules explain.
Result<Restored> restore(Journal& journal);

// Calls `each` for every record from `sequence` to the end, in order; stops at its first error and returns it.
Status for_each_record(Journal& journal, std::uint64_t sequence, const std::function<Status(const Record&)>& each);

// Takes the text out of a stored answer (see Journal::erase_payload); id, table and time stay, so that it replays.
// Errors: unknown_sequence, not_an_answer.
Status erase_text(Journal& journal, std::uint64_t sequence);

}  // namespace tribune
