#include "show/show_file_rundown.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "show/apply.hpp"
#include "show/boards.hpp"
#include "show/codec.hpp"
#include "show/json_visitors.hpp"

namespace tribune::show_file {
namespace {

// --- Values -------------------------------------------------------------------------------------------------

bool read_colour(const toml::node& node, Colour& out, std::string_view name, Faults& faults) {
    std::string text;
    if (!read_text(node, text, name, faults)) return false;
    const auto fault = read_plain(Json(text), out, std::string(name));
    if (fault) faults.add(node.source(), *fault + ".");
    return !fault;
}

bool read_rect(const toml::node& node, Rect& out, std::string_view name, Faults& faults) {
    const auto* list = node.as_array();
    std::array<double, 4> values{};
    bool good = list != nullptr && list->size() == values.size();
    for (std::size_t i = 0; good && i < values.size(); ++i) {
        const auto number = list->get(i)->is_number() ? list->get(i)->value<double>() : std::nullopt;
        good = number.has_value();
        values[i] = number.value_or(0);
    }
    if (good) out = {values[0], values[1], values[2], values[3]};
    if (!good) {
        faults.add(node.source(),
                   fmt::format("{} must be [x, y, width, height] in shares of the whole, for example {} = [0.6, 0.05, "
                               "0.35, 0.35].",
                               name, name));
    }
    return good;
}

template <class T>
Key<T> colour_key(std::string_view name, std::string_view example, std::string_view help, Colour T::*member) {
    return {name, example, help,
            [=](const toml::node& node, T& out, Faults& faults) { read_colour(node, out.*member, name, faults); }};
}

// A name that is checked later.
template <class T, class Tag>
Key<T> word_key(std::string_view name, std::string_view example, std::string_view help, Name<Tag> T::*member) {
    return {name, example, help,
            [=](const toml::node& node, T& out, Faults& faults) { read_text(node, (out.*member).text, name, faults); }};
}

// A key of a part, as one of the whole.
template <class T, class Part>
Key<T> in(Part T::*part, Key<Part> key) {
    return {key.name, key.example, key.help,
            [=](const toml::node& node, T& out, Faults& faults) { key.read(node, out.*part, faults); }};
}
Key<FileLayer> of(Key<Layer> key) { return in(&FileLayer::layer, std::move(key)); }
Key<FileLayer> of_text(Key<TextContent> key) { return in(&FileLayer::text, std::move(key)); }

// --- Layers and scenes --------------------------------------------------------------------------------------

const std::vector<Key<tribune::Key>>& key_keys() {
    using T = tribune::Key;
    static const std::vector<Key<T>> keys{
        enum_key("kind", "\"chroma\"", "chroma or luma.", &T::kind),
        colour_key("colour", "\"#00ff00\"", "chroma: what is made clear.", &T::colour),
        number_key("similarity", "0.2", "How far from it is still clear.", &T::similarity, 0, 1),
        number_key("smoothness", "0.08", "From clear to whole.", &T::smoothness, 0, 1),
        number_key("spill", "0.1", "How far its tinge is taken out.", &T::spill, 0, 1),
        bool_key("invert", "false", "Keeps what would go.", &T::invert),
    };
    return keys;
}

// What a layer shows: one of these keys.
Key<FileLayer> content_key(std::string_view name, std::string_view example, std::string_view help,
                           bool (*read)(const toml::node&, FileLayer&, Faults&)) {
    return {name, example, help, [=](const toml::node& node, FileLayer& out, Faults& faults) {
                out.contents.emplace_back(name);
                out.content_at = node.source();
                (void)read(node, out, faults);
            }};
}

bool read_source(const toml::node& node, FileLayer& out, Faults& faults) {
    return read_text(node, out.layer.content.emplace<SourceContent>().source.text, "source", faults);
}
bool read_scene(const toml::node& node, FileLayer& out, Faults& faults) {
    return read_text(node, out.layer.content.emplace<SceneContent>().scene.text, "scene", faults);
}
bool read_said(const toml::node& node, FileLayer& out, Faults& faults) {
    out.layer.content = TextContent{};  // the rest of it when all keys are read
    return read_text(node, out.text.text, "text", faults);
}
bool read_wall(const toml::node& node, FileLayer& out, Faults& faults) {
    out.layer.content = WallContent{};
    if (node.value_exact<bool>() == true) return true;
    faults.add(node.source(), "wall must be true: the layer shows the room's words.");
    return false;
}
bool read_code(const toml::node& node, FileLayer& out, Faults& faults) {
    return read_text(node, out.layer.content.emplace<QrContent>().text, "qr", faults);
}
bool read_board(const toml::node& node, FileLayer& out, Faults& faults) {
    auto& content = out.layer.content.emplace<BoardContent>();  // whether it is a ring, when all keys are read
    if (!read_text(node, content.board, "board", faults)) return false;
    if (board_kind(content.board) != nullptr) return true;
    std::string known;
    for (const auto& kind : board_kinds) known += fmt::format("{}{}", known.empty() ? "" : ", ", kind.name);
    faults.add(node.source(), fmt::format("There is no board \"{}\": choose one of {}.", content.board, known));
    return false;
}
bool read_ground(const toml::node& node, FileLayer& out, Faults& faults) {
    auto& colour = out.layer.content.emplace<ColourContent>();
    const auto* list = node.as_array();
    if (list == nullptr) {
        const bool good = read_colour(node, colour.top, "colour", faults);
        colour.bottom = colour.top;
        return good;
    }
    if (list->size() == 2)
        return read_colour(*list->get(0), colour.top, "colour", faults) &&
               read_colour(*list->get(1), colour.bottom, "colour", faults);
    faults.add(node.source(), "colour must be one colour, or two: [\"#0b1026\", \"#1d2b53\"] from top to bottom.");
    return false;
}

const std::vector<Key<FileLayer>>& layer_keys() {
    const auto read_key = [](const toml::node& node, FileLayer& out, Faults& faults) {
        if (const auto* table = node.as_table()) {
            read_table(*table, key_keys(), out.layer.key.emplace(), faults);
        } else {
            faults.add(node.source(), "key must be a section, for example key = { kind = \"chroma\" }.");
        }
    };
    const auto rect = [](std::string_view name, Rect Layer::*member) {
        return [=](const toml::node& node, FileLayer& out, Faults& faults) {
            read_rect(node, out.layer.*member, name, faults);
            out.placed = out.placed || name == "place";
        };
    };
    static const std::vector<Key<FileLayer>> keys{
        of(word_key("name", "\"guest\"", "Its name in the scene; that of what it shows when left out.", &Layer::name)),
        content_key("source", "\"cam1\"", "Shows a source…", read_source),
        content_key("scene", "\"duo\"", "…or another scene…", read_scene),
        content_key("text", "\"{question}\"",
                    "…or a text: {question}, {title}, {answers}, {tables}, {clock} are filled in…", read_said),
        content_key("colour", "[\"#0b1026\", \"#1d2b53\"]", "…or one colour, or two from top to bottom…", read_ground),
        content_key("qr", "\"\"", "…or a QR code of this text; of the phones' page when it is empty…", read_code),
        content_key("wall", "true", "…or the room's words…", read_wall),
        content_key(
            "board", "\"voices\"",
            "…or a board: voices, themes, tensions, question, moves, tables, results, outcomes, spotlight, held.",
            read_board),
        bool_key("ring", "true", "The board goes round all faces: each shows its share.", &FileLayer::ring),
        of(bool_key("visible", "true", "Shown, or kept for later.", &Layer::visible)),
        {"place", "[0.6, 0.05, 0.35, 0.35]", "Left, top, width, height in shares of the scene.",
         rect("place", &Layer::place)},
        {"crop", "[0, 0, 1, 1]", "Which part of what it shows, likewise.", rect("crop", &Layer::crop)},
        of(enum_key("fit", "\"fill\"", "fit (whole), fill (cut at its edges) or stretch.", &Layer::fit)),
        of(number_key("rotation_deg", "0", "Clockwise about its middle.", &Layer::rotation_deg, -36000, 36000)),
        of(number_key("opacity", "1", "0 to 1.", &Layer::opacity, 0, 1)),
        of(number_key("corner_radius", "0.014", "In heights of the scene.", &Layer::corner_radius, 0, 1)),
        of(number_key("border_width", "0.0035", "In heights of the scene.", &Layer::border_width, 0, 0.5)),
        of(colour_key("border_colour", "\"#ffffff\"", "Of the border.", &Layer::border_colour)),
        of(enum_key("blend", "\"normal\"", "normal, add, subtract, screen, multiply, lighten or darken.",
                    &Layer::blend)),
        {"key", "{ kind = \"chroma\", colour = \"#00ff00\" }", "Makes a colour, or what is dark, clear.", read_key},
        of_text(number_key("text_size", "0.08", "Of a letter, in heights of the scene.", &TextContent::size, 0.005, 1)),
        of_text(number_key("text_weight", "600", "100 to 900.", &TextContent::weight, 100, 900)),
        of_text(enum_key("text_align", "\"left\"", "left, centre or right.", &TextContent::align)),
        of_text(colour_key("text_colour", "\"#ffffff\"", "Of the letters.", &TextContent::colour)),
    };
    return keys;
}

// --- Commands -----------------------------------------------------------------------------------------------

Json to_json(const toml::node& node) {
    if (const auto* table = node.as_table()) {
        Json out = Json::object();
        for (const auto& [key, value] : *table) out[std::string(key.str())] = to_json(value);
        return out;
    }
    if (const auto* list = node.as_array()) {
        Json out = Json::array();
        for (const auto& item : *list) out.push_back(to_json(item));
        return out;
    }
    if (node.is_boolean()) return *node.value<bool>();
    if (node.is_integer()) return *node.value<std::int64_t>();
    if (node.is_floating_point()) return *node.value<double>();
    if (const auto text = node.value_exact<std::string>()) return *text;
    return nullptr;  // dates: no command has one
}

// The fields of each command that a cue or macro may hold.
const std::map<std::string, std::vector<std::string>>& held_commands() {
    static const auto all = [] {
        std::map<std::string, std::vector<std::string>> out;
        const Json schema = command_schema();
        for (const auto& kind : command_kinds()) {
            if (!can_be_held(kind)) continue;
            auto& names = out[std::string(kind.name)];
            for (const auto& one : schema["oneOf"]) {
                if (one["title"] != std::string(kind.name)) continue;
                for (const auto& [field, _] : one["properties"].items()) names.push_back(field);
            }
            names.emplace_back("wait_ms");
        }
        return out;
    }();
    return all;
}

// The node that a fault speaks of: "layer.place.x must be …".
const toml::node& node_of(const toml::table& table, const std::string& fault) {
    const toml::node* at = &table;
    const std::string path = fault.substr(0, fault.find(' '));
    for (std::size_t begin = 0; begin < path.size();) {
        const std::size_t end = std::min(path.find_first_of(".[", begin), path.size());
        const std::string part = path.substr(begin, end - begin);
        const toml::node* next = nullptr;
        if (const auto* inner = at->as_table()) next = inner->get(part);
        if (const auto* list = at->as_array()) {
            std::size_t index = 0;
            std::from_chars(part.data(), part.data() + part.size(), index);
            next = list->get(index);
        }
        if (next == nullptr) break;
        at = next;
        begin = end + 1;
    }
    return *at;
}

bool read_step(const toml::table& table, Step& step, Faults& faults) {
    const auto* kind = table.get("kind");
    std::string name;
    if (kind == nullptr) {
        faults.add(table.source(), "This step does not say what to do: add kind = \"cut\", for example.");
        return false;
    }
    if (!read_text(*kind, name, "kind", faults)) return false;
    const auto& commands = held_commands();
    const auto known = commands.find(name);
    if (known == commands.end()) {
        std::vector<std::string_view> names;
        for (const auto& [command, _] : commands) names.push_back(command);
        faults.add(kind->source(), fmt::format("kind cannot be \"{}\" here: {}", name, advice(name, names)));
        return false;
    }
    bool good = true;
    for (const auto& [key, node] : table) {
        if (std::find(known->second.begin(), known->second.end(), key.str()) != known->second.end()) continue;
        faults.add(
            key.source(),
            fmt::format("\"{}\" has no key \"{}\": {}", name, key.str(),
                        advice(key.str(), std::vector<std::string_view>(known->second.begin(), known->second.end()))));
        good = false;
    }
    Json json = to_json(table);
    if (json.contains("wait_ms")) {
        if (auto fault = read_value(json["wait_ms"], step.wait_ms, "wait_ms")) {
            faults.add(table.get("wait_ms")->source(), *fault + ".");
            good = false;
        }
        json.erase("wait_ms");
    }
    if (!good) return false;
    const auto fault = read_plain(json, step.command, "");
    if (fault) faults.add(node_of(table, *fault).source(), *fault + ".");
    return !fault;
}

void read_steps(const toml::node& node, FileSteps& out, Faults& faults) {
    const auto* list = node.as_array();
    if (list == nullptr || (!list->empty() && !list->is_homogeneous(toml::node_type::table))) {
        faults.add(
            node.source(),
            "do must be a list of commands, for example do = [{ kind = \"preview\", scene = \"cam1\" }, { kind = "
            "\"take\" }].");
        return;
    }
    for (const auto& item : *list) {
        Step step;
        if (!read_step(*item.as_table(), step, faults)) continue;
        out.list.push_back(std::move(step));
        out.at.push_back(item.source());
    }
}

// "20:15", "20:15:30"; for the show's time hours may be more than a day's.
void read_time(const toml::node& node, FileCue& out, Faults& faults) {
    std::string text;
    if (!read_text(node, text, "at", faults)) return;
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    char rest = 0;
    const int read = std::sscanf(text.c_str(), "%3d:%2d:%2d%c", &hours, &minutes, &seconds, &rest);
    const bool good = (read == 2 || read == 3) && hours >= 0 && hours < 168 && minutes >= 0 && minutes < 60 &&
                      seconds >= 0 && seconds < 60;
    if (good) {
        out.cue.start.at_s = hours * 3600 + minutes * 60 + seconds;
    } else {
        faults.add(node.source(), fmt::format("at \"{}\" must be a time such as \"20:15\" or \"20:15:30\".", text));
    }
}

// --- Trying -------------------------------------------------------------------------------------------------

// What is wrong with a command whatever the hour; all else depends on what went before. Transition shaders are looked
// for beside the file, after it is read.
bool is_about_file(const std::string& code) {
    static const std::set<std::string> codes{"unknown_scene",  "unknown_source", "unknown_face", "unknown_layer",
                                             "unknown_layout", "unknown_macro",  "not_a_clip",   "bad_scene",
                                             "bad_clip",       "bad_channel",    "bad_file",     "bad_name"};
    return codes.contains(code);
}

void try_steps(ShowState state, const std::vector<Step>& steps, const std::vector<toml::source_region>& at,
               Faults& faults) {
    const Actor nobody{Role::machine, "file", {}};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        std::size_t commands = 0;
        const Command& command = steps[i].command.get()->command;
        ShowState next = state;
        Status done;
        if (const auto* run = std::get_if<RunMacro>(&command)) {
            if (state.rundown->macro(run->macro) == nullptr)
                done = Error{"unknown_macro", fmt::format("There is no macro \"{}\".", run->macro.text)};
        } else {
            done = do_one(next, command, Stamp{}, {nobody, commands});
        }
        if (done) {
            state = std::move(next);
        } else if (is_about_file(done.error().code)) {
            faults.add(at[i], done.error().message);
        }
    }
}

}  // namespace

