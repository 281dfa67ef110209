#include "show/caption_file.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "show/show_file_keys.hpp"

namespace tribune {

template <class T>
using FileKey = show_file::Key<T>;
using show_file::advice;
using show_file::bool_key;
using show_file::Faults;
using show_file::list_key;
using show_file::name_key;
using show_file::number_key;
using show_file::read_table;
using show_file::read_text;
using show_file::table_key;
using show_file::text_key;

namespace {

constexpr double longest_seconds = 10;
constexpr float least_ground = 0.7F;  // how much of a fill must be there for its text to be read over any picture

template <class T, class E, std::size_t N>
FileKey<T> choice_key(std::string_view name, std::string_view example, std::string_view help, E T::*member,
                      const std::array<std::pair<E, std::string_view>, N>& choices) {
    return {name, example, help, [=, &choices](const toml::node& node, T& out, Faults& faults) {
                std::string text;
                if (!read_text(node, text, name, faults)) return;
                std::vector<std::string_view> known;
                for (const auto& [value, word] : choices) {
                    if (word == text) {
                        out.*member = value;
                        return;
                    }
                    known.push_back(word);
                }
                faults.add(node.source(), fmt::format("{} cannot be \"{}\": {}", name, text, advice(text, known)));
            }};
}

constexpr std::array sides{std::pair{Side::start, std::string_view("start")},
                           std::pair{Side::centre, std::string_view("centre")},
                           std::pair{Side::end, std::string_view("end")}};
constexpr std::array motions{
    std::pair{Motion::none, std::string_view("none")},
    std::pair{Motion::fade, std::string_view("fade")},
    std::pair{Motion::rise, std::string_view("rise")},
    std::pair{Motion::slide_left, std::string_view("slide_left")},
    std::pair{Motion::slide_right, std::string_view("slide_right")},
    std::pair{Motion::slide_up, std::string_view("slide_up")},
    std::pair{Motion::slide_down, std::string_view("slide_down")},
    std::pair{Motion::wipe_left, std::string_view("wipe_left")},
    std::pair{Motion::wipe_right, std::string_view("wipe_right")},
    std::pair{Motion::wipe_up, std::string_view("wipe_up")},
    std::pair{Motion::wipe_down, std::string_view("wipe_down")},
    std::pair{Motion::grow, std::string_view("grow")},
};
constexpr std::array paints{std::pair{Paint::ground_top, std::string_view("ground_top")},
                            std::pair{Paint::ground_bottom, std::string_view("ground_bottom")},
                            std::pair{Paint::ink, std::string_view("ink")},
                            std::pair{Paint::quiet, std::string_view("quiet")},
                            std::pair{Paint::accent, std::string_view("accent")},
                            std::pair{Paint::alert, std::string_view("alert")}};

// "accent", "ground_top/0.9", "#101828", "#101828/0.5".
std::optional<CaptionColour> parse_caption_colour(std::string_view text) {
    CaptionColour colour;
    if (const auto slash = text.find('/'); slash != text.npos) {
        const auto share = text.substr(slash + 1);
        const auto [end, failed] = std::from_chars(share.data(), share.data() + share.size(), colour.alpha);
        if (failed != std::errc{} || end != share.data() + share.size() || !(colour.alpha >= 0 && colour.alpha <= 1))
            return std::nullopt;
        text = text.substr(0, slash);
    }
    for (const auto& [paint, word] : paints) {
        if (word != text) continue;
        colour.paint = paint;
        return colour;
    }
    std::uint32_t rgb = 0;
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    const auto [end, failed] = std::from_chars(text.data() + 1, text.data() + 7, rgb, 16);
    if (failed != std::errc{} || end != text.data() + 7) return std::nullopt;
    colour.paint = Paint::own;
    colour.own = colour_from_rgb(rgb);
    return colour;
}

bool read_colour(const toml::node& node, CaptionColour& out, std::string_view name, Faults& faults) {
    std::string text;
    if (!read_text(node, text, name, faults)) return false;
    if (const auto colour = parse_caption_colour(text)) {
        out = *colour;
        return true;
    }
    faults.add(
        node.source(),
        fmt::format("{} cannot be \"{}\": write ground_top, ground_bottom, ink, quiet, accent, alert or #rrggbb, "
                    "with /0.9 behind it for one that shows through.",
                    name, text));
    return false;
}

FileKey<CaptionBox> colour_key(std::string_view name, std::string_view help, CaptionColour CaptionBox::*member) {
    return {name, "\"ink\"", help, [=](const toml::node& node, CaptionBox& out, Faults& faults) {
                (void)read_colour(node, out.*member, name, faults);
            }};
}
FileKey<CaptionBox> colour_key(std::string_view name, std::string_view help,
                               std::optional<CaptionColour> CaptionBox::*member) {
    return {name, "\"ground_top/0.9\"", help, [=](const toml::node& node, CaptionBox& out, Faults& faults) {
                CaptionColour colour;
                if (read_colour(node, colour, name, faults)) out.*member = colour;
            }};
}

// [x, y], both within these bounds.
bool read_pair(const toml::node& node, double& x, double& y, double most, std::string_view name, Faults& faults) {
    const auto* list = node.as_array();
    const auto number = [&](std::size_t i) {
        const auto* item = list == nullptr || list->size() != 2 ? nullptr : list->get(i);
        return item != nullptr && item->is_number() ? item->value<double>() : std::nullopt;
    };
    const auto first = number(0), second = number(1);
    if (first && second && *first >= 0 && *first <= most && *second >= 0 && *second <= most) {
        x = *first;
        y = *second;
        return true;
    }
    faults.add(node.source(),
               fmt::format("{} must be two numbers from 0 to {}, for example {} = [0.03, 0.02].", name, most, name));
    return false;
}

void read_mark(const toml::node& node, CaptionBox& out, Faults& faults) {
    struct Mark {
        CaptionMark mark;
        bool placed = false;
    };
    static const std::vector<FileKey<Mark>> keys{
        {"place", "", "",
         [](const toml::node& n, Mark& m, Faults& f) {
             const auto* list = n.as_array();
             std::array<double, 4> v{};
             bool good = list != nullptr && list->size() == v.size();
             for (std::size_t i = 0; good && i < v.size(); ++i) {
                 const auto value = list->get(i)->is_number() ? list->get(i)->value<double>() : std::nullopt;
                 good = value && *value >= 0 && *value <= 1;
                 if (good) v[i] = *value;
             }
             if (!good) {
                 f.add(n.source(), "place must be [x, y, width, height], shares of the box from 0 to 1.");
                 return;
             }
             m.mark.place = {v[0], v[1], v[2], v[3]};
             m.placed = true;
         }},
        {"radius", "", "",
         [](const toml::node& n, Mark& m, Faults& f) {
             const auto value = n.is_number() ? n.value<double>() : std::nullopt;
             if (value && *value >= 0 && *value <= 0.5) {
                 m.mark.radius = *value;
             } else {
                 f.add(n.source(), "radius of a mark is a share of its smaller side, 0 to 0.5.");
             }
         }},
        {"colour", "", "",
         [](const toml::node& n, Mark& m, Faults& f) { (void)read_colour(n, m.mark.colour, "colour", f); }},
    };
    const auto* list = node.as_array();
    if (list == nullptr || list->empty() || !list->is_homogeneous(toml::node_type::table) || list->size() > 32) {
        faults.add(node.source(), "marks must be a list of up to 32 as { place = [0, 0, 1, 1], colour = \"ink\" }.");
        return;
    }
    for (const auto& item : *list) {
        Mark mark;
        read_table(*item.as_table(), keys, mark, faults);
        if (!mark.placed) faults.add(item.source(), "This mark has no place: add place = [x, y, width, height].");
        out.marks.push_back(mark.mark);
    }
}

template <class T>
void read_label(const toml::node& node, LocalWords T::*member, T& out, Faults& faults) {
    const auto* table = node.as_table();
    const auto* fr = table == nullptr ? nullptr : table->get("fr");
    const auto* en = table == nullptr ? nullptr : table->get("en");
    const bool good = fr != nullptr && en != nullptr && table->size() == 2 && fr->is_string() && en->is_string();
    if (!good) {
        faults.add(node.source(), "label must be written as { fr = \"…\", en = \"…\" }.");
        return;
    }
    (out.*member).fr = *fr->value<std::string>();
    (out.*member).en = *en->value<std::string>();
}

const std::vector<FileKey<CaptionBox>>& box_keys();

void read_boxes(const toml::node& node, CaptionBox& out, Faults& faults) {
    const auto* list = node.as_array();
    if (list == nullptr || list->empty() || !list->is_homogeneous(toml::node_type::table)) {
        faults.add(node.source(), "box must be a list of boxes: write [[box.box]] before each one.");
        return;
    }
    for (const auto& item : *list) read_table(*item.as_table(), box_keys(), out.boxes.emplace_back(), faults);
}

FileKey<CaptionBox> seconds_key(std::string_view name, std::string_view example, std::string_view help,
                                double BoxMotion::*member, double least) {
    return {name, example, help, [=](const toml::node& node, CaptionBox& out, Faults& faults) {
                const auto value = node.is_number() ? node.value<double>() : std::nullopt;
                if (value && *value >= least && *value <= longest_seconds) {
                    out.comes.*member = *value;
                } else {
                    faults.add(node.source(),
                               fmt::format("{} must be a number from {} to {}.", name, least, longest_seconds));
                }
            }};
}

const std::vector<FileKey<CaptionBox>>& box_keys() {
    using T = CaptionBox;
    static const std::vector<FileKey<T>> keys{
        text_key(
            "text", "\"{name}\"",
            "What it says: words, the template's fields, and what the show knows (see below). A box whose words are "
            "all missing is left out.",
            &T::text),
        number_key("size", "0.05", "Of a letter, a picture or a sign; never set smaller than the last row can read.",
                   &T::size, 0.005, 1),
        number_key("weight", "600", "Of the letters, 100 to 900.", &T::weight, 100, 900),
        colour_key("colour", "Of the letters; mended until it stands out, 7:1, from what is behind it.", &T::colour),
        number_key("lines", "2", "How many lines the text may take before it is set smaller. Nothing is ever cut.",
                   &T::lines, 1, 12),
        choice_key("align", "\"start\"",
                   "start, centre or end: where the text's lines, or the boxes in it, stand across. start is the left, "
                   "and the right for words that run from right to left.",
                   &T::align, sides),
        bool_key("figures", "true", "Digits stand in columns of one width, for clocks.", &T::figures),
        bool_key("ticker", "true", "The text runs through when it is longer than the box.", &T::ticker),
        number_key("speed", "0.12", "Of a ticker, units a second.", &T::speed, slowest_ticker, fastest_ticker),
        text_key("image", "\"{logo}\"", "A source of the show, such as a still, in a box `size` high.", &T::image),
        {"marks", "[{ place = [0, 0, 1, 1], radius = 0.5, colour = \"accent\" }]",
         "A sign of rounded rectangles in a square of `size`; place and radius are shares.", read_mark},
        number_key("swing", "12", "Degrees that a sign swings to each side at first; it comes to rest in some seconds.",
                   &T::swing, 0, 20),
        {"box", "[[box.box]]", "Boxes in it.", read_boxes},
        bool_key("row", "true", "They stand side by side; below each other when left out.", &T::row),
        number_key("gap", "0.02", "Between them.", &T::gap, 0, 1),
        {"padding", "[0.03, 0.02]", "Free room inside, at the sides and above and below.",
         [](const toml::node& node, T& out, Faults& faults) {
             (void)read_pair(node, out.pad_x, out.pad_y, 1, "padding", faults);
         }},
        number_key("width", "0.012", "Its width; as wide as what it holds when left out.", &T::width, 0, 10),
        number_key("height", "0.006", "Its height; as high as what it holds when left out.", &T::height, 0, 10),
        bool_key("stretch", "true", "It takes all the width there is.", &T::stretch),
        bool_key("optional", "true", "In a row it is left out when there is no room for it.", &T::optional),
        bool_key("time_share", "true", "Its colour takes as much of its width as time is left.", &T::time_share),
        colour_key("fill", "Behind all of it.", &T::fill),
        colour_key("fill_to", "The gradient's other end, at the bottom.", &T::fill_to),
        number_key("radius", "0.01", "Of its corners.", &T::radius, 0, 1),
        colour_key("last_colour", "Of the letters in the last minute.", &T::last_colour),
        colour_key("last_fill", "Behind it in the last minute.", &T::last_fill),
        {"comes", "\"slide_up\"",
         "How it comes, and goes the same way back: none, fade, rise, slide_… (from behind the edge of what holds it) "
         "or "
         "wipe_… to the left, right, up or down, grow.",
         [](const toml::node& node, T& out, Faults& faults) {
             static const auto key = choice_key("comes", "", "", &BoxMotion::motion, motions);
             key.read(node, out.comes, faults);
         }},
        seconds_key("after", "0.2", "When it starts, seconds into the coming of the whole.", &BoxMotion::after, 0),
        seconds_key("seconds", "0.4", "How long its own way takes.", &BoxMotion::seconds, 0.05),
    };
    return keys;
}

const std::vector<FileKey<CaptionField>>& field_keys() {
    using T = CaptionField;
    static const std::vector<FileKey<T>> keys{
        name_key("name", "\"name\"", "As it stands in {braces}; `name` and `role` are filled from the show's people.",
                 &T::name),
        {"label", "{ fr = \"Nom\", en = \"Name\" }", "What the desk calls it.",
         [](const toml::node& node, T& out, Faults& faults) { read_label(node, &T::label, out, faults); }},
        text_key("usual", "\"{question}\"", "What it says unless the caption says otherwise.", &T::usual),
    };
    return keys;
}

struct File {
    CaptionTemplate known;
    CaptionDesign design;
    double out_seconds = 0;
    double bell_seconds = 0;
    bool has_box = false;
};

template <class Part, class Member>
FileKey<File> in_part(Part File::*part, const FileKey<Member>& key) {
    return {
        key.name, key.example, key.help,
        [part, read = key.read](const toml::node& node, File& out, Faults& faults) { read(node, out.*part, faults); }};
}

const std::vector<FileKey<File>>& file_keys() {
    using D = CaptionDesign;
    using K = CaptionTemplate;
    static const std::vector<FileKey<File>> keys{
        {"label", "{ fr = \"Bandeau\", en = \"Lower third\" }", "What the desk calls it.",
         [](const toml::node& node, File& out, Faults& faults) { read_label(node, &K::label, out.known, faults); }},
        in_part(&File::known,
                text_key("slot", "\"lower\"",
                         "Captions of one slot take each other's place; with none it stands beside all.", &K::slot)),
        in_part(&File::design, choice_key("across", "\"start\"", "start, centre or end: where it stands on the face.",
                                          &D::across, sides)),
        in_part(&File::design,
                choice_key("down", "\"end\"", "start (the top), centre or end (the bottom).", &D::down, sides)),
        {"margin", "[0.07, 0.07]", "From the face's edges.",
         [](const toml::node& node, File& out, Faults& faults) {
             (void)read_pair(node, out.design.margin_x, out.design.margin_y, 0.4, "margin", faults);
         }},
        in_part(&File::design,
                number_key("widest", "0.6", "Share of the face's width that it may take, margins included.", &D::widest,
                           0.1, 1)),
        in_part(&File::design, bool_key("whole", "true", "It covers the face, without margins.", &D::whole)),
        in_part(&File::design,
                bool_key("mirror", "false", "Turned around for words that run from right to left; true when left out.",
                         &D::mirror)),
        number_key("out_seconds", "0.4", "How long it takes to go; two thirds of its coming when left out.",
                   &File::out_seconds, 0.05, longest_seconds),
        number_key("bell_seconds", "8", "Over the faces it is seen only so long after each bell.", &File::bell_seconds,
                   1, 120),
        {"field", "[[field]]", "What people write into it.",
         [](const toml::node& node, File& out, Faults& faults) {
             static const auto key = list_key("field", "", &K::fields, field_keys());
             key.read(node, out.known, faults);
         }},
        {"box", "[box]", "What is seen.",
         [](const toml::node& node, File& out, Faults& faults) {
             static const auto key = table_key("box", "", &D::box, box_keys());
             key.read(node, out.design, faults);
             out.has_box = true;
         }},
    };
    return keys;
}

// --- What must hold between the parts -----------------------------------------------------------------------

class Check {
  public:
    Check(const toml::table& table, Faults& faults) : table_(table), faults_(faults) {}

