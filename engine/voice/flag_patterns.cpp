#include "voice/flag_patterns.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace tribune {
namespace {

constexpr char other_letter = '\x01';
constexpr char other_sign = '\x02';

// One char per character of the text: ASCII as it is, digits of all scripts and full width as ASCII, all spaces, dashes
// and dots alike, other letters and signs as one each.
struct Plain {
    std::string text;
    std::vector<std::uint32_t> at;  // byte of each, and the text's end

    [[nodiscard]] char operator[](std::size_t i) const { return i < text.size() ? text[i] : '\0'; }
    [[nodiscard]] std::size_t size() const { return text.size(); }
};

Plain plain_of(std::string_view text) {
    Plain out;
    out.text.reserve(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < size;) {
        const auto start = static_cast<std::uint32_t>(i);
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, i, size, c);
        char plain = other_sign;
        if (c < 0x80) {
            plain = static_cast<char>(c);
        } else if (c > 0xFF00 && c <= 0xFF5E) {
            plain = static_cast<char>(c - 0xFEE0);
        } else if (const auto digit = u_charDigitValue(c); digit >= 0) {
            plain = static_cast<char>('0' + digit);
        } else if (u_isUWhiteSpace(c) != 0) {
            plain = ' ';
        } else if ((U_GET_GC_MASK(c) & U_GC_PD_MASK) != 0) {
            plain = '-';
        } else if (c == 0xB7 || c == 0x2022 || c == 0x2024 || c == 0x2027) {
            plain = '.';
        } else if (u_isalpha(c) != 0) {
            plain = other_letter;
        }
        out.text.push_back(plain);
        out.at.push_back(start);
    }
    out.at.push_back(static_cast<std::uint32_t>(size));
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_digit(c) || is_letter(c) || c == other_letter; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
bool starts_at(const Plain& p, std::size_t i) { return i == 0 || !is_word(p[i - 1]); }

FlagFinding found(const Plain& p, Flag flag, std::size_t from, std::size_t to, const char* what = "") {
    return {flag, p.at[from], p.at[to] - p.at[from], what};
}

// A row of digits in groups.
struct Digits {
    std::string digits;
    std::vector<std::size_t> groups;  // digits in each
    bool even = true;                 // the same separator everywhere
    std::size_t end = 0;
};

// Groups of digits from `i`, with at most three separators between.
Digits digits_from(const Plain& p, std::size_t i, std::string_view separators) {
    Digits out;
    std::string between;
    while (is_digit(p[i])) {
        std::size_t n = 0;
        for (; is_digit(p[i]); ++i, ++n) out.digits.push_back(p[i]);
        out.groups.push_back(n);
        out.end = i;
        std::string gap;
        while (gap.size() < 4 && p[i] != '\0' && separators.find(p[i]) != std::string_view::npos) gap.push_back(p[i++]);
        if (gap.empty() || gap.size() > 3) break;
        if (!between.empty() && gap != between && is_digit(p[i])) out.even = false;
        if (between.empty()) between = gap;
    }
    return out;
}

using Groups = std::vector<std::size_t>;

bool in_thousands(const Groups& groups) {
    return groups.front() <= 3 && std::all_of(groups.begin() + 1, groups.end(), [](auto n) { return n == 3; });
}

// +33 6 12 34 56 78, 0033 (0)6 12 …
bool international(const Plain& p, std::size_t i, std::vector<FlagFinding>& out, std::size_t& next) {
    auto at = i;
    const bool plus = p[i] == '+';
    if (plus) {
        ++at;
        if (p[at] == ' ') ++at;
    } else if (p[i] == '0' && p[i + 1] == '0') {
        at += 2;
        if (p[at] == ' ') ++at;
    } else {
        return false;
    }
    if (p[at] < '1' || p[at] > '9') return false;
    std::string digits;
    Groups groups;
    auto end = at;
    while (true) {
        // The zero that is dialled at home only.
        if (p[at] == '(' && p[at + 1] == '0' && p[at + 2] == ')') {
            at += 3;
            while (p[at] == ' ') ++at;
        }
        if (p[at] == '(' && is_digit(p[at + 1])) ++at;
        std::size_t n = 0;
        for (; is_digit(p[at]); ++at, ++n) digits.push_back(p[at]);
        if (n == 0) break;
        groups.push_back(n);
        end = at;
        if (p[at] == ')') ++at;
        std::size_t gap = 0;
        while (gap < 3 && (p[at] == ' ' || p[at] == '.' || p[at] == '-' || p[at] == '/')) {
            ++at;
            ++gap;
        }
    }
    if (digits.size() < 8 || digits.size() > 15 || is_word(p[end])) return false;
    // +1 000 000 is a change.
    if (plus && groups.size() > 1 && in_thousands(groups) && digits.size() < 11) return false;
    out.push_back(found(p, Flag::personal_data, i, end, "phone"));
    next = end;
    return true;
}

bool national(const Plain& p, std::size_t i, std::vector<FlagFinding>& out, std::size_t& next) {
    auto row = digits_from(p, i, " .-/");
    if ((p[i] == 'O' || p[i] == 'o') && is_digit(p[i + 1])) {
        row = digits_from(p, i + 1, " .-/");
        if (!row.digits.empty()) {
            row.digits.insert(row.digits.begin(), '0');
            ++row.groups.front();
        }
    }
    if (row.digits.size() < 8 || !row.even || is_word(p[row.end])) return false;
    static const std::array<Groups, 13> french = {{{10},
                                                   {2, 2, 2, 2, 2},
                                                   {4, 2, 2, 2},
                                                   {4, 6},
                                                   {2, 8},
                                                   {4, 3, 3},
                                                   {2, 4, 4},
                                                   {3, 3, 4},
                                                   {3, 3, 2, 2},
                                                   {3, 2, 2, 2},  // Belgium
                                                   {2, 3, 2, 2},  // Belgium
                                                   {3, 3, 3},     // Spain, Belgium
                                                   {1, 3, 3, 3}}};
    const bool zero = row.digits[0] == '0' && row.digits[1] != '0';
    const bool listed = std::find(french.begin(), french.end(), row.groups) != french.end();
    const bool without_zero = row.groups == Groups{1, 2, 2, 2, 2};
    if (!(zero && listed) && !without_zero) return false;
    if (zero && row.digits[1] == '8') return false;  // a service's, nobody's own
    out.push_back(found(p, Flag::personal_data, i, row.end, "phone"));
    next = row.end;
    return true;
}

// 212-555-1234, (212) 555-1234
bool american(const Plain& p, std::size_t i, std::vector<FlagFinding>& out, std::size_t& next) {
    auto at = i;
    const auto take = [&](std::size_t n) {
        for (std::size_t k = 0; k < n; ++k) {
            if (!is_digit(p[at + k])) return false;
        }
        at += n;
        return true;
    };
    const bool open = p[at] == '(';
    if (open) ++at;
    if (!take(3)) return false;
    if (open) {
        if (p[at++] != ')') return false;
        if (p[at] == ' ') ++at;
    } else {
        if (p[at] != '-' && p[at] != '.') return false;
        ++at;
    }
    if (!take(3) || (p[at] != '-' && p[at] != '.')) return false;
    ++at;
    if (!take(4) || is_word(p[at])) return false;
    out.push_back(found(p, Flag::personal_data, i, at, "phone"));
    next = at;
    return true;
}

bool luhn(const std::string& digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int d = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) d = d > 4 ? 2 * d - 9 : 2 * d;
        sum += d;
    }
    return sum % 10 == 0;
}

