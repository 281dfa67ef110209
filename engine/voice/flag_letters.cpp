#include "voice/flag_letters.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace tribune {
namespace {

using Kind = FlagGlyph::Kind;

struct Stand {
    char32_t sign;
    std::u32string_view letters;
};

// What people type for letters. Digits that resemble none stand for nothing.
constexpr std::array<Stand, 9> digits = {{{U'0', U"o"},
                                          {U'1', U"il"},
                                          {U'2', U"z"},
                                          {U'3', U"e"},
                                          {U'4', U"a"},
                                          {U'5', U"s"},
                                          {U'6', U"gb"},
                                          {U'7', U"t"},
                                          {U'8', U"b"}}};
constexpr std::array<Stand, 10> signs = {{{U'@', U"a"},
                                          {U'$', U"s"},
                                          {U'€', U"e"},
                                          {U'£', U"l"},
                                          {U'!', U"il"},
                                          {U'|', U"il"},
                                          {U'+', U"t"},
                                          {U'¢', U"c"},
                                          {U'§', U"s"},
                                          {U'¡', U"i"}}};
constexpr std::u32string_view blanks = U"*#_•∗＊●■█";

// Letters that ICU's confusables do not send to the Latin letter they are used for, or to one only: shapes and, for whole
// words typed on another keyboard, sounds. Folded.
constexpr std::array<Stand, 98> shapes = {{
    // Cyrillic
    {U'а', U"a"},
    {U'б', U"b"},
    {U'в', U"bv"},
    {U'г', U"rg"},
    {U'д', U"d"},
    {U'е', U"e"},
    {U'з', U"ez"},
    {U'и', U"uni"},
    {U'к', U"kc"},
    {U'л', U"l"},
    {U'м', U"m"},
    {U'н', U"hn"},
    {U'о', U"o"},
    {U'п', U"np"},
    {U'р', U"pr"},
    {U'с', U"cs"},
    {U'т', U"t"},
    {U'у', U"yu"},
    {U'ф', U"f"},
    {U'х', U"x"},
    {U'ц', U"u"},
    {U'ш', U"w"},
    {U'ь', U"b"},
    {U'э', U"e"},
    {U'я', U"r"},
    {U'є', U"e"},
    {U'ѕ', U"s"},
    {U'і', U"i"},
    {U'ј', U"j"},
    {U'һ', U"h"},
    {U'ԁ', U"d"},
    {U'ԛ', U"q"},
    {U'ԝ', U"w"},
    {U'ґ', U"rg"},
    {U'ԍ', U"g"},
    {U'ҝ', U"kc"},
    {U'ң', U"hn"},
    {U'ү', U"yu"},
    {U'ҳ', U"x"},
    // Greek
    {U'α', U"a"},
    {U'β', U"b"},
    {U'γ', U"yg"},
    {U'δ', U"d"},
    {U'ε', U"e"},
    {U'ζ', U"z"},
    {U'η', U"nh"},
    {U'ι', U"il"},
    {U'κ', U"kc"},
    {U'λ', U"l"},
    {U'μ', U"mu"},
    {U'ν', U"vn"},
    {U'ο', U"o"},
    {U'π', U"np"},
    {U'ρ', U"pr"},
    {U'σ', U"os"},
    {U'ς', U"cs"},
    {U'τ', U"t"},
    {U'υ', U"uy"},
    {U'φ', U"f"},
    {U'χ', U"x"},
    {U'ω', U"wo"},
    // Latin ones of their own
    {U'ø', U"o"},
    {U'đ', U"d"},
    {U'ð', U"d"},
    {U'ł', U"l"},
    {U'ħ', U"h"},
    {U'ı', U"i"},
    {U'ŧ', U"t"},
    {U'ɑ', U"a"},
    {U'ɐ', U"a"},
    {U'ə', U"e"},
    {U'ɛ', U"e"},
    {U'ǝ', U"e"},
    {U'ɔ', U"oc"},
    {U'ɢ', U"g"},
    {U'ʜ', U"h"},
    {U'ɪ', U"i"},
    {U'ʟ', U"l"},
    {U'ɴ', U"n"},
    {U'ʀ', U"r"},
    {U'ʏ', U"y"},
    {U'ʙ', U"b"},
    {U'ᴀ', U"a"},
    {U'ᴄ', U"c"},
    {U'ᴅ', U"d"},
    {U'ᴇ', U"e"},
    {U'ᴊ', U"j"},
    {U'ᴋ', U"k"},
    {U'ᴍ', U"m"},
    {U'ᴏ', U"o"},
    {U'ᴘ', U"p"},
    {U'ᴛ', U"t"},
    {U'ᴜ', U"u"},
    {U'ᴠ', U"v"},
    {U'ᴡ', U"w"},
    {U'ᴢ', U"z"},
    {U'ꜰ', U"f"},
    {U'ꜱ', U"s"},
}};

template <std::size_t N>
std::u32string_view stands_for(const std::array<Stand, N>& table, char32_t c) {
    const auto at = std::find_if(table.begin(), table.end(), [c](const Stand& s) { return s.sign == c; });
    return at == table.end() ? std::u32string_view{} : at->letters;
}

bool is_ascii_letter(UChar32 c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_stop(UChar32 c) {
    return std::u32string_view(U".,;:!?…。！？،؛؟").find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}
bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0xFF07; }

// Boxed and flag letters, which Unicode's normal forms leave alone; 0 for others.
char32_t boxed(UChar32 c) {
    for (const UChar32 first : {0x1F1E6, 0x1F150, 0x1F170}) {
        if (c >= first && c < first + 26) return U'a' + static_cast<char32_t>(c - first);
    }
    return 0;
}

void put(FlagGlyph& glyph, std::u32string_view letters) {
    for (const auto c : letters) {
        if (glyph.count < glyph.letters.size()) glyph.letters[glyph.count++] = c;
    }
}

}  // namespace