const std::vector<Key<FileScene>>& scene_keys() {
    using T = FileScene;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"duo\"", "Its name in commands.", &T::name),
        text_key("label", "\"Interview\"", "What people read; the name when left out.", &T::label),
        {"layout", "\"side_by_side\"",
         "Places the layers that say no place: full, side_by_side, corner_top_left, corner_top_right, "
         "corner_bottom_left, corner_bottom_right, three_up, quad or speaker_and_wall.",
         [](const toml::node& node, T& out, Faults& faults) {
             out.layout_at = node.source();
             read_text(node, out.layout, "layout", faults);
         }},
        list_key("layer", "Its layers, from back to front.", &T::layers, layer_keys()),
    };
    return keys;
}

const std::vector<Key<FileCue>>& cue_keys() {
    using T = FileCue;
    const auto of_cue = [](Key<RundownCue> key) { return in(&T::cue, std::move(key)); };
    const auto of_start = [&](Key<CueTrigger> key) { return of_cue(in(&RundownCue::start, std::move(key))); };
    static const std::vector<Key<T>> keys{
        of_cue(
            word_key("number", "\"1\"", "As it stands in the rundown; its place when left out.", &RundownCue::number)),
        of_cue(text_key("label", "\"Accueil\"", "What people read.", &RundownCue::label)),
        of_cue(text_key("note", "\"Lumières de salle à 50 %\"", "For those who run the show.", &RundownCue::note)),
        {"colour", "\"#e8a33d\"", "To find it by.",
         [](const toml::node& node, T& out, Faults& faults) {
             read_colour(node, out.cue.colour.emplace(), "colour", faults);
         }},
        of_start(
            enum_key("start", "\"hand\"",
                     "hand (GO), after (the cue before went), ended (all that the cue before began is over), clock "
                     "(a time of day) or show (a time since the first cue).",
                     &CueTrigger::kind)),
        of_start(
            number_key("delay_ms", "1500", "after, ended: so much later.", &CueTrigger::delay_ms, 0, longest_wait_ms)),
        {"at", "\"20:15\"", "clock: the time of day; show: the time since the first cue.", read_time},
        {"do", "[{ kind = \"cut\", scene = \"cam1\" }]",
         "The commands, each with its kind and fields ([protocol.md](protocol.md)); with wait_ms it comes so much "
         "after the one before, else together with it.",
         [](const toml::node& node, T& out, Faults& faults) { read_steps(node, out.steps, faults); }},
    };
    return keys;
}

