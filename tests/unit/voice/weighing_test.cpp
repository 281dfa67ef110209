#include <catch2/catch.hpp>
#include <random>

#include "unit/voice/meeting.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

Meeting with_tension() {
    Meeting m;
    REQUIRE(m.say(1, "Plus d'arbres").empty());
    REQUIRE(m.say(2, "Plus de places de voiture").empty());
    REQUIRE(m.tell(SetTension{{}, 0, "La place", {{uuid(1), 0}, {uuid(2), 0}}}).empty());
    return m;
}

Meeting with_poll(PollKind kind, std::vector<std::string> options = {"A", "B", "C"}) {
    Meeting m;
    REQUIRE(m.tell(SetPoll{0, kind, "Lequel ?", std::move(options), 3, 5}).empty());
    REQUIRE(m.tell(OpenPoll{1}).empty());
    return m;
}

std::vector<std::uint32_t> marks(const Meeting& m) { return m.room.weighing.tally_of(1).marks; }

}  // namespace

TEST_CASE("a device likes a contribution once, and may take it back") {
    Meeting m;
    REQUIRE(m.say(1, "Un banc").empty());
    for (int i = 0; i < 5; ++i) REQUIRE(m.tell(Like{phone(1), uuid(1), true}).empty());
    REQUIRE(m.tell(Like{phone(2), uuid(1), true}).empty());
    CHECK(m.room.weighing.likes_for(uuid(1)) == 2);
    CHECK(m.room.weighing.likes.size() == 2);  // what was said already is not kept again
    REQUIRE(m.tell(Like{phone(1), uuid(1), false}).empty());
    CHECK(m.room.weighing.likes_for(uuid(1)) == 1);
    CHECK(m.tell(Like{phone(1), uuid(5), true}) == "unknown_contribution");
    REQUIRE(m.tell(HoldBack{{uuid(1)}, HoldReason::advert, ""}).empty());
    CHECK(m.tell(Like{phone(3), uuid(1), true}) == "not_shown");
}

TEST_CASE("phones are asked to wait while their door is closed; tables go on") {
    Meeting m = with_tension();
    REQUIRE(m.tell(OpenTension{1, true}).empty());
    REQUIRE(m.tell(SetAudience{{false, false}}).empty());
    CHECK(m.tell(Like{phone(1), uuid(1), true}) == "door_closed");
    CHECK(m.tell(Weigh{phone(1), 1, 0, Stance::agree}) == "door_closed");
    CHECK(m.tell(Weigh{table(1), 1, 0, Stance::agree}).empty());
    Submit submit;
    submit.id = uuid(7);
    submit.round = 1;
    submit.text = "Moi aussi";
    CHECK(apply(m.room, submit, {99, {}, 0}, 10).error().code == "door_closed");
    REQUIRE(m.tell(SetAudience{{true, true}}).empty());
    CHECK(apply(m.room, submit, {99, {}, 0}, 10));
    CHECK(m.room.answers_of_table.size() == 1);  // a phone is no table
}

TEST_CASE("a device weighs each side once, for its table or the group that it says") {
    Meeting m = with_tension();
    CHECK(m.tell(Weigh{phone(1), 1, 0, Stance::agree}) == "tension_closed");
    REQUIRE(m.tell(OpenTension{1, true}).empty());
    CHECK(m.tell(Weigh{phone(1), 1, 2, Stance::agree}) == "bad_side");
    CHECK(m.tell(Weigh{phone(1), 2, 0, Stance::agree}) == "unknown_tension");
    REQUIRE(m.tell(Weigh{phone(1), 1, 0, Stance::agree}).empty());
    REQUIRE(m.tell(Weigh{phone(1), 1, 0, Stance::disagree}).empty());
    REQUIRE(m.tell(Weigh{phone(2), 1, 0, Stance::agree}).empty());
    REQUIRE(m.tell(Weigh{table(4), 1, 1, Stance::pass}).empty());
    const auto& weights = m.room.weighing.weights_of(1);
    CHECK(weights.all[0] == Weight{1, 1, 0});
    CHECK(weights.all[1] == Weight{0, 0, 1});
    CHECK(weights.by_table.at({4})[1] == Weight{0, 0, 1});
    // Who says later where they belong takes along what they weighed.
    REQUIRE(m.tell(Introduce{phone(1), {{6}, "Bailleurs"}}).empty());
    CHECK(m.room.weighing.weights_of(1).by_group.at("Bailleurs")[0] == Weight{0, 1, 0});
    CHECK(m.room.weighing.weights_of(1).by_table.at({6})[0] == Weight{0, 1, 0});
    REQUIRE(m.tell(Introduce{phone(1), {{}, "Locataires"}}).empty());
    CHECK(m.room.weighing.weights_of(1).by_group.at("Bailleurs")[0] == Weight{});
    CHECK(m.room.weighing.weights_of(1).by_group.at("Locataires")[0] == Weight{0, 1, 0});
    CHECK(m.room.weighing.weights_of(1).all[0] == Weight{1, 1, 0});
}