    // `ground`: whether something is behind it that text can be read on.
    void box(const CaptionBox& box, const toml::node* node, int depth, bool ground, bool in_row) {
        const auto fault = [&](const std::string& what) {
            faults_.add(node == nullptr ? table_.source() : node->source(), what);
        };
        if (++count_ == most_caption_boxes + 1) fault(fmt::format("There are more than {} boxes.", most_caption_boxes));
        if (depth > deepest_caption_boxes)
            fault(fmt::format("Boxes lie in boxes {} deep at most.", deepest_caption_boxes));
        const int holds =
            int{!box.text.empty()} + int{!box.image.empty()} + int{!box.marks.empty()} + int{!box.boxes.empty()};
        if (holds > 1) fault("A box holds one thing: text, image, marks or boxes.");
        if (holds == 0 && !box.fill) fault("This box holds nothing: add text, image, marks, boxes or a fill.");
        if (holds == 0 && in_row && box.width <= 0 && !box.stretch) fault("A plain box in a row needs a width.");
        if (holds == 0 && !in_row && box.height <= 0) fault("A plain box needs a height.");
        ground = ground ||
                 (box.fill && box.fill->alpha >= least_ground && (!box.fill_to || box.fill_to->alpha >= least_ground));
        if (!box.text.empty() && !ground) {
            fault(fmt::format(
                "This text has nothing behind it and would be lost over a bright picture: give it, or a box "
                "around it, a fill of {} or more.",
                least_ground));
        }
        if (box.swing > 0 && box.marks.empty()) fault("Only a sign swings: add marks.");
        if (box.ticker && box.text.empty()) fault("A ticker needs a text.");
        const auto* table = node == nullptr ? nullptr : node->as_table();
        const auto* list = table == nullptr ? nullptr : table->get_as<toml::array>("box");
        for (std::size_t i = 0; i < box.boxes.size(); ++i)
            this->box(box.boxes[i], list == nullptr ? nullptr : list->get(i), depth + 1, ground, box.row);
    }

