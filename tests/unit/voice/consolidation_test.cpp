#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "unit/voice/meeting.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

using State = ContributionState;

// All that deeds may change, to see whether it is as it was.
struct Picture {
    std::vector<Standing> standings;
    std::vector<Theme> themes;
    std::vector<Tension> tensions;
    std::vector<TermRule> terms;
    std::array<std::uint32_t, hold_reasons> held{};
    std::uint32_t waiting = 0;
    std::vector<std::uint32_t> sizes;
    bool operator==(const Picture&) const = default;
};
Picture picture_of(const Room& room) {
    const auto& all = room.consolidation;
    Picture out{{}, all.themes, all.tensions, all.terms, all.held, all.waiting, {}};
    for (const auto& c : room.contributions) out.standings.push_back(all.standing(c.id));
    for (std::uint32_t theme = 1; theme <= all.last_theme; ++theme) out.sizes.push_back(all.size_of(theme));
    return out;
}

// What the counts must be, counted anew.
Picture recounted(const Room& room) {
    Picture out = picture_of(room);
    out.held = {};
    out.waiting = 0;
    std::fill(out.sizes.begin(), out.sizes.end(), 0U);
    for (const auto& s : out.standings) {
        if (s.retracted) continue;
        if (s.hold) {
            ++out.held[static_cast<std::size_t>(s.hold->reason) - 1];
            continue;
        }
        if (s.waits) ++out.waiting;
        if (s.theme != 0) ++out.sizes[s.theme - 1];
    }
    return out;
}

}  // namespace

TEST_CASE("what is said shows at once, unless somebody is to see it first") {
    Meeting m;
    REQUIRE(m.say(1, "Un banc").empty());
    CHECK(m.state(1) == State::shown);
    REQUIRE(m.tell(SetModeration{Moderation::before}).empty());
    REQUIRE(m.say(2, "Un arbre").empty());
    CHECK(m.state(2) == State::waiting);
    CHECK(m.state(1) == State::shown);
    CHECK(m.room.consolidation.waiting == 1);
    REQUIRE(m.tell(Approve{{uuid(2)}}).empty());
    CHECK(m.state(2) == State::shown);
    CHECK(m.room.consolidation.waiting == 0);
}

TEST_CASE("a flag makes somebody look first; personal data is held by itself, and for that reason only") {
    Meeting m;
    REQUIRE(m.say(1, "Quel connard", 1, {Flag::insult}).empty());
    CHECK(m.state(1) == State::waiting);
    REQUIRE(m.say(2, "Appelez le 04 70 00 00 00", 1, {Flag::personal_data}).empty());
    CHECK(m.state(2) == State::held);
    CHECK(m.standing(2).hold->reason == HoldReason::personal_data);
    CHECK(m.standing(2).hold->by == "machine");
    REQUIRE(m.say(3, "voir le site", 1, {Flag::link}).empty());
    CHECK(m.state(3) == State::shown);
    // Without the number it is shown: nobody has to release it.
    REQUIRE(m.tell(Revise{table(1), uuid(2), "Appelez-nous", "", {}}).empty());
    CHECK(m.state(2) == State::shown);
    CHECK(text_of(m.room, *m.room.find(uuid(2))) == "Appelez-nous");
    CHECK(m.room.find(uuid(2))->text == "Appelez le 04 70 00 00 00");
}

TEST_CASE("no reason to hold something is that it criticises") {
    Meeting m;
    REQUIRE(m.say(1, "Le bailleur ne répond jamais").empty());
    REQUIRE(m.tell(HoldBack{{uuid(1)}, HoldReason::names_person, "Sans le nom"}).empty());
    CHECK(m.state(1) == State::held);
    CHECK(m.room.consolidation.held[static_cast<std::size_t>(HoldReason::names_person) - 1] == 1);
    // A second look: not by who held it.
    REQUIRE(m.tell(AskReview{uuid(1)}).empty());
    CHECK(m.tell(ConfirmHold{uuid(1)}, "lea") == "own_hold");
    REQUIRE(m.tell(ConfirmHold{uuid(1)}, "sam").empty());
    CHECK(m.standing(1).hold->confirmed_by == "sam");
    CHECK_FALSE(m.standing(1).hold->review_wanted);
    REQUIRE(m.tell(Release{{uuid(1)}}).empty());
    CHECK(m.state(1) == State::shown);
    CHECK(m.room.consolidation.held == std::array<std::uint32_t, hold_reasons>{});
    CHECK(m.tell(Release{{uuid(1)}}) == "not_held");
}

