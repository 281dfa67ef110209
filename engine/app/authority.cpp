#include "app/authority.hpp"

#include <fmt/format.h>

#include "show/rights.hpp"
#include "voice/hygiene.hpp"

namespace tribune {
namespace {

constexpr std::size_t question_code_points = 400;
constexpr std::size_t most_device_bytes = 64;
constexpr TextLimits caption_limits{
    .bytes = longest_caption_words, .code_points = longest_caption_words, .clusters = longest_caption_words};

Status check(const Actor& actor, const Submit& submit) {
    if (actor.role == Role::table && submit.table != actor.table) {
        return Error{"wrong_table", fmt::format("This key speaks for table {} only.", actor.table.value)};
    }
    if (submit.device.text.size() > most_device_bytes)
        return Error{"bad_device", "A device id has at most 64 characters."};
    return {};
}

constexpr TextLimits label_limits{.code_points = 100, .clusters = 100};

// Line by line: what people write to themselves may have lines.
Result<std::string> clean_note(const std::string& note) {
    std::string out;
    for (std::size_t begin = 0; begin <= note.size();) {
        const std::size_t end = std::min(note.find('\n', begin), note.size());
        const std::string_view line = std::string_view(note).substr(begin, end - begin);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            TRIBUNE_TRY(const std::string clean, clean_text(line, {.code_points = 2000, .clusters = 2000}));
            out += (out.empty() ? "" : "\n") + clean;
        }
        begin = end + 1;
    }
    return out;
}

Status clean(Command& command);

Status clean(std::string& label) {
    if (!label.empty()) {
        TRIBUNE_TRY(label, clean_text(label, label_limits));
    }
    return {};
}

Status clean(std::vector<Step>& steps) {
    for (auto& step : steps) {
        if (step.command.get() == nullptr) continue;
        Command command = step.command.get()->command;
        TRIBUNE_CHECK(clean(command));
        step.command = held(std::move(command));
    }
    return {};
}

Status clean(std::string& question, std::vector<std::string>& parts) {
    const TextLimits limits{.code_points = question_code_points, .clusters = question_code_points};
    TRIBUNE_TRY(question, clean_text(question, limits));
    for (auto& part : parts) {
        TRIBUNE_TRY(part, clean_text(part, limits));
    }
    return {};
}

// Texts from people are cleaned here and nowhere else, before they are stored.
Status clean(Command& command) {
    if (auto* cue = std::get_if<SetCue>(&command)) {
        TRIBUNE_CHECK(clean(cue->cue.label));
        TRIBUNE_TRY(cue->cue.note, clean_note(cue->cue.note));
        return clean(cue->cue.steps);
    }
    if (auto* macro = std::get_if<SetMacro>(&command)) {
        TRIBUNE_CHECK(clean(macro->macro.label));
        return clean(macro->macro.steps);
    }
    if (auto* recorded = std::get_if<RecordMacro>(&command)) return clean(recorded->label);
    if (auto* add = std::get_if<AddSource>(&command); add != nullptr && !add->label.empty()) {
        TRIBUNE_TRY(add->label, clean_text(add->label));
    } else if (auto* caption = std::get_if<SetCaption>(&command)) {
        if (caption->label && !caption->label->empty()) {
            TRIBUNE_TRY(*caption->label, clean_text(*caption->label));
        }
        if (!caption->words) return {};
        for (auto& [field, words] : *caption->words) {
            if (words.empty()) continue;
            TRIBUNE_TRY(words, clean_text(words, caption_limits));
        }
    } else if (auto* submit = std::get_if<Submit>(&command)) {
        TRIBUNE_TRY(submit->text, clean_text(submit->text));
    } else if (auto* question = std::get_if<SetQuestion>(&command)) {
        return clean(question->text, question->parts);
    } else if (auto* item = std::get_if<SetAgendaItem>(&command)) {
        return clean(item->question.text, item->question.parts);
    } else if (auto* notice = std::get_if<ShowNotice>(&command); notice != nullptr && !notice->text.empty()) {
        TRIBUNE_TRY(notice->text, clean_text(notice->text));
    }
    return {};
}

}  // namespace

Result<Record> Authority::decide(const Actor& actor, Command command, ShowTime now, std::int64_t unix_ms) {
    TRIBUNE_CHECK(check_rights(*state_->setup, actor, command));
    if (const auto* submit = std::get_if<Submit>(&command)) TRIBUNE_CHECK(check(actor, *submit));
    TRIBUNE_CHECK(clean(command));
    // Show time never goes back, whatever the clock does.
    const Stamp stamp{state_->revision + 1, std::max(now, state_->at), unix_ms};
    TRIBUNE_TRY(ShowState next, apply(*state_, command, stamp, actor));
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