struct FlagLetters::Impl {
    const icu::Normalizer2* fold_form = nullptr;   // NFKC, case folded
    const icu::Normalizer2* split_form = nullptr;  // NFD
    USpoofChecker* spoof = nullptr;

    // The one Latin letter Unicode's list of confusables gives for it, or 0.
    [[nodiscard]] char32_t confusable(UChar32 c) const {
        if (spoof == nullptr) return 0;
        std::array<UChar, 2> in{};
        std::int32_t n = 0;
        U16_APPEND_UNSAFE(in, n, c);
        std::array<UChar, 4> out{};
        UErrorCode status = U_ZERO_ERROR;
        const auto length = uspoof_getSkeleton(spoof, 0, in.data(), n, out.data(), 4, &status);
        if (U_FAILURE(status) || length != 1 || !is_ascii_letter(out[0])) return 0;
        return static_cast<char32_t>(u_tolower(out[0]));
    }

    void ascii(FlagGlyph glyph, UChar32 c, std::vector<FlagGlyph>& out) const;
    void other(FlagGlyph glyph, UChar32 c, std::vector<FlagGlyph>& out) const;
    void letter(FlagGlyph glyph, UChar32 folded, UChar32 written, bool disguised, std::vector<FlagGlyph>& out) const;
};

void FlagLetters::Impl::ascii(FlagGlyph glyph, UChar32 c, std::vector<FlagGlyph>& out) const {
    if (is_ascii_letter(c)) {
        glyph.kind = Kind::letter;
        glyph.latin = true;
        glyph.upper = c < 'a';
        put(glyph, std::u32string(1, static_cast<char32_t>(u_tolower(c))));
        glyph.plain = 1;
        if (c == 'I') put(glyph, U"l");
        if (c == 'l') put(glyph, U"i");
        if (c == 'k' || c == 'K') put(glyph, U"c");
    } else if (c >= '0' && c <= '9') {
        glyph.kind = Kind::digit;
        put(glyph, stands_for(digits, static_cast<char32_t>(c)));
    } else if (c == ' ') {
        glyph.kind = Kind::space;
    } else if (is_apostrophe(c)) {
        glyph.kind = Kind::apostrophe;
    } else if (const auto letters = stands_for(signs, static_cast<char32_t>(c)); !letters.empty()) {
        glyph.kind = Kind::sign;
        put(glyph, letters);
    } else if (blanks.find(static_cast<char32_t>(c)) != std::u32string_view::npos) {
        glyph.kind = Kind::blank;
    } else {
        glyph.kind = is_stop(c) ? Kind::stop : Kind::mark;
    }
    out.push_back(glyph);
}

