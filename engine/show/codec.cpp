#include "show/codec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "show/edits.hpp"
#include "show/json_visitors.hpp"
#include "show/rights.hpp"
#include "show/voice_views.hpp"

namespace tribune {
namespace {

Error bad(std::string_view code, const std::string& fault) {
    return {std::string(code), fmt::format("Not understood: {}.", fault)};
}

template <class T>
Result<T> decode_struct(const Json& json) {
    T value{};
    if (auto fault = read_struct(json, value, "")) return bad("bad_message", *fault);
    return value;
}

// The command's struct, by its position in the variant.
template <std::size_t I>
Fault read_command(const Json& json, Command& command, const std::string& path) {
    return read_struct(json, command.emplace<I>(), path, 1);
}
template <std::size_t I>
Json schema_of_command() {
    return schema_of<std::variant_alternative_t<I, CommandVariant>>();
}

struct CommandCodec {
    Fault (*read)(const Json& json, Command& command, const std::string& path);
    Json (*schema)();
};
constexpr auto command_codecs = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array{CommandCodec{read_command<I>, schema_of_command<I>}...};
}
(std::make_index_sequence<std::variant_size_v<CommandVariant>>());

// By the name of its kind; null: there is none.
const CommandCodec* codec_of(std::string_view name) {
    const auto kinds = command_kinds();
    const auto row = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.name == name; });
    return row == kinds.end() ? nullptr : &command_codecs[static_cast<std::size_t>(row - kinds.begin())];
}

// No message of ours nests deeper; the reader of CBOR calls itself once a level.
constexpr int most_depth = 32;

// Builds the value, and gives up where it nests too deep.
class BoundedDepth : public nlohmann::detail::json_sax_dom_parser<Json> {
  public:
    explicit BoundedDepth(Json& out) : json_sax_dom_parser(out, false) {}
    bool start_object(std::size_t elements) {
        return ++depth_ <= most_depth && json_sax_dom_parser::start_object(elements);
    }
    bool start_array(std::size_t elements) {
        return ++depth_ <= most_depth && json_sax_dom_parser::start_array(elements);
    }
    bool end_object() {
        --depth_;
        return json_sax_dom_parser::end_object();
    }
    bool end_array() {
        --depth_;
        return json_sax_dom_parser::end_array();
    }

  private:
    int depth_ = 0;
};

// The file of the media folder that a source is; empty for any other.
std::string media_name(const Setup& setup, const SourceConfig& source) {
    const std::string folder = setup.media + "/";
    return !source.live && source.url.starts_with(folder) ? source.url.substr(folder.size()) : "";
}

// What a role would undo, or bring back: what was done to what, by whom.
Json edit_view(const Setup& setup, Role role, const std::vector<Edit>& edits) {
    const Actor somebody{role, "", {}};
    const auto last =
        std::find_if(edits.rbegin(), edits.rend(), [&](const Edit& e) { return may_do(setup, somebody, e.command); });
    if (last == edits.rend()) return nullptr;
    const auto name_of = [](const Piece& piece) { return std::visit([](const auto& p) { return p.key.text; }, piece); };
    std::string name = name_of(last->after);
    if (name.empty()) name = name_of(last->before);  // a question that is gone
    return {{"command", last->command}, {"name", std::move(name)}, {"part", last->part}, {"by", last->by}};
}
Json edits_view(const ShowState& state) {
    Json out;
    for (const Role role : {Role::producer, Role::director}) {
        out[std::string(to_string(role))] = {{"undo", edit_view(*state.setup, role, state.edits->done)},
                                             {"redo", edit_view(*state.setup, role, state.edits->undone)}};
    }
    return out;
}

// The rundown and where it stands, without the steps of what runs.
Json rundown_view(const ShowState& state) {
    Json out = write_value(*state.rundown);
    const RundownState& stands = state.stage.rundown;
    const RundownCue* next = next_cue(state);
    Json runs = Json::array();
    for (const auto& run : stands.runs) {
        runs.push_back({{"cue", run.cue.text},
                        {"macro", run.macro.text},
                        {"by", run.by.name},
                        {"step", run.next},
                        {"steps", run.steps.size()},
                        {"due", write_value(run.due)}});
    }
    Json recording = nullptr;
    if (const auto& r = stands.recording) {
        recording = {{"macro", r->macro.text}, {"by", r->by.name},         {"timing", r->timing},
                     {"full", r->full},        {"steps", r->steps.size()}, {"own_only", r->own_only}};
    }
    out["current"] = stands.current.text;
    out["since"] = write_value(stands.since);
    out["begun"] = write_value(stands.begun);
    out["next"] = next == nullptr ? Json(nullptr) : Json(next->number.text);
    out["chosen"] = stands.standby.has_value();
    out["due"] = write_value(next_cue_due(state));
    out["hold"] = stands.hold;
    out["in_hand"] = stands.by.name;
    out["runs"] = std::move(runs);
    out["recording"] = std::move(recording);
    out["fault"] = write_value(stands.fault);
    return out;
}