TEST_CASE("a unanimous few are estimated fairly and found among many") {
    CHECK(agreement({2, 0, 0}) == Approx(2.5 / 3));
    CHECK(agreement({0, 0, 0}) == Approx(0.5));
    TensionWeights weights;
    weights.all[0] = {104, 396, 0};
    weights.by_group["Gardiens"][0] = {4, 0, 0};
    weights.by_group["Locataires"][0] = {100, 396, 0};
    const auto found = separations(weights);
    REQUIRE(found.size() == 1);
    CHECK(found[0].group == "Gardiens");
    CHECK(found[0].side == 0);
    CHECK(found[0].share == Approx(0.9));
    CHECK(found[0].surety > 0.99);
    // One voice proves nothing, and who agrees like all others is no group apart.
    weights.all[0] = {60, 40, 0};
    weights.by_group = {{"Seul", {Weight{1, 0, 0}, Weight{}}}, {"Tous", {Weight{59, 40, 0}, Weight{}}}};
    CHECK(separations(weights).empty());
}

TEST_CASE("surety grows with the voices, and is a half where two groups are alike") {
    double last = 0;
    for (std::uint32_t n = 2; n <= 64; n *= 2) {
        TensionWeights weights;
        weights.by_group["un"][0] = {n, 0, 0};
        weights.by_group["autre"][0] = {n / 2, n / 2, 0};
        weights.all[0] = {n + n / 2, n / 2, 0};
        const auto found = separations(weights);
        const double surety = found.empty() ? 0 : found[0].surety;
        CHECK(surety >= last);
        last = surety;
    }
    CHECK(last > 0.999);
}

TEST_CASE("each kind of vote counts what it says, and takes nothing else") {
    Meeting single = with_poll(PollKind::single);
    CHECK(single.tell(Vote{phone(1), 1, {3}}) == "bad_vote");
    CHECK(single.tell(Vote{phone(1), 1, {0, 1}}) == "bad_vote");
    REQUIRE(single.tell(Vote{phone(1), 1, {0}}).empty());
    REQUIRE(single.tell(Vote{phone(1), 1, {2}}).empty());
    CHECK(marks(single) == std::vector<std::uint32_t>{0, 0, 1});
    CHECK(single.room.weighing.tally_of(1).voices == 1);
    CHECK(single.room.weighing.tally_of(1).changed == 1);

    Meeting multiple = with_poll(PollKind::multiple);
    CHECK(multiple.tell(Vote{phone(1), 1, {1, 1}}) == "bad_vote");
    REQUIRE(multiple.tell(Vote{phone(1), 1, {2, 0}}).empty());
    REQUIRE(multiple.tell(Vote{phone(2), 1, {}}).empty());
    CHECK(marks(multiple) == std::vector<std::uint32_t>{1, 0, 1});

    Meeting yes_no = with_poll(PollKind::yes_no, {});
    CHECK(yes_no.tell(Vote{phone(1), 1, {2}}) == "bad_vote");
    REQUIRE(yes_no.tell(Vote{phone(1), 1, {1}}).empty());
    CHECK(marks(yes_no) == std::vector<std::uint32_t>{0, 1});

    Meeting dots = with_poll(PollKind::dots);
    CHECK(dots.tell(Vote{phone(1), 1, {2, 2, 0}}) == "bad_vote");
    CHECK(dots.tell(Vote{phone(1), 1, {4294967295U, 2, 2}}) == "bad_vote");
    CHECK(dots.tell(Vote{phone(1), 1, {1, 1}}) == "bad_vote");
    REQUIRE(dots.tell(Vote{phone(1), 1, {2, 0, 1}}).empty());
    REQUIRE(dots.tell(Vote{phone(2), 1, {0, 0, 3}}).empty());
    CHECK(marks(dots) == std::vector<std::uint32_t>{2, 0, 4});

    Meeting ranking = with_poll(PollKind::ranking);
    REQUIRE(ranking.tell(Vote{phone(1), 1, {2, 0}}).empty());
    CHECK(marks(ranking) == std::vector<std::uint32_t>{2, 0, 3});

    Meeting scale = with_poll(PollKind::scale, {"Non", "Oui"});
    CHECK(scale.tell(Vote{phone(1), 1, {5}}) == "bad_vote");
    REQUIRE(scale.tell(Vote{phone(1), 1, {4}}).empty());
    CHECK(marks(scale) == std::vector<std::uint32_t>{0, 0, 0, 0, 1});
}

