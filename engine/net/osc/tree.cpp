#include "net/osc/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include <nlohmann/json.hpp>

#include "show/codec.hpp"
#include "show/tally.hpp"

namespace tribune::net::osc {
namespace {

constexpr std::string_view face_part = "{face}";
constexpr std::string_view macro_part = "{macro}";

// The arguments of a message, read strictly; the first fault stays.
class Arguments {
  public:
    explicit Arguments(const std::vector<Argument>& list) : list_(list) {}

    std::string text() {
        const Argument* argument = next();
        const auto* value = argument == nullptr ? nullptr : std::get_if<std::string>(argument);
        if (value == nullptr || value->empty()) return fault("a text is missing"), std::string();
        return *value;
    }
    // A text, or a number as one: senders of cues have either.
    std::string name() {
        const bool number = more() && !std::holds_alternative<std::string>(list_[at_]);
        return number ? fmt::format("{:g}", this->number(0, 1e6)) : text();
    }
    double number(double least, double most) {
        const Argument* argument = next();
        const double value = argument == nullptr ? nan_ : std::visit(AsNumber{}, *argument);
        if (value >= least && value <= most) return value;
        fault(fmt::format("a number from {} to {} is missing", least, most));
        return least;
    }
    // 0 or 1, true or false.
    bool flag() {
        const Argument* argument = next();
        const double value = argument == nullptr ? nan_ : std::visit(AsNumber{}, *argument);
        if (value == 0 || value == 1) return value == 1;
        fault("0 or 1 is missing");
        return false;
    }
    [[nodiscard]] bool more() const { return at_ < list_.size(); }
    [[nodiscard]] std::optional<std::string> problem() const {
        if (fault_) return fault_;
        return more() ? std::optional<std::string>("there are too many arguments") : std::nullopt;
    }

  private:
    struct AsNumber {
        double operator()(std::int32_t v) const { return v; }
        double operator()(std::int64_t v) const { return static_cast<double>(v); }
        double operator()(float v) const { return static_cast<double>(v); }
        double operator()(double v) const { return v; }
        double operator()(bool v) const { return v ? 1 : 0; }
        double operator()(const std::string&) const { return nan_; }
        double operator()(const Blob&) const { return nan_; }
    };
    static constexpr double nan_ = std::numeric_limits<double>::quiet_NaN();

    const Argument* next() { return more() ? &list_[at_++] : nullptr; }
    void fault(std::string what) {
        if (!fault_) fault_ = std::move(what);
    }

