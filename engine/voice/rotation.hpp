// Who sits where in each round, so that people (or whole groups) meet as many others as can be. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace tribune {

// A number from 1, as on the person's (or group's) card.
using PersonNumber = std::uint32_t;
// The people at each table, tables from 1. The first at a table is its scribe.
using Seating = std::vector<std::vector<PersonNumber>>;

enum class RotationUnit : std::uint32_t {
    people = 1,
    groups,  // whole tables: one "person" a group, one group a table
};

struct RotationWish {
    RotationUnit unit = RotationUnit::people;
    std::uint32_t tables = 0;
    std::uint32_t seats = 0;  // most people at a table; of no meaning for groups
    std::uint32_t rounds = 0;
    std::uint32_t people = 0;  // numbered from 1; 0: a full hall
    std::vector<PersonNumber> absent;
    std::vector<std::vector<PersonNumber>> apart;     // no two of one list share a table
    std::vector<std::vector<PersonNumber>> together;  // those of one list share a table in each round
    bool scribes = false;                             // one stays at each table; else only where it costs nothing
    std::uint64_t seed = 1;
    bool operator==(const RotationWish&) const = default;
};

struct RotationPlan {
    std::vector<Seating> rounds;
    std::uint32_t repeated_pairs = 0;  // meetings beyond a pair's first, those wished for (together) left out
    bool operator==(const RotationPlan&) const = default;
};

inline constexpr std::uint32_t most_rotation_people = 5000;

// What can be told before planning: bad_rotation, room_full.
Status check_rotation(const RotationWish& wish);

// Rounds that were `played` stay as they were; the last of them is sat in now: who is absent leaves it, who is new gets
// the emptiest table. All others are planned anew. Everyone present sits once in each planned round, no table has more
// than its seats, sizes differ by one at most where `together` allows, apart is kept, and together and scribes in each
// planned round. Same input, same plan. Takes up to a few seconds for the tightest wishes, well below one else.
// Errors: bad_rotation (nothing to plan, too many), room_full (more people than seats), apart_impossible,
// together_impossible.
Result<RotationPlan> plan_rotation(const RotationWish& wish, std::span<const Seating> played = {});

// Meetings of two beyond their first, but for those of one `together` list.
std::uint32_t count_repeats(std::span<const Seating> rounds, const RotationWish& wish);

// The plan that stands, and where the evening is in it.
struct Rotation {
    RotationWish wish;  // what it answers
    RotationPlan plan;
    std::uint32_t sits = 0;  // the round that people sit in
    ShowTime since{};        // since when: the bell, or the plan
    bool operator==(const Rotation&) const = default;
};

// --- Commands ---------------------------------------------------------------------------------------------

// Asks for a plan; the one that stands goes on until it is there. What was played stays, unless all begins anew.
struct PlanRotation {
    RotationWish wish;
    bool anew = false;
    bool operator==(const PlanRotation&) const = default;
};

// The plan that was asked for, or why there is none.
struct SeatRotation {
    PlanRotation asked;
    std::uint32_t sits = 0;
    RotationPlan plan;
    std::string problem{};
    bool operator==(const SeatRotation&) const = default;
};

// The bell: people go to where they sit next.
struct ChangeTables {
    bool operator==(const ChangeTables&) const = default;
};

// The plan before the last one again, until the bell.
struct UndoRotation {
    bool operator==(const UndoRotation&) const = default;
};

}  // namespace tribune
