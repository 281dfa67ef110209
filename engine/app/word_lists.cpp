#include "app/word_lists.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/data_folder.hpp"
#include "base/log.hpp"
#include "wall/terms.hpp"

namespace tribune {

std::shared_ptr<const Flagger> load_flagger(const std::filesystem::path& words) {
    constexpr std::string_view insults = "insults-";
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(words, failed)) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    FlagLists lists;
    for (const auto& path : files) {
        const auto text = read_file(path);
        if (!text) {
            log::warning(text.error().code, "{}", text.error().message);
            continue;
        }
        const std::string name = path.stem().string();
        auto& kind = name.starts_with(insults) ? lists.insults : lists.ordinary;
        kind.push_back({name.starts_with(insults) ? name.substr(insults.size()) : name, parse_word_list(*text)});
    }
    if (lists.insults.empty())
        log::warning("no_insult_lists", "There are no lists of insults in {}: none is pointed out.", words.string());
    return std::make_shared<const Flagger>(lists);
}

std::vector<LanguageWords> load_languages(const std::filesystem::path& words, const std::vector<std::string>& codes) {
    std::vector<LanguageWords> languages;
    for (const auto& code : codes) {
        LanguageWords language{code, {}};
        if (const auto text = read_file(words / (code + ".txt"))) language.words = parse_word_list(*text);
        languages.push_back(std::move(language));
    }
    return languages;
}

}  // namespace tribune
