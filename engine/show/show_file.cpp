#include "show/show_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

#include "show/show_file_agenda.hpp"
#include "show/show_file_captions.hpp"
#include "show/show_file_keys.hpp"
#include "show/show_file_machine.hpp"
#include "show/show_file_rundown.hpp"
#include "show/show_file_surfaces.hpp"
#include "show/stinger.hpp"
#include "show/views.hpp"

namespace tribune {
namespace {

using show_file::advice;
using show_file::bool_key;
using show_file::check_names;
using show_file::describe;
using show_file::enum_key;
using show_file::Faults;
using show_file::Key;
using show_file::list_key;
using show_file::name_key;
using show_file::number_key;
using show_file::read_table;
using show_file::read_text;
using show_file::region;
using show_file::size_key;
using show_file::table_key;
using show_file::text_key;
using show_file::texts_key;

// --- What a show file may hold ------------------------------------------------------------------------------

const std::vector<Key<SourceConfig>>& source_keys() {
    using T = SourceConfig;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"cam1\"", "Short name, used in commands and on the desks.", &T::name),
        text_key("label", "\"Tribune, wide\"", "What people read; the name when left out.", &T::label),
        text_key("url", "\"rtsp://192.0.2.10/stream\"",
                 "A file, rtsp:// srt:// rtmp:// udp:// http(s):// address, /dev/videoN, or lavfi:GRAPH.", &T::url),
        bool_key("loop", "true", "A file starts again at its end.", &T::loop),
        bool_key("play_on_take", "false", "A file waits at its first picture and plays when it comes on air.",
                 &T::play_on_take),
        text_key("format", "\"mpegts\"", "FFmpeg's name of the format, when the address does not tell.", &T::format),
        size_key("size", "\"1280x720\"", "Wanted picture size of a device.", &T::size),
        number_key("frames_per_second", "30", "Wanted rate of a device.", &T::frames_per_second, 1, 240),
        bool_key("card", "true", "A graphics card decodes it, where there is one that can (VAAPI, NVDEC).", &T::card),
        bool_key("sound", "true", "Its sound is taken; a live picture then waits for its sound.", &T::sound),
    };
    return keys;
}

const std::vector<Key<FaceSetup>>& face_keys() {
    using T = FaceSetup;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"north\"", "north, east, south, west, or your own.", &T::name),
        size_key("size", "\"1920x1080\"", "Size of the picture in pixels.", &T::size),
        number_key("screen_height_m", "4.0", "Height of the lit picture in metres.", &T::screen_height_m, 0.1, 100),
        number_key("farthest_seat_m", "25",
                   "Distance from this screen to its farthest reader, in metres: sets the smallest letter.",
                   &T::farthest_seat_m, 1, 500),
    };
    return keys;
}

const std::vector<Key<OutputSetup>>& output_keys() {
    using T = OutputSetup;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"north-screen\"", "Name of the output.", &T::name),
        name_key("face", "\"north\"", "The face it shows; program when left out, for feeds that are not full.",
                 &T::face),
        text_key("kind", "\"window\"", "window, headless or shared (frames for another program on this machine).",
                 &T::kind),
        text_key("display", "\"HDMI-1\"", "The display its window fills; tiled on the first display when left out.",
                 &T::display),
        enum_key("feed", "\"clean\"",
                 "full, clean (without overlays, captions, fade to black) or pictures (without the wall, too).",
                 &T::feed),
        text_key("view", "\"multiview\"", "A view instead of a face: multiview, program, preview, clean, scene/NAME.",
                 &T::view),
        size_key("size", "\"1920x1080\"",
                 "Size of a view's picture; 1920x1080 for the multiview, else the first face's.", &T::size),
    };
    return keys;
}

