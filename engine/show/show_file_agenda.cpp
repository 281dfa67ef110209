#include "show/show_file_agenda.hpp"

#include "show/fields.hpp"

namespace tribune::show_file {

const std::vector<Key<FileQuestion>>& question_keys() {
    using T = FileQuestion;
    static const std::vector<Key<T>> keys{
        text_key("text", "\"Qu'est-ce qui vous manque ?\"", "What is asked.", &T::text),
        text_key("language", "\"fr\"", "Its language; the show's when left out.", &T::language),
        number_key("minutes", "12", "How long it is meant to be open; until it is closed when left out.", &T::minutes,
                   0, 1440),
        bool_key("close_at_end", "false", "Closes itself when its time is over.", &T::close_at_end),
        texts_key("parts", "[\"Chez vous\", \"Au quartier\"]", "Sub-questions.", &T::parts),
    };
    return keys;
}

namespace {

void read_warnings(const toml::node& node, NoticeRules& out, Faults& faults) {
    const auto bad = [&] {
        faults.add(node.source(), "warn_seconds must be a list of whole numbers from 1 to 86400.");
    };
    const auto* list = node.as_array();
    if (list == nullptr) return bad();
    out.warn_s.clear();
    for (const auto& item : *list) {
        const auto seconds = item.value_exact<std::int64_t>();
        if (!seconds || *seconds < 1 || *seconds > 86400) return bad();
        out.warn_s.push_back(static_cast<std::uint32_t>(*seconds));
    }
}

}  // namespace

const std::vector<Key<NoticeRules>>& notice_keys() {
    using T = NoticeRules;
    static const std::vector<Key<T>> keys{
        {"warn_seconds", "[120, 30]",
         "So many seconds before a round's time is over the tables are told; [] for never.", read_warnings},
        bool_key("on_faces", "false", "These warnings are shown on the faces, too.", &T::on_faces),
    };
    return keys;
}

const std::vector<Key<VoiceSetup>>& voice_keys() {
    using T = VoiceSetup;
    static const std::vector<Key<T>> keys{
        enum_key("moderation", "\"after\"",
                 "after: contributions show at once and facilitators look then; before: a facilitator sees them first.",
                 &T::moderation),
        bool_key("phones_contribute", "false", "Phones may contribute from the start.", &T::phones_contribute),
        texts_key("groups", "[\"Locataires\", \"Bailleurs\"]",
                  "What people with phones may say they belong to: what separates these groups is shown.", &T::groups),
    };
    return keys;
}

}  // namespace tribune::show_file
