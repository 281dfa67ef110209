#include "voice/rotation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "voice/rotation_search.hpp"

namespace tribune {
namespace {

constexpr std::uint32_t most_seats = 50;
constexpr std::uint32_t most_rounds = 60;
constexpr std::uint32_t most_beyond_turns = 2;
constexpr std::size_t most_wished_pairs = 200'000;
constexpr std::uint64_t allowed_work = 250'000'000;  // looks at a pair: about a second

std::uint32_t people_of(const RotationWish& wish) {
    if (wish.people != 0) return wish.people;
    return wish.unit == RotationUnit::groups ? wish.tables : wish.tables * wish.seats;
}
std::uint32_t seats_of(const RotationWish& wish) { return wish.unit == RotationUnit::groups ? 1 : wish.seats; }

std::vector<PersonNumber> present_people(const RotationWish& wish) {
    const std::set<PersonNumber> absent(wish.absent.begin(), wish.absent.end());
    std::vector<PersonNumber> present;
    for (PersonNumber p = 1; p <= people_of(wish); ++p) {
        if (!absent.contains(p)) present.push_back(p);
    }
    return present;
}

using Pair = std::pair<PersonNumber, PersonNumber>;
Pair pair_of(PersonNumber a, PersonNumber b) { return {std::min(a, b), std::max(a, b)}; }

std::set<Pair> pairs_of(const std::vector<std::vector<PersonNumber>>& lists) {
    std::set<Pair> pairs;
    for (const auto& list : lists) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            for (std::size_t j = i + 1; j < list.size(); ++j) {
                if (list[i] != list[j]) pairs.insert(pair_of(list[i], list[j]));
            }
        }
    }
    return pairs;
}

template <class Do>
void for_each_pair(const Seating& seating, const Do& what) {
    for (const auto& table : seating) {
        for (std::size_t i = 0; i < table.size(); ++i) {
            for (std::size_t j = i + 1; j < table.size(); ++j) what(table[i], table[j]);
        }
    }
}

// The round that people sit in: who left is gone, who came gets the emptiest chair.
void mend(Seating& sits, const std::vector<PersonNumber>& present, std::size_t tables) {
    const std::set<PersonNumber> here(present.begin(), present.end());
    std::set<PersonNumber> seated;
    for (auto& table : sits) {
        std::erase_if(table, [&](PersonNumber p) { return !here.contains(p) || !seated.insert(p).second; });
    }
    if (sits.size() < tables) sits.resize(tables);
    for (const PersonNumber p : present) {
        if (seated.contains(p)) continue;
        const auto emptiest = std::min_element(sits.begin(), sits.end(),
                                               [](const auto& a, const auto& b) { return a.size() < b.size(); });
        emptiest->push_back(p);
    }
}

// Groups go on by one table at each bell: never to the same one before they were at all.
RotationPlan plan_groups(const RotationWish& wish, const std::vector<PersonNumber>& present,
                         std::vector<Seating> rounds) {
    if (rounds.empty()) {
        Seating first(wish.tables);
        for (std::size_t i = 0; i < present.size(); ++i) first[i % wish.tables].push_back(present[i]);
        rounds.push_back(std::move(first));
    }
    while (rounds.size() < wish.rounds) {
        Seating next(wish.tables);
        const Seating& now = rounds.back();
        for (std::size_t t = 0; t < now.size(); ++t) {
            auto& to = next[(t + 1) % wish.tables];
            to.insert(to.end(), now[t].begin(), now[t].end());
        }
        rounds.push_back(std::move(next));
    }
    return {std::move(rounds), 0};
}

// What there is to seat: people who stay together are one unit.
class Planner {
  public:
    Planner(const RotationWish& wish, std::vector<PersonNumber> present, std::vector<Seating> played)
        : wish_(wish), present_(std::move(present)), rounds_(std::move(played)), apart_(pairs_of(wish.apart)),
          together_(pairs_of(wish.together)) {}

    Result<RotationPlan> plan() {
        if (rounds_.size() < wish_.rounds && !by_rule() && !by_turns()) {
            TRIBUNE_CHECK(number_units());
            TRIBUNE_CHECK(by_search(rounds_.size()));
        }
        const std::uint32_t repeats = count_repeats(rounds_, wish_);
        return RotationPlan{std::move(rounds_), repeats};
    }

  private:
    [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(present_.size()); }
    [[nodiscard]] std::uint32_t chairs() const { return (count() + wish_.tables - 1) / wish_.tables; }