TEST_CASE("one's own can be rewritten while its round is open, and withdrawn; another's cannot") {
    Meeting m;
    REQUIRE(m.say(1, "Un banc", 1).empty());
    CHECK(m.tell(Revise{table(2), uuid(1), "Rien", "", {}}) == "not_yours");
    CHECK(m.tell(Retract{phone(1), uuid(1)}) == "not_yours");
    CHECK(m.tell(Revise{table(1), uuid(9), "Rien", "", {}}) == "unknown_contribution");
    REQUIRE(m.tell(Revise{{DeviceId("another tablet"), {1}}, uuid(1), "Un banc à l'ombre", "Banc", {}}).empty());
    CHECK(title_of(m.room, *m.room.find(uuid(1))) == "Banc");
    REQUIRE(m.tell(StopRound{}).empty());
    CHECK(m.tell(Revise{table(1), uuid(1), "Rien", "", {}}) == "round_closed");
    REQUIRE(m.tell(Retract{table(1), uuid(1)}).empty());
    CHECK(m.state(1) == State::retracted);
    CHECK(m.tell(Approve{{uuid(1)}}) == "retracted");
    CHECK(m.tell(Retract{table(1), uuid(1)}) == "retracted");
}

TEST_CASE("other words are a proposal, and its table decides") {
    Meeting m;
    REQUIRE(m.say(1, "Untel est un voleur").empty());
    CHECK(m.tell(AnswerProposal{table(1), uuid(1), true}) == "no_proposal");
    REQUIRE(m.tell(HoldBack{{uuid(1)}, HoldReason::insult, ""}).empty());
    REQUIRE(m.tell(ProposeWords{uuid(1), "Les charges sont opaques"}).empty());
    CHECK(text_of(m.room, *m.room.find(uuid(1))) == "Untel est un voleur");
    REQUIRE(m.tell(AnswerProposal{table(1), uuid(1), false}).empty());
    CHECK(m.standing(1).proposal_declined);
    CHECK(m.state(1) == State::held);
    REQUIRE(m.tell(ProposeWords{uuid(1), "Les charges sont opaques"}).empty());
    REQUIRE(m.tell(AnswerProposal{table(1), uuid(1), true}).empty());
    CHECK(m.state(1) == State::shown);
    CHECK(text_of(m.room, *m.room.find(uuid(1))) == "Les charges sont opaques");
}

TEST_CASE("themes gather, merge and split; undoing brings back exactly what was") {
    Meeting m;
    for (std::uint32_t n = 1; n <= 6; ++n) REQUIRE(m.say(n, "Idée").empty());
    REQUIRE(m.tell(Gather{{uuid(1), uuid(2)}, 0, "Bancs"}).empty());
    REQUIRE(m.tell(Gather{{uuid(3)}, 0, "Sièges"}).empty());
    CHECK(m.tell(Gather{{uuid(4)}, 9, ""}) == "unknown_theme");
    REQUIRE(m.tell(SetTension{{}, 0, "", {{std::nullopt, 1}, {std::nullopt, 2}}}).empty());
    const Picture before = picture_of(m.room);
    CHECK(m.tell(MergeThemes{2, 2}) == "same_theme");
    REQUIRE(m.tell(MergeThemes{2, 1}).empty());
    CHECK(m.room.consolidation.size_of(1) == 3);
    CHECK(m.room.consolidation.theme(2) == nullptr);
    CHECK(m.room.consolidation.tensions.empty());  // it would stand against itself
    const auto merge = m.last_deed();
    REQUIRE(m.tell(UndoDeed{merge}, "sam").empty());
    CHECK(picture_of(m.room) == before);
    CHECK(m.tell(UndoDeed{merge}) == "already_undone");
    // Undoing the undo merges again, and that can be undone again.
    REQUIRE(m.tell(UndoDeed{m.last_deed()}).empty());
    CHECK(m.room.consolidation.size_of(1) == 3);
    REQUIRE(m.tell(UndoDeed{merge}).empty());
    CHECK(picture_of(m.room) == before);
    // What was changed since is not overwritten.
    REQUIRE(m.tell(Gather{{uuid(1)}, 0, "Autre"}).empty());
    CHECK(m.tell(UndoDeed{1}) == "changed_since");
    CHECK(m.tell(UndoDeed{99}) == "unknown_deed");
}

TEST_CASE("two sides of a tension stand at equal rank; a table may propose one") {
    Meeting m;
    for (std::uint32_t n = 1; n <= 3; ++n) REQUIRE(m.say(n, "Idée", static_cast<int>(n)).empty());
    CHECK(m.tell(SetTension{{}, 0, "", {{uuid(1), 0}}}) == "bad_sides");
    CHECK(m.tell(SetTension{{}, 0, "", {{uuid(1), 0}, {uuid(1), 0}}}) == "bad_sides");
    CHECK(m.tell(SetTension{{}, 0, "", {{uuid(1), 4}, {uuid(2), 0}}}) == "bad_sides");
    REQUIRE(m.tell(SetTension{table(2), 0, "Ombre", {{uuid(1), 0}, {uuid(2), 0}}}, "table/2").empty());
    CHECK_FALSE(m.room.consolidation.tension(1)->shown);
    CHECK(m.tell(SetTension{table(2), 1, "Mienne", {{uuid(1), 0}, {uuid(2), 0}}}) == "unknown_tension");
    REQUIRE(m.tell(OpenTension{1, true}).empty());
    CHECK(m.room.consolidation.tension(1)->shown);
    REQUIRE(m.tell(HoldBack{{uuid(3)}, HoldReason::advert, ""}).empty());
    CHECK(m.tell(SetTension{{}, 0, "", {{uuid(1), 0}, {uuid(3), 0}}}) == "not_shown");
}

