// Captions: words in the look of a template, brought over the faces. A template is a file (show/caption_file.hpp); a
// caption is a template and words for its fields. A caption is shown like a scene, under its own name; over the faces it
// is an overlay that comes and goes as its template says.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace tribune {

using CaptionName = Name<struct CaptionTag>;
using FieldName = Name<struct CaptionFieldTag>;
using CaptionWords = std::map<FieldName, std::string>;  // what is left out is as the template says

// One sentence in the show's languages.
struct LocalWords {
    std::string fr;
    std::string en;
    bool operator==(const LocalWords&) const = default;
};

struct CaptionField {
    FieldName name;
    LocalWords label;
    std::string usual;  // unless the caption says otherwise
    bool operator==(const CaptionField&) const = default;
};

// What the show must know of a template; how it looks stands in its text.
struct CaptionTemplate {
    std::string name;
    LocalWords label{};
    std::string slot{};  // captions of one slot take each other's place
    int in_ms = 0;       // how long it takes to be all there…
    int out_ms = 0;      // …and to be gone
    int bell_ms = 0;     // over the faces it is seen only so long after each bell; 0: always
    std::vector<CaptionField> fields{};
    std::string toml{};  // the file, so that a replayed night and a machine across the hall show the same
    bool operator==(const CaptionTemplate&) const = default;

    [[nodiscard]] const CaptionField* field(const FieldName& wanted) const;
};
inline constexpr std::size_t most_caption_templates = 64;
inline constexpr std::size_t most_captions = 500;
inline constexpr std::size_t most_people = 1000;
inline constexpr std::size_t longest_caption_words = 2000;                    // bytes of one field
inline constexpr std::size_t longest_caption_name = 80;                       // bytes; also of a label
inline constexpr Nanoseconds caption_change{std::chrono::milliseconds(350)};  // new words come through the old

// The words before the last change; they go while the new ones come.
struct CaptionChange {
    CaptionWords from;
    ShowTime at;
    bool operator==(const CaptionChange&) const = default;
};

struct Caption {
    CaptionName name;
    std::string label;          // what people at the desks read; the name when empty
    std::string template_name;  // one of the setup's
    CaptionWords words;
    std::optional<CaptionChange> change{};
    bool operator==(const Caption&) const = default;
};

// Somebody who may be named on air.
struct Person {
    std::string name;
    std::string role;
    bool operator==(const Person&) const = default;
};

struct CaptionBook {
    std::vector<Caption> list;  // in the order that they are brought on
    bool operator==(const CaptionBook&) const = default;

    [[nodiscard]] const Caption* caption(const CaptionName& name) const;
};

// --- Commands -----------------------------------------------------------------------------------------------

// Makes a caption, or changes it, on air or not: what is left out stays. A new one goes to the end of the list.
struct SetCaption {
    CaptionName name;
    std::optional<std::string> label;
    std::optional<std::string> template_name;
    std::optional<CaptionWords> words;  // a field left out stays, one that is empty is as the template says
    std::optional<CaptionName> before;  // moves it in the list; empty: to the end
    bool operator==(const SetCaption&) const = default;
};
struct RemoveCaption {
    CaptionName name;
    bool operator==(const RemoveCaption&) const = default;
};
// Brings a caption over the faces named (none: all), or takes it off. Coming, it takes the place of those of its slot.
struct ShowCaption {
    CaptionName name;
    bool on = true;
    std::vector<FaceName> faces;
    bool operator==(const ShowCaption&) const = default;
};
// The caption that came on last gives its place, on its faces, to the next of its slot in the list; `back`: to the one
// before. After the last comes the first.
struct NextCaption {
    bool back = false;
    bool operator==(const NextCaption&) const = default;
};

// Errors: unknown_caption, unknown_template, bad_caption, name_taken, too_many_captions, caption_in_use,
// no_caption_on_air.

}  // namespace tribune