    // Seat j goes j tables on at each bell. Empty chairs all have the last seat number, so that no table lacks two.
    bool by_rule() {
        const auto tables = wish_.tables;
        const auto seats = chairs();
        if (!rounds_.empty() || !apart_.empty() || !together_.empty()) return false;
        if (wish_.rounds > longest_modular(tables, seats)) return false;
        std::vector<std::vector<PersonNumber>> at_home = homes();
        for (std::uint32_t r = 0; r < wish_.rounds; ++r) {
            Seating seating(tables);
            for (std::uint32_t t = 0; t < tables; ++t) {
                for (std::uint32_t j = 0; j < seats; ++j) {
                    const auto& home =
                        at_home[(t + static_cast<std::uint64_t>(tables) * seats - std::uint64_t{r} * j) % tables];
                    if (j < home.size()) seating[t].push_back(home[j]);
                }
            }
            rounds_.push_back(std::move(seating));
        }
        return true;
    }

    // Table by table in the order of the cards, as even as can be.
    [[nodiscard]] std::vector<std::vector<PersonNumber>> homes() const {
        std::vector<std::vector<PersonNumber>> list(wish_.tables);
        std::size_t next = 0;
        for (std::uint32_t t = 0; t < wish_.tables; ++t) {
            const std::size_t size = count() / wish_.tables + (t < count() % wish_.tables ? 1 : 0);
            for (std::size_t i = 0; i < size; ++i) list[t].push_back(present_[next++]);
        }
        return list;
    }

    bool by_turns() {
        const bool full = count() == wish_.tables * wish_.seats;
        if (!full || wish_.scribes || !rounds_.empty() || !apart_.empty() || !together_.empty()) return false;
        // Where not all rounds can be had that way, those that can are a good beginning.
        std::optional<std::vector<SearchRound>> found;
        for (std::uint32_t rounds = wish_.rounds; !found && rounds > 2 && rounds + most_beyond_turns >= wish_.rounds;
             --rounds)
            found = search_turns(wish_.tables, wish_.seats, rounds, wish_.seed);
        if (!found) return false;
        // Cards are numbered by the first round's tables.
        std::vector<PersonNumber> card(present_.size());
        std::size_t next = 0;
        for (const auto& table : found->front().tables) {
            for (const auto p : table) card[p] = present_[next++];
        }
        for (const auto& round : *found) {
            Seating seating;
            for (const auto& table : round.tables) {
                auto& people = seating.emplace_back();
                for (const auto p : table) people.push_back(card[p]);
            }
            rounds_.push_back(std::move(seating));
        }
        return rounds_.size() == wish_.rounds;
    }

    // --- by search

    Status number_units() {
        index_.clear();
        for (std::uint32_t i = 0; i < count(); ++i) index_[present_[i]] = i;
        std::vector<std::uint32_t> unit(count());
        std::iota(unit.begin(), unit.end(), 0U);
        const auto root = [&](std::uint32_t p) {
            while (unit[p] != p) p = unit[p];
            return p;
        };
        for (const auto& [a, b] : together_) {
            if (index_.contains(a) && index_.contains(b)) unit[root(index_[a])] = root(index_[b]);
        }
        std::map<std::uint32_t, std::vector<std::uint32_t>> members;
        for (std::uint32_t p = 0; p < count(); ++p) members[root(p)].push_back(p);
        for (auto& [first, list] : members) {
            if (list.size() > wish_.seats)
                return Error{
                    "together_impossible",
                    fmt::format("{} people are to stay together, and a table has {} seats.", list.size(), wish_.seats)};
            for (const auto p : list) {
                for (const auto q : list) {
                    if (apart_.contains(pair_of(present_[p], present_[q])))
                        return Error{"together_impossible",
                                     fmt::format("{} and {} are to be together and apart.", present_[p], present_[q])};
                }
            }
            units_.push_back(std::move(list));
        }
        // The largest first: they are the hardest to seat.
        std::stable_sort(units_.begin(), units_.end(),
                         [](const auto& a, const auto& b) { return a.size() > b.size(); });
        for (const auto& list : wish_.apart) {
            const auto here =
                std::count_if(list.begin(), list.end(), [&](PersonNumber p) { return index_.contains(p); });
            if (here > static_cast<std::ptrdiff_t>(wish_.tables))
                return Error{"apart_impossible",
                             fmt::format("{} people are to be kept apart at {} tables.", here, wish_.tables)};
        }
        return {};
    }

