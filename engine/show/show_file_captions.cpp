#include "show/show_file_captions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tribune::show_file {
namespace {

void read_words(const toml::node& node, Caption& out, Faults& faults) {
    const auto* table = node.as_table();
    if (table == nullptr) {
        faults.add(node.source(),
                   "words must say what each field shows, for example words = { name = \"Ana Duarte\" }.");
        return;
    }
    for (const auto& [field, text] : *table)
        read_text(text, out.words[FieldName(std::string(field.str()))], field.str(), faults);
}

}  // namespace

const std::vector<Key<Caption>>& caption_keys() {
    using T = Caption;
    static const std::vector<Key<T>> keys{
        name_key("name", "\"ana\"", "Short name, used in commands.", &T::name),
        text_key("label", "\"Ana, opening\"", "What the desks call it; its first words when left out.", &T::label),
        text_key("template", "\"lower_third\"", "A template of assets/captions, or of captions/ beside this file.",
                 &T::template_name),
        {"words", "{ name = \"Ana Duarte\" }", "What the template's fields say; those left out are as it says.",
         read_words},
    };
    return keys;
}

const std::vector<Key<Person>>& person_keys() {
    using T = Person;
    static const std::vector<Key<T>> keys{
        text_key("name", "\"Ana Duarte\"", "As the captions write it.", &T::name),
        text_key("role", "\"Architect\"", "Who that is here.", &T::role),
    };
    return keys;
}

void check_captions(const toml::table& table, const FileCaptions& file, const std::vector<SourceConfig>& sources,
                    const std::vector<CaptionTemplate>& templates, Faults& faults) {
    check_names(table, "caption", file.captions, faults);
    const auto too_many = [&](std::string_view list, std::size_t count, std::size_t most) {
        if (count > most)
            faults.add(region(table, list, most), fmt::format("More than {} of [[{}]]: leave some out.", most, list));
    };
    too_many("caption", file.captions.size(), most_captions);
    too_many("person", file.people.size(), most_people);
    for (std::size_t i = 0; i < file.people.size(); ++i) {
        if (file.people[i].name.empty())
            faults.add(region(table, "person", i), "This person has no name: add name = \"…\".");
    }
    std::vector<std::string_view> known;
    for (const auto& t : templates) known.push_back(t.name);
    for (std::size_t i = 0; i < file.captions.size(); ++i) {
        const Caption& caption = file.captions[i];
        const auto fault = [&](const std::string& what) { faults.add(region(table, "caption", i), what); };
        const auto is_source = [&](const auto& source) { return source.name.text == caption.name.text; };
        if (std::any_of(sources.begin(), sources.end(), is_source))
            fault(fmt::format("The caption \"{}\" has a source's name: give it another.", caption.name.text));
        if (caption.template_name.empty()) {
            fault(fmt::format("The caption \"{}\" has no template: add template = \"…\".", caption.name.text));
            continue;
        }
        if (templates.empty()) continue;
        const auto look = std::find_if(templates.begin(), templates.end(),
                                       [&](const auto& t) { return t.name == caption.template_name; });
        if (look == templates.end()) {
            fault(fmt::format("There is no caption template \"{}\": {}", caption.template_name,
                              advice(caption.template_name, known)));
            continue;
        }
        if (look->toml.empty()) continue;
        std::vector<std::string_view> fields;
        for (const auto& field : look->fields) fields.push_back(field.name.text);
        for (const auto& [field, words] : caption.words) {
            if (look->field(field) == nullptr)
                fault(fmt::format("The template \"{}\" has no field \"{}\": {}", look->name, field.text,
                                  advice(field.text, fields)));
            if (words.size() > longest_caption_words)
                fault(fmt::format("{} takes at most {} bytes: shorten it.", field.text, longest_caption_words));
        }
    }
}

}  // namespace tribune::show_file
