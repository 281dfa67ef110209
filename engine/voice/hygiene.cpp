#include "voice/hygiene.hpp"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdint>
#include <memory>

namespace tribune {
namespace {

constexpr UChar32 zero_width_non_joiner = 0x200C;
constexpr UChar32 zero_width_joiner = 0x200D;
constexpr UChar32 black_flag = 0x1F3F4;
constexpr UChar32 tag_end = 0xE007F;

bool is_line_or_space(UChar32 c) { return (c >= 0x09 && c <= 0x0D) || c == 0x85 || u_isUWhiteSpace(c) != 0; }
bool is_direction_mark(UChar32 c) { return c == 0x200E || c == 0x200F || c == 0x061C; }
bool is_joiner(UChar32 c) { return c == zero_width_joiner || c == zero_width_non_joiner; }
bool is_variation_selector(UChar32 c) { return u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR) != 0; }
bool is_tag(UChar32 c) { return c >= 0xE0000 && c <= tag_end; }
bool is_mark(UChar32 c) { return ((U_GC_MN_MASK | U_GC_ME_MASK) & U_GET_GC_MASK(c)) != 0 && !is_variation_selector(c); }
bool is_pictograph(UChar32 c) {
    return u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ||
           u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER) != 0;
}
// What a joiner or a variation selector may stand beside.
bool is_joinable(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0 || is_pictograph(c); }
// Controls and formats that have no place in one line of text: C0, C1, embeddings, overrides, isolates,
// deprecated formats, annotation anchors, zero-width spaces, soft hyphen, the object replacement sign.
bool is_dropped(UChar32 c) {
    if (is_direction_mark(c) || is_joiner(c) || is_tag(c)) return false;
    const auto category = U_GET_GC_MASK(c);
    if ((category & U_GC_CC_MASK) != 0 || c == 0xFFFC) return true;
    // Prepended concatenation marks (Arabic number signs and the like) are formats with ink.
    return (category & U_GC_CF_MASK) != 0 && u_hasBinaryProperty(c, UCHAR_PREPENDED_CONCATENATION_MARK) == 0;
}
bool leaves_ink(UChar32 c) {
    if (c == 0x2800) return false;  // Braille blank
    if (is_mark(c) || is_line_or_space(c)) return false;
    return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0 &&
           (U_GET_GC_MASK(c) & (U_GC_CC_MASK | U_GC_CF_MASK)) == 0;
}

Error not_utf8() { return {"text_not_utf8", "The text is not valid UTF-8; send it again as UTF-8."}; }
Error too_long() { return {"text_too_long", "The text is too long; shorten it and send it again."}; }

Result<std::u32string> decode(std::string_view text, const TextLimits& limits) {
    std::u32string out;
    out.reserve(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(text.size());
    std::size_t non_starters = 0;
    for (std::int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, size, c);
        if (c < 0) return not_utf8();
        if (c == 0 || U_IS_UNICODE_NONCHAR(c)) {
            return Error{"text_forbidden_character", "The text holds a character that is none; remove it."};
        }
        non_starters = u_getCombiningClass(c) != 0 ? non_starters + 1 : 0;
        if (non_starters > limits.non_starters) {
            return Error{"text_mark_flood", "Too many accents are stacked on one letter; remove them."};
        }
        out.push_back(static_cast<char32_t>(c));
    }
    return out;
}

// The length of a flag of England, Scotland or Wales that starts at `at`, else 0.
std::size_t flag_length(const std::u32string& text, std::size_t at) {
    static constexpr std::array<std::u32string_view, 3> regions = {U"gbeng", U"gbsct", U"gbwls"};
    for (const auto region : regions) {
        const auto length = region.size() + 2;
        if (text.size() - at < length || text[at + length - 1] != static_cast<char32_t>(tag_end)) continue;
        bool same = true;
        for (std::size_t i = 0; i < region.size(); ++i) same &= text[at + 1 + i] == 0xE0000 + region[i];
        if (same) return length;
    }
    return 0;
}

