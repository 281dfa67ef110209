#include "app/follower.hpp"

#include <catch2/catch.hpp>

#include "unit/app/hub_on_thread.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

// A follower whose newest state the test can look at, and whose thread it can hold up.
class Watched {
  public:
    explicit Watched(const std::string& socket)
        : follower_({socket, "render"}, {[this](const nlohmann::json&) { ++welcomes; },
                                         [this](std::shared_ptr<const ShowState> state) {
                                             const std::lock_guard lock(gate);
                                             state_.publish(std::move(state));
                                         },
                                         [this](Message) { ++others; }, [this] { ++quits; }, [this] { ++lost; }}) {}

    [[nodiscard]] bool at(std::uint64_t revision) const {
        const auto state = state_.get();
        return state && state->revision == revision;
    }
    [[nodiscard]] std::shared_ptr<const ShowState> state() const { return state_.get(); }
    Follower& operator*() { return follower_; }

    std::mutex gate;
    std::atomic<int> welcomes{0};
    std::atomic<int> others{0};
    std::atomic<int> quits{0};
    std::atomic<int> lost{0};

  private:
    SnapshotSlot<ShowState> state_;
    Follower follower_;
};

}  // namespace

TEST_CASE("a follower gets the snapshot, then every record, and is where the authority is") {
    const TemporaryFolder folder;
    HubOnThread hub(folder);
    Watched follower(hub.socket());
    REQUIRE(eventually([&] { return follower.at(hub.state()->revision); }));
    CHECK(*follower.state()->setup == small_setup());
    CHECK((*follower).clock().offset == Nanoseconds(5));
    hub.decide(actor(Role::producer), Cut{SceneName("cam2"), {FaceName("south")}});
    for (int i = 0; i < 200; ++i) hub.decide(actor(Role::table, 1), answer(i, "mot " + std::to_string(i)));
    const auto wanted = hub.state();
    REQUIRE(eventually([&] { return follower.at(wanted->revision); }));
    CHECK(encode(*follower.state()) == encode(*wanted));
    CHECK(hub.hellos() == 1);
    hub.send_all(Wire::actual, nlohmann::json::object());
    hub.send_all(Wire::quit, nlohmann::json::object());
    CHECK(eventually([&] { return follower.quits == 1 && follower.others == 1; }));
}

TEST_CASE("pictures that cannot be written down reach a follower all the same, and records go on after them") {
    const TemporaryFolder folder;
    HubOnThread hub(folder);
    Watched follower(hub.socket());
    REQUIRE(eventually([&] { return follower.at(hub.state()->revision); }));
    Stage stage = hub.state()->stage;
    stage.program.scene = SceneName("cam2");
    hub.send_all(Wire::stage, encode(stage));
    REQUIRE(eventually([&] { return follower.state()->stage == stage; }));
    CHECK(follower.at(hub.state()->revision));
    const auto revision = hub.decide(actor(Role::machine), KeepStage{stage});
    REQUIRE(eventually([&] { return follower.at(revision); }));
    CHECK(encode(*follower.state()) == encode(*hub.state()));
    CHECK(hub.hellos() == 1);
    hub.send_all(Wire::stage, {{"program", 3}});  // not understood: it comes anew
    CHECK(eventually([&] { return hub.hellos() == 2; }));
}

TEST_CASE("a follower that differs, or missed a record, starts again from a snapshot") {
    const TemporaryFolder folder;
    HubOnThread hub(folder);
    Watched follower(hub.socket());
    REQUIRE(eventually([&] { return follower.at(hub.state()->revision); }));
    SECTION("a record that does not apply") {
        const Stamp next{hub.state()->revision + 1, {}, 0};
        hub.send_all(Wire::record, encode(Record{next, actor(Role::producer), Cut{SceneName("none"), {}}}));
    }
    SECTION("a gap") {
        hub.decide_alone(actor(Role::table, 1), answer(1, "le bruit"));
        hub.decide(actor(Role::table, 1), answer(2, "le froid"));
    }
    SECTION("a record of the past") {
        const Stamp past{hub.state()->revision, {}, 0};
        hub.send_all(Wire::record, encode(Record{past, actor(Role::producer), Follow{}}));
    }
    SECTION("bodies that are none") { hub.send_all(Wire::record, 3); }
    SECTION("a welcome that is a list") { hub.send_all(Wire::welcome, nlohmann::json::array()); }
    SECTION("a snapshot that is none") { hub.send_all(Wire::snapshot, {{"revision", "x"}}); }
    REQUIRE(eventually([&] { return follower.welcomes == 2; }));
    hub.decide(actor(Role::table, 1), answer(9, "les charges"));
    const auto wanted = hub.state();
    REQUIRE(eventually([&] { return follower.at(wanted->revision); }));
    CHECK(encode(*follower.state()) == encode(*wanted));
    CHECK(hub.hellos() == 2);
}

TEST_CASE("a follower that is too slow is dropped and comes back where the authority is") {
    const TemporaryFolder folder;
    HubOnThread hub(
        folder,
        {.message_bytes = 8U << 20U, .queued_bytes = 64U << 10U, .kinds = static_cast<std::uint32_t>(Wire::last_)});
    Watched follower(hub.socket());
    REQUIRE(eventually([&] { return follower.at(hub.state()->revision); }));
    {
        const std::lock_guard held(follower.gate);
        for (int i = 0; i < 20'000 && hub.dropped() == 0; ++i)
            hub.decide(actor(Role::table, 1), answer(i, "mot " + std::to_string(i)));
        CHECK(hub.dropped() == 1);
    }
    const auto wanted = hub.state();
    REQUIRE(eventually([&] { return follower.at(wanted->revision); }));
    CHECK(encode(*follower.state()) == encode(*wanted));
    CHECK(hub.hellos() >= 2);
}

TEST_CASE("an engine that goes away is told of, its state stays, and the next one is followed") {
    const TemporaryFolder folder;
    auto hub = std::make_unique<HubOnThread>(folder);
    Watched follower(hub->socket());
    const auto revision = hub->decide(actor(Role::table, 1), answer(1, "le bruit"));
    REQUIRE(eventually([&] { return follower.at(revision); }));
    const int lost_before = follower.lost;
    hub.reset();
    REQUIRE(eventually([&] { return follower.lost > lost_before; }));
    CHECK_FALSE((*follower).send(Wire::status, nlohmann::json::object()));
    CHECK(follower.at(revision));
    HubOnThread next(folder);
    REQUIRE(eventually(
        [&] { return follower.at(next.state()->revision); }));  // behind the old one: the journal's word counts
    CHECK((*follower).send(Wire::status, {{"here", true}}));
    REQUIRE(eventually([&] { return !next.received().empty(); }));
}

TEST_CASE("what was taken before the end is still sent, in order") {
    const TemporaryFolder folder;
    HubOnThread hub(folder);
    constexpr std::uint64_t count = 100;
    {
        Watched follower(hub.socket());
        REQUIRE(eventually([&] { return follower.welcomes == 1; }));
        for (std::uint64_t i = 0; i < count; ++i) REQUIRE((*follower).send(Wire::status, {{"i", i}}));
    }
    std::vector<Message> got;
    REQUIRE(eventually([&] {
        for (auto& message : hub.received()) got.push_back(std::move(message));
        return got.size() == count;
    }));
    for (std::uint64_t i = 0; i < count; ++i) CHECK(number_field(*unpack(got[i].payload), "i") == i);
}
