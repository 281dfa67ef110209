#include "store/sqlite_journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <mutex>
#include <utility>

#include "base/ids.hpp"
#include "base/log.hpp"
#include "store/checksum.hpp"
#include "store/journal_file.hpp"
#include "store/sqlite.hpp"

namespace tribune {
namespace {

constexpr std::uint64_t application_id = 0x54524942;  // "TRIB"
constexpr std::uint64_t schema_version = 1;
constexpr int checkpoint_pages = 1000;  // of the -wal, about 4 MB
constexpr int kept_snapshots = 2;

// wal_needed tells whether the -wal may hold what the main file does not: then its absence is damage.
constexpr const char* schema = R"sql(
    CREATE TABLE meta(epoch TEXT NOT NULL, wal_needed INTEGER NOT NULL);
    CREATE TABLE record(sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, payload BLOB NOT NULL,
                        checksum INTEGER NOT NULL);
    CREATE TABLE snapshot(sequence INTEGER PRIMARY KEY, payload BLOB NOT NULL, checksum INTEGER NOT NULL);
)sql";

std::uint64_t checksum_of(std::uint64_t sequence, std::string_view kind, std::string_view payload) {
    return Checksum{}.add(sequence).add(kind).add(payload.size()).add(payload).value();
}

Error damaged(const std::string& path, const std::string& what) {
    return {"journal_damaged",
            fmt::format("The journal {} is damaged ({}): keep a copy of it and of its -wal, then start with the option "
                        "that sets a damaged journal aside, or put a backup in its place.",
                        path, what)};
}

// What an SQLite code means while a file is being opened.
Error open_error(const std::string& path, int rc, const std::string& message) {
    switch (rc & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"journal_in_use",
                    fmt::format("The journal {} is held by another program: stop that one first.", path)};
        case SQLITE_FULL:
            return {"disk_full", fmt::format("The disk of the journal {} is full: free space on it.", path)};
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_READONLY:
        case SQLITE_AUTH:
        case SQLITE_IOERR:
        case SQLITE_NOMEM:
            return {
                "journal_unreadable",
                fmt::format("The journal {} cannot be opened ({}): check that its folder exists, that this user may "
                            "write there, and that its disk is well.",
                            path, message)};
        default: return damaged(path, message);
    }
}

// One number, or the code that came instead of a row.
int read_number(Database& database, std::string_view sql, std::uint64_t& number) {
    Statement statement;
    if (const int rc = statement.prepare(database, sql); rc != SQLITE_OK) return rc;
    Query query(statement);
    const int rc = query.step();
    if (rc == SQLITE_ROW) number = query.number(0);
    return rc == SQLITE_ROW ? SQLITE_OK : rc == SQLITE_DONE ? SQLITE_CORRUPT : rc;
}

}  // namespace

struct SqliteJournal::Parts {
    std::string path;
    bool writable = true;
    std::string epoch_id;

    std::mutex mutex;  // one call at a time; guards all down to wal_pages
    Database database;
    Statement begin, commit, insert, read, add_snapshot, drop_snapshots, find_snapshot, replace, forget_snapshots;
    Statement mark_wal;
    int wal_pages = 0;

    mutable std::mutex status_mutex;  // held for moments only; guards all below
    std::uint64_t last = 0;
    JournalCounters counted;
    std::optional<Error> lost_to;

    template <class Change>
    void note(Change change) {
        const std::lock_guard lock(status_mutex);
        change(counted);
    }
    std::uint64_t last_on_disk() const {
        const std::lock_guard lock(status_mutex);
        return last;
    }

    Status may_write() const {
        if (!writable) {
            return Error{"read_only", "This journal was opened for reading: open it for writing to change it."};
        }
        const std::lock_guard lock(status_mutex);
        if (lost_to) return *lost_to;
        return {};
    }

