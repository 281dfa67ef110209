#include "voice/rotation_search.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <random>

namespace tribune {
namespace {

using Random = std::mt19937_64;

// std::uniform_int_distribution differs between libraries; this does not.
std::uint32_t below(Random& random, std::size_t bound) { return static_cast<std::uint32_t>(random() % bound); }

void shuffle(std::vector<std::uint32_t>& list, Random& random) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(random, i)]);
}

// --- Turns --------------------------------------------------------------------------------------------------

constexpr std::uint32_t most_turned_people = 128;

class TurnSearch {
  public:
    TurnSearch(std::uint32_t tables, std::uint32_t seats, std::uint32_t turns, std::uint64_t seed)
        : people_(tables * seats), seats_(seats), turns_(turns), circled_(people_ / turns * turns),
          kind_(static_cast<std::size_t>(people_) * people_), random_(seed), sits_(people_), tabu_(kind_.size()) {
        name_kinds();
        begin_anew();
    }

    bool run(std::uint64_t steps) {
        for (std::uint64_t step = 1; step <= steps && cost_ > 0; ++step) {
            if (step - improved_ > patience) {
                begin_anew();
                improved_ = step;
            }
            swap_best(step);
        }
        return cost_ == 0;
    }

    [[nodiscard]] SearchRound turned(std::uint32_t by) const {
        SearchRound round;
        round.fixed.resize(people_);
        for (std::uint32_t i = 0; i < people_; ++i) {
            if (i % seats_ == 0) round.tables.emplace_back();
            const auto p = sits_[i];
            round.tables.back().push_back(p >= circled_ ? p : p / turns_ * turns_ + (p + by) % turns_);
        }
        return round;
    }

  private:
    static constexpr std::uint64_t patience = 3000;  // steps without a better plan, then another beginning

    // Pairs that turn into each other are of one kind: all of them meet where one does.
    void name_kinds() {
        std::map<std::array<std::uint32_t, 4>, std::uint32_t> known;
        for (std::uint32_t a = 0; a < people_; ++a) {
            for (std::uint32_t b = a + 1; b < people_; ++b) {
                std::uint32_t times = 1;
                std::array<std::uint32_t, 4> name{a / turns_, b / turns_, 0, 0};
                const auto ahead = (b % turns_ + turns_ - a % turns_) % turns_;
                if (a >= circled_) {
                    name = {a, b, 0, 2};  // they stand still: each turn brings them together again
                    times = turns_;
                } else if (b >= circled_) {
                    name = {a / turns_, b, 0, 1};
                } else if (name[0] == name[1]) {
                    name[2] = std::min(ahead, turns_ - ahead);
                    if (2 * ahead == turns_) times = 2;
                } else {
                    name[2] = ahead;
                }
                const auto [at, is_new] = known.emplace(name, static_cast<std::uint32_t>(known.size()));
                if (is_new) times_.push_back(times);
                kind(a, b) = kind(b, a) = at->second;
            }
        }
    }

    std::uint32_t& kind(std::uint32_t a, std::uint32_t b) { return kind_[static_cast<std::size_t>(a) * people_ + b]; }
    [[nodiscard]] int cost(std::uint32_t k) const {
        const auto meets = counts_[k] * times_[k];
        return meets <= 1 ? 0 : static_cast<int>(meets - 1);
    }
    int change(std::uint32_t k, int by) {
        const int before = cost(k);
        counts_[k] = static_cast<std::uint32_t>(static_cast<int>(counts_[k]) + by);
        return cost(k) - before;
    }
    [[nodiscard]] std::uint32_t table_of(std::uint32_t seat) const { return seat / seats_ * seats_; }

    void begin_anew() {
        std::iota(sits_.begin(), sits_.end(), 0U);
        shuffle(sits_, random_);
        counts_.assign(times_.size(), 0);
        for (std::uint32_t i = 0; i < people_; ++i) {
            for (std::uint32_t j = i + 1; j < table_of(i) + seats_; ++j) ++counts_[kind(sits_[i], sits_[j])];
        }
        cost_ = 0;
        for (std::uint32_t k = 0; k < counts_.size(); ++k) cost_ += cost(k);
        best_ = cost_;
    }

    // Everyone at `seat`'s table but its own person, with `person`.
    int count_in(std::uint32_t seat, std::uint32_t person, int by) {
        int changed = 0;
        for (std::uint32_t i = table_of(seat); i < table_of(seat) + seats_; ++i) {
            if (i != seat) changed += change(kind(person, sits_[i]), by);
        }
        return changed;
    }
    int exchange(std::uint32_t i, std::uint32_t j) {
        const auto p = sits_[i];
        const auto q = sits_[j];
        const int changed = count_in(i, p, -1) + count_in(j, q, -1) + count_in(i, q, 1) + count_in(j, p, 1);
        std::swap(sits_[i], sits_[j]);
        return changed;
    }
    bool troubled(std::uint32_t seat) {
        for (std::uint32_t i = table_of(seat); i < table_of(seat) + seats_; ++i) {
            if (i != seat && cost(kind(sits_[seat], sits_[i])) > 0) return true;
        }
        return false;
    }
    std::uint64_t& tabu(std::uint32_t a, std::uint32_t b) {
        return tabu_[static_cast<std::size_t>(std::min(a, b)) * people_ + std::max(a, b)];
    }