  private:
    const toml::table& table_;
    Faults& faults_;
    std::size_t count_ = 0;
};

void check_fields(const toml::table& table, const File& file, Faults& faults) {
    std::set<std::string> seen;
    const auto* list = table.get_as<toml::array>("field");
    for (std::size_t i = 0; i < file.known.fields.size(); ++i) {
        const auto& name = file.known.fields[i].name.text;
        const auto* at = list == nullptr ? nullptr : list->get(i);
        const auto& where = at == nullptr ? table.source() : at->source();
        if (name.empty()) faults.add(where, "This field has no name: add name = \"…\".");
        if (!seen.insert(name).second) faults.add(where, fmt::format("The field \"{}\" is there twice.", name));
    }
    if (file.known.fields.size() > 16) faults.add(table.source(), "A template takes at most 16 fields.");
}

double coming_seconds(const CaptionBox& box) {
    double latest = box.comes.motion == Motion::none ? 0 : box.comes.after + box.comes.seconds;
    for (const auto& inner : box.boxes) latest = std::max(latest, coming_seconds(inner));
    return latest;
}

Error bad_file(std::string_view name, Faults& faults) {
    std::string message;
    for (const auto& fault : faults.sorted())
        message += fmt::format("{}{}.toml:{}:{}: {}", message.empty() ? "" : "\n", name, fault.line, fault.column,
                               fault.message);
    return {"bad_caption_file", std::move(message)};
}

bool good_name(std::string_view name) {
    return !name.empty() && name.size() <= 32 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

}  // namespace

Result<CaptionFile> read_caption_file(std::string_view name, std::string_view text) {
    if (!good_name(name)) {
        return Error{
            "bad_caption_file",
            fmt::format("A template's file cannot be called \"{}.toml\": use 1 to 32 of a-z, 0-9, - and _.", name)};
    }
    if (text.size() > longest_caption_file)
        return Error{"bad_caption_file", fmt::format("{}.toml is larger than {} bytes.", name, longest_caption_file)};
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        const auto& at = error.source().begin;
        return Error{"bad_caption_file", fmt::format("{}.toml:{}:{}: This is not TOML: {}.", name, at.line, at.column,
                                                     error.description())};
    }
    Faults faults;
    File file;
    read_table(table, file_keys(), file, faults);
    if (!file.has_box) faults.add(table.source(), "There is nothing to be seen: add [box].");
    if (file.known.label.fr.empty() || file.known.label.en.empty())
        faults.add(table.source(), "The template has no label: add label = { fr = \"…\", en = \"…\" }.");
    check_fields(table, file, faults);
    // What was badly written would only bring follow-up faults.
    if (faults.empty()) Check(table, faults).box(file.design.box, table.get("box"), 1, false, false);
    if (!faults.empty()) return bad_file(name, faults);
    const auto ms = [](double seconds) { return static_cast<int>(std::lround(seconds * 1000)); };
    const double in = coming_seconds(file.design.box);
    file.known.name = name;
    file.known.in_ms = ms(in);
    file.known.out_ms = ms(file.out_seconds > 0 ? file.out_seconds : in * 2 / 3);
    file.known.bell_ms = ms(file.bell_seconds);
    file.known.toml = text;
    return CaptionFile{std::move(file.known), std::move(file.design)};
}

std::string caption_file_reference() {
    std::string out =
        "# Caption templates\n\nTOML. Generated from the table that reads it (`tribune caption-reference`).\n\n"
        "A file NAME.toml in `assets/captions`, or in the folder `captions` beside the show file (which takes the "
        "place "
        "of ours\nof the same name), is a template. All lengths are in units: a unit is the height of the face, or "
        "three "
        "quarters of its\nwidth where that is less. Left and right are meant for words that run from left to right: "
        "for "
        "Arabic or Hebrew words\nthe whole is turned around.\n";
    describe(out, "Top of the file", file_keys());
    describe(out, "[[field]]", field_keys());
    describe(out, "[box], [[box.box]], [[box.box.box]]…", box_keys());
    out +=
        "\n## What the show knows\n\n"
        "`{title}` `{question}` `{answers}` `{tables}` `{clock}` `{time_left}` `{notice}` `{top_words}` and "
        "`{top_word_1}` to "
        "`{top_word_12}`\nstand in templates, in the words of captions and in the texts of scenes.\n";
    return out;
}

}  // namespace tribune
