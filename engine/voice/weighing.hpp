// What the room thinks of it: likes, the weight of a tension's sides, votes. One voice a device and item; all of it kept in
// the journal's order. Pure values; the rules that change them are apply() in voice/room.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/persistent.hpp"
#include "base/time.hpp"
#include "voice/contribution.hpp"

namespace tribune {

// What somebody with a phone says of themselves; a tablet speaks for its table.
struct Profile {
    TableNumber table;  // 0: not told
    std::string group;  // one of the show's, such as an employer; empty: not told
    bool operator==(const Profile&) const = default;
};

// What phones may do.
struct AudienceDoor {
    bool react = true;  // like, weigh, vote
    bool contribute = false;
    bool operator==(const AudienceDoor&) const = default;
};

enum class Stance : std::uint32_t { agree = 1, disagree, pass };

// How many took each stance.
struct Weight {
    std::uint32_t agree = 0;
    std::uint32_t disagree = 0;
    std::uint32_t pass = 0;
    bool operator==(const Weight&) const = default;
};
using SideWeights = std::array<Weight, 2>;
struct TensionWeights {
    SideWeights all{};
    std::map<TableNumber, SideWeights> by_table;
    std::map<std::string, SideWeights> by_group;
    bool operator==(const TensionWeights&) const = default;
};

enum class PollKind : std::uint32_t { single = 1, multiple, yes_no, dots, ranking, scale };
struct Poll {
    std::uint32_t number = 0;  // never given twice
    PollKind kind = PollKind::single;
    std::string text;
    std::vector<std::string> options;  // of a scale: what its ends mean, or none; of yes_no: none
    std::uint32_t dots = 3;            // of each voice
    std::uint32_t steps = 5;           // of a scale, 1…steps
    bool open = false;
    bool closed = false;   // was open
    bool results = false;  // told to everyone
    ShowTime closed_at{};  // meaningless before
    bool operator==(const Poll&) const = default;
};
inline constexpr std::size_t most_polls = 100;
inline constexpr std::size_t most_options = 12;
// Choices that a vote gives a mark to: the options, 2 of yes_no (0 yes, 1 no), the steps of a scale.
std::size_t choices(const Poll& poll);

struct PollTally {
    std::vector<std::uint32_t> marks;  // of each choice; of a ranking: points, the first of n gives n
    std::uint32_t voices = 0;
    std::uint32_t changed = 0;         // votes that replaced an earlier one of their device
    std::uint32_t most_in_second = 0;  // the busiest second
    std::uint32_t in_second = 0;
    std::int64_t second = 0;
    bool operator==(const PollTally&) const = default;
};

// As they came, in the journal's order.
struct LikeCast {
    DeviceId device;
    Uuid contribution;
    bool on = true;
    bool operator==(const LikeCast&) const = default;
};
struct WeighCast {
    Speaker from;
    std::uint32_t tension = 0;
    std::uint32_t side = 0;
    Stance stance = Stance::pass;
    bool operator==(const WeighCast&) const = default;
};
struct VoteCast {
    DeviceId device;
    std::uint32_t poll = 0;
    std::vector<std::uint32_t> marks;
    ShowTime at;
    bool operator==(const VoteCast&) const = default;
};
struct ProfileTold {
    DeviceId device;
    Profile profile;
    bool operator==(const ProfileTold&) const = default;
};

// One device and one item.
template <class Item>
struct CastKey {
    Item item{};
    DeviceId device;
    auto operator<=>(const CastKey&) const = default;
};
struct SideKey {
    std::uint32_t tension = 0;
    std::uint32_t side = 0;
    auto operator<=>(const SideKey&) const = default;
};

}  // namespace tribune

template <>
struct std::hash<tribune::SideKey> {
    std::size_t operator()(const tribune::SideKey& s) const noexcept { return s.tension * 2U + s.side; }
};
template <class Item>
struct std::hash<tribune::CastKey<Item>> {
    std::size_t operator()(const tribune::CastKey<Item>& k) const noexcept {
        return std::hash<Item>{}(k.item) * 1099511628211ULL ^ std::hash<tribune::DeviceId>{}(k.device);
    }
};

