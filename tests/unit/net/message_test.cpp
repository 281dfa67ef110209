#include "net/message.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "net/keys.hpp"
#include "net/limits.hpp"

namespace tribune::net {
namespace {

template <class T>
T parsed(const std::string& text) {
    const auto message = parse_client_message(text);
    REQUIRE(std::holds_alternative<T>(message));
    return std::get<T>(message);
}

const std::string good_id = "01900000-0000-7000-8000-000000000001";

TEST_CASE("each kind of message is understood") {
    const auto hello =
        parsed<HelloMessage>(R"({"type":"hello","proto":1,"key":"k","device":"d","lang":"fr","table":7})");
    CHECK(hello.key == "k");
    CHECK(hello.table == 7);
    const auto submit =
        parsed<SubmitMessage>(R"({"type":"submit","id":")" + good_id + R"(","round":2,"text":"é","language":"fr"})");
    CHECK(submit.round == 2);
    CHECK(submit.text == "é");
    CHECK(to_string(submit.id) == good_id);
    const auto command =
        parsed<CommandMessage>(R"({"type":"command","request":"r1","command":{"kind":"cut","scene":"cam1"}})");
    CHECK(command.command == Command(Cut{SceneName("cam1"), {}}));
    const auto pictures =
        parsed<PicturesMessage>(R"({"type":"pictures","want":[{"kind":"source","name":"cam1","width":320}],"fps":99})");
    CHECK(pictures.want.at(0) == PictureWish{1, "cam1", 320});
    CHECK(pictures.fps == 15);
    CHECK(parsed<SeenMessage>(R"({"type":"seen","picture":4294967295})").picture == 4294967295U);
    CHECK(parsed<ClockMessage>(R"({"type":"clock","t":12.5})").t == "12.5");
    parsed<OwnMessage>(R"({"type":"own"})");
}

TEST_CASE("a fault names the message it answers") {
    CHECK(parsed<Fault>(R"({"type":"submit","id":"x","round":1,"text":"a"})").submit == "x");
    CHECK(parsed<Fault>(R"({"type":"submit","id":")" + good_id + R"(","round":-1,"text":"a"})").submit == good_id);
    const auto fault = parsed<Fault>(R"({"type":"command","request":"r","command":{"kind":"explode"}})");
    CHECK(fault.request == "r");
    CHECK(fault.error.code == "unknown_command");
}

TEST_CASE("what is not a message is refused with a code") {
    for (const char* text : {"", "{", "[]", "null", "\"hello\"", "{}", R"({"type":3})", R"({"type":"nonsense"})",
                             R"({"type":"hello"})", R"({"type":"hello","proto":"1","key":"k"})",
                             R"({"type":"seen","picture":-1})", R"({"type":"seen","picture":1e300})",
                             R"({"type":"seen","picture":18446744073709551615})", R"({"type":"clock","t":"x"})",
                             R"({"type":"pictures","want":[3]})", R"({"type":"pictures","want":[],"fps":0})",
                             R"({"type":"pictures","want":[{"kind":"face","name":"n","width":1e9}]})", "\xff\xfe",
                             R"({"type":"own","x":"\xc3\x28"})"}) {
        CAPTURE(text);
        const auto message = parse_client_message(text);
        if (std::string_view(text).find("own") != std::string_view::npos) continue;  // an escape, valid JSON or not
        REQUIRE(std::holds_alternative<Fault>(message));
        CHECK(!std::get<Fault>(message).error.code.empty());
    }
}

TEST_CASE("nesting is bounded before anything is built") {
    const std::string deep(100'000, '[');
    CHECK(parsed<Fault>(deep).error.code == "bad_json");
    CHECK(parsed<Fault>(R"({"type":"own","a":[[[[[[[[[]]]]]]]]]})").error.code == "bad_json");
    parsed<OwnMessage>(R"({"type":"own","a":"[[[[[[[[[[[[[[\"[[["})");
}

TEST_CASE("any bytes give a message or a fault, and any answer is valid JSON") {
    const std::vector<std::string> seeds{
        R"({"type":"hello","proto":1,"key":"k","device":"d","lang":"fr","table":7})",
        R"({"type":"submit","id":")" + good_id + R"(","round":2,"text":"Un toit, d'abord é漢🙂","language":"fr"})",
        R"({"type":"command","request":"r1","command":{"kind":"cut","scene":"cam1","faces":["north"]}})",
        R"({"type":"pictures","want":[{"kind":"source","name":"cam1","width":320}],"fps":9})",
        R"({"type":"seen","picture":12})",
        R"({"type":"clock","t":12.5})"};
    std::mt19937 random(7);
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    std::size_t faults = 0;
    for (int i = 0; i < 15'000; ++i) {
        std::string text = seeds[below(seeds.size())];
        for (std::size_t edits = 1 + below(4); edits > 0 && !text.empty(); --edits) {
            const auto at = below(text.size());
            const auto kind = below(4);
            if (kind == 0) text[at] = static_cast<char>(below(256));
            if (kind == 1) text.erase(at, 1 + below(8));
            if (kind == 2) text.insert(at, text.substr(below(text.size()), below(16)));
            if (kind == 3) text.insert(at, std::string(1, R"({}[]":,\0-e.)"[below(12)]));
        }
        const auto message = parse_client_message(text);
        if (const auto* fault = std::get_if<Fault>(&message)) {
            ++faults;
            REQUIRE(!fault->error.code.empty());
            for (const auto& out : {error_json(fault->error), refused_json(fault->submit, fault->error, 0),
                                    result_json(fault->request, &fault->error, 1)}) {
                REQUIRE(nlohmann::json::accept(out));
            }
        }
        if (const auto* clock = std::get_if<ClockMessage>(&message)) {
            REQUIRE(nlohmann::json::accept(clock_json(clock->t, 5)));
        }
    }
    CHECK(faults > 2'000);
    CHECK(faults < 15'000);
}

TEST_CASE("a table's answers are cut at the oldest") {
    const ShowState state;
    std::vector<Contribution> all(10);
    std::vector<const Contribution*> newest;
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].text = "answer " + std::to_string(i);
        all[i].sequence = i + 1;
    }
    for (auto i = all.rbegin(); i != all.rend(); ++i) newest.push_back(&*i);
    const auto whole = nlohmann::json::parse(own_json(state, newest, 100'000));
    CHECK(whole["contributions"].size() == 10);
    CHECK(whole["contributions"][0]["text"] == "answer 0");
    CHECK(whole["left_out"] == 0);
    const auto cut = nlohmann::json::parse(own_json(state, newest, 1500));
    CHECK(cut["contributions"].size() + cut["left_out"].get<std::size_t>() == 10);
    CHECK(cut["left_out"] > 0);
    CHECK(cut["contributions"].back()["text"] == "answer 9");
}

TEST_CASE("a key opens its own door only") {
    const KeyRing ring({{"producer", "p"},
                        {"table/7", "seven"},
                        {"table/0", "x"},
                        {"table/7b", "y"},
                        {"machine", "m"},
                        {"obs-websocket", "o"},
                        {"observer", ""},
                        {"operator/lea", "l"},
                        {"operator/gone", "g"},
                        {"table", "t"}});
    Setup setup;
    setup.operators = {{OperatorName("lea"), Role::director, {}, {}, {}}};
    CHECK(ring.find("p", setup)->role == Role::producer);
    CHECK(ring.find("seven", setup)->table == TableNumber{7});
    CHECK(ring.find("seven", setup)->name == "table/7");
    CHECK(*ring.find("l", setup) == Actor{Role::director, "lea", {}, true});
    for (const char* wrong : {"", "q", "pp", "seve", "sevenn", "x", "y", "m", "o", "t", "g"}) {
        CAPTURE(wrong);
        CHECK(!ring.find(wrong, setup));
    }
    CHECK(!ring.find("l", Setup{}));
}

TEST_CASE("a bucket gives its rate and its burst, no more") {
    MonotonicTime now;
    TokenBucket bucket(10, 20, now);
    int taken = 0;
    for (int i = 0; i < 100; ++i) taken += bucket.take(now) ? 1 : 0;
    CHECK(taken == 20);
    CHECK(bucket.wait_ms() >= 100);
    CHECK(bucket.wait_ms() <= 102);
    taken = 0;
    for (int i = 0; i < 1000; ++i) {
        now = now + std::chrono::milliseconds(10);
        taken += bucket.take(now) ? 1 : 0;
    }
    CHECK(taken >= 99);
    CHECK(taken <= 101);
}

}  // namespace
}  // namespace tribune::net
