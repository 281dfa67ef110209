// The command line. Each subcommand is a function in app/commands.hpp.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <string>

#include "app/assets.hpp"
#include "app/commands.hpp"
#include "app/engine_process.hpp"
#include "app/process_options.hpp"
#include "net/datagrams.hpp"
#include "net/osc/port.hpp"
#include "net/tsl/sender.hpp"

namespace {

using namespace tribune;

// "1920x1080", as an option's value.
std::optional<Size> parse_size(const std::string& text) {
    Size size;
    char rest = 0;
    const bool read = std::sscanf(text.c_str(), "%5dx%5d%c", &size.width, &size.height, &rest) == 2;
    if (!read || size.width < 16 || size.height < 16 || size.width > 8192 || size.height > 8192) return std::nullopt;
    return size;
}

const CLI::Validator is_size(
    [](const std::string& text) {
        return parse_size(text) ? std::string() : "must be WIDTHxHEIGHT, each from 16 to 8192, for example 1920x1080";
    },
    "WxH");

// Taken by a parser that says what is wrong.
template <class Parse>
CLI::Validator parsed_by(Parse parse, const char* form) {
    return {[parse](const std::string& text) {
                const auto read = parse(text);
                return read ? std::string() : read.error().message;
            },
            form};
}

// An empty variable names none.
bool has_display() {
    const auto names_one = [](const char* variable) {
        const char* value = std::getenv(variable);
        return value != nullptr && *value != '\0';
    };
    return names_one("DISPLAY") || names_one("WAYLAND_DISPLAY");
}

// `path` lies in the show's data folder unless --data says otherwise.
std::filesystem::path default_data(const std::filesystem::path& show) { return show.stem().string() + "-data"; }

void add_run(CLI::App& app, int& status) {
    auto* run = app.add_subcommand("run", "Runs a show");
    auto options = std::make_shared<RunOptions>();
    auto size = std::make_shared<std::string>();
    run->add_option("show", options->show_file, "The show file (TOML)")->required()->check(CLI::ExistingFile);
    run->add_option("--data", options->data, "Folder for journal, keys and log (default: SHOW-data beside you)");
    run->add_option("--port", options->port, "Port of the pages; 0 for any free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    run->add_option("--address", options->address, "Address to listen on; 0.0.0.0 for tablets on the network")
        ->capture_default_str();
    run->add_option("--obs-port", options->obs_port, "Port of obs-websocket, for control surfaces; 0 for any free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    run->add_option("--osc-port", options->osc_port,
                    "UDP port on which OSC is heard; 0 for any free one (default: none)")
        ->check(CLI::Range(0, 65535));
    run->add_option("--osc-from", options->osc_from,
                    "Address that may send OSC, as a producer or as an operator of the show; may be given again")
        ->check(parsed_by([](const std::string& text) { return net::osc::parse_sender(text); }, "ADDRESS[=OPERATOR]"));
    run->add_option("--osc-to", options->osc_to, "ADDRESS:PORT that is told by OSC; may be given again")
        ->check(parsed_by([](const std::string& text) { return net::parse_endpoint(text); }, "ADDRESS:PORT"));
    run->add_option("--tally", options->tally, "Receiver of tally, such as tsl50://192.0.2.10:8901; may be given again")
        ->check(parsed_by([](const std::string& text) { return net::tsl::parse_receiver(text); }, "URL"));
    run->add_flag("!--no-midi", options->midi, "MIDI controllers are left alone");
    run->add_flag("--headless", options->headless, "No windows");
    run->add_option("--size", *size, "Size of every face")->check(is_size);
    run->add_option("--painter", options->painter, "What draws")
        ->check(CLI::IsMember({"auto", "cpu", "gl"}))
        ->capture_default_str();
    run->add_flag("--allow-software-gl", options->allow_software_gl, "Draw by GL even without a graphics card");
    run->add_option("--trace", options->trace, "File for the times of all stages, for ui.perfetto.dev");
    run->add_flag("--set-damaged-aside", options->set_damaged_aside, "Rename a damaged journal and begin an empty one");
    run->callback([options, size, &status] {
        if (options->data.empty()) options->data = default_data(options->show_file);
        if (!size->empty()) options->size = parse_size(*size);
        if (!has_display()) options->headless = true;
        options->assets = assets_folder();
        status = run_engine(*options);
    });
}

void add_process(CLI::App& app, int& status) {
    auto* process = app.add_subcommand("process", "Started by `run`: one of its processes")->group("");
    auto options = std::make_shared<ProcessOptions>();
    process->add_option("kind", options->kind)
        ->required()
        ->check(CLI::IsMember({"net", "render", "capture", "media", "record"}));
    process->add_option("--name", options->name)->required();
    process->add_option("--data", options->data)->required();
    process->add_option("--assets", options->assets)->required();
    process->add_option("--painter", options->painter);
    process->add_flag("--allow-software-gl", options->allow_software_gl);
    process->add_flag("--trace", options->trace);
    process->callback([options, &status] { status = run_process(*options); });
}

void add_check(CLI::App& app, int& status) {
    auto* check = app.add_subcommand("check", "Says everything that is wrong with a show file");
    auto file = std::make_shared<std::string>();
    check->add_option("show", *file, "The show file")->required();
    check->callback([file, &status] { status = check_show(*file); });
}

void add_stop(CLI::App& app, int& status) {
    auto* stop = app.add_subcommand("stop", "Ends every process of a show that was left running");
    auto data = std::make_shared<std::string>();
    stop->add_option("data", *data, "The show's data folder")->required();
    stop->callback([data, &status] { status = stop_show(*data); });
}

void add_keys(CLI::App& app, int& status) {
    auto* keys = app.add_subcommand("keys", "Lists a show's keys, renews one, or shows it");
    auto options = std::make_shared<KeysOptions>();
    keys->add_option("data", options->data, "The show's data folder")->required()->check(CLI::ExistingDirectory);
    keys->add_option("--renew", options->renew, "A new key in place of this one: who came with it is closed at once");
    keys->add_option("--show", options->show, "Prints this key alone");
    keys->callback([options, &status] { status = manage_keys(*options); });
}

void add_rehearse(CLI::App& app, int& status) {
    auto* rehearse = app.add_subcommand("rehearse", "Plays a room of tables over real WebSockets");
    auto options = std::make_shared<RehearseOptions>();
    rehearse->add_option("url", options->url, "The show's address, http://HOST:PORT")->required();
    add_key_options(*rehearse, options->key);
    rehearse->add_option("--tables", options->tables, "How many tables speak")
        ->check(CLI::Range(0, 9999))
        ->capture_default_str();
    rehearse->add_option("--phones", options->phones, "How many phones are connected")
        ->check(CLI::Range(0, 20000))
        ->capture_default_str();
    rehearse->add_option("--rate", options->rate, "Answers a second, all tables together")->capture_default_str();
    rehearse->add_option("--seconds", options->seconds, "How long; 0 until Ctrl-C")->capture_default_str();
    rehearse->add_option("--script", options->script, "Answers, one a line (default: the one that comes with Tribune)");
    rehearse->add_option("--seed", options->seed, "Which tables say what, and when")->capture_default_str();
    rehearse->add_flag("--json", options->json, "One line of JSON at the end");
    rehearse->callback([options, &status] { status = rehearse_room(*options); });
}

void add_snapshot(CLI::App& app, int& status) {
    auto* snapshot = app.add_subcommand("snapshot", "Saves what a face shows now");
    auto options = std::make_shared<SnapshotOptions>();
    snapshot->add_option("url", options->url, "The show's address, http://HOST:PORT")->required();
    add_key_options(*snapshot, options->key);
    snapshot->add_option("--face", options->face, "Which face")->capture_default_str();
    snapshot->add_option("-o,--output", options->output, "PNG file to write")->required();
    snapshot->callback([options, &status] { status = save_snapshot(*options); });
}

void add_print(CLI::App& app, int& status) {
    auto* print = app.add_subcommand("print", "Saves seat cards, tables' signs or the phones' sign as a PDF");
    auto options = std::make_shared<PrintOptions>();
    print->add_option("what", options->what, "seat-cards, tables or voice")
        ->required()
        ->check(CLI::IsMember({"seat-cards", "tables", "voice"}));
    print->add_option("url", options->url, "The show's address, http://HOST:PORT")->required();
    add_key_options(*print, options->key);
    print->add_option("-o,--output", options->output, "PDF file to write")->required();
    print->callback([options, &status] { status = save_print(*options); });
}

void add_caption(CLI::App& app, int& status) {
    auto* caption = app.add_subcommand("caption", "Draws a caption template, as its author's mirror");
    auto options = std::make_shared<CaptionCommandOptions>();
    auto size = std::make_shared<std::string>("1920x1080");
    caption->add_option("template", options->file, "The template (TOML)")->required()->check(CLI::ExistingFile);
    caption->add_option("--words", options->words, "FIELD=WORDS; may be given again");
    caption->add_option("--size", *size, "Size of the face")->check(is_size)->capture_default_str();
    caption->add_option("--palette", options->palette, "Palette")->capture_default_str();
    caption->add_option("--language", options->language, "fr or en")->capture_default_str();
    caption->add_option("--behind", options->behind, "The picture behind it")
        ->check(CLI::IsMember({"bright", "dark", "busy"}))
        ->capture_default_str();
    caption->add_option("--at", options->at, "Seconds after it was brought on")->capture_default_str();
    caption->add_option("--seconds-left", options->seconds_left, "Of the countdown at that moment")
        ->check(CLI::Range(1, 86399))
        ->capture_default_str();
    caption->add_option("-o,--output", options->output, "PNG file to write")->required();
    caption->callback([options, size, &status] {
        options->size = *parse_size(*size);
        status = draw_caption(*options);
    });
}

void add_export(CLI::App& app, int& status) {
    auto* out = app.add_subcommand("export", "Writes the room's answers from a data folder");
    auto options = std::make_shared<ExportOptions>();
    out->add_option("data", options->data, "The show's data folder (the show must not be running)")->required();
    out->add_option("--format", options->format, "json or csv")
        ->check(CLI::IsMember({"json", "csv"}))
        ->capture_default_str();
    out->add_option("-o,--output", options->output, "File to write; standard output when left out");
    out->callback([options, &status] { status = export_answers(*options); });
}

void add_layout(CLI::App& app, int& status) {
    auto* layout = app.add_subcommand("layout", "Lays out weighted words as the wall does");
    auto options = std::make_shared<LayoutCommandOptions>();
    auto size = std::make_shared<std::string>("1920x1080");
    layout->add_option("words", options->words, "One word<TAB>weight a line")->required()->check(CLI::ExistingFile);
    layout->add_option("--size", *size, "Size of a page")->check(is_size)->capture_default_str();
    layout->add_flag("--json", options->json, "Boxes as JSON");
    layout->callback([options, size, &status] {
        options->size = *parse_size(*size);
        status = lay_out_words(*options);
    });
}

void add_rotate(CLI::App& app, int& status) {
    auto* rotate = app.add_subcommand("rotate", "Plans who sits where in each round");
    auto options = std::make_shared<RotateOptions>();
    auto& wish = options->wish;
    rotate->add_option("--tables", wish.tables, "Tables")->required()->check(CLI::Range(1, 5000));
    rotate->add_option("--seats", wish.seats, "Most people at a table")->required()->check(CLI::Range(1, 50));
    rotate->add_option("--rounds", wish.rounds, "Rounds")->required()->check(CLI::Range(1, 60));
    rotate->add_option("--absent", options->absent, "So many do not come, drawn by the seed")->capture_default_str();
    rotate->add_flag("--scribes", wish.scribes, "One stays at each table");
    rotate->add_option("--seed", wish.seed, "Another seed, another plan")->capture_default_str();
    rotate->add_flag("--json", options->json, "{rounds: [[[person, …] a table, …] a round, …], repeated_pairs}");
    rotate->callback([options, &status] { status = rotate_people(*options); });
}

void add_bench(CLI::App& app, int& status) {
    auto* quad =
        app.add_subcommand("bench", "Measures this machine")
            ->require_subcommand(1)
            ->add_subcommand(
                "quad", "Video files on faces of 1920x1080, each with another one in its corner and a wall over both");
    auto options = std::make_shared<BenchOptions>();
    auto& job = options->quad;
    quad->add_option("files", job.files, "Video files")->required()->expected(1, 64)->check(CLI::ExistingFile);
    quad->add_option("--feeds", job.feeds, "Files decoded at once, taken again in turn")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    quad->add_option("--faces", job.faces, "Faces")->check(CLI::Range(1, 16))->capture_default_str();
    quad->add_flag("--same-picture", job.same_picture, "Every face shows what the first one shows");
    quad->add_option("--words", job.words, "Words on every face; 0 for no wall")
        ->check(CLI::Range(0, 10000))
        ->capture_default_str();
    quad->add_option("--seconds", job.seconds, "How long")->check(CLI::Range(0.5, 86400.0))->capture_default_str();
    quad->add_option("--paced", job.paced_fps, "Frames a second; as fast as it goes when left out")
        ->check(CLI::Range(1.0, 240.0));
    quad->add_option("--trace", job.trace, "File for the times of all stages, for ui.perfetto.dev");
    quad->add_flag("--json", options->json, "One line of JSON");
    quad->callback([options, &status] { status = bench_quad(*options); });
}

void add_references(CLI::App& app, int& status) {
    app.add_subcommand("schema", "Prints the native protocol's commands as JSON Schema")->callback([&status] {
        status = print_schema();
    });
    app.add_subcommand("osc-reference", "Prints every OSC address, as Markdown")->callback([&status] {
        status = print_osc_reference();
    });
    app.add_subcommand("show-reference", "Prints every key of a show file, as Markdown")->callback([&status] {
        status = print_show_reference();
    });
    app.add_subcommand("caption-reference", "Prints every key of a caption template, as Markdown")->callback([&status] {
        status = print_caption_reference();
    });
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Tribune: the pictures and the voices of a big room"};
    app.require_subcommand(1);
    int status = 0;
    for (auto* add : {add_run, add_check, add_rehearse, add_snapshot, add_print, add_caption, add_export, add_layout,
                      add_rotate, add_bench, add_stop, add_keys, add_references, add_process}) {
        add(app, status);
    }
    try {
        CLI11_PARSE(app, argc, argv);
    } catch (const std::exception& thrown) {
        std::fprintf(stderr, "Tribune cannot go on: %s\n", thrown.what());
        return 1;
    }
    return status;
}
