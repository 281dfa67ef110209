#include "store/export.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "show/codec.hpp"
#include "show/voice_views.hpp"
#include "store/records.hpp"

namespace tribune {
namespace {

std::string iso_time(std::int64_t unix_ms) {
    constexpr std::int64_t end_of_9999 = 253402300799999;
    const auto ms = std::clamp<std::int64_t>(unix_ms, 0, end_of_9999);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(static_cast<std::time_t>(ms / 1000)), ms % 1000);
}

const std::string& question_of(const Room& room, const Contribution& contribution) {
    static const std::string none;
    const auto round = contribution.round;
    return round >= 1 && round <= room.rounds.size() ? room.rounds[round - 1].question : none;
}

// The sub-question it answers.
const std::string& part_of(const Room& room, const Contribution& contribution) {
    static const std::string none;
    if (contribution.part == 0 || contribution.round < 1 || contribution.round > room.rounds.size()) return none;
    const auto& parts = room.rounds[contribution.round - 1].parts;
    return contribution.part <= parts.size() ? parts[contribution.part - 1] : none;
}

Status written(const std::ostream& out) {
    if (out.good()) return {};
    return Error{"export_failed", "The export could not be written: check the target's disk and rights."};
}

// Bytes that are no UTF-8 cannot be stored by this program; an export must not die of them.
std::string dumped(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// What became of a contribution, in words.
struct Fate {
    std::string title;
    std::string state;
    std::string held_for;
    std::string theme;
    std::uint64_t likes = 0;
    std::string outcome;
    std::string text_now;
};
Fate fate_of(const ShowState& state, const Contribution& contribution) {
    const auto view = own_view(state, contribution);
    return {
        view["title"],       view["state"], view["hold"].is_null() ? "" : view["hold"]["reason"].get<std::string>(),
        view["theme_title"], view["likes"], view["outcome"].is_null() ? "" : view["outcome"]["text"].get<std::string>(),
        view["text"]};
}

std::string cell(std::string_view text) {
    std::string out;
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) out += '\'';
    out += text;
    if (out.find_first_of("\",\r\n") == std::string::npos) return out;
    std::string quoted = "\"";
    for (const char c : out) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace

Status export_json(Journal& journal, std::ostream& out) {
    TRIBUNE_TRY(const auto restored, restore(journal));
    const auto& room = restored.state.room;
    out << "{\"title\":" << dumped(restored.state.setup->title) << ",\"epoch\":" << dumped(journal.epoch())
        << ",\"contributions\":[";
    const char* before = "\n";
    for (const auto& c : room.contributions) {
        const Fate fate = fate_of(restored.state, c);
        out << before
            << dumped({{"sequence", c.sequence},
                       {"id", to_string(c.id)},
                       {"table", c.table.value},
                       {"round", c.round},
                       {"question", question_of(room, c)},
                       {"part", part_of(room, c)},
                       {"kind", std::string(to_string(c.kind))},
                       {"time", iso_time(c.unix_ms)},
                       {"language", c.language},
                       {"late", c.late},
                       {"text", c.text},
                       {"title", fate.title},
                       {"state", fate.state},
                       {"held_for", fate.held_for},
                       {"theme", fate.theme},
                       {"likes", fate.likes},
                       {"outcome", fate.outcome},
                       {"text_now", fate.text_now}});
        before = ",\n";
        TRIBUNE_CHECK(written(out));
    }
    out << "\n]}\n";
    out.flush();
    return written(out);
}

Status export_csv(Journal& journal, std::ostream& out, const CsvOptions& options) {
    TRIBUNE_TRY(const auto restored, restore(journal));
    const auto& room = restored.state.room;
    if (options.byte_order_mark) out << "\xEF\xBB\xBF";
    out << "sequence,id,table,round,question,part,kind,time,language,late,text,title,state,held_for,theme,"
           "likes,outcome,text_now\r\n";
    for (const auto& c : room.contributions) {
        const Fate fate = fate_of(restored.state, c);
        out << c.sequence << ',' << to_string(c.id) << ',' << c.table.value << ',' << c.round << ','
            << cell(question_of(room, c)) << ',' << cell(part_of(room, c)) << ',' << to_string(c.kind) << ','
            << iso_time(c.unix_ms) << ',' << cell(c.language) << ',' << (c.late ? "true" : "false") << ','
            << cell(c.text) << ',' << cell(fate.title) << ',' << fate.state << ',' << fate.held_for << ','
            << cell(fate.theme) << ',' << fate.likes << ',' << cell(fate.outcome) << ',' << cell(fate.text_now)
            << "\r\n";
        TRIBUNE_CHECK(written(out));
    }
    out.flush();
    return written(out);
}

}  // namespace tribune
