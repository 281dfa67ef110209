// What obs-websocket's requests say and do, without a network.
#include "net/obs/requests.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "net/obs/events.hpp"
#include "net/obs/view.hpp"
#include "test_show.hpp"

namespace tribune::test {
namespace {

using namespace net::obs;

// A show that does what a request wants, as the authority would.
struct Desk {
    Desk() {
        do_it(LoadShow{small_setup()});
        Layer left;
        left.name = LayerName("left");
        left.content = SourceContent{SourceName("cam1")};
        left.place = {0, 0, 0.5, 1};
        Layer name;
        name.name = LayerName("name");
        name.content = TextContent{"Anna", 0.1, 600, TextAlign::left, {1, 1, 1, 1}};
        do_it(SetScene{SceneName("duo"), "Two", {left, name}, 0});
    }

    void do_it(const Command& command) {
        auto next = apply(*state, command, {state->revision + 1, now, 0});
        if (!next) throw std::runtime_error(next.error().message);
        state = std::make_shared<const ShowState>(*std::move(next));
    }
    Reply ask(const std::string& type, const Json& data = nullptr) {
        const Surroundings around{3, 4, 12.5, 1000};
        const Actor actor{Role::producer, "obs-websocket", {}};
        auto outcome = perform({*state, now, &actual, actor, Execution::single, around}, type, data);
        if (auto* reply = std::get_if<Reply>(&outcome)) return *reply;
        auto* act = std::get_if<Act>(&outcome);
        if (act == nullptr) return {Code::processing_failed, "no reply", nullptr};
        for (const auto& command : act->commands) {
            auto next = apply(*state, command, {state->revision + 1, now, 0}, actor);
            if (!next) return reply_to(next.error());
            state = std::make_shared<const ShowState>(*std::move(next));
        }
        return success(act->data);
    }
    Json data(const std::string& type, const Json& request = nullptr) {
        const Reply reply = ask(type, request);
        INFO(type << ": " << reply.comment);
        REQUIRE(reply.ok());
        return reply.data;
    }
    Json item(std::size_t index = 0) { return data("GetSceneItemList", {{"sceneName", "duo"}})["sceneItems"][index]; }