Json multiview_json(const ShowState& state) {
    Json layouts = Json::array();
    for (const auto& layout : multiview_layouts()) layouts.push_back(std::string(layout.name));
    Json cells = Json::array();
    for (const auto& cell : placed_cells(state))
        cells.push_back({{"place", write_value(cell.place)}, {"shows", cell.shows}});
    return {{"layouts", std::move(layouts)}, {"cells", std::move(cells)}};
}

std::int64_t milliseconds(Nanoseconds t) { return std::chrono::duration_cast<std::chrono::milliseconds>(t).count(); }
std::int64_t milliseconds(ShowTime t) { return milliseconds(t.since_start); }

template <class T>
Json write_shared(const std::shared_ptr<const T>& value) {
    return value ? write_value(*value) : Json(nullptr);
}

// What is told of a round to everyone; times in milliseconds of show time.
Json round_view(const Round& r, const std::string& language) {
    return {{"number", r.number},
            {"question", r.question},
            {"language", r.language.empty() ? language : r.language},
            {"parts", r.parts},
            {"started_ms", milliseconds(r.started)},
            {"length_ms", r.length ? Json(milliseconds(*r.length)) : Json(nullptr)},
            {"paused_ms", milliseconds(r.paused)},
            {"paused_since_ms", r.paused_since ? Json(milliseconds(*r.paused_since)) : Json(nullptr)},
            {"close_at_end", r.close_at_end}};
}

Json notice_view(const std::optional<Notice>& notice) {
    if (!notice) return nullptr;
    return {{"text", notice->text},
            {"at_ms", milliseconds(notice->at)},
            {"length_ms", milliseconds(notice->length)},
            {"on_faces", notice->on_faces}};
}

Json bell_view(const ShowState& state) {
    const auto& bell = state.stage.sound.bell;
    return bell ? Json(milliseconds(*bell)) : Json(nullptr);
}

// Where the plan stands; who sits where is asked for, or told as `seating`.
Json rotation_view(const Room& room) {
    Json out = {{"wanted", room.wanted_rotation.has_value()},
                {"problem", room.rotation_problem},
                {"undo", room.rotation_before != nullptr},
                {"plan", nullptr}};
    if (!room.rotation) return out;
    const Rotation& r = *room.rotation;
    const auto& now = r.plan.rounds[r.sits];
    std::size_t people = 0;
    std::size_t fewest = now.empty() ? 0 : now.front().size();
    std::size_t most = 0;
    for (const auto& table : now) {
        people += table.size();
        fewest = std::min(fewest, table.size());
        most = std::max(most, table.size());
    }
    out["plan"] = {{"wish", write_value(r.wish)},
                   {"rounds", r.plan.rounds.size()},
                   {"sits", r.sits},
                   {"people", people},
                   {"fewest", fewest},
                   {"most", most},
                   {"repeated_pairs", r.plan.repeated_pairs}};
    return out;
}

}  // namespace

Json encode(const Command& command) {
    Json out = std::visit([](const auto& c) { return write_value(c); }, command);
    out["kind"] = std::string(kind_of(command).name);
    return out;
}

Result<Command> decode_command(const Json& json) {
    if (!json.is_object()) return bad("bad_command", "a command must be an object");
    const auto kind = json.find("kind");
    if (kind == json.end() || !kind->is_string()) return bad("bad_command", "kind is missing");
    const auto& name = kind->get_ref<const std::string&>();
    const CommandCodec* codec = codec_of(name);
    if (codec == nullptr)
        return Error{"unknown_command", fmt::format("There is no command \"{}\": see `tribune schema`.", name)};
    Command command;
    if (auto fault = codec->read(json, command, "")) return bad("bad_command", *fault);
    return command;
}

Json write_plain(const HeldCommand& v) { return v.get() == nullptr ? Json(nullptr) : encode(v.get()->command); }