const std::vector<Key<FileMacro>>& macro_keys() {
    using T = FileMacro;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"salle\"", "Its name in commands.", &T::name),
        text_key("label", "\"Tour de salle\"", "What people read; the name when left out.", &T::label),
        {"do", "[{ kind = \"cut\", scene = \"cam1\" }]", "The commands, as in a cue.",
         [](const toml::node& node, T& out, Faults& faults) { read_steps(node, out.steps, faults); }},
    };
    return keys;
}

namespace {

// Where layer `i` of scene `at` stands.
toml::source_region layer_region(const toml::table& table, std::size_t at, std::size_t i) {
    const auto* scene = table["scene"][at].as_table();
    return scene == nullptr ? table.source() : region(*scene, "layer", i);
}

void finish_layer(FileLayer& file, const toml::source_region& at, const FileRundown& rundown,
                  const std::vector<SourceConfig>& sources, Faults& faults) {
    if (file.contents.size() != 1) {
        faults.add(at, file.contents.empty()
                           ? "This layer shows nothing: add source, scene, text, colour, wall or board."
                           : fmt::format("This layer can show one thing, not {}: make a layer of each.",
                                         fmt::join(file.contents, " and ")));
        return;
    }
    Layer& layer = file.layer;
    std::vector<std::string_view> names;
    if (const auto* source = std::get_if<SourceContent>(&layer.content)) {
        for (const auto& s : sources) names.push_back(s.name.text);
        if (std::find(names.begin(), names.end(), source->source.text) == names.end())
            faults.add(file.content_at, fmt::format("There is no source \"{}\": {}", source->source.text,
                                                    advice(source->source.text, names)));
        if (layer.name.empty()) layer.name.text = source->source.text;
    } else if (const auto* scene = std::get_if<SceneContent>(&layer.content)) {
        for (const auto& s : rundown.scenes) names.push_back(s.name.text);
        if (std::find(names.begin(), names.end(), scene->scene.text) == names.end())
            faults.add(file.content_at, fmt::format("There is no scene \"{}\": {}", scene->scene.text,
                                                    advice(scene->scene.text, names)));
        if (layer.name.empty()) layer.name.text = scene->scene.text;
    } else if (std::holds_alternative<TextContent>(layer.content)) {
        layer.content = file.text;
    } else if (auto* board = std::get_if<BoardContent>(&layer.content)) {
        board->ring = file.ring;
        if (layer.name.empty()) layer.name.text = board->board;
    }
    if (layer.name.empty()) layer.name.text = file.contents.front();
}

void place_layers(FileScene& scene, Faults& faults) {
    if (scene.layout.empty()) return;
    const auto& all = layouts();
    const auto layout = std::find_if(all.begin(), all.end(), [&](const Layout& l) { return l.name == scene.layout; });
    if (layout == all.end()) {
        std::vector<std::string_view> names;
        for (const auto& l : all) names.push_back(l.name);
        faults.add(scene.layout_at,
                   fmt::format("There is no layout \"{}\": {}", scene.layout, advice(scene.layout, names)));
        return;
    }
    std::size_t next = 0;
    for (auto& file : scene.layers) {
        if (file.placed || next == layout->places.size()) continue;
        const Layer& wanted = layout->places[next++];
        file.layer.place = wanted.place;
        file.layer.fit = wanted.fit;
        file.layer.corner_radius = wanted.corner_radius;
        file.layer.border_width = wanted.border_width;
        file.layer.border_colour = wanted.border_colour;
    }
}

}  // namespace

