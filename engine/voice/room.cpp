#include "voice/room.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "voice/deeds.hpp"

namespace tribune {
namespace {

void replace_last(Room& room, Round round) { room.rounds.replace(room.rounds.size() - 1, std::move(round)); }

void close_open_round(Room& room, const Stamp& stamp) {
    const Round* open = room.open_round();
    if (open == nullptr) return;
    Round closed = *open;
    closed.open = false;
    closed.ended = stamp.at;
    replace_last(room, std::move(closed));
}

Error no_open_round() { return {"no_open_round", "No round is open: start one first."}; }

Status check(const Question& question) {
    if (question.text.empty()) return Error{"empty_question", "The question is empty: type one."};
    if (question.length_ms > longest_round_ms)
        return Error{"bad_length", "A round lasts 24 hours at most: give a shorter length."};
    if (question.parts.size() > most_parts)
        return Error{"too_many_parts", fmt::format("A question has at most {} sub-questions.", most_parts)};
    const auto empty = [](const std::string& part) { return part.empty(); };
    if (std::any_of(question.parts.begin(), question.parts.end(), empty))
        return Error{"empty_question", "A sub-question is empty: type it, or take it away."};
    return {};
}

auto find_item(Room& room, std::uint32_t item) {
    return std::find_if(room.agenda.begin(), room.agenda.end(), [&](const AgendaItem& a) { return a.item == item; });
}

Error unknown_item(std::uint32_t item) {
    return {"unknown_item", fmt::format("There is no question {} in the agenda: it may have been removed.", item)};
}

// The next question of the agenda after `item` that no round was opened on.
void prepare_next(Room& room, std::uint32_t item) {
    const auto asked = [&](std::uint32_t one) {
        for (const Round& round : room.rounds) {
            if (round.item == one) return true;
        }
        return false;
    };
    const auto begin = find_item(room, item);
    auto next = std::find_if(begin, room.agenda.end(), [&](const AgendaItem& a) { return !asked(a.item); });
    if (next == room.agenda.end())
        next = std::find_if(room.agenda.begin(), begin, [&](const AgendaItem& a) { return !asked(a.item); });
    if (next == room.agenda.end() || asked(next->item)) return;
    room.prepared = next->question;
    room.prepared_item = next->item;
}

Status already_known(const Contribution& stored, const Submit& sent) {
    const bool same = stored.text == sent.text && stored.table == sent.table && stored.round == sent.round &&
                      stored.kind == sent.kind && stored.part == sent.part && stored.title == sent.title;
    if (same) return Error{"already_stored", "This answer is already stored."};
    return Error{"id_conflict", "Another answer has this id: make a new id for a changed text."};
}

template <class Key>
void count(SharedMap<Key, std::size_t>& counts, const Key& key) {
    const std::size_t* before = counts.find(key);
    counts.set(key, before == nullptr ? 1 : *before + 1);
}

}  // namespace

Room::Room() = default;
Room::Room(const Room&) = default;
Room::Room(Room&&) noexcept = default;
Room& Room::operator=(const Room&) = default;
Room& Room::operator=(Room&&) noexcept = default;
Room::~Room() = default;

void Room::index(std::size_t at) {
    const Contribution& answer = contributions[at];
    by_id.set(answer.id, at);
    count(answers_of_round, answer.round);
    if (answer.table.value != 0) count(answers_of_table, answer.table);
}

std::optional<Nanoseconds> time_left(const Room& room, ShowTime now) {
    const Round* open = room.open_round();
    return open == nullptr ? std::nullopt : time_left(*open, now);
}

bool closes_now(const Room& room, ShowTime now) {
    const auto left = until_close(room, now);
    return left && *left <= Nanoseconds{0};
}

std::optional<Nanoseconds> until_close(const Room& room, ShowTime now) {
    const Round* open = room.open_round();
    const auto end = open == nullptr || !open->close_at_end ? std::nullopt : runs_out(*open);
    if (!end) return std::nullopt;
    return std::max(*end - now, Nanoseconds{0});
}

const Notice* standing_notice(const Room& room, ShowTime now) {
    return room.notice && now - room.notice->at < room.notice->length ? &*room.notice : nullptr;
}

void open_agenda(Room& room, std::vector<Question> questions) {
    for (auto& question : questions) room.agenda.push_back({++room.last_item, std::move(question)});
    if (!room.prepared.text.empty() || room.agenda.empty()) return;
    room.prepared = room.agenda.front().question;
    room.prepared_item = room.agenda.front().item;
}

Status apply(Room& room, const SetQuestion& command, const Stamp& /*stamp*/) {
    Question question{command.text, command.language, command.parts, command.length_ms, command.close_at_end};
    TRIBUNE_CHECK(check(question));
    if (command.item != 0 && find_item(room, command.item) == room.agenda.end()) return unknown_item(command.item);
    room.prepared = std::move(question);
    room.prepared_item = command.item;
    return {};
}

Status apply(Room& room, const StartRound& command, const Stamp& stamp) {
    if (room.prepared.text.empty()) {
        return Error{"no_question", "No question is set: set one, then start the round."};
    }
    const std::uint32_t length_ms = command.length_ms.value_or(room.prepared.length_ms);
    if (length_ms > longest_round_ms)
        return Error{"bad_length", "A round lasts 24 hours at most: give a shorter length."};
    close_open_round(room, stamp);
    Round round;
    round.number = static_cast<std::uint32_t>(room.rounds.size()) + 1;
    round.question = room.prepared.text;
    round.language = room.prepared.language;
    round.started = stamp.at;
    round.parts = room.prepared.parts;
    round.item = room.prepared_item;
    if (length_ms != 0) round.length = std::chrono::milliseconds(length_ms);
    round.close_at_end = room.prepared.close_at_end;
    room.rounds.push_back(std::move(round));
    if (room.prepared_item != 0) prepare_next(room, room.prepared_item);
    return {};
}

Status apply(Room& room, const StopRound& /*command*/, const Stamp& stamp) {
    if (room.open_round() == nullptr) return Error{"no_open_round", "No round is open: there is nothing to stop."};
    close_open_round(room, stamp);
    return {};
}

Status apply(Room& room, const PauseRound& /*command*/, const Stamp& stamp) {
    const Round* open = room.open_round();
    if (open == nullptr) return no_open_round();
    if (open->paused_since) return Error{"round_paused", "The round is held already."};
    Round round = *open;
    round.paused_since = stamp.at;
    replace_last(room, std::move(round));
    return {};
}

Status apply(Room& room, const ResumeRound& /*command*/, const Stamp& stamp) {
    const Round* open = room.open_round();
    if (open == nullptr) return no_open_round();
    if (!open->paused_since) return Error{"round_not_paused", "The round is not held: it goes on already."};
    Round round = *open;
    round.paused += stamp.at - *round.paused_since;
    round.paused_since.reset();
    replace_last(room, std::move(round));
    return {};
}

Status apply(Room& room, const ExtendRound& command, const Stamp& stamp) {
    const Round* open = room.open_round();
    if (open == nullptr) return no_open_round();
    Round round = *open;
    if (command.by_ms != 0) {
        const Nanoseconds gone = elapsed(round, stamp.at);
        const Nanoseconds length =
            std::max(round.length.value_or(gone), gone) + std::chrono::milliseconds(command.by_ms);
        if (length > gone + std::chrono::milliseconds(longest_round_ms))
            return Error{"bad_length", "A round lasts 24 hours at most: give it less."};
        round.length = std::max(length, gone);
    }
    round.close_at_end = command.close_at_end.value_or(round.close_at_end);
    replace_last(room, std::move(round));
    return {};
}

Status apply(Room& room, const SetAgendaItem& command, const Stamp& /*stamp*/) {
    TRIBUNE_CHECK(check(command.question));
    if (command.item == 0) {
        if (room.agenda.size() >= most_agenda_items)
            return Error{"too_many_questions", fmt::format("The agenda has at most {} questions.", most_agenda_items)};
        room.agenda.push_back({++room.last_item, command.question});
        return {};
    }
    const auto at = find_item(room, command.item);
    if (at == room.agenda.end()) return unknown_item(command.item);
    // What was prepared from it, and not changed since, follows.
    if (room.prepared_item == command.item && room.prepared == at->question) room.prepared = command.question;
    at->question = command.question;
    return {};
}

Status apply(Room& room, const RemoveAgendaItem& command, const Stamp& /*stamp*/) {
    const auto at = find_item(room, command.item);
    if (at == room.agenda.end()) return unknown_item(command.item);
    room.agenda.erase(at);
    if (room.prepared_item == command.item) room.prepared_item = 0;  // what is prepared stays, as typed
    return {};
}

Status apply(Room& room, const MoveAgendaItem& command, const Stamp& /*stamp*/) {
    const auto at = find_item(room, command.item);
    if (at == room.agenda.end()) return unknown_item(command.item);
    AgendaItem moved = std::move(*at);
    room.agenda.erase(at);
    const auto to = std::min<std::size_t>(command.to, room.agenda.size());
    room.agenda.insert(room.agenda.begin() + static_cast<std::ptrdiff_t>(to), std::move(moved));
    return {};
}

Status apply(Room& room, const ShowNotice& command, const Stamp& stamp) {
    if (command.length_ms == 0 || command.length_ms > longest_round_ms)
        return Error{"bad_length", "A notice stands from a moment to 24 hours: give another length."};
    room.notice.reset();
    if (!command.text.empty())
        room.notice = Notice{command.text, stamp.at, std::chrono::milliseconds(command.length_ms), command.on_faces};
    return {};
}

Status apply(Room& room, const Submit& command, const Stamp& stamp, int table_count) {
    if (const Contribution* stored = room.find(command.id)) return already_known(*stored, command);
    if (command.table.value == 0) {
        if (!room.weighing.door.contribute)
            return Error{"door_closed", "Phones may not contribute just now: tell it to a table."};
    } else if (command.table.value < 1 || command.table.value > table_count) {
        return Error{"unknown_table",
                     fmt::format("There is no table {}: tables are 1 to {}.", command.table.value, table_count)};
    }
    if (command.round < 1 || command.round > room.rounds.size()) {
        return Error{"unknown_round", "This round does not exist: wait until a question is open."};
    }
    const Round& round = room.rounds[command.round - 1];
    if (command.part > round.parts.size())
        return Error{"unknown_part", fmt::format("Question {} has no part {}.", command.round, command.part)};
    const bool late = !round.open;
    room.contributions.push_back({command.id, command.device, command.table, command.round, command.text,
                                  command.language, stamp.at, stamp.unix_ms, stamp.sequence, late, command.kind,
                                  command.part, command.title, command.flags});
    room.index(room.contributions.size() - 1);
    begin_standing(room, room.contributions[room.contributions.size() - 1], stamp);
    return {};
}

// --- Rotation -----------------------------------------------------------------------------------------------

Status apply(Room& room, const PlanRotation& command, const Stamp& /*stamp*/) {
    TRIBUNE_CHECK(check_rotation(command.wish));
    room.wanted_rotation = command;
    room.rotation_problem.clear();
    return {};
}

Status apply(Room& room, const SeatRotation& command, const Stamp& stamp) {
    const std::uint32_t sits = room.rotation && !command.asked.anew ? room.rotation->sits : 0;
    if (room.wanted_rotation != command.asked || command.sits != sits)
        return Error{"rotation_outdated", "Another plan was asked for meanwhile."};
    room.wanted_rotation.reset();
    room.rotation_problem = command.problem;
    if (!command.problem.empty()) return {};
    room.rotation_before = room.rotation;
    room.rotation = std::make_shared<const Rotation>(Rotation{command.asked.wish, command.plan, sits, stamp.at});
    return {};
}

Status apply(Room& room, const UndoRotation& /*command*/, const Stamp& /*stamp*/) {
    if (!room.rotation_before) return Error{"nothing_to_undo", "There is no plan to go back to."};
    room.wanted_rotation.reset();
    room.rotation_problem.clear();
    std::swap(room.rotation, room.rotation_before);
    return {};
}

Status apply(Room& room, const ChangeTables& /*command*/, const Stamp& stamp) {
    if (!room.rotation) return Error{"no_rotation", "Nobody is seated yet: plan the tables first."};
    if (room.rotation->sits + 1 >= room.rotation->plan.rounds.size())
        return Error{"rotation_over", "The plan has no further round: plan more, or ring without moving."};
    Rotation next = *room.rotation;
    ++next.sits;
    next.since = stamp.at;
    room.rotation = std::make_shared<const Rotation>(std::move(next));
    room.rotation_before.reset();
    return {};
}

}  // namespace tribune