const std::vector<Key<SoundOutputSetup>>& sound_keys() {
    using T = SoundOutputSetup;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"hall\"", "Name of the output.", &T::name),
        text_key("bus", "\"master\"", "master (what the hall hears) or monitor (what operators hear).", &T::bus),
        text_key("kind", "\"device\"", "device, none, or shared (for another program on this machine).", &T::kind),
        text_key("device", "\"HDMI\"", "Name of the sound device; the system's own choice when left out.", &T::device),
    };
    return keys;
}

const std::vector<Key<WallSetup>>& wall_keys() {
    using T = WallSetup;
    static const std::vector<Key<T>> keys{
        text_key("palette", "\"night\"", "A palette of assets/palettes.", &T::palette),
        text_key("font", "\"Inter\"", "Font family.", &T::font),
        enum_key("placement", "\"over\"", "off, over, beside or full: where the wall stands when the show opens.",
                 &T::placement),
        number_key("page_seconds", "12", "How long each page of a full wall is shown.", &T::page_seconds, 3, 600),
    };
    return keys;
}

struct FileVenue {
    Size face_size{1920, 1080};
    double screen_height_m = 4.0;
    double farthest_seat_m = 25.0;
};
const std::vector<Key<FileVenue>>& venue_keys() {
    using T = FileVenue;
    static const std::vector<Key<T>> keys{
        size_key("face_size", "\"1920x1080\"", "Size of every face that does not set its own.", &T::face_size),
        number_key("screen_height_m", "4.0", "Height of every screen that does not set its own, metres.",
                   &T::screen_height_m, 0.1, 100),
        number_key("farthest_seat_m", "25", "Farthest seat of every face that does not set its own, metres.",
                   &T::farthest_seat_m, 1, 500),
    };
    return keys;
}

struct FileOpening {
    SourceName source;
    std::string question;
    bool round = false;
};
const std::vector<Key<FileOpening>>& opening_keys() {
    using T = FileOpening;
    static const std::vector<Key<T>> keys{
        name_key("source", "\"cam1\"",
                 "Source or scene on program when the show first opens; the first source when left out.", &T::source),
        text_key("question", "\"Qu'est-ce qui vous manque ?\"", "Prepared question.", &T::question),
        bool_key("round", "true", "The round on that question is open from the start.", &T::round),
    };
    return keys;
}

struct FileStinger {
    SourceName name;
    std::string label;
    std::string file;
    int cut_ms = StingerSetup{}.cut_ms;
};
const std::vector<Key<FileStinger>>& stinger_keys() {
    using T = FileStinger;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"curtain\"", "The transition's name, and its clip's.", &T::name),
        text_key("label", "\"Rideau\"", "What people read; the name when left out.", &T::label),
        text_key("file", "\"media/curtain.webm\"", "A clip with an alpha channel.", &T::file),
        number_key("cut_ms", "500", "When the picture beneath it changes, milliseconds from its start.", &T::cut_ms, 0,
                   longest_stinger_cut_ms),
    };
    return keys;
}

const std::vector<Key<Multiview>>& multiview_keys() {
    using T = Multiview;
    static const std::vector<Key<T>> keys{
        text_key("layout", "\"faces\"", "all, eight, program_large or faces.", &T::layout),
        texts_key("cells", "[\"\", \"\", \"cam1\"]",
                  "What each cell shows, in the layout's order: a source or scene, face/NAME, program, preview, clean, "
                  "clock, sound, none; empty: what comes next.",
                  &T::cells),
        bool_key("safe_areas", "true", "Action and title safe areas on program and preview.", &T::safe_areas),
        bool_key("meters", "true", "Sound levels beside the pictures.", &T::meters),
    };
    return keys;
}

