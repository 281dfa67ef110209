#include "show/codec.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

using namespace tribune;
using Json = nlohmann::json;

namespace {

std::string refusal(const char* text) {
    const auto command = decode_command(Json::parse(text));
    return command ? "" : command.error().code + ": " + command.error().message;
}

}  // namespace

TEST_CASE("every command goes to JSON and back unchanged") {
    Setup setup;
    setup.faces.push_back({FaceName("north"), {64, 32}, 4, 20});
    setup.sources.push_back({SourceName("cam1"), "Large", "rtsp://192.0.2.1/", true, false, "", {}, 25});
    Submit submit;
    submit.text = "Où ? « Là »";
    submit.table = {3};
    Stage stage;
    stage.program = {SourceName("cam1"),
                     Mix{SourceName("cam1"), TransitionKind::mix, {Nanoseconds(5)}, Nanoseconds(9), 0.5}};
    stage.preview = SourceName("cam1");
    stage.black = {true, {Nanoseconds(3)}, Nanoseconds(4)};
    stage.faces[FaceName("north")] = {Bus{SourceName("cam1"), std::nullopt}, WallPlacement::full};
    const std::vector<Command> commands{LoadShow{setup},
                                        Cut{SourceName("cam1"), {FaceName("north")}},
                                        Follow{},
                                        PlaceWall{WallPlacement::beside, {}},
                                        SetQuestion{"Quoi ?", "fr"},
                                        StartRound{},
                                        StopRound{},
                                        submit,
                                        KeepStage{stage},
                                        Preview{SourceName("cam1")},
                                        Take{{FaceName("north")}, TransitionKind::dip, 250},
                                        SetTransition{TransitionKind::cut, 0},
                                        MoveTBar{0.25},
                                        FadeToBlack{false, 400}};
    REQUIRE(commands.size() == std::variant_size_v<Command>);
    for (const auto& command : commands) {
        INFO(encode(command).dump());
        auto back = decode_command(*unpack(pack(encode(command))));
        REQUIRE(back);
        REQUIRE(*back == command);
    }
}

TEST_CASE("what is ill-formed is refused and named") {
    REQUIRE(refusal(R"([])") == "bad_command: Not understood: a command must be an object.");
    REQUIRE(refusal(R"({"kind": 3})") == "bad_command: Not understood: kind is missing.");
    REQUIRE(refusal(R"({"kind": "explode"})").find("unknown_command") == 0);
    REQUIRE(refusal(R"({"kind": "cut"})") == "bad_command: Not understood: source is missing.");
    REQUIRE(refusal(R"({"kind": "cut", "source": 4})") == "bad_command: Not understood: source must be text.");
    REQUIRE(refusal(R"({"kind": "cut", "source": "a", "faces": ["n", 3]})") ==
            "bad_command: Not understood: faces[1] must be text.");
    REQUIRE(refusal(R"({"kind": "cut", "source": "a", "force": true})") ==
            "bad_command: Not understood: the message has a field that is not known.");
    REQUIRE(refusal(R"({"kind": "place_wall", "placement": "under"})") ==
            "bad_command: Not understood: placement must be one of off, over, beside, full.");
    REQUIRE(refusal(R"({"kind": "submit", "id": "x", "device": "d", "table": 1, "round": 1, "text": "t"})") ==
            "bad_command: Not understood: id must be a UUID.");
    REQUIRE(
        refusal(
            R"({"kind": "submit", "id": "0190b4ae-7f1c-7abc-8def-0123456789ab", "device": "d", "table": 9999999999, "round": 1, "text": "t"})")
            .find("table must be a whole number") != std::string::npos);
    REQUIRE_FALSE(unpack("\xff\x00garbage"));
}

TEST_CASE("the schema names every command, its fields and who may send it") {
    const Json schema = command_schema();
    std::set<std::string> titles;
    for (const auto& one : schema["oneOf"]) {
        titles.insert(one["title"].get<std::string>());
        REQUIRE(one["properties"]["kind"]["const"] == one["title"]);
        REQUIRE(one["additionalProperties"] == false);
        REQUIRE_FALSE(one["x-roles"].empty());
    }
    REQUIRE(titles == std::set<std::string>{"load_show", "cut", "follow", "place_wall", "set_question", "start_round",
                                            "stop_round", "submit", "keep_stage", "preview", "take", "set_transition",
                                            "move_t_bar", "fade_to_black"});
}

TEST_CASE("deny by default: each role may send exactly what its row says") {
    const std::set<std::pair<Role, std::string>> allowed{
        {Role::machine, "load_show"},       {Role::producer, "cut"},          {Role::producer, "follow"},
        {Role::producer, "place_wall"},     {Role::director, "set_question"}, {Role::director, "start_round"},
        {Role::director, "stop_round"},     {Role::table, "submit"},          {Role::rehearsal, "submit"},
        {Role::machine, "keep_stage"},      {Role::producer, "preview"},      {Role::producer, "take"},
        {Role::producer, "set_transition"}, {Role::producer, "move_t_bar"},   {Role::producer, "fade_to_black"}};
    for (const Role role : {Role::technician, Role::producer, Role::director, Role::facilitator, Role::table,
                            Role::audience, Role::observer, Role::rehearsal, Role::machine}) {
        for (const auto& kind : command_kinds()) {
            INFO(to_string(role) << " " << kind.name);
            REQUIRE(may(role, kind) == allowed.contains({role, std::string(kind.name)}));
        }
    }
}

TEST_CASE("health goes to JSON and back unchanged") {
    Actual actual;
    actual.sources.push_back({SourceName("cam1"),
                              SourceState::stalled,
                              "Nothing came for 2 s.",
                              "stalled",
                              {64, 32},
                              24.9,
                              25,
                              "h264",
                              10,
                              1,
                              2,
                              3});
    actual.faces.push_back({FaceName("north"), {64, 32}, "cam1", 77, 30, 12, 1});
    actual.processes.push_back({"render", 12, "running", 1, 2.5, 1000, 20, 4});
    auto back = decode_actual(*unpack(pack(encode(actual))));
    REQUIRE(back);
    REQUIRE(*back == actual);
}