int number_of(const std::string& digits, std::size_t from, std::size_t count, int mod) {
    int out = 0;
    for (std::size_t i = from; i < from + count; ++i) out = (out * 10 + (digits[i] - '0')) % mod;
    return out;
}

// Payment cards, and French social security numbers (1 85 05 78 006 084 36).
bool numbers(const Plain& p, std::size_t i, std::vector<FlagFinding>& out, std::size_t& next) {
    const auto row = digits_from(p, i, " -.");
    if (row.digits.size() < 13 || row.digits.size() > 16 || is_word(p[row.end])) return false;
    const bool card = row.digits.size() >= 15 && row.digits[0] >= '3' && row.digits[0] <= '6' && luhn(row.digits);
    const bool person = row.digits[0] == '1' || row.digits[0] == '2';
    const bool grouped = row.groups == Groups{1, 2, 2, 2, 3, 3} || row.groups == Groups{1, 2, 2, 2, 3, 3, 2};
    const bool keyed =
        row.digits.size() == 15 && 97 - number_of(row.digits, 0, 13, 97) == number_of(row.digits, 13, 2, 100);
    if (!card && !(person && (grouped || keyed))) return false;
    out.push_back(found(p, Flag::personal_data, i, row.end, "account"));
    next = row.end;
    return true;
}

