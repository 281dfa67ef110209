// Facilitators at work on the running show.
#include <catch2/catch.hpp>

#include "support/real_show/consolidating.hpp"

using namespace tribune;
using namespace tribune::test;

TEST_CASE(
    "facilitators at once see the same, lose no step, and all can be taken back; tables are told of what is held") {
    RealShow show(shared_show("[[source]]\nname = \"still\"\nurl = \"lavfi:color=c=navy:s=64x36:r=5\"\n"));
    const Consolidated done = consolidate(show, 6, 300, 30, 5);
    CHECK(done.unanswered == 0);
    CHECK(done.accepted > 60);
    CHECK(done.same);
    CHECK(done.deeds > 60);
    CHECK(done.undone == done.deeds);
    CHECK(done.as_before);
    CHECK(done.held_untold == 0);
}