    Status by_search(std::size_t before) {
        Meetings meetings(count());
        for (const auto& [a, b] : together_) {
            if (index_.contains(a) && index_.contains(b)) meetings.free(index_[a], index_[b]);
        }
        for (const auto& [a, b] : apart_) {
            if (index_.contains(a) && index_.contains(b)) meetings.keep_apart(index_[a], index_[b]);
        }
        for (const auto& seating : rounds_) {
            for_each_pair(seating, [&](PersonNumber a, PersonNumber b) {
                const auto one = index_.find(a);
                const auto other = index_.find(b);
                if (one != index_.end() && other != index_.end()) meetings.add(one->second, other->second);
            });
        }
        std::vector<SearchRound> ahead;
        std::vector<std::uint32_t> scribes = scribes_now();
        for (std::size_t r = before; r < wish_.rounds; ++r) {
            auto round = seat_greedily(meetings, scribes, r);
            if (!round) return round.error();
            if (wish_.scribes && scribes.empty()) {
                for (const auto& table : round->tables) scribes.push_back(table.empty() ? count() : table.front());
                for (const auto p : scribes) {
                    if (p < count()) round->fixed[p] = true;
                }
            }
            ahead.push_back(*std::move(round));
        }
        improve(ahead, meetings, wish_.seed, allowed_work);
        for (const auto& round : ahead) {
            Seating seating;
            for (const auto& table : round.tables) {
                auto& people = seating.emplace_back();
                for (const auto p : table) people.push_back(present_[p]);
            }
            rounds_.push_back(std::move(seating));
        }
        for (std::size_t r = before; r < rounds_.size(); ++r) {
            std::optional<Pair> met;
            for_each_pair(rounds_[r], [&](PersonNumber a, PersonNumber b) {
                if (apart_.contains(pair_of(a, b))) met = {a, b};
            });
            if (met)
                return Error{"apart_impossible",
                             fmt::format("{} and {} cannot be kept apart with all else that is wished.", met->first,
                                         met->second)};
        }
        return {};
    }

    // By table; count() where nobody stays. Empty: not known yet.
    [[nodiscard]] std::vector<std::uint32_t> scribes_now() const {
        std::vector<std::uint32_t> list;
        if (!wish_.scribes || rounds_.empty()) return list;
        for (std::uint32_t t = 0; t < wish_.tables; ++t) {
            const bool someone = t < rounds_.back().size() && !rounds_.back()[t].empty();
            list.push_back(someone ? index_.at(rounds_.back()[t].front()) : count());
        }
        return list;
    }

    // Unit by unit to the table where it costs least; of those to the one with most room.
    Result<SearchRound> seat_greedily(Meetings& meetings, const std::vector<std::uint32_t>& scribes, std::size_t r) {
        const auto tables = wish_.tables;
        SearchRound round{std::vector<std::vector<std::uint32_t>>(tables), std::vector<bool>(count())};
        std::vector<std::size_t> room(tables);
        // Which tables have one more changes from round to round.
        for (std::uint32_t t = 0; t < tables; ++t)
            room[t] = count() / tables + ((t + r) % tables < count() % tables ? 1 : 0);
        std::vector<bool> seated(count());
        const auto sit = [&](const std::vector<std::uint32_t>& unit, std::uint32_t t) {
            for (const auto p : unit) {
                for (const auto other : round.tables[t]) meetings.add(p, other);
                round.tables[t].push_back(p);
                seated[p] = true;
                if (unit.size() > 1) round.fixed[p] = true;
            }
        };
        std::vector<std::vector<std::uint32_t>> order = units_;
        std::mt19937_64 random(wish_.seed + r * 7919);
        const auto single = std::find_if(order.begin(), order.end(), [](const auto& u) { return u.size() == 1; });
        for (auto i = static_cast<std::size_t>(order.end() - single); i > 1; --i)
            std::swap(*(single + static_cast<std::ptrdiff_t>(i - 1)),
                      *(single + static_cast<std::ptrdiff_t>(random() % i)));
        for (std::uint32_t t = 0; t < scribes.size(); ++t) {
            const auto scribe = scribes[t];
            if (scribe == count() || seated[scribe]) continue;
            const auto unit = std::find_if(order.begin(), order.end(), [&](const auto& u) {
                return std::find(u.begin(), u.end(), scribe) != u.end();
            });
            std::vector<std::uint32_t> all = *unit;
            std::iter_swap(all.begin(), std::find(all.begin(), all.end(), scribe));
            sit(all, t);
            round.fixed[scribe] = true;
        }
        for (const auto& unit : order) {
            if (seated[unit.front()]) continue;
            TRIBUNE_TRY(const std::uint32_t t, table_for(unit, round, room, meetings));
            sit(unit, t);
        }
        return round;
    }

