#include "plan/reasons.hpp"

#include <catch2/catch.hpp>

using namespace tribune;

namespace {

const Reasons reasons{
    {"stalled", {{"en", "No picture comes."}, {"fr", "Aucune image ne vient."}}},
    {"too_large", {{"en", "Over {} million pixels."}, {"fr", "Plus de {} millions de pixels."}}},
};

}  // namespace

TEST_CASE("a reason is said in the show's language, with its detail") {
    CHECK(reason_in(reasons, "fr", "stalled", "No picture comes.") == "Aucune image ne vient.");
    CHECK(reason_in(reasons, "en", "stalled", "No picture comes.") == "No picture comes.");
    CHECK(reason_in(reasons, "fr", "too_large", "Over 36 million pixels.") == "Plus de 36 millions de pixels.");
    CHECK(reason_in(reasons, "en", "too_large", "Over 36 million pixels.") == "Over 36 million pixels.");
}

TEST_CASE("what the list does not have stays as it came") {
    CHECK(reason_in(reasons, "fr", "brand_new", "Something else.") == "Something else.");
    CHECK(reason_in(reasons, "de", "stalled", "No picture comes.") == "No picture comes.");
    CHECK(reason_in(reasons, "fr", "stalled", "Something else.") == "Something else.");
    CHECK(reason_in(reasons, "fr", "too_large", "Over") == "Over");
    CHECK(reason_in({}, "fr", "stalled", "No picture comes.") == "No picture comes.");
    CHECK(reason_in(reasons, "fr", "stalled", "").empty());
}
