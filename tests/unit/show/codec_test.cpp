#include "show/codec.hpp"
#include "support/voice_commands.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

using namespace tribune;
using namespace tribune::test;
using Json = nlohmann::json;

namespace {

std::string refusal(const char* text) {
    const auto command = decode_command(Json::parse(text));
    return command ? "" : command.error().code + ": " + command.error().message;
}

// Nothing left at its default.
std::vector<Layer> one_of_each_kind() {
    Layer layer;
    layer.visible = false;
    layer.place = {0.1, -0.25, 0.5, 2};
    layer.crop = {0.1, 0.2, 0.3, 0.4};
    layer.fit = Fit::stretch;
    layer.rotation_deg = -12.5;
    layer.opacity = 0.25;
    layer.corner_radius = 0.125;
    layer.border_width = 0.01;
    layer.border_colour = colour_from_rgb(0x336699, 0);
    layer.blend = Blend::multiply;
    layer.key = Key{KeyKind::luma, colour_from_rgb(0x00ff00), 0.1, 0.2, 0.3, true};
    std::vector<Layer> layers;
    const auto add = [&](const char* name, LayerContent content) {
        layers.push_back(layer);
        layers.back().name = LayerName(name);
        layers.back().content = std::move(content);
    };
    add("a", SourceContent{SourceName("cam1")});
    add("b", SceneContent{SceneName("other")});
    add("c", ColourContent{colour_from_rgb(0x102030), colour_from_rgb(0xffffff, 0)});
    add("d", TextContent{"{question} « là »", 0.1, 300, TextAlign::right, colour_from_rgb(0xabcdef)});
    add("e", WallContent{});
    add("f", QrContent{"https://example.org/"});
    add("board", BoardContent{"themes", true});
    return layers;
}

}  // namespace

