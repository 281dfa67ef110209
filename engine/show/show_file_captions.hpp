// The captions and people of a show file; private to show/.
#pragma once

#include <toml++/toml.h>

#include <vector>

#include "show/show_file_keys.hpp"

namespace tribune::show_file {

struct FileCaptions {
    std::vector<Caption> captions;
    std::vector<Person> people;
};
const std::vector<Key<Caption>>& caption_keys();
const std::vector<Key<Person>>& person_keys();

// With no templates known, any will do; what one without its text has for fields is not known.
void check_captions(const toml::table& table, const FileCaptions& file, const std::vector<SourceConfig>& sources,
                    const std::vector<CaptionTemplate>& templates, Faults& faults);

}  // namespace tribune::show_file