struct File {
    std::string title = "Tribune";
    std::string language = "fr";
    std::vector<std::string> languages;
    FrameRate rate;
    int tables = 24;
    bool watermark = false;
    std::string media = "media";
    FileVenue venue;
    FileOpening opening;
    WallSetup wall;
    std::vector<FaceSetup> faces;
    std::vector<SourceConfig> sources;
    std::vector<OutputSetup> outputs;
    std::vector<SoundOutputSetup> sound_outputs;
    std::vector<FileStinger> stingers;
    Multiview multiview;
    std::vector<show_file::FileScene> scenes;
    std::vector<show_file::FileCue> cues;
    std::vector<show_file::FileMacro> macros;
    std::vector<Caption> captions;
    std::vector<Person> people;
    std::vector<OperatorSetup> operators;
    std::vector<SurfaceSetup> surfaces;
    std::vector<Binding> bindings;
    std::vector<show_file::FileQuestion> questions;
    NoticeRules notices;
    RecordingSetup recording;
    show_file::FileNetwork network;
    VoiceSetup voice;
};

// Codes are too short to guess what was meant.
void read_language(const toml::node& node, File& out, Faults& faults) {
    if (!read_text(node, out.language, "language", faults)) return;
    if (std::find(show_languages.begin(), show_languages.end(), out.language) != show_languages.end()) return;
    faults.add(node.source(), fmt::format("language cannot be \"{}\": write one of: {}.", out.language,
                                          fmt::join(show_languages, ", ")));
}

void read_rate(const toml::node& node, File& out, Faults& faults) {
    if (const auto whole = node.value_exact<std::int64_t>(); whole && *whole >= 1 && *whole <= 240) {
        out.rate = {static_cast<int>(*whole), 1};
        return;
    }
    if (const auto text = node.value_exact<std::string>()) {
        FrameRate rate;
        char rest = 0;
        if (std::sscanf(text->c_str(), "%6d/%4d%c", &rate.numerator, &rate.denominator, &rest) == 2 &&
            rate.denominator > 0 && rate.numerator >= rate.denominator && rate.numerator / rate.denominator <= 240) {
            out.rate = rate;
            return;
        }
    }
    faults.add(node.source(),
               "frames_per_second must be a whole number from 1 to 240, or a fraction such as \"60000/1001\".");
}

const std::vector<Key<File>>& file_keys() {
    static const std::vector<Key<File>> keys{
        text_key("title", "\"La Fabrique\"", "The event's name.", &File::title),
        {"language", "\"fr\"", "Language of pages and questions: fr or en.", read_language},
        texts_key("languages", "[\"fr\", \"en\"]", "Languages that answers may come in.", &File::languages),
        {"frames_per_second", "30", "Rate of all faces; also a fraction such as \"60000/1001\".", read_rate},
        number_key("tables", "24", "How many tables, numbered from 1.", &File::tables, 1, 9999),
        bool_key("watermark", "false", "Burns the frame number into every face, for tests.", &File::watermark),
        text_key("media", "\"media\"",
                 "Folder of clips and stills for the media bin; media, beside this file, when left out.", &File::media),
        table_key("venue", "What all faces share.", &File::venue, venue_keys()),
        table_key("opening", "How the show opens.", &File::opening, opening_keys()),
        table_key("wall", "The wall's look.", &File::wall, wall_keys()),
        list_key("face", "One face; the four sides when left out.", &File::faces, face_keys()),
        list_key("source", "One source.", &File::sources, source_keys()),
        list_key("stinger", "One clip that is a transition.", &File::stingers, stinger_keys()),
        list_key("output", "Where a face's picture goes; a tiled window per face when left out.", &File::outputs,
                 output_keys()),
        table_key("recording", "How views are recorded.", &File::recording, show_file::recording_keys()),
        table_key("network", "How tablets and phones find the pages.", &File::network, show_file::network_keys()),
        table_key("multiview", "What the control room sees when the show opens.", &File::multiview, multiview_keys()),
        list_key("sound", "Where sound goes; the system's sound device when left out.", &File::sound_outputs,
                 sound_keys()),
        list_key("question", "One question of the evening's agenda.", &File::questions, show_file::question_keys()),
        table_key("notices", "What tables are told by itself.", &File::notices, show_file::notice_keys()),
        table_key("voices", "What people may say, and when it shows.", &File::voice, show_file::voice_keys()),
        list_key("scene", "One scene, ready when the show opens; more are made at the desk.", &File::scenes,
                 show_file::scene_keys()),
        list_key("caption", "One caption, ready from the start.", &File::captions, show_file::caption_keys()),
        list_key("person", "Somebody to choose a name from.", &File::people, show_file::person_keys()),
        list_key("cue", "One cue of the rundown, in its order.", &File::cues, show_file::cue_keys()),
        list_key("macro", "One macro.", &File::macros, show_file::macro_keys()),
        list_key("operator", "One who works on the show under a name and key of their own.", &File::operators,
                 show_file::operator_keys()),
        list_key("midi", "One MIDI controller; others can be used as well, by the name they give themselves.",
                 &File::surfaces, show_file::surface_keys()),
        list_key("control", "What one control of a controller does; more is learned at the desk.", &File::bindings,
                 show_file::binding_keys()),
    };
    return keys;
}