TEST_CASE("what became of it, words of the cloud, the spotlight") {
    Meeting m;
    REQUIRE(m.say(1, "Un banc").empty());
    CHECK(m.tell(SetOutcome{{}, 0, "Voté"}) == "nothing_named");
    REQUIRE(m.tell(SetOutcome{{uuid(1)}, 0, "Voté"}, "ana").empty());
    CHECK(m.standing(1).outcome->by == "ana");
    CHECK(m.tell(SetTerm{{"banc", TermAct::merge, ""}}) == "bad_term");
    REQUIRE(m.tell(SetTerm{{"banc", TermAct::merge, "siège"}}).empty());
    REQUIRE(m.tell(SetTerm{{"banc", TermAct::hide, ""}}).empty());
    CHECK(m.room.consolidation.terms.size() == 1);
    REQUIRE(m.tell(UndoDeed{m.last_deed()}).empty());
    CHECK(m.room.consolidation.terms[0].act == TermAct::merge);
    REQUIRE(m.tell(RemoveTerm{"banc"}).empty());
    CHECK(m.tell(RemoveTerm{"banc"}) == "unknown_word");
    REQUIRE(m.tell(SetSpotlight{uuid(1)}).empty());
    CHECK(m.room.consolidation.spotlight->contribution == uuid(1));
    REQUIRE(m.tell(HoldBack{{uuid(1)}, HoldReason::repeated, ""}).empty());
    CHECK(m.tell(SetSpotlight{uuid(1)}) == "not_shown");
}

TEST_CASE("thirty at once: counts stay true, and all that was done can be taken back to the beginning") {
    std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
    const auto pick = [&](std::uint32_t most) { return static_cast<std::uint32_t>(random() % most) + 1; };
    constexpr std::uint32_t said = 120;
    Meeting m;
    for (std::uint32_t n = 1; n <= said; ++n)
        REQUIRE(
            m.say(n, "Idée", static_cast<int>(n % 24 + 1), n % 9 == 0 ? std::vector{Flag::insult} : std::vector<Flag>{})
                .empty());
    const Picture begun = picture_of(m.room);
    for (int step = 0; step < 3000; ++step) {
        const std::string by = "f" + std::to_string(pick(30));
        const Uuid one = uuid(pick(said));
        const Uuid two = uuid(pick(said));
        const std::uint32_t theme = pick(std::max(m.room.consolidation.last_theme, 1U));
        switch (pick(10)) {
            case 1: (void)m.tell(Approve{{one, two}}, by); break;
            case 2: (void)m.tell(HoldBack{{one}, static_cast<HoldReason>(pick(hold_reasons)), "note"}, by); break;
            case 3: (void)m.tell(Release{{one}}, by); break;
            case 4: (void)m.tell(Gather{{one, two}, 0, "Thème"}, by); break;
            case 5: (void)m.tell(Gather{{one}, theme, ""}, by); break;
            case 6: (void)m.tell(MergeThemes{theme, pick(std::max(m.room.consolidation.last_theme, 1U))}, by); break;
            case 7: (void)m.tell(SetTension{{}, 0, "", {{one, 0}, {std::nullopt, theme}}}, by); break;
            case 8: (void)m.tell(RemoveTheme{theme}, by); break;
            case 9: (void)m.tell(UndoDeed{pick(std::max(m.last_deed(), 1U))}, by); break;
            default: (void)m.tell(SetOutcome{{one}, 0, "Fait"}, by); break;
        }
        if (step % 100 == 0) REQUIRE(picture_of(m.room) == recounted(m.room));
    }
    REQUIRE(picture_of(m.room) == recounted(m.room));
    const auto done = m.last_deed();
    REQUIRE(done > 1000);
    // From the newest back, each deed's changes are those that stand. Taking an undo back puts in effect what it undid, which
    // comes later on this way.
    for (std::uint32_t deed = done; deed > 0; --deed) {
        if (m.room.consolidation.deeds[deed - 1].undone_by != 0) continue;
        INFO(deed);
        REQUIRE(m.tell(UndoDeed{deed}).empty());
    }
    Picture ended = picture_of(m.room);
    CHECK(std::count(ended.sizes.begin(), ended.sizes.end(), 0U) == static_cast<std::ptrdiff_t>(ended.sizes.size()));
    ended.sizes.clear();
    CHECK(ended == begun);
    CHECK(m.room.consolidation.themes.empty());
}
