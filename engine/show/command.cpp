#include "show/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "show/apply.hpp"
#include "show/fields.hpp"

namespace tribune {
namespace {

const std::vector<Role> picture_roles{Role::producer};
const std::vector<Role> round_roles{Role::director};
const std::vector<Role> rundown_roles{Role::producer, Role::director};
const std::vector<Role> own_roles{Role::table, Role::audience, Role::rehearsal};
const std::vector<Role> facilitator_roles{Role::facilitator};
const std::vector<Role> hearing_roles{Role::facilitator, Role::director};

// In the order of Command's alternatives.
const std::array<CommandKind, std::variant_size_v<CommandVariant>> kinds{{
    {"load_show", Durability::voice, {Role::machine}, "Brings in a show file; what it no longer names falls back."},
    {"cut", Durability::picture, picture_roles, "Shows a source at once, on program or on the faces named."},
    {"follow", Durability::picture, picture_roles, "The faces named (none: all) follow program again."},
    {"place_wall", Durability::picture, picture_roles, "Places the wall on the faces named (none: all)."},
    {"set_question", Durability::voice, round_roles, "Prepares the question of the next round."},
    {"start_round", Durability::voice, round_roles, "Opens a round on the prepared question."},
    {"stop_round", Durability::voice, {Role::director, Role::machine}, "Closes the open round."},
    {"submit", Durability::voice, own_roles, "An answer to the question, by a table or a phone."},
    {"keep_stage",
     Durability::picture,
     {Role::machine},
     "Writes down what the faces show, after a time when nothing could be written."},
    {"preview", Durability::picture, picture_roles, "Makes a source the next one to be taken."},
    {"take", Durability::picture, picture_roles, "Preview becomes program, or the own picture of the faces named."},
    {"set_transition", Durability::picture, picture_roles, "How takes go that do not say it themselves."},
    {"move_t_bar", Durability::picture, picture_roles, "Moves the transition by hand: 0 program, 1 preview."},
    {"fade_to_black", Durability::picture, picture_roles, "Fades all faces to black, or back."},
    {"swap_faces", Durability::picture, picture_roles, "Two faces show each other's picture."},
    {"set_overlay", Durability::picture, picture_roles, "Brings a scene over the faces named (none: all), or off."},
    {"set_scene", Durability::picture, picture_roles, "Makes a scene, or replaces it; its layers may glide there."},
    {"remove_scene", Durability::picture, picture_roles, "Takes a scene away that is nowhere in use."},
    {"set_layer", Durability::picture, picture_roles, "Replaces one layer of a scene."},
    {"arrange_scene", Durability::picture, picture_roles, "Places a scene's layers by a layout."},
    {"undo", Durability::picture, rundown_roles, "Takes back the last edit of what one may edit, whoever made it.",
     false},
    {"redo", Durability::picture, rundown_roles, "Brings back what was undone last of it.", false},
    {"cue", Durability::picture, picture_roles, "Clips wait at a position, their in point when none is named."},
    {"play", Durability::picture, picture_roles, "Clips play, on the same frame."},
    {"pause", Durability::picture, picture_roles, "Clips stay on the picture of this moment."},
    {"set_clip", Durability::picture, picture_roles, "How a clip plays: in, out, speed, loop, its end, play on take."},
    {"clip_opened", Durability::picture, {Role::machine}, "How long a clip was found to be."},
    {"clip_ended", Durability::picture, {Role::machine}, "A clip came to its end: what shows it goes on."},
    {"add_source",
     Durability::voice,
     {Role::producer, Role::technician},
     "Makes a source of a file of the media folder or, by the technician, of any address."},
    {"remove_source", Durability::voice, {Role::producer, Role::technician}, "Takes away a source that was added."},
    {"set_channel", Durability::picture, picture_roles, "Sets a source's sound: gain, mute, solo, pan, delay, follow."},
    {"set_master", Durability::picture, picture_roles, "Sets what the hall hears: gain, mute, limiter."},
    {"ring_bell", Durability::picture, rundown_roles, "Rings the bell, once."},
    {"set_cue", Durability::voice, rundown_roles, "Makes a cue of the rundown, or changes it.", false},
    {"move_cue", Durability::voice, rundown_roles, "Moves a cue to another place in the rundown.", false},
    {"remove_cue", Durability::voice, rundown_roles, "Takes a cue out of the rundown.", false},
    {"go", Durability::picture, rundown_roles, "Carries out the next cue, or the one named.", false},
    {"back", Durability::picture, rundown_roles, "Carries out the cue before the current one again.", false},
    {"stand_by", Durability::picture, rundown_roles, "Makes a cue the next one; nothing on air changes.", false},
    {"hold_cues", Durability::picture, rundown_roles, "Keeps cues from going by themselves, or lets them.", false},
    {"set_macro", Durability::voice, rundown_roles, "Makes a macro, or changes it.", false},
    {"remove_macro", Durability::voice, rundown_roles, "Takes a macro away.", false},
    {"run_macro", Durability::picture, rundown_roles, "Carries out a macro, by the rights of who asks for it."},
    {"stop_macro", Durability::picture, rundown_roles, "Ends a macro, or all that is under way."},
    {"record_macro", Durability::picture, rundown_roles, "From now on what is done becomes a macro.", false},
    {"stop_recording", Durability::voice, rundown_roles, "Makes a macro of what was recorded.", false},
    {"together",
     Durability::picture,
     {Role::technician, Role::producer, Role::director, Role::facilitator},
     "Carries out several commands on the same frame: all or none.",
     false},
    {"carry_on", Durability::picture, {Role::machine}, "Carries out all that is due by now.", false},
    {"time_cue", Durability::picture, {Role::machine}, "Says when the next cue's time of day comes.", false},
    {"set_caption", Durability::picture, rundown_roles, "Makes a caption, or changes its words, on air or not."},
    {"remove_caption", Durability::picture, rundown_roles, "Takes a caption away that is not shown."},
    {"show_caption", Durability::picture, rundown_roles, "Brings a caption over the faces named (none: all), or off."},
    {"next_caption", Durability::picture, rundown_roles, "The caption on air gives its place to the next of the list."},
    {"start_countdown", Durability::picture, rundown_roles, "Starts a countdown beside the round's own time."},
    {"hold_countdown", Durability::picture, rundown_roles, "The countdown stands still, or goes on."},
    {"extend_countdown", Durability::picture, rundown_roles, "Gives the countdown time, or takes some."},
    {"stop_countdown", Durability::picture, rundown_roles, "Ends the countdown: time left is the round's again."},
    {"bind_control",
     Durability::picture,
     {Role::producer, Role::technician},
     "Says what a control of a controller does.",
     false},
    {"unbind_control",
     Durability::picture,
     {Role::producer, Role::technician},
     "A control does nothing any more.",
     false},
    {"set_stinger",
     Durability::voice,
     {Role::producer, Role::technician},
     "Makes a clip a transition, or moves the cut beneath it."},
    {"remove_stinger",
     Durability::voice,
     {Role::producer, Role::technician},
     "A clip is no transition any more; it stays a source."},
    {"set_multiview", Durability::picture, picture_roles, "Which pictures the control room sees, and where."},
    {"pause_round", Durability::voice, round_roles, "Holds the time of the open round."},
    {"resume_round", Durability::voice, round_roles, "Its time goes on."},
    {"extend_round", Durability::voice, round_roles, "Gives the open round more time, or less."},
    {"set_agenda_item", Durability::voice, round_roles, "Puts a question into the agenda, or changes one."},
    {"remove_agenda_item", Durability::voice, round_roles, "Takes a question out of the agenda."},
    {"move_agenda_item", Durability::voice, round_roles, "Gives a question of the agenda another place."},
    {"show_notice", Durability::voice, round_roles, "Shows a word to the tables, and to the faces where asked."},
    {"plan_rotation", Durability::voice, round_roles, "Asks for a plan of who sits where in each round."},
    {"seat_rotation", Durability::voice, {Role::machine}, "The plan that was asked for, or why there is none."},
    {"change_tables", Durability::voice, round_roles, "Rings the bell, and people go to their next tables."},
    {"undo_rotation", Durability::voice, round_roles, "Brings back the plan before the last one, until the bell."},
    {"start_record", Durability::picture, {Role::producer, Role::technician}, "Records a view into a file."},
    {"stop_record", Durability::picture, {Role::producer, Role::technician, Role::machine}, "Ends a view's recording."},
    {"revise", Durability::voice, own_roles, "Other words for one's own contribution, until its round closes."},
    {"retract", Durability::voice, own_roles, "Takes one's own contribution off the wall."},
    {"answer_proposal", Durability::voice, own_roles, "Takes the words that a facilitator proposed, or leaves them."},
    {"approve", Durability::voice, facilitator_roles, "Contributions are seen, and shown.", false},
    {"hold_back", Durability::voice, facilitator_roles, "Keeps contributions off the wall, for a public reason.",
     false},
    {"release", Durability::voice, facilitator_roles, "What is held is shown.", false},
    {"ask_review", Durability::voice, facilitator_roles, "Asks a second facilitator to look at what is held.", false},
    {"confirm_hold", Durability::voice, facilitator_roles, "The second look: it stays held.", false},
    {"propose_words", Durability::voice, facilitator_roles, "Proposes other words to a contribution's table.", false},
    {"gather", Durability::voice, facilitator_roles, "Brings contributions under a theme, or takes them out.", false},
    {"name_theme", Durability::voice, facilitator_roles, "Makes a theme, or gives one another title.", false},
    {"merge_themes", Durability::voice, facilitator_roles, "All that is under one theme comes under another.", false},
    {"remove_theme", Durability::voice, facilitator_roles, "Takes a theme away; what is under it stays.", false},
    {"set_tension",
     Durability::voice,
     {Role::facilitator, Role::table, Role::rehearsal},
     "Sets two contributions or themes against each other.",
     false},
    {"open_tension", Durability::voice, hearing_roles, "The room weighs a tension's sides, or no longer.", false},
    {"remove_tension", Durability::voice, facilitator_roles, "Takes a tension away.", false},
    {"set_outcome", Durability::voice, hearing_roles, "Says what became of contributions, or of a theme.", false},
    {"set_term", Durability::voice, facilitator_roles, "Merges a word into another, hides or renames it.", false},
    {"remove_term", Durability::voice, facilitator_roles, "The word shows as it is written again.", false},
    {"undo_deed", Durability::voice, hearing_roles, "Takes back one step of facilitation.", false},
    {"set_moderation", Durability::voice, hearing_roles, "Whether contributions are seen before they are shown."},
    {"set_spotlight",
     Durability::voice,
     {Role::facilitator, Role::producer},
     "A contribution stands out on the faces, or none.",
     false},
    {"introduce",
     Durability::voice,
     {Role::audience, Role::rehearsal},
     "Says where a phone's owner sits, and of which group."},
    {"like", Durability::voice, own_roles, "Likes a contribution, or no longer."},
    {"weigh", Durability::voice, own_roles, "Says how one stands to a side of a tension."},
    {"vote", Durability::voice, own_roles, "Votes; a later vote replaces the earlier."},
    {"set_poll", Durability::voice, round_roles, "Makes a vote, or changes one that nobody voted on.", false},
    {"open_poll", Durability::voice, round_roles, "Opens a vote; another that is open is closed."},
    {"close_poll", Durability::voice, round_roles, "Closes a vote, with its results told or not."},
    {"remove_poll", Durability::voice, round_roles, "Takes a vote away that nobody voted on.", false},
    {"set_audience", Durability::voice, hearing_roles, "What phones may do: react, contribute."},
}};

}  // namespace

// Made here for every kind, and kept for the files that make one.
template <class C>
[[gnu::noinline]] Command Command::of(C kind) {
    Command command;
    command.emplace<C>(std::move(kind));
    return command;
}
namespace {
template <std::size_t... I>
constexpr auto makers(std::index_sequence<I...> /*unused*/) {
    return std::array{+[](void* kind) {
        return Command(std::move(*static_cast<std::variant_alternative_t<I, CommandVariant>*>(kind)));
    }...};
}
[[gnu::used]] constexpr auto kept = makers(std::make_index_sequence<std::variant_size_v<CommandVariant>>());
}  // namespace

Command::Command() = default;
Command::Command(const Command&) = default;
Command::Command(Command&&) noexcept = default;
Command& Command::operator=(const Command&) = default;
Command& Command::operator=(Command&&) noexcept = default;
Command::~Command() = default;
bool Command::operator==(const Command& other) const {
    return static_cast<const CommandVariant&>(*this) == static_cast<const CommandVariant&>(other);
}

Speaker* speaker_of(Command& command) {
    return std::visit(
        [](auto& c) -> Speaker* {
            if constexpr (requires { c.from.device; }) {
                return &c.from;
            } else {
                return nullptr;
            }
        },
        static_cast<CommandVariant&>(command));
}
const Speaker* speaker_of(const Command& command) { return speaker_of(const_cast<Command&>(command)); }

std::string_view to_string(Role role) {
    for (const auto& [r, name] : role_names) {
        if (r == role) return name;
    }
    return "";
}

std::optional<Role> parse_role(std::string_view text) {
    for (const auto& [role, name] : role_names) {
        if (name == text) return role;
    }
    return std::nullopt;
}

std::span<const CommandKind> command_kinds() { return kinds; }
const CommandKind& kind_of(const Command& command) { return kinds[command.index()]; }

bool may(Role role, const CommandKind& kind) {
    return std::find(kind.roles.begin(), kind.roles.end(), role) != kind.roles.end();
}

bool can_be_held(const CommandKind& kind) {
    constexpr std::array desks{Role::technician, Role::producer, Role::director, Role::facilitator};
    return kind.in_macros && std::any_of(desks.begin(), desks.end(), [&](Role role) { return may(role, kind); });
}

HeldCommand::HeldCommand(AnyCommand command) : held_(std::make_shared<const AnyCommand>(std::move(command))) {}

bool HeldCommand::operator==(const HeldCommand& other) const {
    if (held_ == other.held_) return true;
    return held_ != nullptr && other.held_ != nullptr && *held_ == *other.held_;
}

HeldCommand held(Command command) { return HeldCommand(AnyCommand{std::move(command)}); }

const FaceSetup* Setup::face(const FaceName& name) const {
    const auto at = std::find_if(faces.begin(), faces.end(), [&](const auto& f) { return f.name == name; });
    return at == faces.end() ? nullptr : &*at;
}

const SourceConfig* Setup::source(const SourceName& name) const {
    const auto at = std::find_if(sources.begin(), sources.end(), [&](const auto& s) { return s.name == name; });
    return at == sources.end() ? nullptr : &*at;
}

const TransitionSetup* Setup::transition(std::string_view name) const {
    const auto at = std::find_if(transitions.begin(), transitions.end(), [&](const auto& t) { return t.name == name; });
    return at == transitions.end() ? nullptr : &*at;
}

const CaptionTemplate* Setup::caption_template(std::string_view name) const {
    const auto at =
        std::find_if(caption_templates.begin(), caption_templates.end(), [&](const auto& t) { return t.name == name; });
    return at == caption_templates.end() ? nullptr : &*at;
}

const OperatorSetup* Setup::operator_named(std::string_view name) const {
    const auto at =
        std::find_if(operators.begin(), operators.end(), [&](const auto& o) { return o.name.text == name; });
    return at == operators.end() ? nullptr : &*at;
}

const StingerSetup* Setup::stinger(std::string_view name) const {
    const auto at =
        std::find_if(stingers.begin(), stingers.end(), [&](const auto& s) { return s.source.text == name; });
    return at == stingers.end() ? nullptr : &*at;
}

const Bus& Stage::bus(const FaceName& face) const {
    const auto at = faces.find(face);
    return at == faces.end() || !at->second.own ? program : *at->second.own;
}

Status do_one(ShowState& state, const Command& command, const Stamp& stamp, const Doing& doing) {
    return std::visit(
        [&](const auto& c) {
            if constexpr (requires { apply_to(state, c, stamp, doing); }) {
                return apply_to(state, c, stamp, doing);
            } else {
                return apply_to(state, c, stamp);
            }
        },
        command);
}

Status do_by_hand(const ShowState& before, ShowState& state, const Command& command, const Stamp& stamp,
                  const Doing& doing) {
    TRIBUNE_CHECK(do_one(state, command, stamp, doing));
    note_edit(before, state, command, stamp, doing.by);
    record_step(state, command, stamp, doing.by);
    return {};
}

Result<ShowState> apply(const ShowState& state, const Command& command, const Stamp& stamp, const Actor& by) {
    ShowState next = state;
    std::size_t commands = 0;
    TRIBUNE_CHECK(do_by_hand(state, next, command, stamp, {by, commands}));
    next.revision = stamp.sequence;
    next.at = stamp.at;
    return next;
}

}  // namespace tribune