TEST_CASE("every command goes to JSON and back unchanged") {
    Setup setup;
    setup.faces.push_back({FaceName("north"), {64, 32}, 4, 20});
    setup.sources.push_back({SourceName("cam1"), "Large", "rtsp://192.0.2.1/", true, false, "", {}, 25});
    setup.outputs.push_back({OutputName("o"), FaceName(), "headless", "", Feed::clean, "multiview", {64, 36}});
    setup.stingers.push_back({SourceName("cam1"), 300});
    setup.multiview = {"eight", {"cam1"}, false, true};
    Submit submit;
    submit.text = "Où ? « Là »";
    submit.table = {3};
    Stage stage;
    stage.program = {SceneName("cam1"),
                     Mix{SceneName("cam1"), {"mix", Nanoseconds(9), {{"angle", {0.5, 1}}}}, {Nanoseconds(5)}, 0.5}};
    stage.preview = SceneName("cam1");
    stage.black = {true, {Nanoseconds(3)}, Nanoseconds(4)};
    stage.media[SourceName("clip")] = {ClipMotion::paused, Nanoseconds(6), {Nanoseconds(5)}, 0.5,    Nanoseconds(1),
                                       Nanoseconds(9),     true,           ClipEnd::stop,    "next", true,
                                       Nanoseconds(99)};
    stage.faces[FaceName("north")] = {Bus{SceneName("cam1"), std::nullopt}, WallPlacement::full};
    stage.sound.channels[SourceName("cam1")] = {-3, true, true, 0.5, 40, SoundFollow::off};
    stage.sound.master = {-1, true, false};
    stage.sound.bell = ShowTime{Nanoseconds(7)};
    stage.multiview = {"faces", {"", "clock"}, true, false};
    stage.overlays = {{SceneName("title"), {FaceName("north")}, {true, {Nanoseconds(3)}, Nanoseconds(4)}}};
    submit.kind = ContributionKind::criticism;
    submit.part = 2;
    RotationWish wish{RotationUnit::groups, 3, 4, 5, 6, {1}, {{1, 2}}, {{3, 4, 5}}, true, 7};
    const auto layers = one_of_each_kind();
    std::vector<Command> commands{
        LoadShow{setup},
        Cut{SceneName("cam1"), {FaceName("north")}},
        Follow{},
        PlaceWall{WallPlacement::beside, {}},
        SetQuestion{"Quoi ?", "fr", {"Ici", "Là"}, 60'000, true, 3},
        StartRound{90'000},
        StopRound{},
        submit,
        KeepStage{stage},
        Preview{SceneName("cam1")},
        Take{{FaceName("north")}, "dip", 250},
        SetTransition{"cut", 0, {}},
        MoveTBar{0.25},
        FadeToBlack{false, 400},
        SwapFaces{FaceName("north"), FaceName("east")},
        SetOverlay{SceneName("title"), false, 100, {FaceName("north")}},
        SetScene{SceneName("duo"), "À deux", layers, 300},
        RemoveScene{SceneName("duo")},
        SetLayer{SceneName("duo"), layers.front(), 200},
        ArrangeScene{SceneName("duo"), "quad", 100},
        Undo{},
        Redo{},
        Cue{{SourceName("clip")}, 40.5},
        Play{{SourceName("clip"), SourceName("other")}},
        Pause{{SourceName("clip")}},
        SetClip{SourceName("clip"), 1, 2, 0.5, true, ClipEnd::next, "cam1", false},
        ClipOpened{SourceName("clip"), Nanoseconds(7)},
        ClipEnded{SourceName("clip")},
        AddSource{SourceName("new"), "Neuf", "film.mp4", "", true},
        RemoveSource{SourceName("new")},
        SetChannel{SourceName("cam1"), -6.5, true, std::nullopt, -1, 80, SoundFollow::always},
        SetMaster{std::nullopt, std::nullopt, false},
        RingBell{},
        SetCue{{CueNumber("2.5"),
                "Accueil",
                "Lumière à 50 %",
                Colour{1, 0, 0, 1},
                {CueStart::ended, 500, 0},
                {{0, held(Cut{SceneName("cam1"), {}})}, {250, held(SetLayer{SceneName("duo"), layers.front(), 0})}}},
               CueNumber("2"),
               CueNumber("3")},
        MoveCue{CueNumber("2"), CueNumber("1")},
        RemoveCue{CueNumber("2")},
        Go{CueNumber("2")},
        Back{},
        StandBy{CueNumber("2")},
        HoldCues{false},
        SetMacro{{MacroName("m"), "Macro", {{0, held(RunMacro{MacroName("n")})}}}, MacroName("k")},
        RemoveMacro{MacroName("m")},
        RunMacro{MacroName("m")},
        StopMacro{MacroName("m")},
        RecordMacro{MacroName("m"), "Macro", true, true},
        StopRecording{false},
        Together{{held(Cut{SceneName("cam1"), {}}), held(RingBell{})}},
        CarryOn{},
        TimeCue{CueNumber("2"), ShowTime{Nanoseconds(7)}},
        SetCaption{CaptionName("ana"), "Ana", "lower_third", CaptionWords{{FieldName("name"), "Ana Duarte"}},
                   CaptionName("")},
        RemoveCaption{CaptionName("ana")},
        ShowCaption{CaptionName("ana"), false, {FaceName("north")}},
        NextCaption{true},
        StartCountdown{90'000},
        HoldCountdown{false},
        ExtendCountdown{-5000},
        StopCountdown{},
        BindControl{{{SurfaceName("X-TOUCH"), ControlKind::cc14, 16, 31},
                     ControlMode::fader,
                     "gain",
                     "cam1",
                     {FaceName("east")}}},
        UnbindControl{{SurfaceName("X-TOUCH"), ControlKind::bend, 9, 0}},
        SetStinger{SourceName("clip"), 400},
        RemoveStinger{SourceName("clip")},
        SetMultiview{"faces", std::vector<std::string>{"", "cam1"}, std::nullopt, false},
        PauseRound{},
        ResumeRound{},
        ExtendRound{-30'000, false},
        SetAgendaItem{2, {"Et ?", "en", {"Here"}, 1000, true}},
        RemoveAgendaItem{2},
        MoveAgendaItem{2, 1},
        ShowNotice{"Deux minutes", 5000, true},
        PlanRotation{wish, true},
        SeatRotation{PlanRotation{wish, true}, 1, {{{{1, 2}, {3}}, {{1, 3}, {2}}}, 4}, "apart_impossible"},
        ChangeTables{},
        UndoRotation{},
        StartRecord{"face/north"},
        StopRecord{""}};
    for (const auto& [command, roles] : voice_commands()) commands.push_back(command);
    REQUIRE(commands.size() == std::variant_size_v<CommandVariant>);
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
    REQUIRE(refusal(R"({"kind": "cut"})") == "bad_command: Not understood: scene is missing.");
    REQUIRE(refusal(R"({"kind": "cut", "scene": 4})") == "bad_command: Not understood: scene must be text.");
    REQUIRE(refusal(R"({"kind": "cut", "scene": "a", "faces": ["n", 3]})") ==
            "bad_command: Not understood: faces[1] must be text.");
    REQUIRE(refusal(R"({"kind": "cut", "scene": "a", "force": true})") ==
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
    std::set<std::string> wanted{"load_show",
                                 "cut",
                                 "follow",
                                 "place_wall",
                                 "set_question",
                                 "start_round",
                                 "stop_round",
                                 "submit",
                                 "keep_stage",
                                 "preview",
                                 "take",
                                 "set_transition",
                                 "move_t_bar",
                                 "fade_to_black",
                                 "swap_faces",
                                 "set_overlay",
                                 "set_scene",
                                 "remove_scene",
                                 "set_layer",
                                 "arrange_scene",
                                 "undo",
                                 "redo",
                                 "cue",
                                 "play",
                                 "pause",
                                 "set_clip",
                                 "clip_opened",
                                 "clip_ended",
                                 "add_source",
                                 "remove_source",
                                 "set_channel",
                                 "set_master",
                                 "ring_bell",
                                 "set_cue",
                                 "move_cue",
                                 "remove_cue",
                                 "go",
                                 "back",
                                 "stand_by",
                                 "hold_cues",
                                 "set_macro",
                                 "remove_macro",
                                 "run_macro",
                                 "stop_macro",
                                 "record_macro",
                                 "stop_recording",
                                 "together",
                                 "carry_on",
                                 "time_cue",
                                 "set_caption",
                                 "remove_caption",
                                 "show_caption",
                                 "next_caption",
                                 "start_countdown",
                                 "hold_countdown",
                                 "extend_countdown",
                                 "stop_countdown",
                                 "bind_control",
                                 "unbind_control",
                                 "set_stinger",
                                 "remove_stinger",
                                 "set_multiview",
                                 "pause_round",
                                 "resume_round",
                                 "extend_round",
                                 "set_agenda_item",
                                 "remove_agenda_item",
                                 "move_agenda_item",
                                 "show_notice",
                                 "plan_rotation",
                                 "seat_rotation",
                                 "change_tables",
                                 "undo_rotation",
                                 "start_record",
                                 "stop_record"};
    for (const auto& [command, roles] : voice_commands()) wanted.emplace(kind_of(command).name);
    REQUIRE(titles == wanted);
}

TEST_CASE("deny by default: each role may send exactly what its row says") {
    std::set<std::pair<Role, std::string>> allowed{{Role::machine, "load_show"},
                                                   {Role::producer, "cut"},
                                                   {Role::producer, "follow"},
                                                   {Role::producer, "place_wall"},
                                                   {Role::director, "set_question"},
                                                   {Role::director, "start_round"},
                                                   {Role::director, "stop_round"},
                                                   {Role::table, "submit"},
                                                   {Role::rehearsal, "submit"},
                                                   {Role::audience, "submit"},
                                                   {Role::machine, "keep_stage"},
                                                   {Role::producer, "preview"},
                                                   {Role::producer, "take"},
                                                   {Role::producer, "set_transition"},
                                                   {Role::producer, "move_t_bar"},
                                                   {Role::producer, "fade_to_black"},
                                                   {Role::producer, "swap_faces"},
                                                   {Role::producer, "set_overlay"},
                                                   {Role::producer, "set_scene"},
                                                   {Role::producer, "remove_scene"},
                                                   {Role::producer, "set_layer"},
                                                   {Role::producer, "arrange_scene"},
                                                   {Role::producer, "cue"},
                                                   {Role::producer, "play"},
                                                   {Role::producer, "pause"},
                                                   {Role::producer, "set_clip"},
                                                   {Role::machine, "clip_opened"},
                                                   {Role::machine, "clip_ended"},
                                                   {Role::producer, "add_source"},
                                                   {Role::technician, "add_source"},
                                                   {Role::producer, "remove_source"},
                                                   {Role::technician, "remove_source"},
                                                   {Role::producer, "set_channel"},
                                                   {Role::producer, "set_master"},
                                                   {Role::producer, "ring_bell"},
                                                   {Role::director, "ring_bell"},
                                                   {Role::machine, "carry_on"},
                                                   {Role::machine, "time_cue"},
                                                   {Role::producer, "bind_control"},
                                                   {Role::technician, "bind_control"},
                                                   {Role::producer, "unbind_control"},
                                                   {Role::technician, "unbind_control"},
                                                   {Role::producer, "set_stinger"},
                                                   {Role::technician, "set_stinger"},
                                                   {Role::producer, "remove_stinger"},
                                                   {Role::technician, "remove_stinger"},
                                                   {Role::producer, "set_multiview"},
                                                   {Role::machine, "stop_round"},
                                                   {Role::machine, "seat_rotation"}};
    for (const Role desk : {Role::technician, Role::producer, Role::director, Role::facilitator})
        allowed.emplace(desk, "together");
    for (const char* rundown :
         {"set_cue", "move_cue", "remove_cue", "go", "back", "stand_by", "hold_cues", "set_macro", "remove_macro",
          "run_macro", "stop_macro", "record_macro", "stop_recording", "undo", "redo"}) {
        allowed.insert({Role::producer, rundown});
        allowed.insert({Role::director, rundown});
    }
    for (const char* recording : {"start_record", "stop_record"}) {
        allowed.emplace(Role::producer, recording);
        allowed.emplace(Role::technician, recording);
    }
    allowed.emplace(Role::machine, "stop_record");
    for (const char* caption : {"set_caption", "remove_caption", "show_caption", "next_caption", "start_countdown",
                                "hold_countdown", "extend_countdown", "stop_countdown"}) {
        allowed.emplace(Role::producer, caption);
        allowed.emplace(Role::director, caption);
    }
    for (const char* round : {"pause_round", "resume_round", "extend_round", "set_agenda_item", "remove_agenda_item",
                              "move_agenda_item", "show_notice", "plan_rotation", "change_tables", "undo_rotation"})
        allowed.insert({Role::director, round});
    for (const auto& [command, roles] : voice_commands()) {
        for (const Role role : roles) allowed.emplace(role, kind_of(command).name);
    }
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
                              "aac",
                              10,
                              1,
                              2,
                              3,
                              ClipState::paused,
                              Nanoseconds(4),
                              Nanoseconds(5)});
    actual.faces.push_back({FaceName("north"), {64, 32}, "cam1", 77, 30, 12, 1});
    actual.sound.push_back({OutputName("hall"), "master", "device", "lost", "No sound device.", 46, 2});
    actual.processes.push_back({"render", 12, "running", 1, 2.5, 1000, 20, 4});
    auto back = decode_actual(*unpack(pack(encode(actual))));
    REQUIRE(back);
    REQUIRE(*back == actual);
}
