#include "wall/layout_command.hpp"

#include <catch2/catch.hpp>

#include "unit/wall/fake_measure.hpp"

using namespace tribune;

TEST_CASE("layout command: words in, boxes out") {
    FakeMeasure measure;
    const auto job = read_layout_job("logement\t12\nécoute\t3\r\n\nmixité sociale\t1\n", {1280, 720}, 18, {}, measure);
    REQUIRE(job);
    CHECK(job->words.size() == 3);
    const auto pages = run_layout(*job);
    REQUIRE(pages.size() == 1);
    CHECK(pages[0].size() == 3);
    CHECK(pages[0][0].word == "logement");
    CHECK(pages[0][0].ink.width > 0);
    CHECK(run_layout(*job) == pages);
}

TEST_CASE("layout command: faults are told with their line") {
    FakeMeasure measure;
    for (const std::string bad : {"ok\t1\nword", "ok\t1\nword\t", "ok\t1\nword\t0", "ok\t1\nword\t-1",
                                  "ok\t1\nword\t1.5", "ok\t1\n\t3", "ok\t1\nword\t3 "}) {
        const auto job = read_layout_job(bad, {1280, 720}, 18, {}, measure);
        REQUIRE_FALSE(job);
        CHECK(job.error().code == "layout_bad_line");
        CHECK(job.error().message.find("Line 2") == 0);
    }
    CHECK(read_layout_job("a\t1", {0, 720}, 18, {}, measure).error().code == "layout_bad_size");
    CHECK(run_layout(*read_layout_job("", {1280, 720}, 18, {}, measure)).empty());
}
