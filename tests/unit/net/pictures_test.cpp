#include "net/pictures.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace tribune::net {
namespace {

using std::chrono::milliseconds;

class Ends final : public PictureDesk::Ends {
  public:
    void ask(const PictureRequest& request, std::uint64_t number) override { asked.emplace_back(request, number); }
    bool send(std::uint64_t client, const SharedMessage& picture) override {
        if (full.contains(client)) return false;
        sent.emplace_back(client, picture);
        return true;
    }
    void answer(std::uint64_t waiter, const Result<Bytes>& picture) override {
        answered.emplace_back(waiter, picture ? **picture : picture.error().code);
    }
    std::uint64_t next_token() override { return ++token; }

    std::vector<std::pair<PictureRequest, std::uint64_t>> asked;
    std::vector<std::pair<std::uint64_t, SharedMessage>> sent;
    std::vector<std::pair<std::uint64_t, std::string>> answered;
    std::set<std::uint64_t> full;
    std::uint64_t token = 0;
};

Result<Bytes> jpeg(const std::string& text = "jpeg") { return Bytes(std::make_shared<const std::string>(text)); }
PicturesMessage wish(double fps, std::vector<PictureWish> want = {{0, "north", 320}}) { return {std::move(want), fps}; }
std::uint32_t number_of(const SharedMessage& m) {
    const auto* p = m->payload() + 3 + m->payload()[2];
    return static_cast<std::uint32_t>(p[0]) << 24U | static_cast<std::uint32_t>(p[1]) << 16U |
           static_cast<std::uint32_t>(p[2]) << 8U | p[3];
}

struct Bench {
    Ends ends;
    PictureDesk desk{ends, std::chrono::seconds(3)};
    MonotonicTime now{std::chrono::seconds(100)};
};

TEST_CASE("one request serves everybody, with the same bytes") {
    Bench b;
    for (std::uint64_t client = 1; client <= 5; ++client) b.desk.want(client, wish(10), b.now);
    b.desk.tick(b.now);
    b.desk.tick(b.now + milliseconds(15));
    REQUIRE(b.ends.asked.size() == 1);
    b.desk.ready(b.ends.asked[0].second, jpeg(), b.now + milliseconds(20));
    REQUIRE(b.ends.sent.size() == 5);
    for (const auto& [client, message] : b.ends.sent) CHECK(message == b.ends.sent[0].second);
    const auto& m = b.ends.sent[0].second;
    CHECK(m->binary());
    CHECK(std::string(reinterpret_cast<const char*>(m->payload()), 8) == std::string("\x01\x00\x05north", 8));
    CHECK(std::string(reinterpret_cast<const char*>(m->payload()) + 12, m->size() - 12) == "jpeg");
}

TEST_CASE("nothing is asked for when nobody wants it") {
    Bench b;
    b.desk.tick(b.now);
    CHECK(b.desk.idle());
    b.desk.want(1, wish(10), b.now);
    b.desk.want(1, wish(10, {}), b.now);
    b.desk.tick(b.now);
    CHECK(b.desk.idle());
    b.desk.want(2, wish(10), b.now);
    b.desk.forget(2);
    b.desk.tick(b.now);
    CHECK(b.desk.idle());
    CHECK(b.ends.asked.empty());
}

TEST_CASE("two pictures may be unseen, not three") {
    Bench b;
    b.desk.want(1, wish(15), b.now);
    const auto run = [&](int steps) {
        for (int i = 0; i < steps; ++i) {
            b.now = b.now + milliseconds(15);
            const auto before = b.ends.asked.size();
            b.desk.tick(b.now);
            if (b.ends.asked.size() > before) b.desk.ready(b.ends.asked.back().second, jpeg(), b.now);
        }
    };
    run(100);
    CHECK(b.ends.sent.size() == 2);
    CHECK(b.ends.asked.size() == 2);
    b.desk.seen(1, number_of(b.ends.sent[0].second));
    run(100);
    CHECK(b.ends.sent.size() == 3);
    b.desk.seen(1, 12345);            // of nobody
    b.desk.want(1, wish(15), b.now);  // asking again gives no new credit
    run(100);
    CHECK(b.ends.sent.size() == 3);
}

TEST_CASE("each viewer gets its own rate") {
    Bench b;
    b.desk.want(1, wish(10), b.now);
    b.desk.want(2, wish(2), b.now);
    std::map<std::uint64_t, int> got;
    for (int i = 0; i < 2000; ++i) {  // 10 s
        b.now = b.now + milliseconds(5);
        const auto before = b.ends.asked.size();
        b.desk.tick(b.now);
        if (b.ends.asked.size() == before) continue;
        b.ends.sent.clear();
        b.desk.ready(b.ends.asked.back().second, jpeg(), b.now);
        for (const auto& [client, message] : b.ends.sent) {
            ++got[client];
            b.desk.seen(client, number_of(message));
        }
    }
    CHECK(got[1] >= 98);
    CHECK(got[1] <= 102);
    CHECK(got[2] >= 19);
    CHECK(got[2] <= 22);
}

TEST_CASE("a host that is silent is asked again after the deadline") {
    Bench b;
    b.desk.want(1, wish(10), b.now);
    b.desk.tick(b.now);
    b.desk.tick(b.now + milliseconds(2900));
    CHECK(b.ends.asked.size() == 1);
    b.desk.tick(b.now + milliseconds(3000));
    CHECK(b.ends.asked.size() == 2);
    b.desk.ready(b.ends.asked[0].second, jpeg(), b.now + milliseconds(3001));  // too late
    CHECK(b.ends.sent.empty());
}

TEST_CASE("a full client loses the picture, the others do not") {
    Bench b;
    b.ends.full = {1};
    b.desk.want(1, wish(10), b.now);
    b.desk.want(2, wish(10), b.now);
    b.desk.tick(b.now);
    b.desk.ready(b.ends.asked[0].second, jpeg(), b.now);
    CHECK(b.ends.sent.size() == 1);
    CHECK(b.desk.dropped() == 1);
}

TEST_CASE("one that waits gets a picture made after it asked") {
    Bench b;
    const PictureRequest north{PictureRequest::Of::face, "north", 0, PictureRequest::Encoding::png};
    b.desk.wait(7, north, b.now);
    b.desk.wait(8, north, b.now);  // one is under way: that one may be older
    REQUIRE(b.ends.asked.size() == 1);
    b.desk.ready(b.ends.asked[0].second, jpeg("old"), b.now);
    REQUIRE(b.ends.asked.size() == 2);
    b.desk.ready(b.ends.asked[1].second, jpeg("new"), b.now);
    CHECK(b.ends.answered == std::vector<std::pair<std::uint64_t, std::string>>{{7, "old"}, {8, "new"}});
    CHECK(b.desk.idle());
}

TEST_CASE("one that waits too long is told") {
    Bench b;
    b.desk.wait(7, {PictureRequest::Of::face, "north", 0, PictureRequest::Encoding::png}, b.now);
    b.desk.tick(b.now + milliseconds(3000));
    CHECK(b.ends.answered == std::vector<std::pair<std::uint64_t, std::string>>{{7, "unavailable"}});
    CHECK(b.desk.idle());
}

}  // namespace
}  // namespace tribune::net
