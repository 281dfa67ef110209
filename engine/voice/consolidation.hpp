// What becomes of contributions: seen, held for one of a few public reasons, gathered under themes, set against each
// other, answered. Each step is a deed that is kept, can be looked up and be undone. Pure values; the rules that change
// them are apply() in voice/room.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/persistent.hpp"
#include "base/time.hpp"
#include "voice/contribution.hpp"
#include "voice/term_rule.hpp"

namespace tribune {

// Why a contribution may be kept off the wall: a closed list that all can read. That it criticises is none.
enum class HoldReason : std::uint32_t { insult = 1, hate, personal_data, names_person, advert, unreadable, repeated };
inline constexpr std::size_t hold_reasons = 7;

// Whether contributions are shown before a facilitator saw them.
enum class Moderation : std::uint32_t { after = 1, before };

struct Hold {
    HoldReason reason = HoldReason::unreadable;
    std::string note;  // for its table, beside the reason
    std::string by;    // "machine": held by itself, until somebody looks
    ShowTime at;
    bool review_wanted = false;  // by a second facilitator
    std::string confirmed_by;    // who looked second and let it be
    bool operator==(const Hold&) const = default;
};
// Other words for a contribution, which its table takes or leaves.
struct Proposal {
    std::string text;
    std::string by;
    ShowTime at;
    bool operator==(const Proposal&) const = default;
};
// What became of it.
struct Outcome {
    std::string text;
    std::string by;
    ShowTime at;
    bool operator==(const Outcome&) const = default;
};

// Where a contribution stands.
struct Standing {
    std::optional<std::string> text;  // as its table last wrote it; none: as it was sent
    std::optional<std::string> title;
    std::optional<std::vector<Flag>> flags;  // of that text
    bool retracted = false;                  // by who sent it
    bool waits = false;                      // not shown until a facilitator saw it
    bool approved = false;                   // a facilitator saw these words and let them be
    std::optional<Hold> hold;
    std::optional<Proposal> proposal;
    bool proposal_declined = false;
    std::uint32_t theme = 0;  // 0: under none
    std::optional<Outcome> outcome;
    bool operator==(const Standing&) const = default;
};

struct Theme {
    std::uint32_t number = 0;  // never given twice
    std::string title;
    std::optional<Outcome> outcome;  // of all that is under it
    bool operator==(const Theme&) const = default;
};
inline constexpr std::size_t most_themes = 500;
inline constexpr std::size_t most_ids = 500;  // in one command

// One side of a tension: a contribution, or a theme.
struct TensionSide {
    std::optional<Uuid> contribution;
    std::uint32_t theme = 0;
    bool operator==(const TensionSide&) const = default;
};
// Two that contradict each other, at equal rank. The room weighs each side.
struct Tension {
    std::uint32_t number = 0;        // never given twice
    std::string title;               // may be empty
    std::vector<TensionSide> sides;  // two
    bool open = false;               // weighed now
    bool shown = true;               // false: one that a table proposed and nobody looked at yet
    std::string by;
    ShowTime at;
    bool operator==(const Tension&) const = default;
};
inline constexpr std::size_t most_tensions = 200;

// One thing before and after a deed; none: it was not there.
struct StandingChange {
    Uuid key;
    std::optional<Standing> before;
    std::optional<Standing> after;
    bool operator==(const StandingChange&) const = default;
};
struct ThemeChange {
    std::uint32_t key = 0;
    std::optional<Theme> before;
    std::optional<Theme> after;
    bool operator==(const ThemeChange&) const = default;
};
struct TensionChange {
    std::uint32_t key = 0;
    std::optional<Tension> before;
    std::optional<Tension> after;
    bool operator==(const TensionChange&) const = default;
};
struct TermChange {
    std::string key;  // the word
    std::optional<TermRule> before;
    std::optional<TermRule> after;
    bool operator==(const TermChange&) const = default;
};

// Something that was done to contributions and what is made of them. Undoing one is a deed, too.
struct Deed {
    std::uint32_t number = 0;  // 1, 2, 3…
    std::string command;       // the name of its kind
    std::string by;
    ShowTime at;
    std::uint64_t sequence = 0;   // its place in the journal
    std::uint32_t undoes = 0;     // the deed it takes back
    std::uint32_t undone_by = 0;  // the deed that took it back
    std::vector<StandingChange> standings{};
    std::vector<ThemeChange> themes{};
    std::vector<TensionChange> tensions{};
    std::vector<TermChange> terms{};
    bool operator==(const Deed&) const = default;
};

// A contribution that the faces' spotlight is on.
struct Spotlight {
    Uuid contribution;
    ShowTime at;
    std::string by;
    bool operator==(const Spotlight&) const = default;
};

struct Consolidation {
    Moderation moderation = Moderation::after;
    std::vector<Theme> themes;      // in the order they were made
    std::vector<Tension> tensions;  // likewise
    std::vector<TermRule> terms;    // a word each
    std::uint32_t last_theme = 0;
    std::uint32_t last_tension = 0;
    SharedList<Deed> deeds;
    std::optional<Spotlight> spotlight;