    // After a failed statement: nothing of the transaction is kept. Only a full disk may be tried again.
    Error failed(int rc, std::string_view doing) {
        const std::string message = database.message();
        if (database.in_transaction()) database.execute("ROLLBACK");
        if ((rc & 0xff) == SQLITE_FULL && !database.in_transaction()) {
            return {"disk_full",
                    fmt::format("The disk of the journal {} is full, nothing of this was kept: free space on it and "
                                "try again.",
                                path)};
        }
        Error lost{
            "storage_lost",
            fmt::format("The journal {} failed while {} ({}, code {}): nothing is acknowledged any more; check the "
                        "disk, then start again.",
                        path, doing, message, rc)};
        log::error("storage_lost", "{}", lost.message);
        // Closing must not sync that file either.
        sqlite3_db_config(database.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        const std::lock_guard lock(status_mutex);
        if (!lost_to) lost_to = lost;
        return *lost_to;
    }

    // Runs a statement that gives no rows.
    template <class... Values>
    int run(Statement& statement, const Values&... values) {
        Query query(statement, values...);
        const int rc = query.step();
        return rc == SQLITE_DONE || rc == SQLITE_ROW ? SQLITE_OK : rc;
    }

    // `body` in one transaction; its code or the commit's.
    template <class Body>
    int in_transaction(Body body) {
        if (const int rc = run(begin); rc != SQLITE_OK) return rc;
        if (const int rc = body(); rc != SQLITE_OK) return rc;
        return run(commit);
    }

    int checkpoint(int mode) {
        const int rc = sqlite3_wal_checkpoint_v2(database.get(), nullptr, mode, nullptr, nullptr);
        if (rc == SQLITE_OK) wal_pages = 0;
        return rc;
    }

    // From here on the -wal counts: told in the main file itself.
    int begin_using_wal() {
        if (const int rc = run(mark_wal, std::uint64_t{1}); rc != SQLITE_OK) return rc;
        return checkpoint(SQLITE_CHECKPOINT_PASSIVE);
    }

    int prepare_all() {
        const std::pair<Statement*, std::string_view> all[] = {
            {&begin, "BEGIN IMMEDIATE"},
            {&commit, "COMMIT"},
            {&insert, "INSERT INTO record(sequence, kind, payload, checksum) VALUES(?, ?, ?, ?)"},
            {&read,
             "SELECT sequence, kind, payload, checksum FROM record WHERE sequence >= ? ORDER BY sequence LIMIT ?"},
            {&add_snapshot, "INSERT OR REPLACE INTO snapshot(sequence, payload, checksum) VALUES(?, ?, ?)"},
            {&drop_snapshots,
             "DELETE FROM snapshot WHERE sequence NOT IN (SELECT sequence FROM snapshot ORDER BY sequence DESC LIMIT "
             "?)"},
            {&find_snapshot,
             "SELECT sequence, payload, checksum FROM snapshot WHERE sequence <= ? ORDER BY sequence DESC"},
            {&replace, "UPDATE record SET payload = ?, checksum = ? WHERE sequence = ?"},
            {&forget_snapshots, "DELETE FROM snapshot WHERE sequence >= ?"},
            {&mark_wal, "UPDATE meta SET wal_needed = ?"},
        };
        for (const auto& [statement, sql] : all) {
            if (const int rc = statement->prepare(database, sql); rc != SQLITE_OK) return rc;
        }
        sqlite3_wal_hook(
            database.get(),
            [](void* parts, sqlite3*, const char*, int pages) {
                static_cast<Parts*>(parts)->wal_pages = pages;
                return SQLITE_OK;
            },
            this);
        return SQLITE_OK;
    }
};

SqliteJournal::SqliteJournal(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

SqliteJournal::~SqliteJournal() {
    // SQLite folds the -wal into the main file and removes it when the last connection closes.
    if (parts_->writable && !lost()) parts_->run(parts_->mark_wal, std::uint64_t{0});
}

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(const std::string& path, const JournalOptions& options) {
    const bool for_reading = options.access == JournalOptions::Access::read_only;
    if (file_state(path) == FileState::absent && file_state(path + "-wal") != FileState::filled) {
        if (for_reading || !options.create) {
            return Error{"journal_missing", fmt::format("There is no journal {}: check the data folder's name.", path)};
        }
        TRIBUNE_CHECK(create(path));
    }
    auto opened = open_existing(path, options);
    if (opened || opened.error().code != "journal_damaged" || !options.set_damaged_aside || for_reading) return opened;

    TRIBUNE_TRY(const std::string aside, set_aside(path));
    log::warning("journal_set_aside", "{} Its files are now {}; an empty journal begins.", opened.error().message,
                 aside);
    TRIBUNE_CHECK(create(path));
    return open_existing(path, options);
}

// Made under another name and renamed when whole, so that an empty file is always damage.
Status SqliteJournal::create(const std::string& path) {
    const std::string unfinished = fmt::format("{}.new-{}", path, random_hex(4));
    const auto give_up = [&](Error error) {
        for (const char* suffix : {"", "-journal", "-wal", "-shm"}) std::remove((unfinished + suffix).c_str());
        return error;
    };
    {
        Database database;
        int rc = database.open(unfinished, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX);
        if (rc == SQLITE_OK) {
            rc = database.execute(
                fmt::format("PRAGMA synchronous=FULL; BEGIN IMMEDIATE; {} INSERT INTO meta VALUES('{}', 0);"
                            "PRAGMA application_id={}; PRAGMA user_version={}; COMMIT; PRAGMA locking_mode=EXCLUSIVE;"
                            "PRAGMA journal_mode=WAL;",
                            schema, random_hex(16), application_id, schema_version));
        }
        if (rc != SQLITE_OK) return give_up(open_error(path, rc, database.message()));
    }
    if (::renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno != EEXIST) return give_up(open_error(path, SQLITE_CANTOPEN, std::strerror(errno)));
        (void)give_up({});  // another program was faster; opening its file tells
    }
    return sync_folder_of(path);
}

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open_existing(const std::string& path,
                                                                    const JournalOptions& options) {
    if (file_state(path) != FileState::filled) return damaged(path, "the file is empty or gone, its -wal is not");
    auto parts = std::make_unique<Parts>();
    parts->path = path;
    parts->writable = options.access == JournalOptions::Access::read_write;
    Database& database = parts->database;
    const auto failure = [&](int rc) { return open_error(path, rc, database.message()); };

    const int access = parts->writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    if (const int rc = database.open(path, access | SQLITE_OPEN_NOMUTEX); rc != SQLITE_OK) return failure(rc);
    sqlite3_busy_timeout(database.get(), static_cast<int>(options.wait.count()));
    // EXCLUSIVE before the first read: the lock is taken with it, and the -wal's index needs no shared memory.
    const int set_up = database.execute(
        fmt::format("PRAGMA locking_mode={}; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA mmap_size=0;"
                    "PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON;"
                    "PRAGMA trusted_schema=OFF;",
                    parts->writable ? "EXCLUSIVE" : "NORMAL"));
    if (set_up != SQLITE_OK) return failure(set_up);

    std::uint64_t application = 0;
    std::uint64_t version = 0;
    if (const int rc = read_number(database, "PRAGMA application_id", application); rc != SQLITE_OK) return failure(rc);
    if (const int rc = read_number(database, "PRAGMA user_version", version); rc != SQLITE_OK) return failure(rc);
    if (application != application_id) {
        return Error{"not_a_journal",
                     fmt::format("{} is a database of another program: name another data folder.", path)};
    }
    if (version != schema_version) {
        return Error{"journal_newer",
                     fmt::format("The journal {} has version {}, this program knows {}: use the program that wrote it.",
                                 path, version, schema_version)};
    }
    const bool wal_whole = wal_header_whole(path + "-wal");

    {
        Statement mode;
        if (const int rc = mode.prepare(database, "PRAGMA journal_mode"); rc != SQLITE_OK) return failure(rc);
        Query query(mode);
        if (query.step() != SQLITE_ROW || query.bytes(0) != "wal") return damaged(path, "it is not in WAL mode");
    }
    {
        Statement check;
        if (const int rc = check.prepare(database, "PRAGMA quick_check(1)"); rc != SQLITE_OK) return failure(rc);
        Query query(check);
        if (const int rc = query.step(); rc != SQLITE_ROW) return failure(rc);
        if (query.bytes(0) != "ok") return damaged(path, std::string(query.bytes(0)));
    }
    if (const int rc = parts->prepare_all(); rc != SQLITE_OK) return failure(rc);
    std::uint64_t wal_needed = 0;
    {
        Statement meta;
        if (const int rc = meta.prepare(database, "SELECT epoch, wal_needed FROM meta"); rc != SQLITE_OK) {
            return failure(rc);
        }
        Query query(meta);
        if (query.step() != SQLITE_ROW || query.bytes(0).empty()) return damaged(path, "its epoch is missing");
        parts->epoch_id = query.bytes(0);
        wal_needed = query.number(1);
    }
    if (wal_needed != 0 && !wal_whole) return damaged(path, "its -wal is missing or not the one that SQLite wrote");
    std::uint64_t count = 0;
    if (const int rc = read_number(database, "SELECT count(*) FROM record", count); rc != SQLITE_OK) return failure(rc);
    if (const int rc = read_number(database, "SELECT coalesce(max(sequence), 0) FROM record", parts->last);
        rc != SQLITE_OK) {
        return failure(rc);
    }
    if (count != parts->last) return damaged(path, fmt::format("{} of {} records", count, parts->last));
    if (parts->writable) {
        if (const int rc = parts->begin_using_wal(); rc != SQLITE_OK) return failure(rc);
    }
    return std::unique_ptr<SqliteJournal>(new SqliteJournal(std::move(parts)));
}

Status SqliteJournal::append(std::span<const Row> rows) {
    auto& p = *parts_;
    const std::lock_guard lock(p.mutex);
    TRIBUNE_CHECK(p.may_write());
    auto last = p.last_on_disk();
    for (const auto& row : rows) {
        if (row.sequence != ++last) {
            return Error{"sequence_gap", fmt::format("Record {} came where {} belongs: start the state again from the "
                                                     "journal.",
                                                     row.sequence, last)};
        }
        if (row.payload.size() > most_payload) {
            return Error{"record_too_long", fmt::format("Record {} has {} bytes, {} at most: send less at once.",
                                                        row.sequence, row.payload.size(), most_payload)};
        }
    }
    if (rows.empty()) return {};
    const int rc = p.in_transaction([&] {
        for (const auto& row : rows) {
            const int inserted = p.run(p.insert, row.sequence, row.kind, std::string_view{row.payload},
                                       checksum_of(row.sequence, row.kind, row.payload));
            if (inserted != SQLITE_OK) return inserted;
        }
        return SQLITE_OK;
    });
    if (rc != SQLITE_OK) return p.failed(rc, "writing records");
    const std::lock_guard status(p.status_mutex);
    p.last = last;
    ++p.counted.commits;
    p.counted.records += rows.size();
    return {};
}

Result<std::vector<Row>> SqliteJournal::read_from(std::uint64_t sequence, std::size_t limit) {
    auto& p = *parts_;
    const std::lock_guard lock(p.mutex);
    std::vector<Row> rows;
    const auto last = p.last_on_disk();
    if (sequence == 0 || sequence > last || limit == 0) return rows;
    const auto wanted = std::min<std::uint64_t>(limit, last - sequence + 1);
    rows.reserve(static_cast<std::size_t>(wanted));
    Query query(p.read, sequence, wanted);
    auto expected = sequence;
    for (; expected < sequence + wanted && query.step() == SQLITE_ROW; ++expected) {
        Row row{query.number(0), std::string(query.bytes(1)), std::string(query.bytes(2))};
        if (row.sequence != expected || checksum_of(expected, row.kind, row.payload) != query.number(3)) break;
        rows.push_back(std::move(row));
    }
    if (rows.empty()) {
        return Error{"record_damaged",
                     fmt::format("Record {} of the journal {} is damaged or missing: what stands before "
                                 "it can be exported; put a backup in its place.",
                                 expected, p.path)};
    }
    return rows;
}

Status SqliteJournal::save_snapshot(const Snapshot& snapshot) {
    auto& p = *parts_;
    const std::lock_guard lock(p.mutex);
    TRIBUNE_CHECK(p.may_write());
    if (snapshot.sequence > p.last_on_disk()) {
        return Error{"snapshot_ahead", fmt::format("The snapshot at {} is ahead of the journal: take it again later.",
                                                   snapshot.sequence)};
    }
    const int rc = p.in_transaction([&] {
        const int added = p.run(p.add_snapshot, snapshot.sequence, std::string_view{snapshot.payload},
                                checksum_of(snapshot.sequence, {}, snapshot.payload));
        return added != SQLITE_OK ? added : p.run(p.drop_snapshots, std::uint64_t{kept_snapshots});
    });
    if (rc == SQLITE_TOOBIG) {
        if (p.database.in_transaction()) p.database.execute("ROLLBACK");
        return Error{"snapshot_too_long", "The state is too large for a snapshot: the journal goes on without."};
    }
    if (rc != SQLITE_OK) return p.failed(rc, "writing a snapshot");
    p.note([](JournalCounters& c) { ++c.snapshots; });
    return {};
}

Result<std::optional<Snapshot>> SqliteJournal::newest_snapshot(std::uint64_t at_most) {
    auto& p = *parts_;
    const std::lock_guard lock(p.mutex);
    Query query(p.find_snapshot, std::min(at_most, p.last_on_disk()));
    int rc = query.step();
    for (; rc == SQLITE_ROW; rc = query.step()) {
        Snapshot snapshot{query.number(0), std::string(query.bytes(1))};
        if (checksum_of(snapshot.sequence, {}, snapshot.payload) == query.number(2)) return std::optional{snapshot};
        log::warning("snapshot_damaged", "The snapshot at {} is damaged; an older one is taken.", snapshot.sequence);
        p.note([](JournalCounters& c) { ++c.damaged_snapshots; });
    }
    if (rc != SQLITE_DONE) {  // a page that cannot be read: the records still tell all
        log::warning("snapshot_damaged", "A snapshot cannot be read ({}); the records are replayed.",
                     p.database.message());
        p.note([](JournalCounters& c) { ++c.damaged_snapshots; });
    }
    return std::optional<Snapshot>{};
}

Status SqliteJournal::erase_payload(std::uint64_t sequence, std::string_view blank) {
    auto& p = *parts_;
    const std::lock_guard lock(p.mutex);
    TRIBUNE_CHECK(p.may_write());
    if (sequence == 0 || sequence > p.last_on_disk()) {
        return Error{"unknown_sequence", fmt::format("The journal has no record {}: check the number.", sequence)};
    }
    std::string kind;
    {
        Query query(p.read, sequence, std::uint64_t{1});
        if (query.step() == SQLITE_ROW) kind = query.bytes(1);
    }
    int rc = p.in_transaction([&] {
        const int replaced = p.run(p.replace, blank, checksum_of(sequence, kind, blank), sequence);
        if (replaced != SQLITE_OK) return replaced;
        const int forgotten = p.run(p.forget_snapshots, sequence);
        return forgotten != SQLITE_OK ? forgotten : p.run(p.mark_wal, std::uint64_t{0});
    });
    // The old bytes leave the main file by secure_delete, and the -wal by being cut to nothing.
    if (rc == SQLITE_OK) rc = p.checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
    if (rc == SQLITE_OK) rc = p.begin_using_wal();
    if (rc != SQLITE_OK) return p.failed(rc, "erasing a record");
    return {};
}

Status SqliteJournal::housekeep() {
    auto& p = *parts_;
    const std::lock_guard lock(p.mutex);
    TRIBUNE_CHECK(p.may_write());
    if (p.wal_pages < checkpoint_pages) return {};
    // Not left to SQLite's own checkpoint: that one swallows a failed sync.
    if (const int rc = p.checkpoint(SQLITE_CHECKPOINT_PASSIVE); rc != SQLITE_OK) {
        return p.failed(rc, "moving the -wal into the main file");
    }
    return {};
}

std::string SqliteJournal::epoch() const { return parts_->epoch_id; }

std::uint64_t SqliteJournal::last_sequence() const { return parts_->last_on_disk(); }

JournalCounters SqliteJournal::counters() const {
    const std::lock_guard lock(parts_->status_mutex);
    return parts_->counted;
}

std::optional<Error> SqliteJournal::lost() const {
    const std::lock_guard lock(parts_->status_mutex);
    return parts_->lost_to;
}

}  // namespace tribune
