// Questions, rounds and their time, notices. Pure values; what changes them is in voice/room.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace tribune {

// What is asked, as it is prepared.
struct Question {
    std::string text;
    std::string language;            // BCP 47, "" = the show's
    std::vector<std::string> parts;  // sub-questions, in their order
    std::uint32_t length_ms = 0;     // planned; 0: until it is closed
    bool close_at_end = false;       // closes itself when its time is over
    bool operator==(const Question&) const = default;
};

struct AgendaItem {
    std::uint32_t item = 0;  // never given twice
    Question question;
    bool operator==(const AgendaItem&) const = default;
};

// A question put to the room, and the time it was open.
struct Round {
    std::uint32_t number = 0;  // 1, 2, 3…
    std::string question;
    std::string language;  // BCP 47 of the question, "" = the show's
    ShowTime started;
    ShowTime ended;  // meaningless while open
    bool open = true;
    std::vector<std::string> parts{};
    std::uint32_t item = 0;               // of the agenda; 0: typed live
    std::optional<Nanoseconds> length{};  // planned, pauses left out; none: until it is closed
    bool close_at_end = false;
    Nanoseconds paused{0};                   // all pauses that are over
    std::optional<ShowTime> paused_since{};  // held since
    bool operator==(const Round&) const = default;
};

// How long it has been going, pauses left out.
Nanoseconds elapsed(const Round& round, ShowTime now);
// Of its planned length; negative beyond it. None: it has no length. A closed round keeps what it was closed with.
std::optional<Nanoseconds> time_left(const Round& round, ShowTime now);
// 12:05, 1:00:00; the last second until the last moment, then +0:01 for each second over.
std::string countdown(Nanoseconds left);
// When its time is over; none while it is held, is closed or has no length.
std::optional<ShowTime> runs_out(const Round& round);

// A word from the director to the room.
struct Notice {
    std::string text;
    ShowTime at;
    Nanoseconds length{0};
    bool on_faces = false;
    bool operator==(const Notice&) const = default;
};

// When notices come by themselves: so many seconds before a round's time is over.
struct NoticeRules {
    std::vector<std::uint32_t> warn_s{120};
    bool on_faces = false;
    bool operator==(const NoticeRules&) const = default;
};
inline constexpr Nanoseconds warning_length = std::chrono::seconds(15);

// The warning that stands now, as the seconds it was due before the end; none: none does.
std::optional<std::uint32_t> standing_warning(const Round& round, const NoticeRules& rules, ShowTime now);

// --- Commands ---------------------------------------------------------------------------------------------

// Prepares the question of the next round; what is open goes on.
struct SetQuestion {
    std::string text;
    std::string language;
    std::vector<std::string> parts{};
    std::uint32_t length_ms = 0;
    bool close_at_end = false;
    std::uint32_t item = 0;  // the one of the agenda that it is
    bool operator==(const SetQuestion&) const = default;
};

// Opens a round on the prepared question; an open round is closed first. A question of the agenda makes room for the
// next that was not asked yet.
struct StartRound {
    std::optional<std::uint32_t> length_ms{};  // left out: as prepared
    bool operator==(const StartRound&) const = default;
};

struct StopRound {
    bool operator==(const StopRound&) const = default;
};

struct PauseRound {
    bool operator==(const PauseRound&) const = default;
};
struct ResumeRound {
    bool operator==(const ResumeRound&) const = default;
};

// More time, or less. One that is over its time, or has no length, gets it from now.
struct ExtendRound {
    std::int32_t by_ms = 0;
    std::optional<bool> close_at_end{};
    bool operator==(const ExtendRound&) const = default;
};

// A question of the agenda, new (item 0, at the end) or in the place of what it was.
struct SetAgendaItem {
    std::uint32_t item = 0;
    Question question;
    bool operator==(const SetAgendaItem&) const = default;
};
struct RemoveAgendaItem {
    std::uint32_t item = 0;
    bool operator==(const RemoveAgendaItem&) const = default;
};
struct MoveAgendaItem {
    std::uint32_t item = 0;
    std::uint32_t to = 0;  // its place, from 0
    bool operator==(const MoveAgendaItem&) const = default;
};

// Empty text takes the one that stands away.
struct ShowNotice {
    std::string text;
    std::uint32_t length_ms = 20'000;
    bool on_faces = false;
    bool operator==(const ShowNotice&) const = default;
};

}  // namespace tribune