Fault read_plain(const Json& json, HeldCommand& v, const std::string& path) {
    const auto kind = json.is_object() ? json.find("kind") : json.end();
    if (!json.is_object() || kind == json.end() || !kind->is_string()) return wrong(path, "a command with its kind");
    const auto& name = kind->get_ref<const std::string&>();
    const CommandCodec* codec = codec_of(name);
    // Looked at before what is in it: nothing that holds commands lies in one that is held.
    if (codec == nullptr || !can_be_held(command_kinds()[static_cast<std::size_t>(codec - command_codecs.data())]))
        return fmt::format("{}.kind cannot be \"{}\" in a cue or macro", path, name);
    Command command;
    if (auto fault = codec->read(json, command, path)) return fault;
    v = held(std::move(command));
    return std::nullopt;
}

Json encode(const Record& record) {
    return {{"stamp", write_value(record.stamp)},
            {"actor", write_value(record.actor)},
            {"command", encode(record.command)}};
}

Result<Record> decode_record(const Json& json) {
    if (!json.is_object() || !json.contains("stamp") || !json.contains("actor") || !json.contains("command")) {
        return bad("bad_record", "a record has stamp, actor and command");
    }
    Record record;
    if (auto fault = read_value(json["stamp"], record.stamp, "stamp")) return bad("bad_record", *fault);
    if (auto fault = read_value(json["actor"], record.actor, "actor")) return bad("bad_record", *fault);
    TRIBUNE_TRY(record.command, decode_command(json["command"]));
    return record;
}

namespace {

// Of contributions that do not stand as they were sent.
Json standings_json(const Room& room) {
    Json out = Json::array();
    for (const auto& contribution : room.contributions) {
        const auto* standing = room.consolidation.standings.find(contribution.id);
        if (standing == nullptr) continue;
        Json one = write_value(**standing);
        one["contribution"] = to_string(contribution.id);
        out.push_back(std::move(one));
    }
    return out;
}

Fault read_standings(const Json& json, Room& room) {
    if (!json.is_array()) return wrong("standings", "a list");
    for (Json one : json) {
        const auto id = one.is_object() && one.contains("contribution") ? one["contribution"] : Json();
        const auto known = id.is_string() ? parse_uuid(id.get_ref<const std::string&>()) : std::nullopt;
        if (!known) return wrong("standings", "of contributions");
        one.erase("contribution");
        Standing standing;
        if (auto fault = read_value(one, standing, "standings")) return fault;
        room.consolidation.standings.set(*known, std::make_shared<const Standing>(std::move(standing)));
    }
    return std::nullopt;
}

// What is told by the lists of casts is counted again.
void recount(Weighing& read) {
    Weighing counted;
    counted.door = read.door;
    counted.polls = std::move(read.polls);
    counted.last_poll = read.last_poll;
    for (const auto& profile : read.told) counted.tell(profile);
    for (const auto& like : read.likes) counted.cast(like);
    for (const auto& weigh : read.weighed) counted.cast(weigh);
    for (const auto& vote : read.votes) counted.cast(vote);
    read = std::move(counted);
}

}  // namespace

Json encode(const ShowState& state) {
    return {{"revision", state.revision},
            {"at", write_value(state.at)},
            {"setup", write_value(*state.setup)},
            {"stage", write_value(state.stage)},
            {"scenes", write_value(*state.scenes)},
            {"rundown", write_value(*state.rundown)},
            {"edits", write_value(*state.edits)},
            {"captions", write_value(*state.captions)},
            {"surfaces", write_value(*state.surfaces)},
            {"prepared", write_value(state.room.prepared)},
            {"prepared_item", state.room.prepared_item},
            {"agenda", write_value(state.room.agenda)},
            {"last_item", state.room.last_item},
            {"rounds", write_value(state.room.rounds)},
            {"notice", write_value(state.room.notice)},
            {"wanted_rotation", write_value(state.room.wanted_rotation)},
            {"rotation_problem", state.room.rotation_problem},
            {"rotation", write_shared(state.room.rotation)},
            {"rotation_before", write_shared(state.room.rotation_before)},
            {"contributions", write_value(state.room.contributions)},
            {"consolidation", write_value(state.room.consolidation)},
            {"standings", standings_json(state.room)},
            {"weighing", write_value(state.room.weighing)}};
}

