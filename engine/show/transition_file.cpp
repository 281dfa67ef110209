#include "show/transition_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "show/bus.hpp"

namespace tribune {
namespace {

// The types that a parameter may have, and how many numbers each takes.
struct Kind {
    std::string_view type;
    std::size_t numbers;
};
constexpr std::array kinds{Kind{"float", 1}, Kind{"int", 1},   Kind{"bool", 1},  Kind{"vec2", 2}, Kind{"vec3", 3},
                           Kind{"vec4", 4},  Kind{"ivec2", 2}, Kind{"ivec3", 3}, Kind{"ivec4", 4}};
constexpr std::array<std::string_view, 3> precisions{"lowp", "mediump", "highp"};
constexpr std::string_view picture_type = "sampler2D";

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Spaces in place of comments: every other character keeps its place.
std::string without_comments(std::string_view text) {
    std::string out(text);
    for (std::size_t i = 0; i + 1 < text.size();) {
        const bool line = text[i] == '/' && text[i + 1] == '/', block = text[i] == '/' && text[i + 1] == '*';
        if (!line && !block) {
            ++i;
            continue;
        }
        const auto close = line ? text.find('\n', i) : text.find("*/", i + 2);
        const auto end = close == text.npos ? text.size() : close + (line ? 0 : 2);
        for (; i < end; ++i)
            if (out[i] != '\n') out[i] = ' ';
    }
    return out;
}

// Reads words, numbers and signs one after the other.
class Reader {
  public:
    Reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

    std::string_view word() {
        skip_spaces();
        const auto from = at_;
        while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
        return text_.substr(from, at_ - from);
    }
    bool sign(char wanted) {
        skip_spaces();
        if (at_ >= text_.size() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }
    std::optional<double> number() {
        skip_spaces();
        if (at_ < text_.size() && text_[at_] == '+') ++at_;
        double value = 0;
        const auto [end, failed] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
        if (failed != std::errc{} || !std::isfinite(value)) return std::nullopt;
        at_ = static_cast<std::size_t>(end - text_.data());
        return value;
    }
    [[nodiscard]] std::size_t at() const { return at_; }

  private:
    void skip_spaces() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    }
    std::string_view text_;
    std::size_t at_;
};

// "0.5", "true", "vec2(1, 0)", "vec4(1.0)"; nothing for anything else.
std::optional<std::vector<double>> read_value(std::string_view text, const Kind& kind) {
    Reader reader(text, 0);
    if (const auto number = reader.number()) return std::vector<double>(kind.numbers, *number);
    const auto word = reader.word();
    if (word == "true" || word == "false") return std::vector<double>(kind.numbers, word == "true" ? 1.0 : 0.0);
    if (word != kind.type || !reader.sign('(')) return std::nullopt;
    std::vector<double> values;
    do {
        const auto number = reader.number();
        if (!number || values.size() == kind.numbers) return std::nullopt;
        values.push_back(*number);
    } while (reader.sign(','));
    if (values.size() == 1) values.resize(kind.numbers, values.front());
    if (!reader.sign(')') || values.size() != kind.numbers) return std::nullopt;
    return values;
}

struct File {
    std::string_view name;
    std::string_view text;
    std::string code;  // without comments

    [[nodiscard]] Error fault(std::size_t at, std::string_view what) const {
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        return {"bad_transition_file", fmt::format("{}.glsl:{}: {}.", name, line, what)};
    }
    // Where the word stands next, from `at` on; npos when it does not.
    [[nodiscard]] std::size_t find(std::string_view word, std::size_t at) const {
        for (at = code.find(word, at); at != code.npos; at = code.find(word, at + 1)) {
            const auto end = at + word.size();
            if ((at == 0 || !is_letter(code[at - 1])) && (end == code.size() || !is_letter(code[end]))) return at;
        }
        return at;
    }
    [[nodiscard]] bool has_transition() const {
        for (auto at = find("vec4", 0); at != code.npos; at = find("vec4", at + 1)) {
            Reader reader(code, at);
            (void)reader.word();
            if (reader.word() != "transition" || !reader.sign('(')) continue;
            auto type = reader.word();
            if (type == "in" || type == "const") type = reader.word();
            if (type == "vec2") return true;
        }
        return false;
    }
};

// What stands behind "=" between a parameter's name and the end of its line; empty when nothing does.
std::string_view value_text(std::string_view text, std::size_t from) {
    const auto rest = text.substr(from, text.substr(from).find('\n'));
    const auto equals = rest.find('=');
    return equals == rest.npos ? std::string_view{} : rest.substr(equals + 1);
}

// The parameter declared by the word "uniform" at `at`; nothing for a picture.
Result<std::optional<TransitionParameter>> read_parameter(const File& file, std::size_t at) {
    Reader reader(file.code, at);
    (void)reader.word();
    auto type = reader.word();
    if (std::find(precisions.begin(), precisions.end(), type) != precisions.end()) type = reader.word();
    const auto name = reader.word();
    const auto behind = reader.at();
    if (name.empty() || !reader.sign(';'))
        return file.fault(at, "a parameter is declared alone, as in \"uniform float width; // = 0.5\"");
    if (type == picture_type) return std::optional<TransitionParameter>{};
    const auto* kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.type == type; });
    if (kind == kinds.end()) {
        return file.fault(at, fmt::format("a parameter cannot be of type {}: choose float, int, bool, vec2, vec3, "
                                          "vec4, ivec2, ivec3 or ivec4",
                                          type));
    }
    TransitionParameter parameter{std::string(name), std::string(type), std::vector<double>(kind->numbers, 0.0)};
    if (const auto text = value_text(file.text, behind); !text.empty()) {
        auto value = read_value(text, *kind);
        if (!value) return file.fault(at, fmt::format("what {} is by default cannot be read as {}", name, type));
        parameter.value = *std::move(value);
    }
    return std::optional(std::move(parameter));
}

Status check_name(std::string_view name) {
    const bool plain = std::find(plain_transitions.begin(), plain_transitions.end(), name) != plain_transitions.end();
    const bool good = !name.empty() && name.size() <= longest_transition_name && !plain &&
                      std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || c == '-'; });
    if (good) return {};
    return Error{"bad_transition_file",
                 fmt::format("A transition's file cannot be called \"{}.glsl\": use up to {} letters, digits, - and _, "
                             "and none of cut, mix, dip, move.",
                             name, longest_transition_name)};
}

}  // namespace

Result<TransitionSetup> read_transition(std::string_view name, std::string_view glsl) {
    TRIBUNE_CHECK(check_name(name));
    const File file{name, glsl, glsl.size() <= longest_transition_file ? without_comments(glsl) : std::string()};
    if (glsl.size() > longest_transition_file)
        return file.fault(0, fmt::format("the file is larger than {} bytes", longest_transition_file));
    if (const auto zero = glsl.find('\0'); zero != glsl.npos) return file.fault(zero, "this is no text");
    if (!file.has_transition()) return file.fault(0, "there is no function \"vec4 transition(vec2 uv)\"");
    TransitionSetup setup{std::string(name), {}, std::string(glsl)};
    for (auto at = file.find("uniform", 0); at != file.code.npos; at = file.find("uniform", at + 1)) {
        TRIBUNE_TRY(auto parameter, read_parameter(file, at));
        if (!parameter) continue;
        if (setup.parameters.size() == most_transition_parameters)
            return file.fault(at, fmt::format("there are more than {} parameters", most_transition_parameters));
        setup.parameters.push_back(*std::move(parameter));
    }
    return setup;
}

}  // namespace tribune