    const std::vector<Argument>& list_;
    std::size_t at_ = 0;
    std::optional<std::string> fault_;
};

using Faces = std::vector<FaceName>;

// What an address names: faces, all in one command, or macros, a command each.
struct Named {
    Faces faces;
    std::vector<MacroName> macros;
};

std::optional<Command> take(Arguments& in, const Faces& faces) {
    Take command{faces, std::nullopt, std::nullopt};
    if (in.more()) command.transition = in.text();
    if (in.more()) command.length_ms = static_cast<int>(in.number(0, 60'000));
    return command;
}
std::optional<Command> cut(Arguments& in, const Faces& faces) { return Cut{SceneName(in.text()), faces}; }
std::optional<Command> follow(Arguments&, const Faces& faces) { return Follow{faces}; }
std::optional<Command> preview(Arguments& in, const Faces&) { return Preview{SceneName(in.text())}; }
std::optional<Command> transition(Arguments& in, const Faces&) {
    SetTransition command;
    command.transition = in.text();
    command.length_ms = static_cast<int>(in.number(0, 60'000));
    return command;
}
std::optional<Command> bar(Arguments& in, const Faces&) { return MoveTBar{in.number(0, 1)}; }
std::optional<Command> black(Arguments& in, const Faces&) {
    FadeToBlack command;
    command.down = in.flag();
    if (in.more()) command.length_ms = static_cast<int>(in.number(0, 60'000));
    return command;
}
// As the desks' codec reads it.
std::optional<Command> wall(Arguments& in, const Faces& faces) {
    nlohmann::json json{{"kind", "place_wall"}, {"placement", in.text()}, {"faces", nlohmann::json::array()}};
    for (const auto& face : faces) json["faces"].push_back(face.text);
    auto command = decode_command(json);
    return command ? std::optional(*std::move(command)) : std::nullopt;
}
std::optional<Command> show_caption(Arguments& in, const Faces& faces) {
    ShowCaption command{CaptionName(in.text()), true, faces};
    if (in.more()) command.on = in.flag();
    return command;
}
std::optional<Command> caption_words(Arguments& in, const Faces&) {
    SetCaption command;
    command.name = CaptionName(in.text());
    const FieldName field(in.text());
    command.words = CaptionWords{{field, in.more() ? in.text() : ""}};
    return command;
}
std::optional<Command> next_caption(Arguments&, const Faces&) { return NextCaption{false}; }
std::optional<Command> last_caption(Arguments&, const Faces&) { return NextCaption{true}; }
int milliseconds(Arguments& in, double least) { return static_cast<int>(std::lround(in.number(least, 86'400) * 1000)); }
std::optional<Command> start_countdown(Arguments& in, const Faces&) { return StartCountdown{milliseconds(in, 1)}; }
std::optional<Command> hold_countdown(Arguments& in, const Faces&) { return HoldCountdown{in.flag()}; }
std::optional<Command> extend_countdown(Arguments& in, const Faces&) {
    return ExtendCountdown{milliseconds(in, -86'400)};
}
std::optional<Command> stop_countdown(Arguments&, const Faces&) { return StopCountdown{}; }
std::optional<Command> record(Arguments& in, const Faces&) {
    return in.flag() ? Command(StartRecord{}) : Command(StopRecord{});
}
std::optional<Command> undo(Arguments&, const Faces&) { return Undo{}; }
std::optional<Command> redo(Arguments&, const Faces&) { return Redo{}; }
std::optional<Command> go(Arguments& in, const Faces&) { return Go{CueNumber(in.more() ? in.name() : "")}; }
std::optional<Command> back(Arguments&, const Faces&) { return Back{}; }
std::optional<Command> stand_by(Arguments& in, const Faces&) { return StandBy{CueNumber(in.more() ? in.name() : "")}; }
std::optional<Command> hold_cues(Arguments& in, const Faces&) { return HoldCues{in.flag()}; }
std::optional<Command> stop_all(Arguments&, const Faces&) { return StopMacro{}; }

struct Row {
    std::string_view address;
    std::string_view arguments;
    std::string_view help;
    std::optional<Command> (*make)(Arguments&, const Faces&);  // null: of macros
    Command (*make_macro)(const MacroName&) = nullptr;
};
Command run_macro(const MacroName& macro) { return RunMacro{macro}; }
Command stop_macro(const MacroName& macro) { return StopMacro{macro}; }
constexpr std::array rows{
    Row{"/tribune/take", "[transition s] [length ms i]", "Preview becomes program.", take},
    Row{"/tribune/cut", "scene s", "Program shows the scene or source at once.", cut},
    Row{"/tribune/preview", "scene s", "The next take brings this scene or source.", preview},
    Row{"/tribune/transition", "name s, length ms i", "How takes go that do not say it themselves.", transition},
    Row{"/tribune/tbar", "position f", "The transition by hand: 0 program, 1 preview.", bar},
    Row{"/tribune/black", "down i/T/F, [length ms i]", "All faces to black, or back.", black},
    Row{"/tribune/follow", "", "All faces follow program again.", follow},
    Row{"/tribune/wall", "placement s", "off, over, beside or full, on all faces.", wall},
    Row{"/tribune/record", "on i/T/F", "Records program as a face shows it, or ends all recordings.", record},
    Row{"/tribune/undo", "", "Takes back the last edit of what one may edit, whoever made it.", undo},
    Row{"/tribune/redo", "", "Brings it back.", redo},
    Row{"/tribune/caption/show", "name s, [on i/T/F]", "Brings a caption over all faces, or takes it off.",
        show_caption},
    Row{"/tribune/caption/words", "name s, field s, [text s]", "What a caption says, on air or not.", caption_words},
    Row{"/tribune/caption/next", "", "The caption on air gives its place to the next of the list.", next_caption},
    Row{"/tribune/caption/back", "", "To the one before.", last_caption},
    Row{"/tribune/countdown/start", "seconds f", "Starts a countdown.", start_countdown},
    Row{"/tribune/countdown/hold", "held i/T/F", "It stands still, or goes on.", hold_countdown},
    Row{"/tribune/countdown/extend", "seconds f", "Gives it time; less than 0 takes some.", extend_countdown},
    Row{"/tribune/countdown/stop", "", "Ends it.", stop_countdown},
    Row{"/tribune/face/{face}/caption", "name s, [on i/T/F]", "Brings a caption over this face, or takes it off.",
        show_caption},
    Row{"/tribune/face/{face}/take", "[transition s] [length ms i]", "Preview becomes this face's own picture.", take},
    Row{"/tribune/face/{face}/cut", "scene s", "This face shows the scene or source at once.", cut},
    Row{"/tribune/face/{face}/follow", "", "This face follows program again.", follow},
    Row{"/tribune/face/{face}/wall", "placement s", "off, over, beside or full, on this face.", wall},
    Row{"/tribune/cue/go", "[number s/i/f]", "Carries out the next cue, or this one.", go},
    Row{"/tribune/cue/back", "", "Carries out the cue before again.", back},
    Row{"/tribune/cue/next", "[number s/i/f]", "This cue is the next; none: the one in order.", stand_by},
    Row{"/tribune/cue/hold", "held i/T/F", "Nothing goes by itself, or does again.", hold_cues},
    Row{"/tribune/macro/{macro}/run", "", "Carries out this macro.", nullptr, run_macro},
    Row{"/tribune/macro/{macro}/stop", "", "Ends this macro.", nullptr, stop_macro},
    Row{"/tribune/stop", "", "Ends all macros and waiting steps of cues.", stop_all},
};

struct Told {
    std::string_view address;
    std::string_view arguments;
    std::string_view help;
};
constexpr std::array told{
    Told{"/tribune/program/scene", "s", "On program."},
    Told{"/tribune/preview/scene", "s", "What the next take brings."},
    Told{"/tribune/transition/name", "s", "How takes go."},
    Told{"/tribune/transition/length", "i", "Milliseconds."},
    Told{"/tribune/transition/running", "i", "1 while program is in a transition."},
    Told{"/tribune/black/down", "i", "1: all faces are black, or on their way."},
    Told{"/tribune/caption/NAME/on", "i", "1: over a face, or coming."},
    Told{"/tribune/countdown/running", "i", "1 while a countdown runs."},
    Told{"/tribune/face/NAME/scene", "s", "What this face shows."},
    Told{"/tribune/face/NAME/follows", "i", "1: it follows program."},
    Told{"/tribune/source/NAME/program", "i", "1: seen on a face."},
    Told{"/tribune/source/NAME/preview", "i", "1: the next take brings it."},
    Told{"/tribune/cue/current", "s", "The cue that went last."},
    Told{"/tribune/cue/next", "s", "The cue that GO carries out."},
    Told{"/tribune/cue/seconds", "i", "Until it goes by itself; -1: by hand."},
    Told{"/tribune/cue/held", "i", "1: nothing goes by itself."},
    Told{"/tribune/macro/NAME/running", "i", "1: steps of it wait."},
    Told{"/tribune/macro/recording", "s", "The macro being recorded, or nothing."},
    Told{"/tribune/round/open", "i", "1: answers are taken."},
    Told{"/tribune/round/question", "s", "The open round's question, or the prepared one."},
};

bool has(std::string_view address, std::string_view part) { return address.find(part) != std::string_view::npos; }

// The address with a name in place of its {face} or {macro}.
std::string with_name(std::string_view address, const std::string& name) {
    const auto begin = address.find('{');
    if (begin == std::string_view::npos) return std::string(address);
    return std::string(address.substr(0, begin)) + name + std::string(address.substr(address.find('}') + 1));
}

// What a pattern means of this row; null: nothing.
std::optional<Named> meant(const Row& row, const std::string& pattern, const ShowState& state) {
    Named named;
    if (has(row.address, face_part)) {
        for (const auto& face : state.setup->faces)
            if (matches(pattern, with_name(row.address, face.name.text))) named.faces.push_back(face.name);
    } else if (has(row.address, macro_part)) {
        for (const auto& [name, _] : state.rundown->macros)
            if (matches(pattern, with_name(row.address, name.text))) named.macros.push_back(name);
    } else {
        return matches(pattern, row.address) ? std::optional(named) : std::nullopt;
    }
    return named.faces.empty() && named.macros.empty() ? std::nullopt : std::optional(std::move(named));
}

}  // namespace

Result<std::vector<Command>> commands_of(const Message& message, const ShowState& state) {
    std::vector<Command> commands;
    for (const auto& row : rows) {
        const auto named = meant(row, message.address, state);
        if (!named) continue;
        Arguments arguments(message.arguments);
        const bool of_macros = row.make == nullptr;
        auto command = of_macros ? std::nullopt : row.make(arguments, named->faces);
        const auto problem = arguments.problem();
        if (problem || (!command && !of_macros)) {
            return Error{"bad_arguments", fmt::format("{} takes {}: {}.", row.address,
                                                      row.arguments.empty() ? "no arguments" : row.arguments,
                                                      problem.value_or("the text is not one of these"))};
        }
        if (command) commands.push_back(*std::move(command));
        for (const auto& macro : named->macros) commands.push_back(row.make_macro(macro));
    }
    if (commands.empty()) return Error{"unknown_address", "There is nothing at this OSC address: see docs/osc.md."};
    return commands;
}

Facts facts(const ShowState& state, ShowTime now) {
    const Stage& stage = state.stage;
    const auto flag = [](bool value) { return std::vector<Argument>{std::int32_t{value ? 1 : 0}}; };
    const auto text = [](const std::string& value) { return std::vector<Argument>{value}; };
    Facts all;
    all["/tribune/program/scene"] = text(stage.program.scene.text);
    all["/tribune/preview/scene"] = text(stage.preview.text);
    all["/tribune/transition/name"] = text(stage.transition.name);
    all["/tribune/transition/length"] = {
        static_cast<std::int32_t>(stage.transition.length / std::chrono::milliseconds(1))};
    all["/tribune/transition/running"] = flag(stage.program.running(now) != nullptr);
    all["/tribune/black/down"] = flag(stage.black.on);
    for (const auto& caption : state.captions->list) {
        const auto at = std::find_if(stage.overlays.begin(), stage.overlays.end(),
                                     [&](const Overlay& o) { return o.scene.text == caption.name.text; });
        all[fmt::format("/tribune/caption/{}/on", caption.name.text)] =
            flag(at != stage.overlays.end() && at->shown.on);
    }
    all["/tribune/countdown/running"] = flag(stage.countdown.on && stage.countdown.ends.has_value());
    for (const auto& [name, face] : stage.faces) {
        all[fmt::format("/tribune/face/{}/scene", name.text)] = text(stage.bus(name).scene.text);
        all[fmt::format("/tribune/face/{}/follows", name.text)] = flag(!face.own);
    }
    for (const auto& [name, light] : tally(state, now)) {
        all[fmt::format("/tribune/source/{}/program", name.text)] = flag(!light.program.empty());
        all[fmt::format("/tribune/source/{}/preview", name.text)] = flag(light.preview);
    }
    const RundownState& stands = stage.rundown;
    const RundownCue* next = next_cue(state);
    const auto due = next_cue_due(state);
    all["/tribune/cue/current"] = text(stands.current.text);
    all["/tribune/cue/next"] = text(next == nullptr ? "" : next->number.text);
    all["/tribune/cue/seconds"] = {due ? static_cast<std::int32_t>(std::max<std::int64_t>(
                                             0, std::chrono::ceil<std::chrono::seconds>(*due - now).count()))
                                       : -1};
    all["/tribune/cue/held"] = flag(stands.hold);
    for (const auto& macro : state.rundown->macros) {
        const auto runs = [&](const Run& r) { return r.macro == macro.first; };
        all[fmt::format("/tribune/macro/{}/running", macro.first.text)] =
            flag(std::any_of(stands.runs.begin(), stands.runs.end(), runs));
    }
    all["/tribune/macro/recording"] = text(stands.recording ? stands.recording->macro.text : "");
    const Round* open = state.room.open_round();
    all["/tribune/round/open"] = flag(open != nullptr);
    all["/tribune/round/question"] = text(open == nullptr ? state.room.prepared.text : open->question);
    return all;
}

std::vector<Message> changes(const Facts& before, const Facts& after) {
    std::vector<Message> list;
    for (const auto& [address, arguments] : after) {
        const auto was = before.find(address);
        if (was == before.end() || was->second != arguments) list.push_back({address, arguments});
    }
    return list;
}

std::string reference() {
    std::string out =
        "# OSC\n\nGenerated from the table that reads it (`tribune osc-reference`). Open Sound Control 1.0 over UDP, "
        "off "
        "unless\nasked for: `--osc-port 9000` listens, `--osc-from ADDRESS` names who may speak (nobody else is "
        "heard), "
        "and\n`--osc-to ADDRESS:PORT` who is told. OSC proves no sender: keep it on the stage network. What is sent "
        "acts\nas a producer on pictures, 200 messages a second at most.\n\n"
        "A pattern (`?`, `*`, `[…]`, `{one,other}`) in an address means all that it fits: `/tribune/face/*/cut`\n"
        "cuts all faces on one frame, `/tribune/macro/*/stop` ends all macros. Messages of one bundle are carried out "
        "in their order.\n\n"
        "## Taken\n\n| address | arguments | meaning |\n|---|---|---|\n";
    for (const auto& row : rows)
        out += fmt::format("| `{}` | {} | {} |\n", with_name(row.address, "NAME"),
                           row.arguments.empty() ? "–" : row.arguments, row.help);
    out +=
        "\n## Told\n\nOn change, and everything every five seconds.\n\n| address | argument | meaning "
        "|\n|---|---|---|\n";
    for (const auto& row : told) out += fmt::format("| `{}` | {} | {} |\n", row.address, row.arguments, row.help);
    return out;
}

}  // namespace tribune::net::osc
