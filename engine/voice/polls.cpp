// Votes: likes aside, all that is put to the room with choices.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <utility>

#include "voice/deeds.hpp"
#include "voice/room.hpp"

namespace tribune {
namespace {

using Marks = std::vector<std::uint32_t>;

Error bad_vote(const char* what) { return {"bad_vote", fmt::format("This is no vote here: {}.", what)}; }

bool all_below(const Marks& marks, std::size_t bound) {
    return std::all_of(marks.begin(), marks.end(), [&](std::uint32_t m) { return m < bound; });
}
bool all_differ(Marks marks) {
    std::sort(marks.begin(), marks.end());
    return std::adjacent_find(marks.begin(), marks.end()) == marks.end();
}

Status check_one(const Poll& poll, const Marks& marks) {
    return marks.size() == 1 && all_below(marks, choices(poll)) ? Status{} : bad_vote("name one of the choices");
}
Status check_some(const Poll& poll, const Marks& marks) {
    const bool fits = all_below(marks, choices(poll)) && all_differ(marks);
    return fits ? Status{} : bad_vote("name choices, each once");
}
Status check_dots(const Poll& poll, const Marks& marks) {
    if (marks.size() != choices(poll)) return bad_vote("say how many dots each choice gets");
    const auto each = [&](std::uint32_t m) { return m <= poll.dots; };
    if (!std::all_of(marks.begin(), marks.end(), each) ||
        std::accumulate(marks.begin(), marks.end(), std::size_t{0}) > poll.dots)
        return bad_vote("these are more dots than everyone has");
    return {};
}

// What a vote adds to the choices.
Marks points_once(const Poll& poll, const Marks& marks) {
    Marks points(choices(poll), 0);
    for (const auto mark : marks) ++points[mark];
    return points;
}
Marks points_of_rank(const Poll& poll, const Marks& marks) {
    Marks points(choices(poll), 0);
    auto best = static_cast<std::uint32_t>(choices(poll));
    for (const auto mark : marks) points[mark] = best--;
    return points;
}
Marks points_as_given(const Poll&, const Marks& marks) { return marks; }

std::size_t options(const Poll& poll) { return poll.options.size(); }
std::size_t two(const Poll&) { return 2; }
std::size_t steps(const Poll& poll) { return poll.steps; }

// How each kind of poll is voted and counted, in the order of PollKind.
struct PollRules {
    PollKind kind;
    std::size_t (*choices)(const Poll&);
    Status (*check)(const Poll&, const Marks&);
    Marks (*points)(const Poll&, const Marks&);
    bool has_options;
};
constexpr std::array rules{PollRules{PollKind::single, options, check_one, points_once, true},
                           PollRules{PollKind::multiple, options, check_some, points_once, true},
                           PollRules{PollKind::yes_no, two, check_one, points_once, false},
                           PollRules{PollKind::dots, options, check_dots, points_as_given, true},
                           PollRules{PollKind::ranking, options, check_some, points_of_rank, true},
                           PollRules{PollKind::scale, steps, check_one, points_once, false}};
const PollRules& rules_of(const Poll& poll) { return rules[static_cast<std::size_t>(poll.kind) - 1]; }

void add(Marks& marks, const Marks& points, int by) {
    for (std::size_t i = 0; i < marks.size() && i < points.size(); ++i)
        marks[i] += static_cast<std::uint32_t>(by) * points[i];
}

Error unknown_poll(std::uint32_t poll) {
    return {"unknown_poll", fmt::format("There is no vote {}: it may have been removed.", poll)};
}

Poll* find(Room& room, std::uint32_t number) {
    auto& polls = room.weighing.polls;
    const auto at = std::find_if(polls.begin(), polls.end(), [&](const Poll& p) { return p.number == number; });
    return at == polls.end() ? nullptr : &*at;
}

Status check(const Poll& poll) {
    constexpr std::uint32_t most_steps = 11;
    constexpr std::uint32_t most_dots = 20;
    if (poll.text.empty()) return Error{"empty_question", "The question is empty: type one."};
    const auto empty = [](const std::string& option) { return option.empty(); };
    if (std::any_of(poll.options.begin(), poll.options.end(), empty))
        return Error{"bad_poll", "A choice is empty: type it, or take it away."};
    if (rules_of(poll).has_options && (poll.options.size() < 2 || poll.options.size() > most_options))
        return Error{"bad_poll", fmt::format("A vote has 2 to {} choices.", most_options)};
    if (!rules_of(poll).has_options && poll.options.size() > 2)
        return Error{"bad_poll", "This kind of vote brings its choices: at most its two ends are named."};
    if (poll.steps < 2 || poll.steps > most_steps)
        return Error{"bad_poll", fmt::format("A scale has 2 to {} steps.", most_steps)};
    if (poll.dots < 1 || poll.dots > most_dots)
        return Error{"bad_poll", fmt::format("Everyone has 1 to {} dots.", most_dots)};
    return {};
}

}  // namespace

std::size_t choices(const Poll& poll) { return rules_of(poll).choices(poll); }

const Poll* Weighing::poll(std::uint32_t number) const {
    const auto at = std::find_if(polls.begin(), polls.end(), [&](const Poll& p) { return p.number == number; });
    return at == polls.end() ? nullptr : &*at;
}

const PollTally& Weighing::tally_of(std::uint32_t poll) const {
    static const PollTally none;
    const auto* of = tallies.find(poll);
    return of == nullptr ? none : **of;
}

void Weighing::cast(VoteCast vote) {
    const Poll* of = poll(vote.poll);
    if (of != nullptr) {
        auto tally = std::make_shared<PollTally>(tally_of(vote.poll));
        tally->marks.resize(choices(*of), 0);
        const CastKey<std::uint32_t> key{vote.poll, vote.device};
        if (const Marks* before = marks.find(key)) {
            add(tally->marks, rules_of(*of).points(*of, *before), -1);
            ++tally->changed;
        } else {
            ++tally->voices;
        }
        add(tally->marks, rules_of(*of).points(*of, vote.marks), 1);
        const std::int64_t second = vote.at.since_start / std::chrono::seconds(1);
        tally->in_second = second == tally->second ? tally->in_second + 1 : 1;
        tally->second = second;
        tally->most_in_second = std::max(tally->most_in_second, tally->in_second);
        tallies.set(vote.poll, std::move(tally));
        marks.set(key, vote.marks);
    }
    votes.push_back(std::move(vote));
}

Status apply(Room& room, const SetPoll& command, const Stamp& /*stamp*/) {
    Poll poll;
    poll.number = command.poll;
    poll.kind = command.kind;
    poll.text = command.text;
    poll.options = command.options;
    poll.dots = command.dots;
    poll.steps = command.steps;
    TRIBUNE_CHECK(check(poll));
    auto& weighing = room.weighing;
    if (command.poll == 0) {
        if (weighing.polls.size() >= most_polls)
            return Error{"too_many_polls", fmt::format("There are {} votes at most: remove some.", most_polls)};
        poll.number = ++weighing.last_poll;
        weighing.polls.push_back(std::move(poll));
        return {};
    }
    Poll* known = find(room, command.poll);
    if (known == nullptr) return unknown_poll(command.poll);
    if (known->open || weighing.tally_of(command.poll).voices != 0)
        return Error{"poll_voted", "Somebody may have voted on it already: make another vote."};
    *known = std::move(poll);
    return {};
}

Status apply(Room& room, const OpenPoll& command, const Stamp& stamp) {
    Poll* poll = find(room, command.poll);
    if (poll == nullptr) return unknown_poll(command.poll);
    for (auto& other : room.weighing.polls) {
        if (!other.open) continue;
        other.open = false;
        other.closed = true;
        other.closed_at = stamp.at;
    }
    poll->open = true;
    poll->closed = false;
    poll->results = false;
    return {};
}

Status apply(Room& room, const ClosePoll& command, const Stamp& stamp) {
    Poll* poll = find(room, command.poll);
    if (poll == nullptr) return unknown_poll(command.poll);
    if (!poll->open && !poll->closed) return Error{"poll_closed", "This vote was never opened."};
    poll->open = false;
    poll->closed = true;
    poll->results = command.results;
    poll->closed_at = stamp.at;
    return {};
}

Status apply(Room& room, const RemovePoll& command, const Stamp& /*stamp*/) {
    Poll* poll = find(room, command.poll);
    if (poll == nullptr) return unknown_poll(command.poll);
    if (room.weighing.tally_of(command.poll).voices != 0)
        return Error{"poll_voted", "Somebody voted on it: close it, and its votes stay."};
    std::erase_if(room.weighing.polls, [&](const Poll& p) { return p.number == command.poll; });
    return {};
}

Status apply(Room& room, const Vote& command, const Stamp& stamp) {
    const Poll* poll = find(room, command.poll);
    if (poll == nullptr) return unknown_poll(command.poll);
    if (!poll->open) return Error{"poll_closed", "This vote is not open now."};
    TRIBUNE_CHECK(check_door(room, command.from));
    TRIBUNE_CHECK(rules_of(*poll).check(*poll, command.marks));
    room.weighing.cast(VoteCast{command.from.device, command.poll, command.marks, stamp.at});
    return {};
}

}  // namespace tribune
