#include "app/authority.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "support/voice_commands.hpp"
#include "unit/app/app_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

constexpr Role all_roles[] = {Role::technician, Role::producer, Role::director,  Role::facilitator, Role::table,
                              Role::audience,   Role::observer, Role::rehearsal, Role::machine};

Layer text_layer() {
    Layer layer;
    layer.name = LayerName("text");
    layer.content = TextContent{};
    return layer;
}

// The small show after some editing: there is something to change, to remove, to undo and to redo.
Authority edited() {
    Authority authority = opened();
    Setup setup = small_setup();
    SourceConfig clip;
    clip.name = SourceName("clip");
    clip.url = "clip.mp4";
    clip.live = false;
    setup.sources.push_back(clip);
    setup.caption_templates.push_back({"plain", {"Simple", "Plain"}, "lower", 300, 300, 0, {}});
    if (!authority.decide(actor(Role::machine), LoadShow{setup}, {}, 0)) throw std::runtime_error("no clip");
    const auto run = [&](const Command& command) {
        if (const auto done = authority.decide(actor(Role::producer), command, {}, 0); !done)
            throw std::runtime_error(done.error().message);
    };
    run(AddSource{SourceName("added"), "", "film.mp4", "", false});
    run(SetScene{SceneName("title"), "", {text_layer()}, 0});
    run(SetScene{SceneName("other"), "", {}, 0});
    run(SetCue{{CueNumber("1"), "", "", {}, {}, {}}, {}, {}});
    run(SetCue{{CueNumber("2"), "", "", {}, {}, {}}, {}, {}});
    run(SetCue{{CueNumber("3"), "", "", {}, {}, {}}, {}, {}});
    run(Go{});
    run(Go{});
    run(SetMacro{{MacroName("m"), "", {}}, {}});
    run(RecordMacro{MacroName("new"), "", false, false});
    for (const char* name : {"shown", "old"}) run(SetCaption{CaptionName(name), {}, "plain", {}, {}});
    run(ShowCaption{CaptionName("shown"), true, {}});
    run(StartCountdown{60'000});
    run(SetScene{SceneName("title"), "Titre", {text_layer()}, 0});
    run(Undo{});
    return authority;
}

RotationWish small_wish() {
    RotationWish wish;
    wish.tables = 2;
    wish.seats = 2;
    wish.rounds = 2;
    return wish;
}

// One of each kind that the edited show would take.
std::vector<Command> one_of_each() {
    Submit submit = answer(1, "le bruit");
    std::vector<Command> all{
        LoadShow{small_setup()},
        Cut{SceneName("cam2"), {}},
        Follow{},
        PlaceWall{},
        SetQuestion{"Et ?", "fr"},
        StartRound{},
        StopRound{},
        submit,
        KeepStage{opened().state()->stage},
        Preview{SceneName("cam2")},
        Take{},
        SetTransition{},
        MoveTBar{0.5},
        FadeToBlack{},
        SwapFaces{FaceName("north"), FaceName("south")},
        SetOverlay{SceneName("title"), true, 0, {}},
        SetScene{SceneName("other"), "", {}, 0},
        RemoveScene{SceneName("other")},
        SetLayer{SceneName("title"), text_layer(), 0},
        ArrangeScene{SceneName("title"), "full", 0},
        Undo{},
        Redo{},
        Cue{{SourceName("clip")}, 40},
        Play{{SourceName("clip")}},
        Pause{{SourceName("clip")}},
        SetClip{SourceName("clip"), 1, 2, 0.5, true, ClipEnd::hold, "", false},
        ClipOpened{SourceName("clip"), std::chrono::seconds(7)},
        ClipEnded{SourceName("clip")},
        AddSource{SourceName("new"), "Neuf", "film.mp4", "", true},
        RemoveSource{SourceName("added")},
        SetChannel{SourceName("cam1"), -6.5, true, std::nullopt, -1, 80, SoundFollow::always},
        SetMaster{std::nullopt, std::nullopt, false},
        RingBell{},
        SetCue{{CueNumber("4"), "Fin", "", {}, {}, {}}, {}, {}},
        MoveCue{CueNumber("3"), CueNumber("1")},
        RemoveCue{CueNumber("3")},
        Go{},
        Back{},
        StandBy{CueNumber("1")},
        HoldCues{},
        SetMacro{{MacroName("n"), "", {}}, {}},
        RemoveMacro{MacroName("m")},
        RunMacro{MacroName("m")},
        StopMacro{},
        RecordMacro{MacroName("m"), "", false, false},
        StopRecording{},
        Together{{held(RingBell{})}},
        CarryOn{},
        TimeCue{CueNumber("3"), std::nullopt},
        SetCaption{CaptionName("name"), std::nullopt, "plain", {}, {}},
        RemoveCaption{CaptionName("old")},
        ShowCaption{CaptionName("shown"), false, {}},
        NextCaption{},
        StartCountdown{1000},
        HoldCountdown{},
        ExtendCountdown{1000},
        StopCountdown{},
        BindControl{{{SurfaceName("X-TOUCH"), ControlKind::note, 1, 60}, ControlMode::button, "cut", "cam1", {}}},
        UnbindControl{{SurfaceName("X-TOUCH"), ControlKind::note, 1, 60}},
        SetStinger{SourceName("clip"), 400},
        RemoveStinger{SourceName("clip")},
        SetMultiview{std::nullopt, std::nullopt, true, std::nullopt},
        PauseRound{},
        ResumeRound{},
        ExtendRound{60'000, true},
        SetAgendaItem{0, {"Et demain ?", "fr", {"Ici"}, 600'000, true}},
        RemoveAgendaItem{1},
        MoveAgendaItem{1, 0},
        ShowNotice{"Deux minutes", 20'000, true},
        PlanRotation{small_wish(), false},
        SeatRotation{PlanRotation{small_wish(), false}, 0, {{{{1, 2}, {3, 4}}}, 0}},
        ChangeTables{},
        UndoRotation{},
        StartRecord{},
        StopRecord{}};
    for (const auto& [command, roles] : voice_commands()) all.push_back(command);
    return all;
}

}  // namespace

TEST_CASE("every role may do what the role table says, and nothing else") {
    // docs: pictures are the producer's, rounds the director's, answers the tables'.
    const auto allowed = [](Role role, const Command& command) {
        if (std::holds_alternative<LoadShow>(command) || std::holds_alternative<KeepStage>(command) ||
            std::holds_alternative<SeatRotation>(command)) {
            return role == Role::machine;
        }
        if (std::holds_alternative<Submit>(command))
            return role == Role::table || role == Role::audience || role == Role::rehearsal;
        for (const auto& [voice, roles] : voice_commands()) {
            if (voice.index() == command.index()) return roles.contains(role);
        }
        if (std::holds_alternative<ClipOpened>(command) || std::holds_alternative<ClipEnded>(command) ||
            std::holds_alternative<CarryOn>(command) || std::holds_alternative<TimeCue>(command))
            return role == Role::machine;
        // The rundown is both's; what it does is checked by whose hand it is.
        if (command.index() >= Command(SetCue{}).index() && command.index() <= Command(StopRecording{}).index())
            return role == Role::producer || role == Role::director;
        const std::set<std::string_view> technical{"add_source",  "remove_source",  "bind_control", "unbind_control",
                                                   "set_stinger", "remove_stinger", "start_record", "stop_record"};
        if (std::holds_alternative<StopRecord>(command) && role == Role::machine) return true;
        if (technical.contains(kind_of(command).name)) return role == Role::producer || role == Role::technician;
        if (std::holds_alternative<RingBell>(command) || std::holds_alternative<Together>(command) ||
            std::holds_alternative<Undo>(command) || std::holds_alternative<Redo>(command))
            return role == Role::producer || role == Role::director;
        if (kind_of(command).name.find("caption") != std::string_view::npos ||
            kind_of(command).name.find("countdown") != std::string_view::npos)
            return role == Role::producer || role == Role::director;
        if (std::holds_alternative<StopRound>(command)) return role == Role::director || role == Role::machine;
        const bool round = std::holds_alternative<SetQuestion>(command) ||
                           std::holds_alternative<StartRound>(command) ||
                           command.index() >= Command(PauseRound{}).index();
        return role == (round ? Role::director : Role::producer);
    };
    REQUIRE(one_of_each().size() == command_kinds().size());
    for (const Role role : all_roles) {
        for (const auto& command : one_of_each()) {
            INFO(to_string(role) << " " << kind_of(command).name);
            Authority authority = edited();
            const auto before = authority.state();
            const auto record = authority.decide(actor(role, role == Role::table ? 1 : 0), command, {}, 0);
            // The clip has not ended, nothing is due, one is being recorded: who may say so is told.
            const std::set<std::string> told{
                "not_ended",     "nothing_due",       "unknown_cue",     "recording_runs",  "round_not_paused",
                "unknown_item",  "rotation_outdated", "no_rotation",     "nothing_to_undo", "unknown_control",
                "bad_stinger",   "unknown_stinger",   "nothing_to_redo", "not_recorded",    "unknown_contribution",
                "wrong_table",   "unknown_theme",     "unknown_tension", "unknown_word",    "unknown_deed",
                "unknown_group", "unknown_poll"};
            const bool forbidden = !record && record.error().code == "forbidden";
            CHECK(forbidden == !allowed(role, command));
            if (!record && !forbidden) CHECK(told.contains(record.error().code));
            if (!record) CHECK(authority.state() == before);
        }
    }
}

TEST_CASE("what cues and macros say is cleaned like all else, and an address in one is the technician's") {
    Authority authority = edited();
    const auto run = [&](Role role, const Command& command) {
        const auto done = authority.decide(actor(role), command, {}, 0);
        return done ? "" : done.error().code;
    };
    Step ask{0, held(SetQuestion{"Et\n  demain ?", "fr"})};
    REQUIRE(run(Role::director, SetCue{{CueNumber("5"), " Fin\t", "  un\n\n deux ", {}, {}, {ask}}, {}, {}}) == "");
    const RundownCue* cue = authority.state()->rundown->cue(CueNumber("5"));
    CHECK(cue->label == "Fin");
    CHECK(cue->note == "un\ndeux");
    CHECK(std::get<SetQuestion>(cue->steps.at(0).command.get()->command).text == "Et demain ?");
    CHECK(run(Role::producer, Go{CueNumber("5")}) == "forbidden");
    CHECK(run(Role::director, Go{CueNumber("5")}) == "");
    CHECK(authority.state()->room.prepared.text == "Et demain ?");
    CHECK(run(Role::producer, SetCue{{CueNumber("6"), "\xff", "", {}, {}, {}}, {}, {}}) == "text_not_utf8");
    const Step wired{0, held(AddSource{SourceName("wired"), "", "", "rtsp://192.0.2.1/a", false})};
    REQUIRE(run(Role::producer, SetMacro{{MacroName("wire"), "", {wired}}, {}}) == "");
    CHECK(run(Role::producer, RunMacro{MacroName("wire")}) == "forbidden");
}

TEST_CASE("a table's key speaks for its table only") {
    Authority authority = opened();
    const auto refused = authority.decide(actor(Role::table, 2), answer(1, "le bruit", 1), {}, 0);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "wrong_table");
    CHECK(authority.decide(actor(Role::table, 1), answer(1, "le bruit", 1), {}, 0));
    CHECK(authority.decide(actor(Role::rehearsal), answer(2, "les charges", 3), {}, 0));
    CHECK(authority.decide(actor(Role::table, 9), answer(3, "le froid", 9), {}, 0).error().code == "unknown_table");
}

TEST_CASE("what is stored is clean, whoever sent it") {
    Authority authority = opened();
    REQUIRE(authority.decide(actor(Role::table, 1), answer(1, "  le\tbruit\x01  \xE2\x80\xAE"), {}, 0));
    CHECK(authority.state()->room.contributions[0].text == "le bruit");
    CHECK(authority.decide(actor(Role::table, 1), answer(2, "\xff"), {}, 0).error().code == "text_not_utf8");
    CHECK(authority.decide(actor(Role::director), SetQuestion{"\xE2\x80\x8B", "fr"}, {}, 0).error().code ==
          "text_not_visible");
    REQUIRE(authority.decide(actor(Role::director), SetQuestion{"Et\n  demain ?", "fr"}, {}, 0));
    CHECK(authority.state()->room.prepared.text == "Et demain ?");
    Submit device = answer(3, "le froid");
    device.device = DeviceId(std::string(65, 'x'));
    CHECK(authority.decide(actor(Role::table, 1), device, {}, 0).error().code == "bad_device");
    CHECK(authority.state()->room.contributions.size() == 1);
}

TEST_CASE("the same answer again is known, with its place; another text under its id is refused") {
    Authority authority = opened();
    const auto first = authority.decide(actor(Role::table, 1), answer(1, "le  bruit"), {}, 0);
    REQUIRE(first);
    const auto again = authority.decide(actor(Role::table, 1), answer(1, " le bruit "), {}, 0);
    CHECK(again.error().code == "already_stored");
    CHECK(authority.stored_sequence(answer(1, "").id) == first->stamp.sequence);
    CHECK(authority.stored_sequence(answer(2, "").id) == 0);
    CHECK(authority.decide(actor(Role::table, 1), answer(1, "autre"), {}, 0).error().code == "id_conflict");
    CHECK(authority.state()->room.contributions.size() == 1);
}

TEST_CASE("sequences have no gap and show time never goes back") {
    Authority authority = opened();
    const auto at = [](int seconds) { return ShowTime{std::chrono::seconds(seconds)}; };
    const auto base = authority.state()->revision;
    const auto first = authority.decide(actor(Role::producer), Cut{SceneName("cam2"), {}}, at(10), 0);
    REQUIRE_FALSE(authority.decide(actor(Role::producer), Cut{SceneName("none"), {}}, at(11), 0));
    const auto second = authority.decide(actor(Role::producer), Cut{SceneName("cam1"), {}}, at(5), 0);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->stamp.sequence == base + 1);
    CHECK(second->stamp.sequence == base + 2);
    CHECK(second->stamp.at == at(10));
    CHECK(authority.state()->revision == base + 2);
}

TEST_CASE("an answer to a closed round is late, not lost") {
    Authority authority = opened();
    REQUIRE(authority.decide(actor(Role::director), StopRound{}, {}, 0));
    REQUIRE(authority.decide(actor(Role::table, 1), answer(1, "le bruit"), {}, 0));
    CHECK(authority.state()->room.contributions[0].late);
    Submit future = answer(2, "le froid");
    future.round = 2;
    CHECK(authority.decide(actor(Role::table, 1), future, {}, 0).error().code == "unknown_round");
}

TEST_CASE("the pictures can be kept when the rest goes back to what the disk holds") {
    Authority ahead = opened();
    Authority behind(ahead.state());
    REQUIRE(ahead.decide(actor(Role::producer), Cut{SceneName("cam2"), {FaceName("south")}}, {}, 0));
    REQUIRE(ahead.decide(actor(Role::table, 1), answer(1, "le bruit"), {}, 0));
    const auto revision = behind.state()->revision;
    behind.keep_stage(ahead.state()->stage);
    CHECK(behind.state()->stage == ahead.state()->stage);
    CHECK(behind.state()->revision == revision);
    CHECK(behind.state()->room.contributions.empty());
}

TEST_CASE("what is said is read for insults and personal data, and a person decides") {
    const auto flagger = std::make_shared<const Flagger>(FlagLists{{{"fr", {"connard"}}}, {}});
    Authority authority(opened().state(), flagger);
    const auto state = [&](int n) {
        return state_of(authority.state()->room, *authority.state()->room.find(answer(n, "").id));
    };
    REQUIRE(authority.decide(actor(Role::table, 1), answer(1, "quel c o n n a r d"), {}, 0));
    CHECK(state(1) == ContributionState::waiting);
    REQUIRE(authority.decide(actor(Role::table, 1), answer(2, "les connaissances"), {}, 0));
    CHECK(state(2) == ContributionState::shown);
    REQUIRE(authority.decide(actor(Role::table, 1), answer(3, "appelez le 06 39 98 12 34"), {}, 0));
    CHECK(state(3) == ContributionState::held);
    // A device that says what was noticed is not believed.
    Submit lies = answer(4, "un banc");
    lies.flags = {Flag::insult};
    REQUIRE(authority.decide(actor(Role::table, 1), lies, {}, 0));
    CHECK(state(4) == ContributionState::shown);
    const Speaker table{lies.device, {1}};
    REQUIRE(authority.decide(actor(Role::table, 1), Revise{table, answer(3, "").id, "appelez-nous", "", {}}, {}, 0));
    CHECK(state(3) == ContributionState::shown);
    CHECK(authority.decide(actor(Role::table, 2), Revise{table, answer(3, "").id, "non", "", {}}, {}, 0).error().code ==
          "wrong_table");
}
