// The ordered record of everything that was decided, as bytes. What the bytes mean: store/records.hpp.
// The interface is small on purpose: a replicated engine can stand behind it when a show outgrows one machine.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace tribune {

// One record. Sequences are 1, 2, 3… without gap.
struct Row {
    std::uint64_t sequence = 0;
    std::string kind;     // the command's name, for people who look into the file
    std::string payload;  // CBOR of the Record; at most Journal::most_payload bytes

    bool operator==(const Row&) const = default;
};

// The whole state after record `sequence`.
struct Snapshot {
    std::uint64_t sequence = 0;
    std::string payload;

    bool operator==(const Snapshot&) const = default;
};

struct JournalCounters {
    std::uint64_t commits = 0;            // of records, since it was opened
    std::uint64_t records = 0;            // appended since it was opened
    std::uint64_t snapshots = 0;          // saved since it was opened
    std::uint64_t damaged_snapshots = 0;  // passed over when loading
};

// Thread: any; calls are made one after the other, so a read may wait for a commit. The const members never wait.
//
// Errors of every writing member:
//   disk_full     nothing was kept and the journal is as before; free space and try again
//   storage_lost  a write or sync failed, now or earlier: after a failed sync no later success proves anything, so
//                 the journal never writes to that file again (latched, until the program starts anew)
//   read_only     the journal was opened for reading
class Journal {
  public:
    static constexpr std::size_t most_payload = 16U << 20U;

    virtual ~Journal() = default;

    // All rows or none; success means that they are on disk. The first must be last_sequence() + 1 and each next one
    // more (sequence_gap otherwise, and nothing is written). Also record_too_long.
    virtual Status append(std::span<const Row> rows) = 0;

    // Up to `limit` rows in order, beginning with exactly `sequence` (≥ 1); empty past the end. A damaged or missing
    // row is never handed out: reading ends before it, and reading it first gives record_damaged.
    virtual Result<std::vector<Row>> read_from(std::uint64_t sequence, std::size_t limit) = 0;

    // Keeps the newest two. Refused beyond last_sequence() (snapshot_ahead).
    virtual Status save_snapshot(const Snapshot& snapshot) = 0;

    // The newest undamaged one with sequence ≤ `at_most`; damaged ones are counted and passed over.
    virtual Result<std::optional<Snapshot>> newest_snapshot(std::uint64_t at_most) = 0;

    // Puts `blank` in the place of a record's payload, drops every snapshot that may hold the old one, and overwrites
    // the old bytes in the journal's files. The state of a running show still holds it: take it out there first.
    // Error: unknown_sequence.
    virtual Status erase_payload(std::uint64_t sequence, std::string_view blank) = 0;

    // Work that may be done late, between commits. Call after acknowledging a batch.
    virtual Status housekeep() = 0;

    // Random, made with the journal: two journals are never taken for one another.
    [[nodiscard]] virtual std::string epoch() const = 0;
    // Of the newest record on disk; 0 when there is none.
    [[nodiscard]] virtual std::uint64_t last_sequence() const = 0;
    [[nodiscard]] virtual JournalCounters counters() const = 0;
    // Why nothing is written any more; empty while all is well.
    [[nodiscard]] virtual std::optional<Error> lost() const = 0;
};

}  // namespace tribune
