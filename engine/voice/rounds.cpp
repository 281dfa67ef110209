#include "voice/rounds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tribune {

Nanoseconds elapsed(const Round& round, ShowTime now) {
    ShowTime end = round.open ? now : round.ended;
    if (round.paused_since) end = std::min(end, *round.paused_since);
    return std::max(end - round.started - round.paused, Nanoseconds{0});
}

std::optional<Nanoseconds> time_left(const Round& round, ShowTime now) {
    if (!round.length) return std::nullopt;
    return *round.length - elapsed(round, now);
}

std::string countdown(Nanoseconds left) {
    using std::chrono::seconds;
    const bool over = left <= -seconds(1);
    const auto whole = over ? std::chrono::floor<seconds>(-left).count()
                            : std::max<std::int64_t>(std::chrono::ceil<seconds>(left).count(), 0);
    const auto minutes = whole / 60 % 60;
    return whole < 3600 ? fmt::format("{}{}:{:02}", over ? "+" : "", minutes, whole % 60)
                        : fmt::format("{}{}:{:02}:{:02}", over ? "+" : "", whole / 3600, minutes, whole % 60);
}

std::optional<ShowTime> runs_out(const Round& round) {
    if (!round.open || !round.length || round.paused_since) return std::nullopt;
    return round.started + round.paused + *round.length;
}

std::optional<std::uint32_t> standing_warning(const Round& round, const NoticeRules& rules, ShowTime now) {
    const auto left = time_left(round, now);
    if (!round.open || !left) return std::nullopt;
    std::optional<std::uint32_t> standing;
    for (const std::uint32_t seconds : rules.warn_s) {
        const Nanoseconds due = std::chrono::seconds(seconds);
        // A round that is shorter than its warning opens without it.
        if (due >= *round.length || *left > due || *left <= due - warning_length) continue;
        if (!standing || seconds < *standing) standing = seconds;
    }
    return standing;
}

}  // namespace tribune