// --- What must hold between the parts -----------------------------------------------------------------------

void check_palette(const toml::table& table, const File& file, const std::vector<std::string>& palettes,
                   Faults& faults) {
    const auto* given = table["wall"]["palette"].node();
    const auto& name = file.wall.palette;
    if (palettes.empty() || given == nullptr || std::find(palettes.begin(), palettes.end(), name) != palettes.end())
        return;
    faults.add(given->source(), fmt::format("There is no palette \"{}\": {}", name, advice(name, palettes)));
}

void finish_faces(const toml::table& table, File& file) {
    if (file.faces.empty()) {
        for (const char* side : {"north", "east", "south", "west"}) {
            file.faces.push_back(
                {FaceName(side), file.venue.face_size, file.venue.screen_height_m, file.venue.farthest_seat_m});
        }
        return;
    }
    for (std::size_t i = 0; i < file.faces.size(); ++i) {
        const auto* given = table.get("face")->as_array()->get(i)->as_table();
        if (!given->contains("size")) file.faces[i].size = file.venue.face_size;
        if (!given->contains("screen_height_m")) file.faces[i].screen_height_m = file.venue.screen_height_m;
        if (!given->contains("farthest_seat_m")) file.faces[i].farthest_seat_m = file.venue.farthest_seat_m;
    }
}

void finish_outputs(const toml::table& table, File& file, Faults& faults) {
    static constexpr std::string_view kinds[] = {"window", "headless", "shared"};
    std::set<std::string> taken;
    for (std::size_t i = 0; i < file.outputs.size(); ++i) {
        auto& output = file.outputs[i];
        if (output.kind.empty()) output.kind = "window";
        if (std::find(std::begin(kinds), std::end(kinds), output.kind) == std::end(kinds)) {
            faults.add(region(table, "output", i),
                       fmt::format("kind cannot be \"{}\": {}", output.kind, advice(output.kind, kinds)));
        }
        std::vector<std::string_view> faces;
        for (const auto& face : file.faces) faces.push_back(face.name.text);
        const bool of_program = output.face.empty() && (!output.view.empty() || output.feed != Feed::full);
        if (!of_program && std::find(faces.begin(), faces.end(), output.face.text) == faces.end()) {
            faults.add(region(table, "output", i), fmt::format("This output's face \"{}\" does not exist: {}",
                                                               output.face.text, advice(output.face.text, faces)));
        }
        if (!output.view.empty() && (!output.face.empty() || output.feed != Feed::full))
            faults.add(region(table, "output", i),
                       "An output shows a face or a view: leave out face and feed, or view.");
        if (output.name.empty()) {
            const std::string plain = output.face.empty() ? "view" : output.face.text;
            output.name.text = fmt::format("{}-{}", plain, i + 1);
        }
        if (!taken.insert(output.name.text).second) {
            faults.add(region(table, "output", i),
                       fmt::format("The output name \"{}\" is used twice: give each its own.", output.name.text));
        }
    }
    if (!file.outputs.empty()) return;
    for (const auto& face : file.faces) file.outputs.push_back({OutputName(face.name.text), face.name, "window", ""});
}

