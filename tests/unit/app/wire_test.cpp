#include "app/wire.hpp"

#include <catch2/catch.hpp>

#include "show/codec.hpp"

using namespace tribune;

TEST_CASE("a field of the wrong type reads as nothing, whatever the body is") {
    const std::vector<nlohmann::json> bodies{nullptr,
                                             1,
                                             "text",
                                             nlohmann::json::array({1}),
                                             nlohmann::json::object(),
                                             {{"a", nullptr}},
                                             {{"a", nlohmann::json::array()}},
                                             {{"a", -1}},
                                             {{"a", 1.5}}};
    for (const auto& body : bodies) {
        CHECK(text_field(body, "a").empty());
        CHECK(number_field(body, "a") == 0);
        CHECK_FALSE(flag_field(body, "a"));
        CHECK(object_field(body, "a").empty());
        const PictureWish wish = decode_picture_wish(body);
        CHECK(wish.token == 0);
    }
    CHECK(flag_field({{"a", true}}, "a"));
    CHECK(object_field({{"a", {{"b", 1}}}}, "a").size() == 1);
}

TEST_CASE("a process is what its name says") {
    CHECK(kind_of_process("net") == "net");
    CHECK(kind_of_process("capture/cam1") == "capture");
    CHECK(kind_of_process("").empty());
}

TEST_CASE("hostile bytes are refused without an exception") {
    CHECK(unpack(pack({{"a", {1, 2, 3}}})));
    CHECK_FALSE(unpack(""));
    CHECK_FALSE(unpack("\xff\xff"));
    // Lists within lists, deeper than any message of ours, and far deeper than a stack.
    CHECK(unpack(std::string(31, '\x81') + '\x01'));
    CHECK_FALSE(unpack(std::string(33, '\x81') + '\x01'));
    CHECK_FALSE(unpack(std::string(1 << 20, '\x81')));
    // Depth is of nesting, not of neighbours.
    CHECK(unpack('\x98' + std::string(1, '\x64') + std::string(100, '\x80')));
    // A list that announces 2^63 items, a map that does, a text of 2^62 bytes.
    CHECK_FALSE(unpack(std::string("\x9b\x80\0\0\0\0\0\0\0", 9)));
    CHECK_FALSE(unpack(std::string("\xbb\x80\0\0\0\0\0\0\0", 9)));
    CHECK_FALSE(unpack(std::string("\x7b\x40\0\0\0\0\0\0\0", 9)));
}

TEST_CASE("times of stages come back as they went; what is not understood is left out") {
    StageTimes painted;
    painted.stage = WorkStage::paint;
    painted.sum = std::chrono::milliseconds(3);
    painted.counts.at(7) = 9;
    auto body = encode(std::vector{painted});
    const auto packed = unpack(pack(body));
    REQUIRE(packed);
    CHECK(decode_stage_times(*packed) == std::vector{painted});

    body["stages"].push_back("paint");
    body["stages"].push_back({{"stage", "dancing"}, {"counts", body["stages"][0]["counts"]}});
    body["stages"].push_back({{"stage", "plan"}, {"counts", {1, 2, 3}}});
    body["stages"].push_back({{"stage", "plan"}, {"counts", "many"}});
    CHECK(decode_stage_times(body) == std::vector{painted});
    CHECK(decode_stage_times({{"stages", 3}}).empty());
    CHECK(decode_stage_times({{"else", 3}}).empty());
}