    std::shared_ptr<const ShowState> state = std::make_shared<const ShowState>();
    ShowTime now{std::chrono::seconds(10)};
    Actual actual;
};

TEST_CASE("the rundown and macros have hotkeys, and every command is a vendor's request") {
    Desk desk;
    desk.do_it(SetMacro{{MacroName("tour"), "", {{0, held(Cut{SceneName("cam2"), {}})}}}, {}});
    desk.do_it(SetCue{{CueNumber("1"), "", "", {}, {}, {{0, held(Cut{SceneName("duo"), {}})}}}, {}, {}});
    const Json names = desk.data("GetHotkeyList")["hotkeys"];
    CHECK(std::find(names.begin(), names.end(), "tribune.go") != names.end());
    CHECK(std::find(names.begin(), names.end(), "tribune.macro.tour") != names.end());
    REQUIRE(desk.ask("TriggerHotkeyByName", {{"hotkeyName", "tribune.go"}}).ok());
    CHECK(desk.state->stage.program.scene == SceneName("duo"));
    REQUIRE(desk.ask("TriggerHotkeyByName", {{"hotkeyName", "tribune.macro.tour"}}).ok());
    CHECK(desk.state->stage.program.scene == SceneName("cam2"));
    CHECK(desk.ask("TriggerHotkeyByName", {{"hotkeyName", "tribune.macro.none"}}).code == Code::not_found);
    const Json go{{"vendorName", "tribune"}, {"requestType", "go"}, {"requestData", {{"cue", "1"}}}};
    REQUIRE(desk.ask("CallVendorRequest", go).ok());
    CHECK(desk.state->stage.program.scene == SceneName("duo"));
}

TEST_CASE("any request with any data is answered, and hurts nothing") {
    const std::vector<Json> hostile{
        nullptr,
        Json::object(),
        Json::array(),
        "",
        5,
        {{"sceneName", "duo"}, {"sceneItemId", -1}},
        {{"sceneName", "cam1"}, {"sceneItemId", 1e300}, {"sceneItemEnabled", 1}},
        {{"sceneName", Json::array()}, {"inputName", Json::object()}, {"sourceName", 7}},
        {{"sceneUuid", "x"}, {"inputUuid", "y"}, {"sourceUuid", "z"}},
        {{"vendorName", "tribune"}, {"requestType", "set_scene"}, {"requestData", {{"name", 5}}}},
        {{"transitionSettings", {{"a", Json::object()}}}, {"inputSettings", 5}},
        {{"sceneName", "duo"}, {"sourceName", "duo"}, {"imageFormat", "jpg"}, {"inputName", "cam1"}}};
    for (const auto& name : request_names()) {
        for (const auto& data : hostile) {
            INFO(name << " " << data.dump());
            Desk desk;
            const Reply reply = desk.ask(name, data);
            CHECK((reply.ok() || !reply.comment.empty()));
        }
    }
}

TEST_CASE("a source's sound is its channel of the mixer, and changes of it are told") {
    Desk desk;
    const Json cam{{"inputName", "cam1"}};
    CHECK(desk.data("GetInputMute", cam)["inputMuted"] == false);
    const auto before = look(desk.state, desk.now);
    CHECK(desk.data("ToggleInputMute", cam)["inputMuted"] == true);
    CHECK(desk.ask("SetInputVolume", {{"inputName", "cam1"}, {"inputVolumeDb", -6}}).ok());
    CHECK(desk.data("GetInputVolume", cam)["inputVolumeMul"].get<double>() == Approx(0.501).margin(0.001));
    CHECK(desk.ask("SetInputVolume", {{"inputName", "cam1"}, {"inputVolumeMul", 0}}).ok());
    CHECK(desk.data("GetInputVolume", cam)["inputVolumeDb"] == least_gain_db);
    CHECK(desk.ask("SetInputVolume", cam).code == Code::missing_field);
    CHECK(desk.ask("SetInputAudioBalance", {{"inputName", "cam1"}, {"inputAudioBalance", 0.75}}).ok());
    CHECK(desk.state->stage.sound.channel(SourceName("cam1")).pan == Approx(0.5));
    CHECK(desk.ask("SetInputAudioSyncOffset", {{"inputName", "cam1"}, {"inputAudioSyncOffset", 40}}).ok());
    CHECK(desk.ask("SetInputAudioSyncOffset", {{"inputName", "cam1"}, {"inputAudioSyncOffset", 3000}}).code ==
          Code::out_of_range);
    CHECK(desk.data("GetInputAudioTracks", cam)["inputAudioTracks"]["1"] == true);
    CHECK(desk.ask("GetInputMute", {{"inputName", "duo: name"}}).code == Code::wrong_state);
    std::set<std::string> told;
    for (const auto& event : events_between(before, look(desk.state, desk.now))) {
        told.insert(event.type);
        CHECK(event.data["inputName"] == "cam1 (input)");
    }
    CHECK(told == std::set<std::string>{"InputMuteStateChanged", "InputVolumeChanged", "InputAudioBalanceChanged",
                                        "InputAudioSyncOffsetChanged"});
    // What was found to have no sound has none.
    SourceHealth silent;
    silent.name = SourceName("cam1");
    silent.state = SourceState::live;
    desk.actual.sources = {silent};
    CHECK(desk.ask("GetInputMute", cam).code == Code::wrong_state);
}

TEST_CASE("clips are media inputs: played, paused, moved, and their end is told") {
    Desk desk;
    Setup setup = small_setup();
    SourceConfig film;
    film.name = SourceName("film");
    film.url = "film.mp4";
    film.live = false;
    film.loop = false;
    setup.sources.push_back(film);
    desk.do_it(LoadShow{setup});
    desk.do_it(ClipOpened{SourceName("film"), std::chrono::seconds(10)});
    desk.do_it(tribune::Cue{{SourceName("film")}, std::nullopt});
    const Json input{{"inputName", "film"}};
    const auto state = [&] { return desk.data("GetMediaInputStatus", input)["mediaState"].get<std::string>(); };
    const auto action = [&](const std::string& name) {
        return desk.ask("TriggerMediaInputAction",
                        {{"inputName", "film"}, {"mediaAction", "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_" + name}});
    };
    CHECK(state() == "OBS_MEDIA_STATE_STOPPED");
    const auto before = look(desk.state, desk.now);
    CHECK(action("PLAY").ok());
    CHECK(state() == "OBS_MEDIA_STATE_PLAYING");
    const auto playing = look(desk.state, desk.now);
    const auto started = events_between(before, playing);
    CHECK(std::any_of(started.begin(), started.end(),
                      [](const auto& e) { return e.type == "MediaInputPlaybackStarted"; }));
    CHECK(desk.ask("SetMediaInputCursor", {{"inputName", "film"}, {"mediaCursor", 4000}}).ok());
    CHECK(state() == "OBS_MEDIA_STATE_PLAYING");
    CHECK(desk.data("GetMediaInputStatus", input)["mediaCursor"] == 4000);
    CHECK(desk.ask("OffsetMediaInputCursor", {{"inputName", "film"}, {"mediaCursorOffset", -1000}}).ok());
    CHECK(desk.data("GetMediaInputStatus", input)["mediaCursor"] == 3000);
    CHECK(action("PAUSE").ok());
    CHECK(state() == "OBS_MEDIA_STATE_PAUSED");
    CHECK(action("RESTART").ok());
    CHECK(action("NEXT").code == Code::wrong_state);
    CHECK(action("FLY").code == Code::bad_field);
    // Its end comes by time alone, and clients hear of it.
    const auto end = next_change(*desk.state, desk.now);
    REQUIRE(end);
    const auto last = look(desk.state, desk.now);
    desk.now = *end;
    CHECK(state() == "OBS_MEDIA_STATE_ENDED");
    const auto ended = events_between(last, look(desk.state, desk.now));
    CHECK(std::any_of(ended.begin(), ended.end(), [](const auto& e) { return e.type == "MediaInputPlaybackEnded"; }));
    CHECK(desk.ask("TriggerMediaInputAction",
                   {{"inputName", "cam1"}, {"mediaAction", "OBS_WEBSOCKET_MEDIA_INPUT_ACTION_PLAY"}})
              .code == Code::wrong_state);
}

TEST_CASE("what Tribune has not is refused with a code and a sentence, never unknown") {
    Desk desk;
    for (const auto& refusal : refusals()) {
        const Reply reply = desk.ask(std::string(refusal.name));
        INFO(refusal.name);
        CHECK(reply.code == refusal.code);
        CHECK(reply.comment.back() == '.');
        CHECK(std::find(request_names().begin(), request_names().end(), refusal.name) == request_names().end());
    }
}

TEST_CASE("the version brings what clients cannot do without") {
    Desk desk;
    const Json version = desk.data("GetVersion");
    CHECK(version["supportedImageFormats"].is_array());
    CHECK(version["availableRequests"].size() == request_names().size());
    const Json stats = desk.data("GetStats");
    for (const char* field : {"cpuUsage", "memoryUsage", "availableDiskSpace", "activeFps", "averageFrameRenderTime",
                              "renderSkippedFrames", "renderTotalFrames", "outputSkippedFrames", "outputTotalFrames",
                              "webSocketSessionIncomingMessages", "webSocketSessionOutgoingMessages"}) {
        INFO(field);
        CHECK(stats[field].is_number());
    }
}

TEST_CASE("scenes and inputs share no name, and keep theirs and their UUIDs") {
    Desk desk;
    std::set<std::string> names;
    const Json scenes = desk.data("GetSceneList");
    CHECK(scenes["currentProgramSceneName"] == "cam1");
    CHECK(scenes["currentPreviewSceneName"] == "cam2");
    for (std::size_t i = 0; i < scenes["scenes"].size(); ++i) {
        const Json& scene = scenes["scenes"][i];
        CHECK(scene["sceneIndex"] == i);
        CHECK(names.insert(scene["sceneName"]).second);
        CHECK(desk.ask("SetCurrentPreviewScene", {{"sceneUuid", scene["sceneUuid"]}}).ok());
        CHECK(desk.data("GetCurrentPreviewScene")["sceneName"] == scene["sceneName"]);
    }
    const Json inputs = desk.data("GetInputList")["inputs"];
    for (const auto& input : inputs) {
        CHECK(names.insert(input["inputName"]).second);
        CHECK(desk.ask("GetInputSettings", {{"inputUuid", input["inputUuid"]}}).ok());
    }
    CHECK(names == std::set<std::string>{"cam1", "cam2", "duo", "cam1 (input)", "cam2 (input)", "duo: name"});
    CHECK(scenes["scenes"].back()["sceneName"] == "duo");  // the top of a client's menu
}

TEST_CASE("program goes by the current transition and leaves preview alone") {
    Desk desk;
    REQUIRE(desk.ask("SetCurrentProgramScene", {{"sceneName", "duo"}}).ok());
    CHECK(desk.state->stage.program.scene == SceneName("duo"));
    CHECK(desk.state->stage.program.mix);
    CHECK(desk.state->stage.preview == SceneName("cam2"));
    REQUIRE(desk.ask("SetCurrentSceneTransition", {{"transitionName", "cut"}}).ok());
    REQUIRE(desk.ask("SetCurrentProgramScene", {{"sceneName", "cam1"}}).ok());
    CHECK_FALSE(desk.state->stage.program.mix);
}

TEST_CASE("a stinger is chosen like any transition, and has a length of its own") {
    Desk desk;
    desk.do_it(AddSource{SourceName("curtain"), "", "curtain.mov", "", false});
    desk.do_it(ClipOpened{SourceName("curtain"), std::chrono::seconds(2)});
    desk.do_it(SetStinger{SourceName("curtain"), 800});
    const Json list = desk.data("GetSceneTransitionList")["transitions"];
    CHECK(std::any_of(list.begin(), list.end(), [](const Json& t) {
        return t["transitionName"] == "curtain" && t["transitionKind"] == "obs_stinger_transition" &&
               t["transitionFixed"] == true;
    }));
    REQUIRE(desk.ask("SetCurrentSceneTransition", {{"transitionName", "curtain"}}).ok());
    CHECK(desk.data("GetCurrentSceneTransition")["transitionDuration"].is_null());
    REQUIRE(desk.ask("SetCurrentProgramScene", {{"sceneName", "duo"}}).ok());
    REQUIRE(desk.state->stage.program.mix);
    CHECK(desk.state->stage.program.mix->how.length == std::chrono::seconds(2));
    CHECK(desk.state->stage.media.at(SourceName("curtain")).motion == ClipMotion::playing);
}

TEST_CASE("scenes are made, renamed, and removed when nothing shows them") {
    Desk desk;
    REQUIRE(desk.ask("CreateScene", {{"sceneName", "new"}}).ok());
    CHECK(desk.ask("CreateScene", {{"sceneName", "cam1"}}).code == Code::exists);
    CHECK(desk.ask("CreateScene", {{"sceneName", "cam1 (input)"}}).code == Code::exists);
    REQUIRE(desk.ask("SetSceneName", {{"sceneName", "new"}, {"newSceneName", "newer"}}).ok());
    CHECK(desk.state->scenes->scene(SceneName("new")) == nullptr);
    REQUIRE(desk.ask("SetCurrentPreviewScene", {{"sceneName", "newer"}}).ok());
    CHECK(desk.ask("RemoveScene", {{"sceneName", "newer"}}).code == Code::cannot_act);
    REQUIRE(desk.ask("SetCurrentPreviewScene", {{"sceneName", "cam2"}}).ok());
    CHECK(desk.ask("RemoveScene", {{"sceneName", "newer"}}).ok());
    CHECK(desk.ask("SetSceneName", {{"sceneName", "cam1"}, {"newSceneName", "other"}}).code == Code::cannot_act);
}

TEST_CASE("items are listed with everything clients read") {
    Desk desk;
    const Json item = desk.item();
    for (const char* field :
         {"sceneItemId", "sceneItemIndex", "sceneItemEnabled", "sceneItemLocked", "sceneItemTransform",
          "sceneItemBlendMode", "sourceName", "sourceUuid", "sourceType", "inputKind", "isGroup"}) {
        INFO(field);
        CHECK(item.contains(field));
    }
    CHECK(item["sceneItemTransform"].size() == 19);
    CHECK(item["sourceName"] == "cam1 (input)");
    CHECK(desk.item(1)["inputKind"] == "text_ft2_source_v2");
    CHECK(desk.data("GetSceneItemId", {{"sceneName", "duo"}, {"sourceName", "cam1"}})["sceneItemId"] ==
          item["sceneItemId"]);
}

TEST_CASE("items are shown and hidden, moved up and down, added and removed") {
    Desk desk;
    const auto id = desk.item()["sceneItemId"];
    const Json named{{"sceneName", "duo"}, {"sceneItemId", id}};
    const auto with = [&](const char* field, const Json& value) {
        Json all = named;
        all[field] = value;
        return all;
    };
    REQUIRE(desk.ask("SetSceneItemEnabled", with("sceneItemEnabled", false)).ok());
    CHECK(desk.data("GetSceneItemEnabled", named)["sceneItemEnabled"] == false);
    REQUIRE(desk.ask("SetSceneItemIndex", with("sceneItemIndex", 1)).ok());
    CHECK(desk.item(1)["sceneItemId"] == id);
    REQUIRE(desk.ask("SetSceneItemBlendMode", with("sceneItemBlendMode", "OBS_BLEND_SCREEN")).ok());
    CHECK(desk.data("GetSceneItemBlendMode", named)["sceneItemBlendMode"] == "OBS_BLEND_SCREEN");
    const Json added = desk.data("CreateSceneItem", {{"sceneName", "duo"}, {"sourceName", "cam2"}});
    CHECK(desk.item(2)["sceneItemId"] == added["sceneItemId"]);
    REQUIRE(desk.ask("DuplicateSceneItem", named).ok());
    CHECK(desk.data("GetSceneItemList", {{"sceneName", "duo"}})["sceneItems"].size() == 4);
    REQUIRE(desk.ask("RemoveSceneItem", named).ok());
    CHECK(desk.ask("GetSceneItemEnabled", named).code == Code::not_found);
    const Json own = desk.data("GetSceneItemList", {{"sceneName", "cam1"}})["sceneItems"][0];
    CHECK(desk.ask("SetSceneItemEnabled",
                   {{"sceneName", "cam1"}, {"sceneItemId", own["sceneItemId"]}, {"sceneItemEnabled", false}})
              .code == Code::cannot_act);
}

TEST_CASE("an item goes where a client puts it, whichever corner it holds it by") {
    Desk desk;
    const auto id = desk.item()["sceneItemId"];
    const auto put = [&](Json transform) {
        return desk.ask("SetSceneItemTransform",
                        {{"sceneName", "duo"}, {"sceneItemId", id}, {"sceneItemTransform", std::move(transform)}});
    };
    const auto place = [&] { return desk.state->scenes->scene(SceneName("duo"))->layers[0].place; };
    // What is read can be written back, and nothing moves.
    const Rect before = place();
    Json same = desk.item()["sceneItemTransform"];
    same.erase("scaleX");
    same.erase("scaleY");
    REQUIRE(put(same).ok());
    CHECK(place().x == Approx(before.x).margin(1e-9));
    CHECK(place().width == Approx(before.width));
    // The canvas is 960 x 540; by its top left corner.
    REQUIRE(put({{"positionX", 96}, {"positionY", 54}, {"alignment", 5}, {"boundsWidth", 480}, {"boundsHeight", 270}})
                .ok());
    CHECK(place().x == Approx(0.1));
    CHECK(place().y == Approx(0.1));
    CHECK(place().width == Approx(0.5));
    CHECK(place().height == Approx(0.5));
    // Turned a quarter about its top left corner, its middle swings to the left below it.
    REQUIRE(put({{"positionX", 480}, {"positionY", 0}, {"alignment", 5}, {"rotation", 90}}).ok());
    CHECK(place().centre().x * 960 == Approx(480 - 135));
    CHECK(place().centre().y * 540 == Approx(240));
    REQUIRE(put({{"cropLeft", 96}, {"cropRight", 96}, {"rotation", 0}}).ok());
    CHECK(desk.state->scenes->scene(SceneName("duo"))->layers[0].crop.width == Approx(0.8));
    CHECK(put({{"cropLeft", 960}}).code == Code::out_of_range);
    CHECK(put({{"boundsType", "OBS_BOUNDS_ROUND"}}).code == Code::bad_field);
    REQUIRE(put({{"scaleX", 0.25}, {"scaleY", 0.25}, {"cropLeft", 0}, {"cropRight", 0}}).ok());
    CHECK(place().width == Approx(0.25));
}

TEST_CASE("a caption is driven by stock text buttons") {
    Desk desk;
    REQUIRE(desk.ask("SetInputSettings", {{"inputName", "duo: name"}, {"inputSettings", {{"text", "Béla"}}}}).ok());
    CHECK(desk.data("GetInputSettings", {{"inputName", "duo: name"}})["inputSettings"]["text"] == "Béla");
    REQUIRE(desk.ask("SetInputSettings", {{"inputName", "duo: name"}, {"inputSettings", {{"text", ""}}}}).ok());
    CHECK(desk.ask("SetInputSettings", {{"inputName", "cam1"}, {"inputSettings", {{"url", "x"}}}}).code ==
          Code::not_configurable);
    CHECK(desk.data("GetInputSettings", {{"inputName", "cam1"}})["inputSettings"] == Json::object());
}

TEST_CASE("tally follows what contributes to a face, both sides of a mix included") {
    Desk desk;
    const auto state_of = [&](const char* name) {
        const Json data = desk.data("GetSourceActive", {{"sourceName", name}});
        return std::pair(data["videoActive"].get<bool>(), data["videoShowing"].get<bool>());
    };
    CHECK(state_of("cam1 (input)") == std::pair(true, false));
    CHECK(state_of("cam2 (input)") == std::pair(false, true));
    REQUIRE(desk.ask("TriggerStudioModeTransition").ok());
    CHECK(state_of("cam1 (input)") == std::pair(true, true));
    CHECK(state_of("cam2 (input)") == std::pair(true, false));
    desk.now = desk.now + std::chrono::seconds(2);
    CHECK(state_of("cam1 (input)") == std::pair(false, true));
    // One face alone, through a scene.
    desk.do_it(Cut{SceneName("duo"), {FaceName("east")}});
    CHECK(state_of("cam1 (input)") == std::pair(true, true));
    CHECK(state_of("duo: name") == std::pair(true, false));
}

TEST_CASE("a look that did not change has no events, and every change has its own") {
    Desk desk;
    const auto changes = [&](const Command& command) {
        const Look before = look(desk.state, desk.now);
        desk.do_it(command);
        std::vector<std::string> types;
        for (const auto& event : events_between(before, look(desk.state, desk.now))) types.push_back(event.type);
        return types;
    };
    using Types = std::vector<std::string>;
    CHECK(events_between(look(desk.state, desk.now), look(desk.state, desk.now)).empty());
    CHECK(changes(SetScene{SceneName("new"), {}, {}, 0}) == Types{"SceneCreated", "SceneListChanged"});
    CHECK(changes(RemoveScene{SceneName("new")}) == Types{"SceneRemoved", "SceneListChanged"});
    CHECK(changes(Cut{SceneName("cam2"), {}}) ==
          Types{"SceneTransitionStarted", "CurrentProgramSceneChanged", "InputActiveStateChanged",
                "InputActiveStateChanged", "SceneTransitionVideoEnded", "SceneTransitionEnded", "VendorEvent"});
    desk.do_it(Preview{SceneName("cam1")});
    CHECK(changes(MoveTBar{0.5}).front() == "SceneTransitionStarted");
    CHECK(changes(MoveTBar{0.7}) == Types{});
    CHECK(changes(MoveTBar{1}) ==
          Types{"SceneTransitionVideoEnded", "SceneTransitionEnded", "InputActiveStateChanged"});
    const Scene* duo = desk.state->scenes->scene(SceneName("duo"));
    Layer hidden = duo->layers[0];
    hidden.visible = false;
    CHECK(changes(SetLayer{SceneName("duo"), hidden, 0}) == Types{"SceneItemEnableStateChanged"});
    Layer said = desk.state->scenes->scene(SceneName("duo"))->layers[1];
    std::get<TextContent>(said.content).text = "Carla";
    CHECK(changes(SetLayer{SceneName("duo"), said, 0}) == Types{"InputSettingsChanged"});
    CHECK(changes(SetTransition{"dip", 500, {}}) ==
          Types{"CurrentSceneTransitionChanged", "CurrentSceneTransitionDurationChanged"});
}

TEST_CASE("the time of the next change is the end of the nearest mix") {
    Desk desk;
    CHECK_FALSE(next_change(*desk.state, desk.now));
    desk.do_it(Take{});
    REQUIRE(next_change(*desk.state, desk.now));
    CHECK(*next_change(*desk.state, desk.now) == desk.now + std::chrono::seconds(1));
    CHECK_FALSE(next_change(*desk.state, desk.now + std::chrono::seconds(1)));
}

}  // namespace
}  // namespace tribune::test
