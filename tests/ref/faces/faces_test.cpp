// Four faces change on the same frame, read back from their pixels.
#include <catch2/catch.hpp>

#include "support/real_show/same_frame.hpp"

TEST_CASE("over 1,000 cuts, no two faces ever show different sources on the same frame number") {
    const auto seen = tribune::test::compare_faces_over_cuts(1000);
    INFO(seen.compared << " frames compared, " << seen.changes << " changes seen");
    CHECK(seen.mismatches == 0);
    CHECK(seen.unreadable == 0);
    CHECK(seen.compared > 200);
    CHECK(seen.changes > 100);
}