void finish_scenes(const toml::table& table, FileRundown& file, const std::vector<SourceConfig>& sources,
                   Faults& faults) {
    check_names(table, "scene", file.scenes, faults);
    for (std::size_t at = 0; at < file.scenes.size(); ++at) {
        FileScene& scene = file.scenes[at];
        if (std::any_of(sources.begin(), sources.end(), [&](const auto& s) { return s.name.text == scene.name.text; }))
            faults.add(region(table, "scene", at),
                       fmt::format("\"{}\" is a source: give the scene another name.", scene.name.text));
        std::set<std::string> names;
        for (std::size_t i = 0; i < scene.layers.size(); ++i) {
            FileLayer& layer = scene.layers[i];
            const bool named = !layer.layer.name.empty();
            finish_layer(layer, layer_region(table, at, i), file, sources, faults);
            if (names.insert(layer.layer.name.text).second) continue;
            if (named) {
                faults.add(layer_region(table, at, i),
                           fmt::format("Two layers are called \"{}\": give each its own name.", layer.layer.name.text));
            } else {
                layer.layer.name.text += fmt::format("-{}", i + 1);
            }
        }
        place_layers(scene, faults);
    }
}

void finish_cues(const toml::table& table, FileRundown& file, Faults& faults) {
    check_names(table, "macro", file.macros, faults);
    std::set<std::string> numbers;
    for (std::size_t i = 0; i < file.cues.size(); ++i) {
        RundownCue& cue = file.cues[i].cue;
        cue.steps = file.cues[i].steps.list;
        if (cue.number.empty()) cue.number.text = fmt::format("{}", i + 1);
        if (!numbers.insert(cue.number.text).second)
            faults.add(region(table, "cue", i),
                       fmt::format("The cue number \"{}\" is used twice: give each its own.", cue.number.text));
        if (const auto good = check_cue(cue); !good) faults.add(region(table, "cue", i), good.error().message);
    }
    for (std::size_t i = 0; i < file.macros.size(); ++i) {
        const auto& macro = file.macros[i];
        if (const auto good = check_macro({macro.name, macro.label, macro.steps.list}); !good)
            faults.add(region(table, "macro", i), good.error().message);
    }
}