    void swap_best(std::uint64_t step) {
        int best = std::numeric_limits<int>::max();
        std::uint32_t best_i = 0;
        std::uint32_t best_j = 0;
        std::uint32_t ties = 0;
        for (std::uint32_t i = 0; i < people_; ++i) {
            if (!troubled(i)) continue;
            for (std::uint32_t j = 0; j < people_; ++j) {
                if (table_of(i) == table_of(j)) continue;
                const int changed = exchange(i, j);
                exchange(i, j);
                if (tabu(sits_[i], sits_[j]) > step && cost_ + changed >= best_) continue;
                if (changed < best) {
                    best = changed;
                    ties = 0;
                }
                if (changed == best && below(random_, ++ties) == 0) {
                    best_i = i;
                    best_j = j;
                }
            }
        }
        if (best == std::numeric_limits<int>::max()) return;
        tabu(sits_[best_i], sits_[best_j]) = step + 4 + below(random_, 8);
        cost_ += exchange(best_i, best_j);
        if (cost_ < best_) {
            best_ = cost_;
            improved_ = step;
        }
    }

    std::uint32_t people_;
    std::uint32_t seats_;
    std::uint32_t turns_;
    std::uint32_t circled_;  // people on circles; those after stand still
    std::vector<std::uint32_t> kind_;
    std::vector<std::uint32_t> times_;  // how often those of a kind meet in all rounds, where they meet in one
    Random random_;
    std::vector<std::uint32_t> sits_;  // who, by seat
    std::vector<std::uint32_t> counts_;
    std::vector<std::uint64_t> tabu_;
    std::uint64_t improved_ = 0;
    int cost_ = 0;
    int best_ = 0;
};

}  // namespace

std::uint32_t longest_modular(std::uint32_t tables, std::uint32_t seats) {
    std::uint32_t widest = 1;  // largest divisor of `tables` that is a step of some seat
    for (std::uint32_t d = 2; d < seats && d <= tables; ++d) {
        if (tables % d == 0) widest = d;
    }
    return seats > tables ? 1 : tables / widest;
}

std::optional<std::vector<SearchRound>> search_turns(std::uint32_t tables, std::uint32_t seats, std::uint32_t rounds,
                                                     std::uint64_t seed) {
    const std::uint32_t people = tables * seats;
    if (people > most_turned_people || rounds < 2 || rounds > people || seats < 2 ||
        rounds > (people - 1) / (seats - 1))
        return std::nullopt;
    // So much work in all, whatever the size: a second or two.
    const std::uint64_t steps = 150'000'000ULL / (static_cast<std::uint64_t>(people) * people * seats * 4);
    TurnSearch search(tables, seats, rounds, seed);
    if (!search.run(steps)) return std::nullopt;
    std::vector<SearchRound> list;
    for (std::uint32_t r = 0; r < rounds; ++r) list.push_back(search.turned(r));
    return list;
}

// --- Any plan -----------------------------------------------------------------------------------------------

namespace {

class Improver {
  public:
    Improver(std::vector<SearchRound>& rounds, Meetings& meetings, std::uint64_t seed)
        : rounds_(rounds), meetings_(meetings), random_(seed), tabu_(rounds.size() * meetings.people()) {}

    void run(std::uint64_t work) {
        cost_ = whole_cost();
        best_cost_ = cost_;
        best_ = rounds_;
        for (step_ = 1; best_cost_ > 0 && done_ < work; ++step_) {
            collect();
            if (troubled_.empty()) break;
            move();
            if (cost_ < best_cost_) {
                best_cost_ = cost_;
                best_ = rounds_;
            }
        }
        rounds_ = std::move(best_);
    }

  private:
    struct Place {
        std::uint32_t round, table, seat;
    };

    // What the rounds cost beyond what was: their meetings are taken out one by one, and put back.
    int whole_cost() {
        int cost = 0;
        for_each_pair([&](auto a, auto b) {
            cost += meetings_.saved_by_one_less(a, b);
            meetings_.take(a, b);
        });
        for_each_pair([&](auto a, auto b) { meetings_.add(a, b); });
        return cost;
    }
    template <class Do>
    void for_each_pair(const Do& what) const {
        for (const auto& round : rounds_) {
            for (const auto& table : round.tables) {
                for (std::size_t i = 0; i < table.size(); ++i) {
                    for (std::size_t j = i + 1; j < table.size(); ++j) what(table[i], table[j]);
                }
            }
        }
    }