Result<ShowState> decode_state(const Json& json) {
    ShowState state;
    Setup setup;
    SceneBook scenes;
    Rundown rundown;
    EditHistory edits;
    CaptionBook captions;
    SurfaceBook surfaces;
    std::optional<Rotation> rotation;
    std::optional<Rotation> before;
    const auto read = [&](const char* name, auto& value) -> Fault {
        if (!json.is_object() || !json.contains(name)) return fmt::format("{} is missing", name);
        return read_value(json[name], value, name);
    };
    for (const Fault& fault :
         {read("revision", state.revision),
          read("at", state.at),
          read("setup", setup),
          read("stage", state.stage),
          read("captions", captions),
          read("surfaces", surfaces),
          read("scenes", scenes),
          read("rundown", rundown),
          read("edits", edits),
          read("prepared", state.room.prepared),
          read("prepared_item", state.room.prepared_item),
          read("agenda", state.room.agenda),
          read("last_item", state.room.last_item),
          read("rounds", state.room.rounds),
          read("notice", state.room.notice),
          read("wanted_rotation", state.room.wanted_rotation),
          read("rotation_problem", state.room.rotation_problem),
          read("rotation", rotation),
          read("rotation_before", before),
          read("contributions", state.room.contributions),
          read("consolidation", state.room.consolidation),
          json.is_object() && json.contains("standings") ? read_standings(json["standings"], state.room)
                                                         : Fault("standings is missing"),
          read("weighing", state.room.weighing)}) {
        if (fault) return bad("bad_state", *fault);
    }
    state.setup = std::make_shared<const Setup>(std::move(setup));
    state.scenes = std::make_shared<const SceneBook>(std::move(scenes));
    state.rundown = std::make_shared<const Rundown>(std::move(rundown));
    state.edits = std::make_shared<const EditHistory>(std::move(edits));
    state.captions = std::make_shared<const CaptionBook>(std::move(captions));
    state.surfaces = std::make_shared<const SurfaceBook>(std::move(surfaces));
    if (rotation) state.room.rotation = std::make_shared<const Rotation>(*std::move(rotation));
    if (before) state.room.rotation_before = std::make_shared<const Rotation>(*std::move(before));
    for (std::size_t i = 0; i < state.room.contributions.size(); ++i) state.room.index(i);
    state.room.index_standings();
    recount(state.room.weighing);
    return state;
}

Json encode(const Stage& stage) { return write_value(stage); }
Result<Stage> decode_stage(const Json& json) { return decode_struct<Stage>(json); }
Json encode(const Actor& actor) { return write_value(actor); }
Result<Actor> decode_actor(const Json& json) { return decode_struct<Actor>(json); }
Json encode(const Actual& actual) { return write_value(actual); }
Result<Actual> decode_actual(const Json& json) { return decode_struct<Actual>(json); }
Json encode(const SoundLevels& levels) { return write_value(levels); }
Result<SoundLevels> decode_sound_levels(const Json& json) { return decode_struct<SoundLevels>(json); }
Json encode(const SourceHealth& health) { return write_value(health); }
Result<SourceHealth> decode_source_health(const Json& json) { return decode_struct<SourceHealth>(json); }
Json encode(const SourceConfig& config) { return write_value(config); }
Result<SourceConfig> decode_source_config(const Json& json) { return decode_struct<SourceConfig>(json); }
Json encode(const RecordingSetup& setup) { return write_value(setup); }
Result<RecordingSetup> decode_recording_setup(const Json& json) { return decode_struct<RecordingSetup>(json); }
Json encode(const Transport& transport) { return write_value(transport); }
Result<Transport> decode_transport(const Json& json) { return decode_struct<Transport>(json); }
Json encode(const Contribution& contribution) { return write_value(contribution); }
Json encode(const Binding& binding) { return write_value(binding); }

std::string_view to_string(ContributionKind kind) {
    for (const auto& [one, name] : contribution_kinds) {
        if (one == kind) return name;
    }
    return {};
}

std::optional<ContributionKind> parse_contribution_kind(std::string_view text) {
    for (const auto& [kind, name] : contribution_kinds) {
        if (name == text) return kind;
    }
    return std::nullopt;
}