    // Told by the deeds and contributions: Room::index() and the deeds keep them.
    SharedMap<Uuid, std::shared_ptr<const Standing>> standings;  // absent: as it was sent
    std::array<std::uint32_t, hold_reasons> held{};              // how many are held now, by reason − 1
    std::uint32_t waiting = 0;                                   // neither held nor retracted
    SharedMap<std::uint32_t, std::uint32_t> theme_sizes;         // of those that are neither held nor retracted

    [[nodiscard]] const Standing& standing(const Uuid& id) const;
    [[nodiscard]] const Theme* theme(std::uint32_t number) const;
    [[nodiscard]] const Tension* tension(std::uint32_t number) const;
    [[nodiscard]] std::uint32_t size_of(std::uint32_t theme) const;
};

// --- Commands ---------------------------------------------------------------------------------------------

// By who sent it, until its round closes: other words, or none.
struct Revise {
    Speaker from;
    Uuid contribution;
    std::string text;
    std::string title;
    std::vector<Flag> flags{};  // by the authority
    bool operator==(const Revise&) const = default;
};
struct Retract {
    Speaker from;
    Uuid contribution;
    bool operator==(const Retract&) const = default;
};
// Its table takes the words that were proposed, or stays by its own.
struct AnswerProposal {
    Speaker from;
    Uuid contribution;
    bool accept = false;
    bool operator==(const AnswerProposal&) const = default;
};

// By facilitators. Lists name contributions, at least one.
struct Approve {
    std::vector<Uuid> contributions;
    bool operator==(const Approve&) const = default;
};
struct HoldBack {
    std::vector<Uuid> contributions;
    HoldReason reason = HoldReason::unreadable;
    std::string note;
    bool operator==(const HoldBack&) const = default;
};
struct Release {
    std::vector<Uuid> contributions;
    bool operator==(const Release&) const = default;
};
// A second facilitator is asked to look at what is held; one who did not hold it lets it be, or releases it.
struct AskReview {
    Uuid contribution;
    bool operator==(const AskReview&) const = default;
};
struct ConfirmHold {
    Uuid contribution;
    bool operator==(const ConfirmHold&) const = default;
};
struct ProposeWords {
    Uuid contribution;
    std::string text;  // empty: the proposal is taken back
    bool operator==(const ProposeWords&) const = default;
};
// Under a theme, under a new one of this title, or under none (0, no title).
struct Gather {
    std::vector<Uuid> contributions;
    std::uint32_t theme = 0;
    std::string title;
    bool operator==(const Gather&) const = default;
};
struct NameTheme {
    std::uint32_t theme = 0;  // 0: a new one
    std::string title;
    bool operator==(const NameTheme&) const = default;
};
// All that is under one comes under the other; the one is gone.
struct MergeThemes {
    std::uint32_t from = 0;
    std::uint32_t into = 0;
    bool operator==(const MergeThemes&) const = default;
};
struct RemoveTheme {  // what is under it is under none
    std::uint32_t theme = 0;
    bool operator==(const RemoveTheme&) const = default;
};
// A new tension (0), by a table too, or another title and other sides of one.
struct SetTension {
    Speaker from;  // a table's; facilitators: none
    std::uint32_t tension = 0;
    std::string title;
    std::vector<TensionSide> sides;
    bool operator==(const SetTension&) const = default;
};
// Whether the room weighs it now; opening one shows it.
struct OpenTension {
    std::uint32_t tension = 0;
    bool open = true;
    bool operator==(const OpenTension&) const = default;
};
struct RemoveTension {
    std::uint32_t tension = 0;
    bool operator==(const RemoveTension&) const = default;
};
// What became of contributions, or of a theme; empty: nothing is said.
struct SetOutcome {
    std::vector<Uuid> contributions;
    std::uint32_t theme = 0;
    std::string text;
    bool operator==(const SetOutcome&) const = default;
};
struct SetTerm {
    TermRule rule;
    bool operator==(const SetTerm&) const = default;
};
struct RemoveTerm {
    std::string word;
    bool operator==(const RemoveTerm&) const = default;
};
// Takes a deed back where nothing it changed was changed since; undoing an undo brings it back.
struct UndoDeed {
    std::uint32_t deed = 0;
    bool operator==(const UndoDeed&) const = default;
};
struct SetModeration {
    Moderation moderation = Moderation::after;
    bool operator==(const SetModeration&) const = default;
};
// A contribution stands out on the faces; none: no longer.
struct SetSpotlight {
    std::optional<Uuid> contribution;
    bool operator==(const SetSpotlight&) const = default;
};

}  // namespace tribune
