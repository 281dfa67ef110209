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

constexpr TextLimits title_limits{.code_points = 80, .clusters = 60};
constexpr TextLimits choice_limits{.code_points = 120, .clusters = 80};

Status check(const Actor& actor, const DeviceId& device, TableNumber table) {
    if (actor.role == Role::table && table != actor.table)
        return Error{"wrong_table", fmt::format("This key speaks for table {} only.", actor.table.value)};
    if (actor.role == Role::audience && table.value != 0)
        return Error{"wrong_table", "A phone speaks for itself, for no table."};
    if (device.text.size() > most_device_bytes) return Error{"bad_device", "A device id has at most 64 characters."};
    if (device.text.empty() && actor.role == Role::audience)
        return Error{"bad_device", "A phone says which it is: reload the page."};
    return {};
}

// Who says it is who it is said to be.
Status check_speaker(const Actor& actor, const Command& command) {
    if (const auto* submit = std::get_if<Submit>(&command)) return check(actor, submit->device, submit->table);
    const Speaker* from = speaker_of(command);
    return from == nullptr ? Status{} : check(actor, from->device, from->table);
}

// Empty stays empty.
Status clean_to(std::string& text, const TextLimits& limits) {
    if (!text.empty()) {
        TRIBUNE_TRY(text, clean_text(text, limits));
    }
    return {};
}

// What is said about contributions. Kinds that bring no text are in order as they are.
Status clean_voice(Command& command) {
    const TextLimits words;
    if (auto* revise = std::get_if<Revise>(&command)) {
        TRIBUNE_TRY(revise->text, clean_text(revise->text));
        return clean_to(revise->title, title_limits);
    }
    if (auto* hold = std::get_if<HoldBack>(&command)) return clean_to(hold->note, words);
    if (auto* proposal = std::get_if<ProposeWords>(&command)) return clean_to(proposal->text, words);
    if (auto* gather = std::get_if<Gather>(&command)) return clean_to(gather->title, title_limits);
    if (auto* theme = std::get_if<NameTheme>(&command)) return clean_to(theme->title, title_limits);
    if (auto* tension = std::get_if<SetTension>(&command)) return clean_to(tension->title, choice_limits);
    if (auto* outcome = std::get_if<SetOutcome>(&command)) return clean_to(outcome->text, words);
    if (auto* term = std::get_if<SetTerm>(&command)) {
        TRIBUNE_CHECK(clean_to(term->rule.word, title_limits));
        return clean_to(term->rule.to, title_limits);
    }
    if (auto* poll = std::get_if<SetPoll>(&command)) {
        TRIBUNE_CHECK(clean_to(poll->text, {.code_points = question_code_points, .clusters = question_code_points}));
        for (auto& option : poll->options) TRIBUNE_CHECK(clean_to(option, choice_limits));
    }
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
        return clean_to(submit->title, title_limits);
    } else if (auto* question = std::get_if<SetQuestion>(&command)) {
        return clean(question->text, question->parts);
    } else if (auto* item = std::get_if<SetAgendaItem>(&command)) {
        return clean(item->question.text, item->question.parts);
    } else if (auto* notice = std::get_if<ShowNotice>(&command); notice != nullptr && !notice->text.empty()) {
        TRIBUNE_TRY(notice->text, clean_text(notice->text));
    }
    return clean_voice(command);
}

}  // namespace

Result<Record> Authority::decide(const Actor& actor, Command command, ShowTime now, std::int64_t unix_ms) {
    TRIBUNE_CHECK(check_rights(*state_->setup, actor, command));
    TRIBUNE_CHECK(check_speaker(actor, command));
    TRIBUNE_CHECK(clean(command));
    flag(command);
    // Show time never goes back, whatever the clock does.
    const Stamp stamp{state_->revision + 1, std::max(now, state_->at), unix_ms};
    TRIBUNE_TRY(ShowState next, apply(*state_, command, stamp, actor));
    state_ = std::make_shared<const ShowState>(std::move(next));
    return Record{stamp, actor, std::move(command)};
}

// What is pointed out is part of the record: a list that changes later does not change what was decided.
void Authority::flag(Command& command) const {
    const auto flags_of = [&](const std::string& title, const std::string& text, const std::string& language) {
        if (!flagger_) return std::vector<Flag>{};
        return flagger_->flags_of(title.empty() ? text : title + " " + text, language).kinds();
    };
    if (auto* submit = std::get_if<Submit>(&command)) {
        submit->flags = flags_of(submit->title, submit->text, submit->language);
    } else if (auto* revise = std::get_if<Revise>(&command)) {
        const Contribution* of = state_->room.find(revise->contribution);
        revise->flags = flags_of(revise->title, revise->text, of == nullptr ? "" : of->language);
    }
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
