#include "plan/signs.hpp"

#include <fmt/format.h>

namespace tribune {
namespace {

constexpr Nanoseconds bell_stands = std::chrono::seconds(15);
constexpr Nanoseconds moves_stand = std::chrono::seconds(45);  // time to find the next table

std::string warning_words(std::uint32_t seconds, bool french) {
    const auto n = seconds % 60 == 0 ? seconds / 60 : seconds;
    if (french) return fmt::format("Encore {} {}{}", n, seconds % 60 == 0 ? "minute" : "seconde", n > 1 ? "s" : "");
    return fmt::format("{} {}{} left", n, seconds % 60 == 0 ? "minute" : "second", n > 1 ? "s" : "");
}

}  // namespace

std::string sign_on_faces(const ShowState& state, ShowTime now) {
    const bool french = state.setup->language == "fr";
    if (const auto& bell = state.stage.sound.bell; bell && now >= *bell) {
        const auto& rotation = state.room.rotation;
        const bool moves = rotation && rotation->since == *bell;
        if (moves && now - *bell < moves_stand)
            return french ? "La cloche sonne : changez de table" : "The bell rings: change tables";
        if (now - *bell < bell_stands) return french ? "La cloche sonne" : "The bell rings";
    }
    if (const Notice* notice = standing_notice(state.room, now); notice != nullptr && notice->on_faces)
        return notice->text;
    const Round* open = state.room.open_round();
    if (open == nullptr || !state.setup->notices.on_faces) return {};
    const auto warning = standing_warning(*open, state.setup->notices, now);
    return warning ? warning_words(*warning, french) : std::string{};
}

std::string clock_on_faces(const ShowState& state, ShowTime now) {
    const auto left = time_left(state.room, now);
    return left ? countdown(*left) : std::string{};
}

}  // namespace tribune