void finish_sound(const toml::table& table, File& file, Faults& faults) {
    static constexpr std::string_view buses[] = {"master", "monitor"};
    static constexpr std::string_view kinds[] = {"device", "none", "shared"};
    for (std::size_t i = 0; i < file.sound_outputs.size(); ++i) {
        auto& output = file.sound_outputs[i];
        if (output.kind.empty()) output.kind = kinds[0];
        if (output.name.empty()) output.name.text = fmt::format("{}-{}", output.bus, i + 1);
        const auto check = [&](std::string_view key, std::string_view value, std::span<const std::string_view> known) {
            if (std::find(known.begin(), known.end(), value) != known.end()) return;
            faults.add(region(table, "sound", i),
                       fmt::format("{} cannot be \"{}\": {}", key, value, advice(value, known)));
        };
        check("bus", output.bus, buses);
        check("kind", output.kind, kinds);
    }
    check_names(table, "sound", file.sound_outputs, faults);
    if (!file.sound_outputs.empty()) return;
    // A show without a window has nobody sitting before it.
    const bool windows =
        std::any_of(file.outputs.begin(), file.outputs.end(), [](const auto& o) { return o.kind == "window"; });
    file.sound_outputs.push_back({OutputName("hall"), "master", windows ? "device" : "none", ""});
}

void finish_sources(const toml::table& table, File& file, Faults& faults) {
    if (file.sources.empty()) {
        faults.add(
            table.source(),
            "The show has no source: add [[source]] with a name and a url, for example url = \"lavfi:testsrc2\".");
    }
    for (std::size_t i = 0; i < file.sources.size(); ++i) {
        auto& source = file.sources[i];
        if (source.url.empty()) {
            faults.add(region(table, "source", i),
                       fmt::format("The source \"{}\" has no url: add url = \"…\".", source.name.text));
        }
        source.live = !names_file(source.url);
    }
    if (file.opening.round && file.opening.question.empty() && file.questions.empty()) {
        faults.add(table["opening"]["round"].node()->source(),
                   "A round needs a question: add question = \"…\" under [opening], or a [[question]].");
    }
    if (file.opening.source.empty()) {
        if (!file.sources.empty()) file.opening.source = file.sources.front().name;
        return;
    }
    std::vector<std::string_view> names;
    for (const auto& source : file.sources) names.push_back(source.name.text);
    for (const auto& scene : file.scenes) names.push_back(scene.name.text);
    if (std::find(names.begin(), names.end(), file.opening.source.text) == names.end()) {
        faults.add(table["opening"]["source"].node()->source(),
                   fmt::format("There is no source or scene \"{}\" to open with: {}", file.opening.source.text,
                               advice(file.opening.source.text, names)));
    }
}

void finish_questions(const toml::table& table, File& file, Faults& faults) {
    for (std::size_t i = 0; i < file.questions.size(); ++i) {
        const auto& q = file.questions[i];
        if (q.text.empty()) faults.add(region(table, "question", i), "This question has no text: add text = \"…\".");
        if (q.parts.size() > most_parts)
            faults.add(region(table, "question", i), fmt::format("A question has at most {} parts.", most_parts));
        if (q.close_at_end && q.minutes == 0)
            faults.add(region(table, "question", i), "close_at_end needs a length: add minutes = 12.");
    }
    if (file.questions.size() > most_agenda_items)
        faults.add(region(table, "question", most_agenda_items),
                   fmt::format("The agenda has at most {} questions.", most_agenda_items));
}

