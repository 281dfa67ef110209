// Who may do what: roles by the table, operators by their declaration.
#include "show/rights.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace tribune;

namespace {

// One of each kind, in the variant's order.
template <std::size_t I = 0>
void add_all(std::vector<Command>& all) {
    if constexpr (I < std::variant_size_v<CommandVariant>) {
        all.emplace_back(std::variant_alternative_t<I, CommandVariant>{});
        add_all<I + 1>(all);
    }
}
const std::vector<Command>& every_command() {
    static const std::vector<Command> all = [] {
        std::vector<Command> made;
        add_all(made);
        return made;
    }();
    return all;
}

constexpr Role all_roles[] = {Role::technician, Role::producer, Role::director,  Role::facilitator, Role::table,
                              Role::audience,   Role::observer, Role::rehearsal, Role::machine};

Setup with(OperatorSetup who) {
    Setup setup;
    setup.operators.push_back(std::move(who));
    return setup;
}
OperatorSetup named(const char* name) {
    OperatorSetup who;
    who.name = OperatorName(name);
    return who;
}
Actor lea() { return {Role::observer, "lea", {}, true}; }
std::string code(const Status& status) { return status ? "" : status.error().code; }

}  // namespace

TEST_CASE("a role may what the table says, and nothing else") {
    for (const Role role : all_roles) {
        const Actor actor{role, std::string(to_string(role)), {}};
        for (const auto& command : every_command()) {
            const auto& kind = kind_of(command);
            CAPTURE(actor.name, kind.name);
            const auto right = check_rights(Setup{}, actor, command);
            CHECK(static_cast<bool>(right) == may(role, kind));
            if (!right) CHECK(right.error().message.find(kind.name) != std::string::npos);
        }
        CHECK(rights_of(Setup{}, actor).commands.size() ==
              static_cast<std::size_t>(std::count_if(command_kinds().begin(), command_kinds().end(),
                                                     [&](const auto& kind) { return may(role, kind); })));
    }
}

TEST_CASE("an operator with a role may what the role may, less what is taken away") {
    auto who = named("lea");
    who.role = Role::producer;
    who.may_not = {"fade_to_black", "scenes"};
    const Setup setup = with(who);
    for (const auto& command : every_command()) {
        const auto name = kind_of(command).name;
        const bool taken = name == "fade_to_black" || name == "set_scene" || name == "remove_scene" ||
                           name == "set_layer" || name == "arrange_scene";
        CAPTURE(name);
        CHECK(static_cast<bool>(check_rights(setup, lea(), command)) ==
              (may(Role::producer, kind_of(command)) && !taken));
    }
    CHECK(check_rights(setup, lea(), FadeToBlack{}).error().message.find("may_not") != std::string::npos);
}

TEST_CASE("an operator without a role may what is listed alone, and the refusal names the right that is missing") {
    auto who = named("lea");
    who.may = {"overlays", "preview"};
    const Setup setup = with(who);
    CHECK(check_rights(setup, lea(), SetOverlay{}));
    CHECK(check_rights(setup, lea(), Preview{}));
    const auto refused = check_rights(setup, lea(), Take{});
    CHECK(code(refused) == "forbidden");
    CHECK(refused.error().message.find("\"lea\"") != std::string::npos);
    CHECK(refused.error().message.find("\"switching\"") != std::string::npos);
    CHECK(rights_of(setup, lea()).commands == std::vector<std::string_view>{"preview", "set_overlay"});
}

TEST_CASE("what only the program does cannot be given to anybody") {
    const auto words = right_words();
    const std::set<std::string_view> known(words.begin(), words.end());
    auto who = named("lea");
    for (const auto& kind : command_kinds()) who.may.emplace_back(kind.name);
    const Setup setup = with(who);
    for (const auto& command : every_command()) {
        const auto& kind = kind_of(command);
        if (kind.roles == std::vector{Role::machine}) {
            CAPTURE(kind.name);
            CHECK_FALSE(known.contains(kind.name));
            CHECK(code(check_rights(setup, lea(), command)) == "forbidden");
        }
    }
    CHECK(code(check_rights(setup, lea(), Submit{})) == "forbidden");  // a table's own
}