Json desk_view(const ShowState& state) {
    Json faces = Json::array();
    for (const auto& f : state.setup->faces) {
        faces.push_back({{"name", f.name.text}, {"width", f.size.width}, {"height", f.size.height}});
    }
    Json sources = Json::array();
    for (const auto& s : state.setup->sources) {
        sources.push_back({{"name", s.name.text},
                           {"label", s.label.empty() ? s.name.text : s.label},
                           {"media", media_name(*state.setup, s)},
                           {"file", !s.live},
                           {"added", s.added}});
    }
    Json transitions = Json::array();  // their texts are asked for one by one
    for (const auto& t : state.setup->transitions)
        transitions.push_back({{"name", t.name}, {"parameters", write_value(t.parameters)}});
    Json templates = Json::array();
    for (const auto& t : state.setup->caption_templates) {
        Json one = write_value(t);
        one.erase("toml");
        templates.push_back(std::move(one));
    }
    Json rounds = Json::array();
    for (const auto& r : state.room.rounds) {
        const auto* answers = state.room.answers_of_round.find(r.number);
        Json one = round_view(r, state.setup->language);
        one["open"] = r.open;
        one["item"] = r.item;
        one["ended_ms"] = milliseconds(r.ended);
        one["elapsed_ms"] = milliseconds(elapsed(r, r.ended));
        one["answers"] = answers == nullptr ? 0 : *answers;
        rounds.push_back(std::move(one));
    }
    Json stage = write_value(state.stage);
    stage.erase("rundown");
    return {{"title", state.setup->title},
            {"language", state.setup->language},
            {"languages", state.setup->languages},
            {"revision", state.revision},
            {"setup",
             {{"faces", std::move(faces)},
              {"sources", std::move(sources)},
              {"outputs", write_value(state.setup->outputs)},
              {"media", state.setup->media},
              {"sound_outputs", write_value(state.setup->sound_outputs)},
              {"tables", state.setup->tables},
              {"rate", write_value(state.setup->rate)},
              {"surfaces", write_value(state.setup->surfaces)},
              {"transitions", std::move(transitions)},
              {"caption_templates", std::move(templates)},
              {"people", write_value(state.setup->people)},
              {"faults", write_value(state.setup->faults)},
              {"stingers", write_value(state.setup->stingers)}}},
            {"multiview", multiview_json(state)},
            {"stage", std::move(stage)},
            {"scenes", {{"list", write_value(state.scenes->scenes)}}},
            {"captions", write_value(state.captions->list)},
            {"rundown", rundown_view(state)},
            {"edits", edits_view(state)},
            {"bindings", write_value(state.surfaces->bindings)},
            {"room",
             {{"prepared", write_value(state.room.prepared)},
              {"prepared_item", state.room.prepared_item},
              {"agenda", write_value(state.room.agenda)},
              {"rounds", std::move(rounds)},
              {"notice", notice_view(state.room.notice)},
              {"notices", write_value(state.setup->notices)},
              {"rotation", rotation_view(state.room)},
              {"polls", polls_view(state)},
              {"door", write_value(state.room.weighing.door)},
              {"moderation", write_value(state.room.consolidation.moderation)},
              {"waiting", state.room.consolidation.waiting},
              {"deeds", state.room.consolidation.deeds.size()},
              {"answers", state.room.contributions.size()},
              {"tables_heard", state.room.answers_of_table.size()}}}};
}

Json room_view(const ShowState& state) {
    Json round = nullptr;
    if (const Round* open = state.room.open_round()) {
        round = round_view(*open, state.setup->language);
    }
    return {{"title", state.setup->title},
            {"language", state.setup->language},
            {"languages", state.setup->languages},
            {"round", std::move(round)},
            {"notice", notice_view(state.room.notice)},
            {"warn_s", state.setup->notices.warn_s},
            {"bell_ms", bell_view(state)}};
}

Json seating_view(const ShowState& state) {
    if (!state.room.rotation)
        return {{"unit", nullptr}, {"sits", 0}, {"rounds", 0}, {"now", nullptr}, {"next", nullptr}};
    const Rotation& r = *state.room.rotation;
    const auto& rounds = r.plan.rounds;
    return {{"unit", write_value(r.wish.unit)},
            {"sits", r.sits},
            {"rounds", rounds.size()},
            {"now", rounds[r.sits]},
            {"next", r.sits + 1 < rounds.size() ? Json(rounds[r.sits + 1]) : Json(nullptr)}};
}

Json command_schema() {
    Json list = Json::array();
    for (std::size_t i = 0; i < command_codecs.size(); ++i) {
        const auto& kind = command_kinds()[i];
        Json schema = command_codecs[i].schema();
        schema["properties"]["kind"] = {{"const", std::string(kind.name)}};
        schema["required"].push_back("kind");
        schema["title"] = std::string(kind.name);
        schema["description"] = std::string(kind.help);
        for (const Role role : kind.roles) schema["x-roles"].push_back(std::string(to_string(role)));
        list.push_back(std::move(schema));
    }
    return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
            {"title", "Tribune command"},
            {"oneOf", std::move(list)}};
}

std::string pack(const Json& json) {
    std::string out;
    Json::to_cbor(json, nlohmann::detail::output_adapter<char>(out));
    return out;
}

Result<Json> unpack(std::string_view bytes) {
    const Error refused{"bad_bytes", "These bytes are not a message of this program."};
    Json json;
    try {
        BoundedDepth builder(json);
        if (!Json::sax_parse(bytes, &builder, Json::input_format_t::cbor)) return refused;
    } catch (const std::exception&) {
        return refused;  // such as a list that announces more items than memory has
    }
    return json;
}

}  // namespace tribune