void add_rundown(FileRundown file, Setup& setup, const toml::table& table, Faults& faults) {
    for (const auto& from : file.scenes) {
        Scene scene{from.name, from.label, {}, {}};
        for (const auto& layer : from.layers) scene.layers.push_back(layer.layer);
        setup.scenes.push_back(std::move(scene));
    }
    for (const auto& from : file.cues) setup.cues.push_back(from.cue);
    for (const auto& from : file.macros) setup.macros.push_back({from.name, from.label, from.steps.list});
    SceneBook book;
    for (const auto& scene : setup.scenes) book.scenes[scene.name] = scene;
    for (std::size_t i = 0; i < setup.scenes.size(); ++i) {
        if (scene_fits(book, setup.scenes[i].name)) continue;
        return faults.add(region(table, "scene", i),
                          fmt::format("The scene \"{}\" shows itself, or scenes in scenes more than {} deep.",
                                      setup.scenes[i].name.text, most_scene_depth));
    }
    const auto loaded = apply(ShowState{}, LoadShow{setup}, Stamp{1, {}, 0});
    if (!loaded) return faults.add(table.source(), loaded.error().message);
    for (std::size_t i = 0; i < setup.scenes.size(); ++i) {
        const Scene& scene = setup.scenes[i];
        if (const auto good = check_scene_contents(*loaded, scene.name, scene.layers); !good)
            faults.add(region(table, "scene", i), good.error().message);
    }
    for (const auto& cue : file.cues) try_steps(*loaded, cue.steps.list, cue.steps.at, faults);
    for (const auto& macro : file.macros) try_steps(*loaded, macro.steps.list, macro.steps.at, faults);
}

void describe_rundown(std::string& out) {
    describe(out, "[[scene]]", scene_keys());
    describe(out, "[[scene.layer]]", layer_keys());
    describe(out, "key of a layer", key_keys());
    describe(out, "[[cue]]", cue_keys());
    describe(out, "[[macro]]", macro_keys());
}

}  // namespace tribune::show_file
