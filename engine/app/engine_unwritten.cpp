// The engine while nothing can be written: pictures act, all else waits.
#include "app/engine.hpp"
#include "base/log.hpp"
#include "show/codec.hpp"
#include "store/records.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds try_again = std::chrono::milliseconds(500);

const Actor machine{Role::machine, "engine", {}};

bool same_room(const Room& a, const Room& b) {
    const auto last_round = [](const Room& room) {
        return room.rounds.empty() ? std::optional<Round>{} : room.rounds[room.rounds.size() - 1];
    };
    return a.prepared == b.prepared && a.prepared_item == b.prepared_item && a.agenda == b.agenda &&
           a.rounds.size() == b.rounds.size() && last_round(a) == last_round(b) && a.notice == b.notice &&
           a.wanted_rotation == b.wanted_rotation && a.rotation == b.rotation &&
           a.contributions.size() == b.contributions.size() &&
           a.consolidation.moderation == b.consolidation.moderation && a.weighing.door == b.weighing.door &&
           a.weighing.polls == b.weighing.polls;
}

}  // namespace

Status Engine::act_unwritten(const std::shared_ptr<const ShowState>& before, Durability durability, const Error& why,
                             std::uint64_t connection, std::uint64_t token) {
    const auto after = authority_.state();
    const Stage stage = after->stage;
    authority_.go_on_from(before);
    // A cue may do more than change pictures.
    const bool only_pictures = after->setup == before->setup && after->scenes == before->scenes &&
                               after->rundown == before->rundown && same_room(after->room, before->room);
    if (durability != Durability::picture || !only_pictures) return why;
    authority_.keep_stage(stage);
    stage_owed_ = true;
    const std::string packed = pack(encode(stage));
    hub_->for_each([&](Connection& c) {
        if (c.wants_state) hub_->send_packed(c, Wire::stage, packed);
    });
    answer(connection, token, before->revision);
    return {};
}

// Writes the pictures down as they are: to learn whether the disk takes anything again, and so that the journal tells
// of them. Followers hear of the record when it is on disk: a trial that fails costs them nothing.
void Engine::try_to_write() {
    const auto now = monotonic_now();
    if (trial_ || !(not_kept_ || stage_owed_) || now - tried_ < try_again || journal_->lost()) return;
    tried_ = now;
    if (rollback_due_) return roll_back();
    if (!not_kept_) {
        // Only the queue was full.
        stage_owed_ = false;
        (void)decide(machine, KeepStage{authority_.state()->stage}, 0, 0);
        return;
    }
    Authority next = authority_;
    auto record = next.decide(machine, KeepStage{authority_.state()->stage}, clock_.at(now), unix_milliseconds_now());
    if (!record || !committer_->submit(to_row(*record))) return;
    trial_ = Trial{*std::move(record), next.state()};
}

void Engine::written_again() {
    log::info("journal_writes", "The journal is written again.");
    not_kept_.reset();
    actual_changed_ = true;
    const Trial done = std::move(*trial_);
    trial_.reset();
    const Stage stage = authority_.state()->stage;
    authority_.go_on_from(done.after);
    authority_.keep_stage(stage);  // the hand went on meanwhile
    stage_owed_ = stage != done.after->stage;
    const std::string record = pack(encode(done.record));
    const std::string newest = pack(encode(stage));
    hub_->for_each([&](Connection& c) {
        if (!c.wants_state) return;
        hub_->send_packed(c, Wire::record, record);
        if (stage_owed_) hub_->send_packed(c, Wire::stage, newest);
    });
}

}  // namespace tribune