TEST_CASE("an operator of one face touches that face alone") {
    auto who = named("lea");
    who.role = Role::producer;
    who.faces = {FaceName("east")};
    Setup setup = with(who);
    const std::vector east{FaceName("east")};
    const std::vector both{FaceName("east"), FaceName("west")};
    CHECK(check_rights(setup, lea(), Cut{SceneName("cam1"), east}));
    CHECK(check_rights(setup, lea(), Take{east, {}, {}}));
    CHECK(check_rights(setup, lea(), Follow{east}));
    CHECK(check_rights(setup, lea(), PlaceWall{WallPlacement::off, east}));
    CHECK(check_rights(setup, lea(), SetOverlay{SceneName("name"), true, 0, east}));
    for (const Command& command : std::initializer_list<Command>{
             Cut{SceneName("cam1"), {}}, Cut{SceneName("cam1"), both}, Take{}, Follow{}, PlaceWall{},
             SetOverlay{SceneName("name"), true, 0, {}}, SwapFaces{FaceName("east"), FaceName("west")}, Preview{},
             FadeToBlack{}, MoveTBar{}, SetScene{}, SetChannel{}}) {
        CAPTURE(kind_of(command).name);
        const auto refused = check_rights(setup, lea(), command);
        CHECK(code(refused) == "forbidden_face");
        if (!refused) CHECK(refused.error().message.find("east") != std::string::npos);
    }
    // What concerns all faces can be given by name.
    setup.operators.front().may = {"preview"};
    CHECK(check_rights(setup, lea(), Preview{}));
    const auto rights = rights_of(setup, lea());
    CHECK(rights.faces == east);
    CHECK(rights.commands == std::vector<std::string_view>{"cut", "follow", "place_wall", "preview", "take",
                                                           "swap_faces", "set_overlay", "show_caption"});
}

TEST_CASE("an operator that the show no longer names may nothing") {
    for (const auto& command : every_command())
        CHECK(code(check_rights(Setup{}, lea(), command)) == "unknown_operator");
    CHECK(rights_of(Setup{}, lea()).commands.empty());
    CHECK(!actor_of(Setup{}, OperatorName("lea")));
    auto who = named("lea");
    who.role = Role::director;
    CHECK(*actor_of(with(who), OperatorName("lea")) == Actor{Role::director, "lea", {}, true});
}

TEST_CASE("addresses are the technician's, whoever is given sources") {
    auto who = named("lea");
    who.may = {"sources"};
    AddSource add;
    add.url = "rtsp://192.0.2.1/x";
    CHECK(code(check_rights(with(who), lea(), add)) == "forbidden");
    add.url.clear();
    add.file = "clip.mp4";
    CHECK(check_rights(with(who), lea(), add));
    who.role = Role::technician;
    add.url = "rtsp://192.0.2.1/x";
    CHECK(check_rights(with(who), lea(), add));
}

TEST_CASE("every word of a group is a command that people can be given") {
    const auto words = right_words();
    std::set<std::string_view> seen;
    for (const auto& group : right_groups()) {
        for (const auto& command : group.commands) {
            CAPTURE(group.name, command);
            CHECK(std::find(words.begin(), words.end(), command) != words.end());
            CHECK(seen.insert(command).second);
        }
    }
}

TEST_CASE("a command says which faces it is about, and what") {
    CHECK(faces_of(Cut{SceneName("a"), {FaceName("east")}}) == std::vector{FaceName("east")});
    CHECK(faces_of(Take{})->empty());
    CHECK(faces_of(SwapFaces{FaceName("a"), FaceName("b")}) == std::vector{FaceName("a"), FaceName("b")});
    CHECK(!faces_of(Preview{}));
    CHECK(subject_of(Cut{SceneName("cam1"), {}}) == "cam1");
    CHECK(subject_of(Play{{SourceName("film")}}) == "film");
    CHECK(subject_of(SetChannel{SourceName("cam2"), {}, {}, {}, {}, {}, {}}) == "cam2");
    CHECK(subject_of(Undo{}).empty());
}