struct Country {
    std::string_view code;
    std::size_t length;
};
// An IBAN's length, where most who come bank.
constexpr std::array<Country, 29> countries = {{{"FR", 27}, {"MC", 27}, {"BE", 16}, {"LU", 20}, {"CH", 21}, {"DE", 22},
                                                {"AT", 20}, {"ES", 24}, {"PT", 25}, {"IT", 27}, {"SM", 27}, {"GB", 22},
                                                {"IE", 22}, {"NL", 18}, {"DK", 18}, {"SE", 24}, {"NO", 15}, {"FI", 18},
                                                {"PL", 28}, {"CZ", 24}, {"RO", 24}, {"BG", 22}, {"GR", 27}, {"TR", 26},
                                                {"MA", 28}, {"TN", 24}, {"LT", 20}, {"EE", 20}, {"HU", 28}}};

bool iban(const Plain& p, std::size_t i, std::vector<FlagFinding>& out, std::size_t& next) {
    if (!is_letter(p[i]) || !is_letter(p[i + 1]) || !is_digit(p[i + 2]) || !is_digit(p[i + 3])) return false;
    const std::string code{static_cast<char>(lower(p[i]) - 32), static_cast<char>(lower(p[i + 1]) - 32)};
    const auto* country =
        std::find_if(countries.begin(), countries.end(), [&](const Country& c) { return c.code == code; });
    if (country == countries.end()) return false;
    std::size_t taken = 0;
    std::size_t ciphers = 0;
    auto at = i;
    while (taken < country->length) {
        if (is_digit(p[at]) || is_letter(p[at])) {
            ++taken;
            ciphers += is_digit(p[at]) ? 1 : 0;
            ++at;
        } else if ((p[at] == ' ' || p[at] == '-' || p[at] == '.') && is_word(p[at + 1])) {
            ++at;
        } else {
            return false;
        }
    }
    if (is_word(p[at]) || ciphers * 2 < taken) return false;
    out.push_back(found(p, Flag::personal_data, i, at, "account"));
    next = at;
    return true;
}