// Drops what must not be stored; every run of white space becomes one plain space, none at the ends.
std::u32string without_controls(const std::u32string& text, const TextLimits& limits) {
    std::u32string out;
    out.reserve(text.size());
    std::size_t direction_marks = 0;
    bool space = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<UChar32>(text[i]);
        if (is_line_or_space(c)) {
            space = true;
            continue;
        }
        if (is_dropped(c) || is_tag(c)) continue;
        if (is_direction_mark(c) && ++direction_marks > limits.direction_marks) continue;
        if (space && !out.empty()) out.push_back(U' ');
        space = false;
        const auto flag = c == black_flag ? flag_length(text, i) : 0;
        if (flag != 0) {
            out.append(text, i, flag);
            i += flag - 1;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

// Joiners stay only between two things they can join, variation selectors only after a visible base.
std::u32string with_bound_joiners(const std::u32string& text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<UChar32>(text[i]);
        const auto before = out.empty() ? UChar32{U' '} : static_cast<UChar32>(out.back());
        if (is_joiner(c)) {
            const auto after = i + 1 < text.size() ? static_cast<UChar32>(text[i + 1]) : UChar32{U' '};
            if (!is_joinable(before) || !is_joinable(after)) continue;
        } else if (is_variation_selector(c)) {
            if (!leaves_ink(before) || is_variation_selector(before)) continue;
        }
        out.push_back(text[i]);
    }
    return out;
}

icu::UnicodeString to_icu(const std::u32string& text) {
    icu::UnicodeString out;
    for (const auto c : text) out.append(static_cast<UChar32>(c));
    return out;
}

Error icu_failed() {
    return {"text_engine_failed", "The text library failed; check that ICU and its data are installed."};
}

// Cuts each cluster to its bounds; counts the clusters.
Result<std::u32string> with_bound_clusters(const icu::UnicodeString& text, const TextLimits& limits,
                                           std::size_t& clusters) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status)) return icu_failed();
    breaks->setText(text);
    std::u32string out;
    clusters = 0;
    for (auto start = breaks->first(), end = breaks->next(); end != icu::BreakIterator::DONE;
         start = end, end = breaks->next()) {
        ++clusters;
        std::size_t marks = 0;
        std::size_t kept = 0;
        for (auto i = start; i < end; i = text.moveIndex32(i, 1)) {
            const auto c = text.char32At(i);
            if (is_mark(c) && ++marks > limits.marks) continue;
            if (kept == limits.cluster_code_points) break;
            out.push_back(static_cast<char32_t>(c));
            ++kept;
        }
    }
    return out;
}

}  // namespace

Result<std::string> clean_text(std::string_view text, const TextLimits& limits) {
    if (text.size() > limits.bytes) return too_long();
    TRIBUNE_TRY(const std::u32string decoded, decode(text, limits));

    UErrorCode status = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return icu_failed();
    // Each step may make work for another (a cut cluster leaves a joiner dangling, a dropped joiner leaves two
    // spaces): repeat until nothing changes. Every step only shortens or composes, so that ends.
    std::u32string clean = decoded;
    std::size_t clusters = 0;
    for (bool changed = true; changed;) {
        const auto normal = nfc->normalize(to_icu(with_bound_joiners(without_controls(clean, limits))), status);
        if (U_FAILURE(status)) return icu_failed();
        TRIBUNE_TRY(std::u32string bound, with_bound_clusters(normal, limits, clusters));
        changed = bound != clean;
        clean = std::move(bound);
    }

    bool visible = false;
    for (const auto c : clean) visible |= leaves_ink(static_cast<UChar32>(c));
    if (!visible) {
        return Error{"text_not_visible", "There is nothing to read in the text; write at least one letter."};
    }
    if (clean.size() > limits.code_points || clusters > limits.clusters) return too_long();
    std::string out;
    to_icu(clean).toUTF8String(out);
    return out;
}

}  // namespace tribune