// Each brings its clip along.
void finish_stingers(const toml::table& table, File& file, Faults& faults) {
    check_names(table, "stinger", file.stingers, faults);
    for (std::size_t i = 0; i < file.stingers.size(); ++i) {
        const auto& stinger = file.stingers[i];
        const auto& name = stinger.name.text;
        const auto say = [&](std::string what) { faults.add(region(table, "stinger", i), std::move(what)); };
        if (std::find(plain_transitions.begin(), plain_transitions.end(), name) != plain_transitions.end())
            say(fmt::format("\"{}\" is a transition already: give the stinger another name.", name));
        if (std::any_of(file.sources.begin(), file.sources.end(),
                        [&](const auto& s) { return s.name == stinger.name; }))
            say(fmt::format("There is a source \"{}\" already: give the stinger another name.", name));
        if (stinger.file.empty() || !names_file(stinger.file))
            say(fmt::format("The stinger \"{}\" has no file: add file = \"….webm\".", name));
    }
    for (const auto& stinger : file.stingers) {
        SourceConfig clip;
        clip.name = stinger.name;
        clip.label = stinger.label;
        clip.url = stinger.file;
        clip.live = false;
        clip.loop = false;
        file.sources.push_back(std::move(clip));
    }
}

// What outputs and the multiview show must be there when the show opens.
void check_views(const toml::table& table, const Setup& setup, Faults& faults) {
    ShowState state;
    SceneBook book;
    for (const auto& scene : setup.scenes) book.scenes[scene.name] = scene;
    state.scenes = std::make_shared<const SceneBook>(std::move(book));
    state.setup = std::make_shared<const Setup>(setup);
    for (std::size_t i = 0; i < setup.outputs.size(); ++i) {
        const auto& view = setup.outputs[i].view;
        if (!view.empty() && !is_view(state, view))
            faults.add(
                region(table, "output", i),
                fmt::format("There is no view \"{}\": write multiview, program, preview, clean or scene/NAME.", view));
    }
    const auto at = [&](std::string_view key) {
        const auto* node = table["multiview"][key].node();
        return node == nullptr ? table.source() : node->source();
    };
    const auto& multiview = setup.multiview;
    if (multiview_layout(multiview.layout) == nullptr) {
        std::vector<std::string_view> known;
        for (const auto& layout : multiview_layouts()) known.push_back(layout.name);
        faults.add(at("layout"),
                   fmt::format("layout cannot be \"{}\": {}", multiview.layout, advice(multiview.layout, known)));
    }
    if (multiview.cells.size() > most_multiview_cells)
        faults.add(at("cells"), fmt::format("A multiview has at most {} cells.", most_multiview_cells));
    for (const auto& cell : multiview.cells) {
        if (!cell.empty() && !is_cell(state, cell))
            faults.add(at("cells"),
                       fmt::format("A cell cannot show \"{}\": name a source, a scene, face/NAME, program, "
                                   "preview, clean, clock, sound or none.",
                                   cell));
    }
}

