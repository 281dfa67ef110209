#include <catch2/catch.hpp>
#include <random>

#include "voice/room.hpp"

using namespace tribune;

namespace {

ShowTime at(double seconds) { return {Nanoseconds(static_cast<std::int64_t>(seconds * 1e9))}; }
Nanoseconds s(double seconds) { return Nanoseconds(static_cast<std::int64_t>(seconds * 1e9)); }

// A director who says when he does what.
struct Director {
    template <class C>
    std::string tell(double seconds, const C& command) {
        const auto done = apply(room, command, Stamp{++sequence, at(seconds), 0});
        return done ? "" : done.error().code;
    }
    [[nodiscard]] std::optional<Nanoseconds> left(double seconds) const { return time_left(room, at(seconds)); }
    Room room;
    std::uint64_t sequence = 0;
};

Director opened(std::uint32_t length_ms, bool close_at_end = false) {
    Director d;
    REQUIRE(d.tell(0, SetQuestion{"Quoi ?", "fr", {}, length_ms, close_at_end}).empty());
    REQUIRE(d.tell(10, StartRound{}).empty());
    return d;
}

}  // namespace

TEST_CASE("the time left is the length without what has gone, pauses left out") {
    Director d = opened(60'000);
    CHECK(d.left(10) == s(60));
    CHECK(d.left(25) == s(45));
    CHECK(d.left(75) == s(-5));
    CHECK(d.tell(30, PauseRound{}).empty());
    CHECK(d.left(30) == s(40));
    CHECK(d.left(500) == s(40));
    CHECK(d.tell(500, PauseRound{}) == "round_paused");
    CHECK_FALSE(runs_out(*d.room.open_round()));
    CHECK(d.tell(500, ResumeRound{}).empty());
    CHECK(d.tell(500, ResumeRound{}) == "round_not_paused");
    CHECK(d.left(510) == s(30));
    CHECK(*runs_out(*d.room.open_round()) == at(540));
    CHECK(d.tell(520, StopRound{}).empty());
    CHECK_FALSE(d.left(530));
    CHECK(*time_left(d.room.rounds[0], at(900)) == s(20));
    CHECK(elapsed(d.room.rounds[0], at(900)) == s(40));
}

TEST_CASE("a round closed while it is held keeps the time it was held at") {
    Director d = opened(60'000);
    REQUIRE(d.tell(20, PauseRound{}).empty());
    REQUIRE(d.tell(100, StopRound{}).empty());
    CHECK(elapsed(d.room.rounds[0], at(500)) == s(10));
}

TEST_CASE("a round without a length has no time left, until it is given some") {
    Director d = opened(0);
    CHECK_FALSE(d.left(20));
    REQUIRE(d.tell(100, ExtendRound{120'000, true}).empty());
    CHECK(d.left(100) == s(120));
    CHECK(until_close(d.room, at(100)) == s(120));
}

TEST_CASE("more and less time: what is over its time gets it from now, nothing goes below now") {
    Director d = opened(60'000, true);
    REQUIRE(d.tell(20, ExtendRound{60'000}).empty());
    CHECK(d.left(20) == s(110));
    REQUIRE(d.tell(20, ExtendRound{-300'000}).empty());
    CHECK(d.left(20) == s(0));
    CHECK(closes_now(d.room, at(20)));
    CHECK(d.left(40) == s(-20));
    REQUIRE(d.tell(40, ExtendRound{60'000, false}).empty());
    CHECK(d.left(40) == s(60));
    CHECK_FALSE(closes_now(d.room, at(1000)));
    CHECK(d.tell(40, ExtendRound{2'000'000'000}) == "bad_length");
}

TEST_CASE("it closes itself only where it is set to, and not while it is held") {
    Director d = opened(60'000, true);
    CHECK_FALSE(closes_now(d.room, at(69.999)));
    CHECK(closes_now(d.room, at(70)));
    REQUIRE(d.tell(60, PauseRound{}).empty());
    CHECK_FALSE(closes_now(d.room, at(700)));
    CHECK_FALSE(until_close(d.room, at(700)));
    CHECK_FALSE(closes_now(opened(60'000).room, at(700)));
}

TEST_CASE("whatever is done, an open round's clock never jumps but by what was asked") {
    std::mt19937 random(7);
    for (int night = 0; night < 200; ++night) {
        Director d = opened(120'000);
        double now = 10;
        double left = 120;
        bool held = false;
        for (int i = 0; i < 40; ++i) {
            const double step = static_cast<double>(random() % 5000) / 1000;
            now += step;
            if (!held) left -= step;
            switch (random() % 4) {
                case 0:
                    if (d.tell(now, PauseRound{}).empty()) held = true;
                    break;
                case 1:
                    if (d.tell(now, ResumeRound{}).empty()) held = false;
                    break;
                case 2: {
                    const int by = static_cast<int>(random() % 60) - 20;
                    REQUIRE(d.tell(now, ExtendRound{by * 1000}).empty());
                    if (by != 0) left = std::max(std::max(left, 0.0) + by, 0.0);
                    break;
                }
                default: break;
            }
            REQUIRE(std::abs((*d.left(now) - s(left)).count()) < 1'000'000);
        }
    }
}

TEST_CASE("a warning stands for a while from when it is due; the nearer one goes first") {
    const Director d = opened(600'000);
    const Round& round = *d.room.open_round();
    const NoticeRules rules{{120, 110, 900}, false};
    CHECK_FALSE(standing_warning(round, rules, at(489.9)));
    CHECK(standing_warning(round, rules, at(490)) == 120U);
    CHECK(standing_warning(round, rules, at(500)) == 110U);
    CHECK_FALSE(standing_warning(round, rules, at(516)));
    CHECK_FALSE(standing_warning(round, rules, at(10)));  // longer than the round: never
}

TEST_CASE("the agenda: opening one of its questions prepares the next that was not asked") {
    Director d;
    open_agenda(d.room,
                {{"Un", "fr", {}, 0, false}, {"Deux", "fr", {"a", "b"}, 60'000, true}, {"Trois", "", {}, 0, false}});
    CHECK(d.room.prepared.text == "Un");
    REQUIRE(d.tell(1, MoveAgendaItem{3, 0}).empty());
    REQUIRE(d.tell(1, StartRound{}).empty());
    CHECK(d.room.rounds[0].item == 1);
    CHECK(d.room.prepared.text == "Deux");
    REQUIRE(d.tell(2, SetAgendaItem{2, {"Deux !", "fr", {"a", "b"}, 60'000, true}}).empty());
    CHECK(d.room.prepared.text == "Deux !");
    REQUIRE(d.tell(3, StartRound{}).empty());
    CHECK(d.room.open_round()->parts.size() == 2);
    CHECK(d.room.prepared.text == "Trois");  // before it in the agenda, and not asked yet
    REQUIRE(d.tell(4, StartRound{5000}).empty());
    CHECK(d.left(4) == s(5));
    CHECK(d.room.prepared.text == "Trois");  // all are asked
    REQUIRE(d.tell(4, RemoveAgendaItem{3}).empty());
    CHECK(d.room.prepared_item == 0);
    CHECK(d.tell(4, RemoveAgendaItem{3}) == "unknown_item");
    CHECK(d.tell(4, SetAgendaItem{9, {"x", "", {}, 0, false}}) == "unknown_item");
    REQUIRE(d.tell(4, SetAgendaItem{0, {"Quatre", "", {}, 0, false}}).empty());
    CHECK(d.room.agenda.back().item == 4);
}

TEST_CASE("an answer names a part that its question has") {
    Director d;
    REQUIRE(d.tell(0, SetQuestion{"Quoi ?", "fr", {"Ici", "Là"}}).empty());
    REQUIRE(d.tell(1, StartRound{}).empty());
    Submit submit{{}, DeviceId("d"), {1}, 1, "le bruit", "fr", ContributionKind::means, 2};
    CHECK(apply(d.room, submit, Stamp{9, at(2), 0}, 4));
    submit.part = 1;
    CHECK(apply(d.room, submit, Stamp{10, at(2), 0}, 4).error().code == "id_conflict");
    submit.id.bytes[0] = 1;
    submit.part = 3;
    CHECK(apply(d.room, submit, Stamp{10, at(2), 0}, 4).error().code == "unknown_part");
}

TEST_CASE("a notice stands for its time, and an empty one takes it away") {
    Director d;
    REQUIRE(d.tell(10, ShowNotice{"Deux minutes", 20'000, true}).empty());
    REQUIRE(standing_notice(d.room, at(29.9)));
    CHECK_FALSE(standing_notice(d.room, at(30)));
    REQUIRE(d.tell(12, ShowNotice{}).empty());
    CHECK_FALSE(standing_notice(d.room, at(13)));
    CHECK(d.tell(12, ShowNotice{"x", 0}) == "bad_length");
}
