#include "store/records.hpp"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/log.hpp"
#include "show/codec.hpp"

namespace tribune {
namespace {

constexpr std::size_t page_rows = 512;

// The JSON library throws on a list that claims to be longer than memory, whatever it was asked.
Result<nlohmann::json> read_cbor(std::string_view bytes) {
    try {
        return unpack(bytes);
    } catch (const nlohmann::json::exception& e) {
        return Error{"bad_bytes", fmt::format("These bytes are not a message of this program ({}).", e.what())};
    }
}

Result<ShowState> to_state(const Snapshot& snapshot) {
    TRIBUNE_TRY(const auto json, read_cbor(snapshot.payload));
    TRIBUNE_TRY(auto state, decode_state(json));
    if (state.revision != snapshot.sequence) return Error{"bad_bytes", "The snapshot is of another place."};
    return state;
}

Result<Row> row_at(Journal& journal, std::uint64_t sequence) {
    TRIBUNE_TRY(auto rows, journal.read_from(sequence, 1));
    if (rows.empty()) {
        return Error{"unknown_sequence", fmt::format("The journal has no record {}: check the number.", sequence)};
    }
    return std::move(rows.front());
}

}  // namespace

Row to_row(const Record& record) {
    return {record.stamp.sequence, std::string(kind_of(record.command).name), pack(encode(record))};
}

Result<Record> to_record(const Row& row) {
    const auto damaged = [&](const std::string& why) {
        return Error{"record_damaged", fmt::format("Record {} of the journal cannot be read ({}): use the program that "
                                                   "wrote it, or put a backup in its place.",
                                                   row.sequence, why)};
    };
    const auto json = read_cbor(row.payload);
    if (!json) return damaged(json.error().message);
    auto record = decode_record(*json);
    if (!record) return damaged(record.error().message);
    if (record->stamp.sequence != row.sequence) return damaged("it is of another place");
    return record;
}

Snapshot to_snapshot(const ShowState& state) { return {state.revision, pack(encode(state))}; }

Status for_each_record(Journal& journal, std::uint64_t sequence, const std::function<Status(const Record&)>& each) {
    for (;;) {
        TRIBUNE_TRY(const auto rows, journal.read_from(sequence, page_rows));
        if (rows.empty()) return {};
        for (const auto& row : rows) {
            TRIBUNE_TRY(const auto record, to_record(row));
            TRIBUNE_CHECK(each(record));
        }
        sequence += rows.size();
    }
}

Result<Restored> restore(Journal& journal) {
    Restored restored;
    for (auto at_most = std::numeric_limits<std::uint64_t>::max();;) {
        TRIBUNE_TRY(const auto snapshot, journal.newest_snapshot(at_most));
        if (!snapshot) break;
        if (auto state = to_state(*snapshot)) {
            restored.state = *std::move(state);
            restored.snapshot = snapshot->sequence;
            break;
        } else {
            log::warning("snapshot_damaged", "The snapshot at {} cannot be read ({}); an older one is taken.",
                         snapshot->sequence, state.error().message);
        }
        if (snapshot->sequence == 0) break;
        at_most = snapshot->sequence - 1;
    }
    TRIBUNE_CHECK(for_each_record(journal, restored.snapshot + 1, [&](const Record& record) -> Status {
        auto next = apply(restored.state, record.command, record.stamp, record.actor);
        if (!next) {
            return Error{"replay_failed", fmt::format("Record {} of the journal does not apply ({}): use the program "
                                                      "that wrote it.",
                                                      record.stamp.sequence, next.error().message)};
        }
        restored.state = *std::move(next);
        ++restored.replayed;
        return {};
    }));
    return restored;
}

Status erase_text(Journal& journal, std::uint64_t sequence) {
    TRIBUNE_TRY(const auto row, row_at(journal, sequence));
    TRIBUNE_TRY(auto record, to_record(row));
    auto* answer = std::get_if<Submit>(&record.command);
    if (answer == nullptr) {
        return Error{"not_an_answer", fmt::format("Record {} is not an answer: only answers can be erased.", sequence)};
    }
    answer->text.clear();
    return journal.erase_payload(sequence, to_row(record).payload);
}

}  // namespace tribune