Setup to_setup(File file) {
    Setup setup;
    setup.title = std::move(file.title);
    setup.language = std::move(file.language);
    if (!file.languages.empty()) setup.languages = std::move(file.languages);
    setup.rate = file.rate;
    setup.tables = file.tables;
    setup.watermark = file.watermark;
    setup.faces = std::move(file.faces);
    setup.sources = std::move(file.sources);
    setup.outputs = std::move(file.outputs);
    setup.sound_outputs = std::move(file.sound_outputs);
    setup.operators = std::move(file.operators);
    setup.surfaces = std::move(file.surfaces);
    setup.bindings = std::move(file.bindings);
    setup.wall = std::move(file.wall);
    for (const auto& stinger : file.stingers) setup.stingers.push_back({stinger.name, stinger.cut_ms});
    setup.multiview = std::move(file.multiview);
    setup.recording = std::move(file.recording);
    setup.address = std::move(file.network.address);
    setup.media = std::move(file.media);
    setup.opening_source = file.opening.source;
    setup.opening_question = std::move(file.opening.question);
    setup.opening_round = file.opening.round;
    for (auto& q : file.questions) {
        setup.agenda.push_back({std::move(q.text), std::move(q.language), std::move(q.parts),
                                static_cast<std::uint32_t>(q.minutes * 60'000), q.close_at_end});
    }
    setup.notices = std::move(file.notices);
    setup.voice = std::move(file.voice);
    return setup;
}

}  // namespace

bool names_file(const std::string& url) {
    return url.find("://") == std::string::npos && !url.starts_with("lavfi:") && !url.starts_with("/dev/");
}

std::variant<Setup, std::vector<ShowFault>> parse_show_file(std::string_view text,
                                                            const std::vector<std::string>& palettes,
                                                            const std::vector<CaptionTemplate>& templates) {
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        const auto& at = error.source().begin;
        return std::vector<ShowFault>{{static_cast<int>(at.line), static_cast<int>(at.column),
                                       fmt::format("This is not TOML: {}.", error.description())}};
    }
    Faults faults;
    File file;
    read_table(table, file_keys(), file, faults);
    check_names(table, "face", file.faces, faults);
    check_names(table, "source", file.sources, faults);
    check_palette(table, file, palettes, faults);
    show_file::FileRundown rundown{file.scenes, file.cues, file.macros};
    show_file::finish_scenes(table, rundown, file.sources, faults);
    show_file::finish_cues(table, rundown, faults);
    // An output that was badly written would only bring follow-up faults: check the whole once the parts are right.
    if (faults.empty()) finish_faces(table, file);
    finish_sources(table, file, faults);
    finish_stingers(table, file, faults);
    if (!file.faces.empty()) finish_outputs(table, file, faults);
    finish_sound(table, file, faults);
    show_file::check_recording(table, file.recording, faults);
    show_file::finish_network(table, file.network, faults);
    const show_file::FileCaptions captions{file.captions, file.people};
    show_file::check_captions(table, captions, file.sources, templates, faults);
    show_file::check_operators(table, file.operators, file.faces, faults);
    show_file::check_surfaces(table, file.surfaces, file.operators, faults);
    show_file::finish_bindings(table, file.bindings, file.faces, faults);
    finish_questions(table, file, faults);
    if (!faults.empty()) return faults.sorted();
    Setup setup = to_setup(std::move(file));
    setup.captions = captions.captions;
    setup.people = captions.people;
    setup.caption_templates = templates;
    show_file::add_rundown(std::move(rundown), setup, table, faults);
    check_views(table, setup, faults);
    if (!faults.empty()) return faults.sorted();
    return setup;
}

std::string show_file_reference() {
    std::string out = "# The show file\n\nTOML. Generated from the table that reads it (`tribune show-reference`).\n";
    describe(out, "Top of the file", file_keys());
    describe(out, "[[source]]", source_keys());
    describe(out, "[[face]]", face_keys());
    describe(out, "[[stinger]]", stinger_keys());
    describe(out, "[[output]]", output_keys());
    describe(out, "[recording]", show_file::recording_keys());
    describe(out, "[network]", show_file::network_keys());
    describe(out, "[multiview]", multiview_keys());
    describe(out, "[[sound]]", sound_keys());
    describe(out, "[[caption]]", show_file::caption_keys());
    describe(out, "[[person]]", show_file::person_keys());
    describe(out, "[[operator]]", show_file::operator_keys());
    show_file::describe_rights(out);
    describe(out, "[[midi]]", show_file::surface_keys());
    describe(out, "[[control]]", show_file::binding_keys());
    show_file::describe_actions(out);
    describe(out, "[wall]", wall_keys());
    describe(out, "[venue]", venue_keys());
    describe(out, "[opening]", opening_keys());
    describe(out, "[[question]]", show_file::question_keys());
    describe(out, "[notices]", show_file::notice_keys());
    describe(out, "[voices]", show_file::voice_keys());
    show_file::describe_rundown(out);
    return out;
}

}  // namespace tribune
