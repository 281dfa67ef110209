#include "plan/reasons.hpp"

#include <optional>

namespace tribune {
namespace {

constexpr std::string_view hole = "{}";

// What stands in the pattern's hole, "" when it has none; nothing when the sentence is another.
std::optional<std::string_view> detail(std::string_view pattern, std::string_view sentence) {
    const auto at = pattern.find(hole);
    if (at == std::string_view::npos) return pattern == sentence ? std::optional(std::string_view()) : std::nullopt;
    const auto before = pattern.substr(0, at);
    const auto after = pattern.substr(at + hole.size());
    if (sentence.size() < before.size() + after.size() || !sentence.starts_with(before) || !sentence.ends_with(after))
        return std::nullopt;
    return sentence.substr(at, sentence.size() - before.size() - after.size());
}

}  // namespace

std::string reason_in(const Reasons& reasons, std::string_view language, std::string_view code,
                      std::string_view sentence) {
    std::string as_it_came(sentence);
    const auto row = reasons.find(code);
    if (row == reasons.end()) return as_it_came;
    const auto english = row->second.find("en");
    const auto wanted = row->second.find(std::string(language));
    if (english == row->second.end() || wanted == row->second.end()) return as_it_came;
    const auto given = detail(english->second, sentence);
    if (!given) return as_it_came;
    std::string said = wanted->second;
    if (const auto at = said.find(hole); at != std::string::npos) said.replace(at, hole.size(), *given);
    return said;
}

}  // namespace tribune