    // Those who sit with one they met elsewhere. Only looked for when the last ones are used up: most stay.
    void collect() {
        if (!troubled_.empty() && step_ % refresh != 0) return;
        troubled_.clear();
        for (std::uint32_t r = 0; r < rounds_.size(); ++r) {
            for (std::uint32_t t = 0; t < rounds_[r].tables.size(); ++t) {
                for (std::uint32_t s = 0; s < rounds_[r].tables[t].size(); ++s) {
                    if (is_troubled({r, t, s})) troubled_.push_back({r, t, s});
                }
                done_ += rounds_[r].tables[t].size() * rounds_[r].tables[t].size();
            }
        }
    }
    [[nodiscard]] bool is_troubled(const Place& p) const {
        const auto& table = rounds_[p.round].tables[p.table];
        const auto person = table[p.seat];
        return !rounds_[p.round].fixed[person] && std::any_of(table.begin(), table.end(), [&](auto other) {
            return other != person && meetings_.saved_by_one_less(person, other) > 0;
        });
    }

    // What it would cost `person` to sit at this table in the place of the one at `seat`.
    int joining(const std::vector<std::uint32_t>& table, std::uint32_t seat, std::uint32_t person) {
        int cost = 0;
        for (std::uint32_t i = 0; i < table.size(); ++i) {
            if (i != seat) cost += meetings_.cost_of_one_more(person, table[i]);
        }
        return cost;
    }
    [[nodiscard]] int leaving(const std::vector<std::uint32_t>& table, std::uint32_t seat) const {
        int saved = 0;
        for (std::uint32_t i = 0; i < table.size(); ++i) {
            if (i != seat) saved += meetings_.saved_by_one_less(table[seat], table[i]);
        }
        return saved;
    }

    std::uint64_t& tabu(std::uint32_t round, std::uint32_t person) {
        return tabu_[static_cast<std::size_t>(round) * meetings_.people() + person];
    }

    // The best swap of one who has trouble with anyone else of that round.
    void move() {
        const auto pick = below(random_, troubled_.size());
        const Place p = troubled_[pick];
        auto& round = rounds_[p.round];
        if (!is_troubled(p)) {
            troubled_[pick] = troubled_.back();
            troubled_.pop_back();
            return;
        }
        const auto person = round.tables[p.table][p.seat];
        const int saved = leaving(round.tables[p.table], p.seat);
        int best = std::numeric_limits<int>::max();
        Place with{};
        std::uint32_t ties = 0;
        for (std::uint32_t t = 0; t < round.tables.size(); ++t) {
            if (t == p.table) continue;
            const auto& table = round.tables[t];
            for (std::uint32_t s = 0; s < table.size(); ++s) {
                const auto other = table[s];
                if (round.fixed[other]) continue;
                const int change = joining(table, s, person) + joining(round.tables[p.table], p.seat, other) - saved -
                                   leaving(table, s);
                done_ += 4 * table.size();
                const bool refused = std::max(tabu(p.round, person), tabu(p.round, other)) > step_;
                if (refused && cost_ + change >= best_cost_) continue;
                if (change < best) {
                    best = change;
                    ties = 0;
                }
                if (change == best && below(random_, ++ties) == 0) with = {p.round, t, s};
            }
        }
        if (best == std::numeric_limits<int>::max()) return;
        swap(p, with);
        cost_ += best;
        const auto rest = step_ + 5 + below(random_, 10);
        tabu(p.round, round.tables[p.table][p.seat]) = rest;
        tabu(p.round, round.tables[with.table][with.seat]) = rest;
        troubled_.push_back(with);
    }

    void swap(const Place& a, const Place& b) {
        auto& one = rounds_[a.round].tables[a.table];
        auto& other = rounds_[b.round].tables[b.table];
        const auto count = [&](const auto& table, std::uint32_t seat, bool come) {
            for (std::uint32_t i = 0; i < table.size(); ++i) {
                if (i == seat) continue;
                if (come) {
                    meetings_.add(table[seat], table[i]);
                } else {
                    meetings_.take(table[seat], table[i]);
                }
            }
        };
        count(one, a.seat, false);
        count(other, b.seat, false);
        std::swap(one[a.seat], other[b.seat]);
        count(one, a.seat, true);
        count(other, b.seat, true);
    }

    static constexpr std::uint64_t refresh = 64;

    std::vector<SearchRound>& rounds_;
    Meetings& meetings_;
    Random random_;
    std::vector<std::uint64_t> tabu_;
    std::vector<SearchRound> best_;
    std::vector<Place> troubled_;
    int cost_ = 0;
    int best_cost_ = 0;
    std::uint64_t step_ = 0;
    std::uint64_t done_ = 0;
};

}  // namespace

void improve(std::vector<SearchRound>& rounds, Meetings& meetings, std::uint64_t seed, std::uint64_t work) {
    Improver(rounds, meetings, seed).run(work);
}

}  // namespace tribune