TEST_CASE("a vote opens, closes and stays once somebody voted") {
    Meeting m;
    CHECK(m.tell(SetPoll{0, PollKind::single, "", {"A", "B"}, 3, 5}) == "empty_question");
    CHECK(m.tell(SetPoll{0, PollKind::single, "Q", {"A"}, 3, 5}) == "bad_poll");
    CHECK(m.tell(SetPoll{0, PollKind::scale, "Q", {}, 3, 1}) == "bad_poll");
    REQUIRE(m.tell(SetPoll{0, PollKind::single, "Q", {"A", "B"}, 3, 5}).empty());
    REQUIRE(m.tell(SetPoll{1, PollKind::yes_no, "Q2", {}, 3, 5}).empty());
    REQUIRE(m.tell(SetPoll{0, PollKind::yes_no, "Autre", {}, 3, 5}).empty());
    CHECK(m.tell(Vote{phone(1), 1, {0}}) == "poll_closed");
    REQUIRE(m.tell(OpenPoll{1}).empty());
    REQUIRE(m.tell(Vote{phone(1), 1, {0}}).empty());
    CHECK(m.tell(SetPoll{1, PollKind::single, "Q", {"A", "B"}, 3, 5}) == "poll_voted");
    CHECK(m.tell(RemovePoll{1}) == "poll_voted");
    REQUIRE(m.tell(OpenPoll{2}).empty());
    CHECK(m.room.weighing.poll(1)->closed);
    CHECK(m.tell(Vote{phone(1), 1, {1}}) == "poll_closed");
    REQUIRE(m.tell(ClosePoll{2, true}).empty());
    CHECK(m.room.weighing.poll(2)->results);
    REQUIRE(m.tell(RemovePoll{2}).empty());
    CHECK(m.tell(OpenPoll{2}) == "unknown_poll");
}

TEST_CASE("a storm of votes counts each device once") {
    Meeting m = with_poll(PollKind::dots);
    std::mt19937 random(3);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
    std::vector<std::vector<std::uint32_t>> last(50);
    for (int i = 0; i < 2000; ++i) {
        const auto who = static_cast<std::size_t>(random() % last.size());
        const auto a = static_cast<std::uint32_t>(random() % 4);
        const std::vector<std::uint32_t> vote{a, static_cast<std::uint32_t>(random() % (4 - a)), 0};
        REQUIRE(m.tell(Vote{phone(static_cast<int>(who)), 1, vote}).empty());
        last[who] = vote;
    }
    std::vector<std::uint32_t> wanted(3, 0);
    for (const auto& vote : last)
        for (std::size_t i = 0; i < vote.size(); ++i) wanted[i] += vote[i];
    CHECK(marks(m) == wanted);
    CHECK(m.room.weighing.tally_of(1).voices == 50);
    CHECK(m.room.weighing.tally_of(1).changed == 1950);
}
