#include "voice/room.hpp"

#include <fmt/format.h>

namespace tribune {
namespace {

void close_open_round(Room& room, const Stamp& stamp) {
    const Round* open = room.open_round();
    if (open == nullptr) return;
    Round closed = *open;
    closed.open = false;
    closed.ended = stamp.at;
    room.rounds.replace(room.rounds.size() - 1, std::move(closed));
}

Status already_known(const Contribution& stored, const Submit& sent) {
    const bool same = stored.text == sent.text && stored.table == sent.table && stored.round == sent.round;
    if (same) return Error{"already_stored", "This answer is already stored."};
    return Error{"id_conflict", "Another answer has this id: make a new id for a changed text."};
}

template <class Key>
void count(SharedMap<Key, std::size_t>& counts, const Key& key) {
    const std::size_t* before = counts.find(key);
    counts.set(key, before == nullptr ? 1 : *before + 1);
}

}  // namespace

void Room::index(std::size_t at) {
    const Contribution& answer = contributions[at];
    by_id.set(answer.id, at);
    count(answers_of_round, answer.round);
    count(answers_of_table, answer.table);
}

Status apply(Room& room, const SetQuestion& command, const Stamp& /*stamp*/) {
    if (command.text.empty()) return Error{"empty_question", "The question is empty: type one."};
    room.prepared_question = command.text;
    room.prepared_language = command.language;
    return {};
}

Status apply(Room& room, const StartRound& /*command*/, const Stamp& stamp) {
    if (room.prepared_question.empty()) {
        return Error{"no_question", "No question is set: set one, then start the round."};
    }
    close_open_round(room, stamp);
    Round round;
    round.number = static_cast<std::uint32_t>(room.rounds.size()) + 1;
    round.question = room.prepared_question;
    round.language = room.prepared_language;
    round.started = stamp.at;
    room.rounds.push_back(std::move(round));
    return {};
}

Status apply(Room& room, const StopRound& /*command*/, const Stamp& stamp) {
    if (room.open_round() == nullptr) return Error{"no_open_round", "No round is open: there is nothing to stop."};
    close_open_round(room, stamp);
    return {};
}

Status apply(Room& room, const Submit& command, const Stamp& stamp, int table_count) {
    if (const Contribution* stored = room.find(command.id)) return already_known(*stored, command);
    if (command.table.value < 1 || command.table.value > table_count) {
        return Error{"unknown_table",
                     fmt::format("There is no table {}: tables are 1 to {}.", command.table.value, table_count)};
    }
    if (command.round < 1 || command.round > room.rounds.size()) {
        return Error{"unknown_round", "This round does not exist: wait until a question is open."};
    }
    const bool late = !room.rounds[command.round - 1].open;
    room.contributions.push_back({command.id, command.device, command.table, command.round, command.text,
                                  command.language, stamp.at, stamp.unix_ms, stamp.sequence, late});
    room.index(room.contributions.size() - 1);
    return {};
}

}  // namespace tribune
