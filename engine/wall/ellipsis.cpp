#include "wall/ellipsis.hpp"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <memory>
#include <vector>

namespace tribune {
namespace {

// Byte offsets after each user-perceived character.
std::vector<std::size_t> cluster_ends(const std::string& text) {
    std::vector<std::size_t> out;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    UText source = UTEXT_INITIALIZER;
    utext_openUTF8(&source, text.data(), static_cast<std::int64_t>(text.size()), &status);
    if (U_SUCCESS(status)) breaks->setText(&source, status);
    if (U_SUCCESS(status)) {
        breaks->first();
        for (auto end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
            out.push_back(static_cast<std::size_t>(end));
        }
    }
    utext_close(&source);
    return out;
}

}  // namespace

TextSpec shortened(const TextSpec& spec, double most_em, TextMeasure& measure) {
    if (measure.measure(spec).ink_width() <= most_em) return spec;
    const auto ends = cluster_ends(spec.text);
    if (ends.size() < 2) return spec;
    const auto cut = [&](std::size_t clusters) {
        auto out = spec;
        out.text = spec.text.substr(0, ends[clusters - 1]) + "…";
        return out;
    };
    std::size_t fits = 1;
    std::size_t too_many = ends.size();
    while (too_many - fits > 1) {
        const auto half = (fits + too_many) / 2;
        (measure.measure(cut(half)).ink_width() <= most_em ? fits : too_many) = half;
    }
    return cut(fits);
}

}  // namespace tribune
