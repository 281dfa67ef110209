#include "show/show_file.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <functional>
#include <set>
#include <span>

#include "show/fields.hpp"

namespace tribune {
namespace {

constexpr int most_pixels_a_side = 8192;

// --- Reading values -----------------------------------------------------------------------------------------

class Faults {
  public:
    void add(const toml::source_region& where, std::string message) {
        list_.push_back({static_cast<int>(where.begin.line), static_cast<int>(where.begin.column), std::move(message)});
    }
    std::vector<ShowFault> sorted() {
        std::stable_sort(list_.begin(), list_.end(), [](const auto& a, const auto& b) {
            return std::pair(a.line, a.column) < std::pair(b.line, b.column);
        });
        return std::move(list_);
    }
    [[nodiscard]] bool empty() const { return list_.empty(); }

  private:
    std::vector<ShowFault> list_;
};

// Levenshtein distance, for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t up = row[j];
            row[j] = std::min({up + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = up;
        }
    }
    return row[b.size()];
}

template <class Range>
std::string advice(std::string_view wrong, const Range& known) {
    std::string list;
    std::string_view best;
    std::size_t best_distance = 3;
    for (const std::string_view name : known) {
        list += list.empty() ? "" : ", ";
        list += name;
        if (const auto d = distance(wrong, name); d < best_distance) {
            best = name;
            best_distance = d;
        }
    }
    return best.empty() ? fmt::format("write one of: {}.", list) : fmt::format("did you mean \"{}\"?", best);
}

// One key of a table: its name, what it means, and how it is read.
template <class T>
struct Key {
    std::string_view name;
    std::string_view example;
    std::string_view help;
    std::function<void(const toml::node&, T&, Faults&)> read;
};

bool read_text(const toml::node& node, std::string& out, std::string_view name, Faults& faults) {
    if (const auto text = node.value_exact<std::string>()) {
        out = *text;
        return true;
    }
    faults.add(node.source(), fmt::format("{} must be text in quotes, for example {} = \"…\".", name, name));
    return false;
}

template <class T>
Key<T> text_key(std::string_view name, std::string_view example, std::string_view help, std::string T::*member) {
    return {name, example, help,
            [=](const toml::node& node, T& out, Faults& faults) { read_text(node, out.*member, name, faults); }};
}

template <class T, class Tag>
Key<T> name_key(std::string_view name, std::string_view example, std::string_view help, Name<Tag> T::*member) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                std::string text;
                if (!read_text(node, text, name, faults)) return;
                const bool plain =
                    !text.empty() && text.size() <= 32 &&
                    text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
                        std::string::npos;
                if (!plain) {
                    faults.add(
                        node.source(),
                        fmt::format("{} \"{}\" must be 1 to 32 letters, digits, - or _, without spaces or accents.",
                                    name, text));
                }
                (out.*member).text = text;
            }};
}

template <class T>
Key<T> bool_key(std::string_view name, std::string_view example, std::string_view help, bool T::*member) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                if (const auto value = node.value_exact<bool>()) {
                    out.*member = *value;
                } else {
                    faults.add(node.source(), fmt::format("{} must be true or false.", name));
                }
            }};
}

template <class T, class N>
Key<T> number_key(std::string_view name, std::string_view example, std::string_view help, N T::*member, double low,
                  double high) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                const bool right_kind = std::is_integral_v<N> ? node.is_integer() : node.is_number();
                const auto value = right_kind ? node.value<double>() : std::nullopt;
                if (value && *value >= low && *value <= high) {
                    out.*member = static_cast<N>(*value);
                } else {
                    faults.add(node.source(),
                               fmt::format("{} must be a {} from {} to {}.", name,
                                           std::is_integral_v<N> ? "whole number" : "number", low, high));
                }
            }};
}

template <class T>
Key<T> size_key(std::string_view name, std::string_view example, std::string_view help, Size T::*member) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                std::string text;
                if (!read_text(node, text, name, faults)) return;
                Size size;
                char rest = 0;
                const bool read = std::sscanf(text.c_str(), "%5dx%5d%c", &size.width, &size.height, &rest) == 2;
                if (!read || size.width < 16 || size.height < 16 || size.width > most_pixels_a_side ||
                    size.height > most_pixels_a_side) {
                    faults.add(
                        node.source(),
                        fmt::format("{} \"{}\" must be WIDTHxHEIGHT, each from 16 to {}, for example \"1920x1080\".",
                                    name, text, most_pixels_a_side));
                    return;
                }
                out.*member = size;
            }};
}