bool is_local(char c) {
    return is_digit(c) || is_letter(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}

// One of `words` at `i`, with the brackets and spaces around it; gives what comes after, or 0. A bare word needs spaces.
std::size_t spelled_sign(const Plain& p, std::size_t i, char sign, std::initializer_list<std::string_view> words,
                         bool& bracketed) {
    auto at = i;
    bool space = false;
    while (p[at] == ' ') {
        ++at;
        space = true;
    }
    bracketed = p[at] == '(' || p[at] == '[' || p[at] == '{' || p[at] == '<' || p[at] == '_';
    if (bracketed) ++at;
    while (bracketed && p[at] == ' ') ++at;
    std::size_t length = 0;
    if (p[at] == sign) {
        length = 1;
    } else if (bracketed || space) {
        for (const auto word : words) {
            bool same = true;
            for (std::size_t k = 0; k < word.size(); ++k) same &= lower(p[at + k]) == word[k];
            if (same && !is_word(p[at + word.size()])) length = word.size();
        }
    }
    if (length == 0) return 0;
    at += length;
    if (bracketed) {
        while (p[at] == ' ') ++at;
        if (p[at] != ')' && p[at] != ']' && p[at] != '}' && p[at] != '>' && p[at] != '_') return 0;
        ++at;
    } else if (length > 1 && p[at] != ' ') {
        return 0;
    }
    while (p[at] == ' ') ++at;
    return at;
}

bool mail(const Plain& p, std::size_t i, std::vector<FlagFinding>& out, std::size_t& next) {
    if (!is_local(p[i]) || (i > 0 && is_local(p[i - 1]))) return false;
    auto at = i;
    while (is_local(p[at]) || p[at] == other_letter) ++at;
    bool bracketed = false;
    const bool signed_at = p[at] == '@';
    auto after = spelled_sign(p, at, '@', {"at", "arobase", "arobas", "arrobase"}, bracketed);
    if (after == 0) return false;
    bool sure = signed_at || bracketed;
    for (auto k = at; k < after; ++k) sure |= p[k] == '@' || lower(p[k]) == 'b';  // arobase
    int labels = 0;
    std::size_t end = 0;
    while (true) {
        auto stop = after;
        while (is_word(p[stop]) || p[stop] == '-') ++stop;
        if (stop == after) break;
        const auto length = stop - after;
        ++labels;
        if (labels > 1 && length >= 2 && is_letter(p[after])) end = stop;
        bool dot_bracketed = false;
        // A full stop and a space end the sentence.
        if (p[stop] == '.' && p[stop + 1] == ' ') break;
        const auto following = spelled_sign(p, stop, '.', {"point", "dot", "punto", "punkt"}, dot_bracketed);
        if (following == 0) break;
        sure |= p[stop] != '.';
        after = following;
    }
    if (end == 0 || !sure) return false;
    out.push_back(found(p, Flag::personal_data, i, end, "mail"));
    next = end;
    return true;
}

constexpr std::array<std::string_view, 34> domains = {
    "fr",   "com", "org", "net",   "eu",     "io",   "info", "ch",   "uk",   "app", "tv", "gg",
    "ly",   "edu", "gov", "biz",   "dev",    "bzh",  "re",   "nc",   "co",   "ca",  "lu", "mc",
    "asso", "pro", "xyz", "paris", "online", "shop", "site", "club", "page", "link"};
// These are words, too: a forgotten space after a full stop makes no address.
constexpr std::array<std::string_view, 16> doubtful = {"de", "me", "es", "it", "in", "is", "at", "be",
                                                       "la", "ma", "us", "no", "so", "to", "pt", "nl"};

bool starts_with(const Plain& p, std::size_t i, std::string_view word) {
    for (std::size_t k = 0; k < word.size(); ++k) {
        if (lower(p[i + k]) != word[k]) return false;
    }
    return true;
}

bool link(const Plain& p, std::size_t i, std::vector<FlagFinding>& out, std::size_t& next) {
    const auto rest = [&](std::size_t at) {
        while (at < p.size() && p[at] != ' ' && p[at] != '"' && p[at] != '<' && p[at] != '>') ++at;
        while (at > i && std::string_view(".,;:!?)").find(p[at - 1]) != std::string_view::npos) --at;
        return at;
    };
    for (const std::string_view scheme : {"http://", "https://", "ftp://", "www."}) {
        if (starts_with(p, i, scheme) && is_word(p[i + scheme.size()])) {
            next = rest(i);
            out.push_back(found(p, Flag::link, i, next));
            return true;
        }
    }
    if (!is_word(p[i]) || (i > 0 && (p[i - 1] == '.' || p[i - 1] == '@' || p[i - 1] == '-'))) return false;
    auto at = i;
    auto label = i;
    bool dots = false;
    while (true) {
        while (is_word(p[at]) || p[at] == '-') ++at;
        if (at == label) return false;
        if (p[at] != '.' || !is_word(p[at + 1])) break;
        dots = true;
        label = ++at;
    }
    if (!dots || p[at] == '@') return false;
    std::string last;
    for (auto k = label; k < at; ++k) last.push_back(lower(p[k]));
    // "Fini.Fr…" begins a sentence.
    if (is_upper(p[label]) && !is_upper(p[label + 1])) return false;
    const bool known = std::find(domains.begin(), domains.end(), last) != domains.end();
    const bool perhaps = std::find(doubtful.begin(), doubtful.end(), last) != doubtful.end() && p[at] == '/';
    if (!known && !perhaps) return false;
    next = rest(at);
    out.push_back(found(p, Flag::link, i, next));
    return true;
}

}  // namespace

std::vector<FlagFinding> find_flag_patterns(std::string_view text) {
    const auto p = plain_of(text);
    std::vector<FlagFinding> out;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const char c = p[i];
        auto next = i;
        if (!starts_at(p, i) || !(is_word(c) || c == '+' || c == '(')) {
            // A local part may begin with a sign.
            if (is_local(c)) {
                if (mail(p, i, out, next)) i = next - 1;
            }
            continue;
        }
        // The most telling first: what an account is made of may look like a telephone number.
        using Finder = bool (*)(const Plain&, std::size_t, std::vector<FlagFinding>&, std::size_t&);
        static constexpr std::array<Finder, 7> finders = {mail, iban, numbers, international, national, american, link};
        // A number goes on before it: 3.141 592 653.
        const bool inside = i > 1 && is_digit(c) && is_digit(p[i - 2]) && (p[i - 1] == '.' || p[i - 1] == ',');
        if (inside) continue;
        for (const auto finder : finders) {
            if (!finder(p, i, out, next)) continue;
            i = next - 1;
            break;
        }
    }
    return out;
}

}  // namespace tribune
