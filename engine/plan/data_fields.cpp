#include "plan/data_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "plan/signs.hpp"

namespace tribune {
namespace {

constexpr std::string_view top_words_field = "top_words";
constexpr std::string_view top_word_field = "top_word_";
constexpr std::size_t words_in_a_row = 5;

std::string counted(const PlanInput& input, std::size_t count) {
    const std::string digits = fmt::format("{}", count);
    const std::string_view between = input.state.setup->language == "fr" ? "\u202f" : ",";
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += between;
        out += digits[i];
    }
    return out;
}

std::string question(const PlanInput& input) {
    const auto& rounds = input.state.room.rounds;
    return rounds.empty() ? input.state.room.prepared.text : rounds[rounds.size() - 1].question;
}

std::string time_of_day(const PlanInput& input) {
    if (!input.second_of_day) return {};
    const int minutes = *input.second_of_day / 60;
    return fmt::format("{}:{:02}", minutes / 60, minutes % 60);
}

std::string top_words(const PlanInput& input) {
    std::string out;
    if (input.top_words == nullptr) return out;
    for (std::size_t i = 0; i < std::min(words_in_a_row, input.top_words->size()); ++i)
        out += (i > 0 ? "  ·  " : "") + (*input.top_words)[i];
    return out;
}

struct DataField {
    std::string_view name;
    std::string (*value)(const PlanInput&);
};
constexpr std::array data_fields{
    DataField{"title", [](const PlanInput& in) { return in.state.setup->title; }},
    DataField{"question", question},
    DataField{"answers", [](const PlanInput& in) { return counted(in, in.state.room.contributions.size()); }},
    DataField{"tables", [](const PlanInput& in) { return counted(in, in.state.room.answers_of_table.size()); }},
    DataField{"clock", time_of_day},
    DataField{"time_left",
              [](const PlanInput& in) {
                  const auto left = time_left(in.state, in.now);
                  return left ? clock_text(*left) : std::string();
              }},
    DataField{"notice", [](const PlanInput& in) { return sign_on_faces(in.state, in.now); }},
    DataField{top_words_field, top_words},
};

// 1 for "top_word_1"; 0 for other names.
std::size_t place_of_top_word(std::string_view name) {
    if (!name.starts_with(top_word_field)) return 0;
    name.remove_prefix(top_word_field.size());
    std::size_t place = 0;
    const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), place);
    return failed == std::errc{} && end == name.data() + name.size() && place <= most_top_words ? place : 0;
}

}  // namespace

std::optional<TimeLeft> time_left(const ShowState& state, ShowTime now) {
    const Countdown& own = state.stage.countdown;
    if (own.on) return TimeLeft{own.remaining(now), own.length, true};
    const auto left = time_left(state.room, now);
    if (!left) return std::nullopt;
    return TimeLeft{*left, state.room.open_round()->length.value_or(Nanoseconds{0}), true};
}

std::string clock_text(const TimeLeft& time) {
    constexpr std::int64_t second = 1'000'000'000;
    const bool over = time.left < Nanoseconds{0};
    const std::int64_t ns = over && !time.over ? 0 : over ? -time.left.count() : time.left.count();
    const std::int64_t seconds = over ? ns / second : (ns + second - 1) / second;
    const std::string_view sign = over && time.over && seconds > 0 ? "+" : "";
    if (seconds < 3600) return fmt::format("{}{}:{:02}", sign, seconds / 60, seconds % 60);
    return fmt::format("{}{}:{:02}:{:02}", sign, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::optional<std::string> data_field(std::string_view name, const PlanInput& input) {
    for (const auto& field : data_fields)
        if (field.name == name) return field.value(input);
    const std::size_t place = place_of_top_word(name);
    if (place == 0) return std::nullopt;
    const bool there = input.top_words != nullptr && place <= input.top_words->size();
    return there ? (*input.top_words)[place - 1] : std::string();
}

bool wants_top_words(std::string_view text) { return text.find("{top_word") != std::string_view::npos; }

std::string filled_in(std::string_view text, const std::function<std::optional<std::string>(std::string_view)>& value) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto close = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
        if (close != std::string_view::npos) {
            if (const auto v = value(text.substr(i + 1, close - i - 1))) {
                out += *v;
                i = close + 1;
                continue;
            }
        }
        out += text[i++];
    }
    return out;
}

}  // namespace tribune