template <class T, class E>
Key<T> enum_key(std::string_view name, std::string_view example, std::string_view help, E T::*member) {
    return {name, example, help, [=](const toml::node& node, T& out, Faults& faults) {
                std::string text;
                if (!read_text(node, text, name, faults)) return;
                std::vector<std::string_view> known;
                for (const auto& [value, value_name] : names_of(E{})) {
                    if (value_name == text) {
                        out.*member = value;
                        return;
                    }
                    known.push_back(value_name);
                }
                faults.add(node.source(), fmt::format("{} cannot be \"{}\": {}", name, text, advice(text, known)));
            }};
}

template <class T>
void read_table(const toml::table& table, const std::vector<Key<T>>& keys, T& out, Faults& faults) {
    for (const auto& [key, node] : table) {
        const auto known =
            std::find_if(keys.begin(), keys.end(), [&, k = key.str()](const auto& row) { return row.name == k; });
        if (known != keys.end()) {
            known->read(node, out, faults);
            continue;
        }
        std::vector<std::string_view> names;
        names.reserve(keys.size());
        for (const auto& row : keys) names.push_back(row.name);
        faults.add(key.source(), fmt::format("There is no key \"{}\" here: {}", key.str(), advice(key.str(), names)));
    }
}

// A key that holds a table, or a list of tables ([[name]]).
template <class T, class Item>
Key<T> table_key(std::string_view name, std::string_view help, Item T::*member, const std::vector<Key<Item>>& keys) {
    return {name, "", help, [=, &keys](const toml::node& node, T& out, Faults& faults) {
                if (const auto* table = node.as_table()) {
                    read_table(*table, keys, out.*member, faults);
                } else {
                    faults.add(node.source(),
                               fmt::format("{} must be a section: write [{}] on a line of its own.", name, name));
                }
            }};
}
template <class T, class Item>
Key<T> list_key(std::string_view name, std::string_view help, std::vector<Item> T::*member,
                const std::vector<Key<Item>>& keys) {
    return {name, "", help, [=, &keys](const toml::node& node, T& out, Faults& faults) {
                const auto* list = node.as_array();
                if (list == nullptr || list->empty() || !list->is_homogeneous(toml::node_type::table)) {
                    faults.add(node.source(),
                               fmt::format("{} must be a list of sections: write [[{}]] before each one.", name, name));
                    return;
                }
                for (const auto& item : *list) read_table(*item.as_table(), keys, (out.*member).emplace_back(), faults);
            }};
}

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
        name_key("face", "\"north\"", "The face it shows.", &T::face),
        text_key("kind", "\"window\"", "window, headless or shared (frames for another program on this machine).",
                 &T::kind),
        text_key("display", "\"HDMI-1\"", "The display its window fills; tiled on the first display when left out.",
                 &T::display),
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
        name_key("source", "\"cam1\"", "On program when the show first opens; the first source when left out.",
                 &T::source),
        text_key("question", "\"Qu'est-ce qui vous manque ?\"", "Prepared question.", &T::question),
        bool_key("round", "true", "The round on that question is open from the start.", &T::round),
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
};

// Codes are too short to guess what was meant.
void read_language(const toml::node& node, File& out, Faults& faults) {
    if (!read_text(node, out.language, "language", faults)) return;
    if (std::find(show_languages.begin(), show_languages.end(), out.language) != show_languages.end()) return;
    faults.add(node.source(), fmt::format("language cannot be \"{}\": write one of: {}.", out.language,
                                          fmt::join(show_languages, ", ")));
}

void read_languages(const toml::node& node, File& out, Faults& faults) {
    const auto* list = node.as_array();
    if (list == nullptr || list->empty()) {
        faults.add(node.source(), "languages must be a list of codes, for example languages = [\"fr\", \"en\"].");
        return;
    }
    for (const auto& item : *list) {
        std::string text;
        if (read_text(item, text, "languages", faults)) out.languages.push_back(std::move(text));
    }
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
        {"languages", "[\"fr\", \"en\"]", "Languages that answers may come in.", read_languages},
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
        list_key("output", "Where a face's picture goes; a tiled window per face when left out.", &File::outputs,
                 output_keys()),
        list_key("sound", "Where sound goes; the system's sound device when left out.", &File::sound_outputs,
                 sound_keys()),
    };
    return keys;
}

