#include "app/authority.hpp"

#include <fmt/format.h>

#include "voice/hygiene.hpp"

namespace tribune {
namespace {

constexpr std::size_t question_code_points = 400;
constexpr std::size_t most_device_bytes = 64;

Status check(const Actor& actor, const Submit& submit) {
    if (actor.role == Role::table && submit.table != actor.table) {
        return Error{"wrong_table", fmt::format("This key speaks for table {} only.", actor.table.value)};
    }
    if (submit.device.text.size() > most_device_bytes)
        return Error{"bad_device", "A device id has at most 64 characters."};
    return {};
}

// Who may bring in what: a producer plays what lies in the media folder, a technician wires the hall.
Status check(const Actor& actor, const AddSource& add) {
    if (add.url.empty() || actor.role == Role::technician) return {};
    return Error{"forbidden", "Only the technician may add an address: choose a file of the media folder."};
}

// Texts from people are cleaned here and nowhere else, before they are stored.
Status clean(Command& command) {
    if (auto* add = std::get_if<AddSource>(&command); add != nullptr && !add->label.empty()) {
        TRIBUNE_TRY(add->label, clean_text(add->label));
    } else if (auto* submit = std::get_if<Submit>(&command)) {
        TRIBUNE_TRY(submit->text, clean_text(submit->text));
    } else if (auto* question = std::get_if<SetQuestion>(&command)) {
        TRIBUNE_TRY(question->text, clean_text(question->text, {.code_points = question_code_points,
                                                                .clusters = question_code_points}));
    }
    return {};
}

}  // namespace

Result<Record> Authority::decide(const Actor& actor, Command command, ShowTime now, std::int64_t unix_ms) {
    const CommandKind& kind = kind_of(command);
    if (!may(actor.role, kind)) {
        return Error{"forbidden", fmt::format("The key \"{}\" may not do \"{}\".", actor.name, kind.name)};
    }
    if (const auto* submit = std::get_if<Submit>(&command)) TRIBUNE_CHECK(check(actor, *submit));
    if (const auto* add = std::get_if<AddSource>(&command)) TRIBUNE_CHECK(check(actor, *add));
    TRIBUNE_CHECK(clean(command));
    // Show time never goes back, whatever the clock does.
    const Stamp stamp{state_->revision + 1, std::max(now, state_->at), unix_ms};
    TRIBUNE_TRY(ShowState next, apply(*state_, command, stamp));
    state_ = std::make_shared<const ShowState>(std::move(next));
    return Record{stamp, actor, std::move(command)};
}

void Authority::keep_stage(const Stage& stage) {
    ShowState state = *state_;
    state.stage = stage;
    state_ = std::make_shared<const ShowState>(std::move(state));
}

std::uint64_t Authority::stored_sequence(const Uuid& id) const {
    const Contribution* stored = state_->room.find(id);
    return stored == nullptr ? 0 : stored->sequence;
}

}  // namespace tribune