    Result<std::uint32_t> table_for(const std::vector<std::uint32_t>& unit, const SearchRound& round,
                                    std::vector<std::size_t>& room, const Meetings& meetings) const {
        const auto best = [&](const auto& fits) -> std::optional<std::uint32_t> {
            std::optional<std::uint32_t> found;
            std::pair<std::int64_t, std::int64_t> least;
            for (std::uint32_t t = 0; t < round.tables.size(); ++t) {
                if (!fits(t)) continue;
                std::int64_t cost = 0;
                for (const auto p : unit) {
                    for (const auto other : round.tables[t]) cost += meetings.cost_of_one_more(p, other);
                }
                const std::pair mark{cost, static_cast<std::int64_t>(round.tables[t].size())};
                if (!found || mark < least) {
                    found = t;
                    least = mark;
                }
            }
            return found;
        };
        const auto size = [&](std::uint32_t t) { return round.tables[t].size() + unit.size(); };
        if (const auto even = best([&](std::uint32_t t) { return size(t) <= room[t]; })) return *even;
        // Nowhere without a table that is fuller than even: those who stay together ask for it.
        if (const auto any = best([&](std::uint32_t t) { return size(t) <= wish_.seats; })) return *any;
        return Error{"together_impossible", "Those who stay together fill the tables so that some find no room."};
    }

    const RotationWish& wish_;
    std::vector<PersonNumber> present_;
    std::vector<Seating> rounds_;
    std::set<Pair> apart_;
    std::set<Pair> together_;
    std::map<PersonNumber, std::uint32_t> index_;
    std::vector<std::vector<std::uint32_t>> units_;
};

}  // namespace

Status check_rotation(const RotationWish& wish) {
    if (wish.tables < 1 || wish.rounds < 1 || seats_of(wish) < 1)
        return Error{"bad_rotation", "A plan needs tables, seats and rounds: give at least one of each."};
    if (wish.seats > most_seats || wish.rounds > most_rounds || wish.tables > most_rotation_people)
        return Error{"bad_rotation",
                     fmt::format("A plan has at most {} seats at a table and {} rounds.", most_seats, most_rounds)};
    if (people_of(wish) > most_rotation_people)
        return Error{"bad_rotation", fmt::format("A plan seats at most {} people.", most_rotation_people)};
    const auto present = present_people(wish).size();
    if (present < 1) return Error{"bad_rotation", "Nobody is there to be seated."};
    if (present > static_cast<std::size_t>(wish.tables) * seats_of(wish))
        return Error{"room_full", fmt::format("{} people, and {} seats: add tables or seats.", present,
                                              wish.tables * seats_of(wish))};
    std::size_t pairs = 0;
    for (const auto* lists : {&wish.apart, &wish.together}) {
        for (const auto& list : *lists) pairs += list.size() * list.size();
    }
    if (pairs > most_wished_pairs)
        return Error{"bad_rotation", "The lists of who stays apart and together are too long: shorten them."};
    return {};
}

Result<RotationPlan> plan_rotation(const RotationWish& wish, std::span<const Seating> played) {
    TRIBUNE_CHECK(check_rotation(wish));
    const auto present = present_people(wish);
    std::vector<Seating> rounds(played.begin(), played.end());
    if (!rounds.empty()) mend(rounds.back(), present, wish.tables);
    if (wish.unit == RotationUnit::groups) return plan_groups(wish, present, std::move(rounds));
    return Planner(wish, present, std::move(rounds)).plan();
}

std::uint32_t count_repeats(std::span<const Seating> rounds, const RotationWish& wish) {
    const auto together = pairs_of(wish.together);
    std::map<Pair, std::uint32_t> met;
    for (const auto& seating : rounds) {
        for_each_pair(seating, [&](PersonNumber a, PersonNumber b) { ++met[pair_of(a, b)]; });
    }
    std::uint32_t repeats = 0;
    for (const auto& [pair, times] : met) {
        if (!together.contains(pair)) repeats += times - 1;
    }
    return repeats;
}

}  // namespace tribune
