// The journal in one SQLite file: WAL, synchronous=FULL, one connection that keeps every other out.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "store/journal.hpp"

namespace tribune {

struct JournalOptions {
    enum class Access { read_write, read_only };

    Access access = Access::read_write;
    bool create = true;                    // when the file is missing (never with read_only)
    bool set_damaged_aside = false;        // rename a damaged journal to NAME.damaged-…, and begin an empty one
    std::chrono::milliseconds wait{1000};  // for another program to let go of the file
};

class SqliteJournal final : public Journal {
  public:
    // `path` is the database file; its folder exists. Checks the whole file before it answers.
    // Errors: journal_in_use, journal_damaged, journal_newer, not_a_journal, journal_missing, journal_unreadable,
    // disk_full.
    // A damaged file is left as it is unless set_damaged_aside is asked for; then it is renamed with its -wal, never
    // deleted. Damage seen here: the file's structure, a missing record, a -wal that was removed, emptied or
    // overwritten at its head after a crash. Not seen: a -wal cut in the middle, which looks like a crash during
    // the last commits; a follower that is ahead of the journal tells of it.
    static Result<std::unique_ptr<SqliteJournal>> open(const std::string& path, const JournalOptions& options = {});

    ~SqliteJournal() override;

    Status append(std::span<const Row> rows) override;
    Result<std::vector<Row>> read_from(std::uint64_t sequence, std::size_t limit) override;
    Status save_snapshot(const Snapshot& snapshot) override;
    Result<std::optional<Snapshot>> newest_snapshot(std::uint64_t at_most) override;
    Status erase_payload(std::uint64_t sequence, std::string_view blank) override;
    Status housekeep() override;
    [[nodiscard]] std::string epoch() const override;
    [[nodiscard]] std::uint64_t last_sequence() const override;
    [[nodiscard]] JournalCounters counters() const override;
    [[nodiscard]] std::optional<Error> lost() const override;

  private:
    struct Parts;  // keeps sqlite3.h out of this header
    explicit SqliteJournal(std::unique_ptr<Parts> parts);
    static Result<std::unique_ptr<SqliteJournal>> open_existing(const std::string& path, const JournalOptions& options);
    static Status create(const std::string& path);

    std::unique_ptr<Parts> parts_;
};

}  // namespace tribune