// --- What must hold between the parts -----------------------------------------------------------------------

// Where item `i` of [[list]] stands in the file.
toml::source_region region(const toml::table& table, std::string_view list, std::size_t i) {
    const auto* node = table.get(list);
    const auto* items = node == nullptr ? nullptr : node->as_array();
    const auto* item = items == nullptr ? nullptr : items->get(i);
    return item == nullptr ? table.source() : item->source();
}

template <class Item>
void check_names(const toml::table& table, std::string_view list, const std::vector<Item>& items, Faults& faults) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto& name = items[i].name.text;
        if (name.empty()) {
            faults.add(region(table, list, i), fmt::format("This {} has no name: add name = \"…\".", list));
        } else if (!seen.insert(name).second) {
            faults.add(region(table, list, i),
                       fmt::format("The {} name \"{}\" is used twice: give each its own.", list, name));
        }
    }
}

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
        if (std::find(faces.begin(), faces.end(), output.face.text) == faces.end()) {
            faults.add(region(table, "output", i), fmt::format("This output's face \"{}\" does not exist: {}",
                                                               output.face.text, advice(output.face.text, faces)));
        }
        if (output.name.empty()) output.name.text = fmt::format("{}-{}", output.face.text, i + 1);
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
    if (file.opening.round && file.opening.question.empty()) {
        faults.add(table["opening"]["round"].node()->source(),
                   "A round needs a question: add question = \"…\" under [opening].");
    }
    if (file.opening.source.empty()) {
        if (!file.sources.empty()) file.opening.source = file.sources.front().name;
        return;
    }
    std::vector<std::string_view> names;
    for (const auto& source : file.sources) names.push_back(source.name.text);
    if (std::find(names.begin(), names.end(), file.opening.source.text) == names.end()) {
        faults.add(table["opening"]["source"].node()->source(),
                   fmt::format("There is no source \"{}\" to open with: {}", file.opening.source.text,
                               advice(file.opening.source.text, names)));
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
    setup.wall = std::move(file.wall);
    setup.media = std::move(file.media);
    setup.opening_source = file.opening.source;
    setup.opening_question = std::move(file.opening.question);
    setup.opening_round = file.opening.round;
    return setup;
}

template <class T>
void describe(std::string& out, std::string_view title, const std::vector<Key<T>>& keys) {
    out += fmt::format("\n## {}\n\n| key | example | meaning |\n|---|---|---|\n", title);
    for (const auto& key : keys) {
        out += fmt::format("| `{}` | {} | {} |\n", key.name,
                           key.example.empty() ? "a section" : fmt::format("`{}`", key.example), key.help);
    }
}

}  // namespace

bool names_file(const std::string& url) {
    return url.find("://") == std::string::npos && !url.starts_with("lavfi:") && !url.starts_with("/dev/");
}

std::variant<Setup, std::vector<ShowFault>> parse_show_file(std::string_view text,
                                                            const std::vector<std::string>& palettes) {
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
    // An output that was badly written would only bring follow-up faults: check the whole once the parts are right.
    if (faults.empty()) finish_faces(table, file);
    finish_sources(table, file, faults);
    if (!file.faces.empty()) finish_outputs(table, file, faults);
    finish_sound(table, file, faults);
    if (!faults.empty()) return faults.sorted();
    return to_setup(std::move(file));
}

std::string show_file_reference() {
    std::string out = "# The show file\n\nTOML. Generated from the table that reads it (`tribune show-reference`).\n";
    describe(out, "Top of the file", file_keys());
    describe(out, "[[source]]", source_keys());
    describe(out, "[[face]]", face_keys());
    describe(out, "[[output]]", output_keys());
    describe(out, "[[sound]]", sound_keys());
    describe(out, "[wall]", wall_keys());
    describe(out, "[venue]", venue_keys());
    describe(out, "[opening]", opening_keys());
    return out;
}

}  // namespace tribune