namespace tribune {

struct Weighing {
    AudienceDoor door;
    std::vector<Poll> polls;  // in the order they were made
    std::uint32_t last_poll = 0;
    SharedList<LikeCast> likes;
    SharedList<WeighCast> weighed;
    SharedList<VoteCast> votes;
    SharedList<ProfileTold> told;

    // Told by the lists: count() keeps them.
    SharedMap<CastKey<Uuid>, bool> liked;
    SharedMap<Uuid, std::uint32_t> likes_of;
    SharedMap<CastKey<SideKey>, Stance> stances;
    SharedMap<std::uint32_t, std::shared_ptr<const TensionWeights>> weights;
    SharedMap<CastKey<std::uint32_t>, std::vector<std::uint32_t>> marks;
    SharedMap<std::uint32_t, std::shared_ptr<const PollTally>> tallies;
    SharedMap<DeviceId, Profile> profiles;

    Weighing();
    Weighing(const Weighing&);
    Weighing(Weighing&&) noexcept;
    Weighing& operator=(const Weighing&);
    Weighing& operator=(Weighing&&) noexcept;
    ~Weighing();

    // Adds it to its list and counts it.
    void cast(LikeCast like);
    void cast(WeighCast weigh);
    void cast(VoteCast vote);
    void tell(ProfileTold profile);

    [[nodiscard]] const Poll* poll(std::uint32_t number) const;
    [[nodiscard]] std::uint32_t likes_for(const Uuid& contribution) const;
    [[nodiscard]] const TensionWeights& weights_of(std::uint32_t tension) const;
    [[nodiscard]] const PollTally& tally_of(std::uint32_t poll) const;
};

// --- What separates the groups ------------------------------------------------------------------------------

// How surely a group differs from all others on a side of a tension.
struct Separation {
    std::uint32_t side = 0;
    TableNumber table;  // one of the two names the group
    std::string group;
    double share = 0;   // of the group that agrees, estimated
    double others = 0;  // of all others
    double surety = 0;  // that the group agrees more than the others do, 0…1
    std::uint32_t voices = 0;
    bool operator==(const Separation&) const = default;
};
// The share of a group that agrees, from those of it who weighed (a pass counts as voice): Jeffreys' estimate, the mean of
// Beta(a + ½, n − a + ½). A unanimous two stand at 0.83, where Laplace's rule would say 0.75 and pull small groups down.
double agreement(const Weight& weight);
// The groups that agree by more than half and surely more than the others (`surety` from 0.9), the surest first. A minority
// so small that the whole room does not show it is found all the same.
std::vector<Separation> separations(const TensionWeights& weights);

// --- Commands ---------------------------------------------------------------------------------------------

struct Introduce {  // by a phone
    Speaker from;
    Profile profile;
    bool operator==(const Introduce&) const = default;
};
struct Like {
    Speaker from;
    Uuid contribution;
    bool on = true;
    bool operator==(const Like&) const = default;
};
struct Weigh {
    Speaker from;
    std::uint32_t tension = 0;
    std::uint32_t side = 0;  // 0 or 1
    Stance stance = Stance::pass;
    bool operator==(const Weigh&) const = default;
};
// Marks by kind of poll: single, yes_no, scale: [choice]; multiple: [choice, …]; ranking: the choices, the best first, as
// many as one cares for; dots: how many on each choice. Choices count from 0.
struct Vote {
    Speaker from;
    std::uint32_t poll = 0;
    std::vector<std::uint32_t> marks;
    bool operator==(const Vote&) const = default;
};
// By the director.
struct SetPoll {
    std::uint32_t poll = 0;  // 0: a new one; others only until somebody voted
    PollKind kind = PollKind::single;
    std::string text;
    std::vector<std::string> options;
    std::uint32_t dots = 3;
    std::uint32_t steps = 5;
    bool operator==(const SetPoll&) const = default;
};
struct OpenPoll {  // one at a time; another is closed first
    std::uint32_t poll = 0;
    bool operator==(const OpenPoll&) const = default;
};
struct ClosePoll {  // with its results told, or not
    std::uint32_t poll = 0;
    bool results = true;
    bool operator==(const ClosePoll&) const = default;
};
struct RemovePoll {
    std::uint32_t poll = 0;
    bool operator==(const RemovePoll&) const = default;
};
struct SetAudience {
    AudienceDoor door;
    bool operator==(const SetAudience&) const = default;
};

}  // namespace tribune
