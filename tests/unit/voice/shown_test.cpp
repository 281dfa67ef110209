// What walls and boards are told, change by change.
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "meeting.hpp"
#include "voice/shown.hpp"

using namespace tribune;
using test::Meeting;
using test::table;
using test::uuid;

namespace {

// What a wall that follows the changes shows.
struct Watcher {
    ShownFollower follower;
    std::map<std::size_t, std::string> shown;
    std::uint64_t last = 0;

    void look(const Room& room) {
        follower.follow(room, [this](const ShownChange& c) {
            CHECK(c.sequence >= last);
            last = c.sequence;
            CHECK(shown.contains(c.index) == c.before);
            if (c.after)
                shown[c.index] = c.text;
            else
                shown.erase(c.index);
        });
    }
};

std::map<std::size_t, std::string> truth(const Room& room) {
    std::map<std::size_t, std::string> shown;
    for (std::size_t i = 0; i < room.contributions.size(); ++i)
        if (is_shown(room, room.contributions[i])) shown[i] = text_of(room, room.contributions[i]);
    return shown;
}

}  // namespace

TEST_CASE("who looks after each step and who looks once at the end are told the same") {
    Meeting meeting;
    Watcher always, late;
    const auto then = [&](const std::string& error) {
        REQUIRE(error.empty());
        always.look(meeting.room);
        CHECK(always.shown == truth(meeting.room));
    };
    then(meeting.say(1, "Un banc"));
    then(meeting.say(2, "Un arbre", 2));
    then(meeting.tell(HoldBack{{uuid(1)}, HoldReason::advert, ""}));
    then(meeting.tell(Revise{table(2), uuid(2), "Deux arbres", "", {}}));
    then(meeting.tell(SetModeration{Moderation::before}));
    then(meeting.say(3, "Une fontaine", 3));
    CHECK(always.shown.size() == 1);
    then(meeting.tell(Approve{{uuid(3)}}));
    then(meeting.tell(Release{{uuid(1)}}));
    then(meeting.tell(Retract{table(2), uuid(2)}));
    then(meeting.tell(HoldBack{{uuid(3)}, HoldReason::advert, ""}));
    then(meeting.tell(UndoDeed{meeting.last_deed()}));
    late.look(meeting.room);
    CHECK(late.shown == truth(meeting.room));
    CHECK(late.shown == always.shown);
    CHECK(always.follower.up_to_date(meeting.room));
}

TEST_CASE("a room with another past is noticed") {
    Meeting meeting, other;
    REQUIRE(meeting.say(1, "Un banc").empty());
    REQUIRE(other.say(2, "Un arbre").empty());
    Watcher watcher;
    watcher.look(meeting.room);
    CHECK(watcher.follower.same_past(meeting.room));
    CHECK_FALSE(watcher.follower.same_past(other.room));
    CHECK_FALSE(watcher.follower.same_past(Room()));
}