void FlagLetters::Impl::letter(FlagGlyph glyph, UChar32 folded, UChar32 written, bool disguised,
                               std::vector<FlagGlyph>& out) const {
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(folded, &status);
    glyph.kind = Kind::letter;
    glyph.latin = script == USCRIPT_LATIN && !disguised;
    auto letters = is_ascii_letter(folded) ? std::u32string(1, static_cast<char32_t>(folded))
                                           : std::u32string(stands_for(shapes, static_cast<char32_t>(folded)));
    if (letters.empty()) {
        if (const auto one = confusable(written); one != 0) letters.push_back(one);
    }
    if (!is_ascii_letter(folded)) {
        glyph.foreign = script != USCRIPT_LATIN && !letters.empty();
        put(glyph, std::u32string(1, static_cast<char32_t>(folded)));
    }
    if (!disguised) glyph.plain = 1;
    put(glyph, letters);
    out.push_back(glyph);
}

void FlagLetters::Impl::other(FlagGlyph glyph, UChar32 c, std::vector<FlagGlyph>& out) const {
    if (((U_GC_M_MASK | U_GC_CF_MASK | U_GC_CC_MASK) & U_GET_GC_MASK(c)) != 0) return;
    if (const auto box = boxed(c); box != 0) {
        glyph.kind = Kind::letter;
        put(glyph, std::u32string(1, box));
        out.push_back(glyph);
        return;
    }
    const bool is_sign = !stands_for(signs, static_cast<char32_t>(c)).empty();
    if (u_isUWhiteSpace(c) != 0) glyph.kind = Kind::space;
    if (is_apostrophe(c) || glyph.kind == Kind::space || is_stop(c) || is_sign ||
        blanks.find(static_cast<char32_t>(c)) != std::u32string_view::npos) {
        if (glyph.kind == Kind::space) {
            out.push_back(glyph);
        } else {
            ascii(glyph, c, out);
        }
        return;
    }
    const auto decomposition = u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE);
    const bool disguised = decomposition != U_DT_NONE && decomposition != U_DT_CANONICAL;
    icu::UnicodeString folded;
    UErrorCode status = U_ZERO_ERROR;
    fold_form->normalize(icu::UnicodeString(c), folded, status);
    if (U_FAILURE(status)) return;
    folded = split_form->normalize(folded, status);
    glyph.upper = u_isupper(c) != 0;
    bool any = false;
    for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const auto f = folded.char32At(i);
        if ((U_GC_M_MASK & U_GET_GC_MASK(f)) != 0) continue;
        any = true;
        if (f == 0x153 || f == 0xE6) {  // œ, æ
            letter(glyph, f == 0x153 ? 'o' : 'a', c, disguised, out);
            letter(glyph, 'e', c, disguised, out);
        } else if (u_isalpha(f) != 0) {
            letter(glyph, f, c, disguised, out);
        } else if (const auto value = u_charDigitValue(f); value >= 0) {
            auto digit = glyph;
            ascii(digit, '0' + value, out);
        } else if (f < 0x80) {
            ascii(glyph, f, out);
        } else {
            out.push_back(glyph);
        }
    }
    if (!any) out.push_back(glyph);
}

FlagLetters::FlagLetters() : impl_(std::make_unique<Impl>()) {
    UErrorCode status = U_ZERO_ERROR;
    impl_->fold_form = icu::Normalizer2::getNFKCCasefoldInstance(status);
    impl_->split_form = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) impl_->fold_form = impl_->split_form = nullptr;
    status = U_ZERO_ERROR;
    impl_->spoof = uspoof_open(&status);
    if (U_FAILURE(status)) impl_->spoof = nullptr;
}

FlagLetters::~FlagLetters() {
    if (impl_->spoof != nullptr) uspoof_close(impl_->spoof);
}

std::vector<FlagGlyph> FlagLetters::read(std::string_view text) const {
    std::vector<FlagGlyph> out;
    out.reserve(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < size;) {
        FlagGlyph glyph;
        glyph.start = static_cast<std::uint32_t>(i);
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, i, size, c);
        glyph.end = static_cast<std::uint32_t>(i);
        if (c < 0x80) {
            impl_->ascii(glyph, c, out);
        } else if (impl_->fold_form != nullptr) {
            impl_->other(glyph, c, out);
        }
    }
    return out;
}

std::string FlagLetters::without_case(std::string_view text) const {
    std::string out;
    UErrorCode status = U_ZERO_ERROR;
    icu::StringByteSink<std::string> sink(&out);
    if (impl_->fold_form != nullptr) {
        impl_->fold_form->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                                        nullptr, status);
    }
    return impl_->fold_form == nullptr || U_FAILURE(status) ? std::string(text) : out;
}

}  // namespace tribune
