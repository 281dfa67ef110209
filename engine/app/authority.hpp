// Decides: checks who speaks, cleans what is said, applies it, numbers it. Holds the one true state.
// Thread: the engine's. No clock, no disk: time comes in, records go out.
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.hpp"
#include "base/time.hpp"
#include "show/command.hpp"
#include "voice/flags.hpp"

namespace tribune {

class Authority {
  public:
    // Without a flagger nothing in a text is pointed out.
    explicit Authority(std::shared_ptr<const ShowState> state, std::shared_ptr<const Flagger> flagger = nullptr)
        : state_(std::move(state)), flagger_(std::move(flagger)) {}

    // The record to journal and to hand to the followers; state() is then the state after it.
    // Errors: those of check_rights, wrong_table, text_* (voice/hygiene.hpp), what apply() says, and already_stored:
    // the answer is in the journal (or on its way), at sequence stored_sequence(command).
    Result<Record> decide(const Actor& actor, Command command, ShowTime now, std::int64_t unix_ms);

    // Goes on from another state: what was decided since is void.
    void go_on_from(std::shared_ptr<const ShowState> state) { state_ = std::move(state); }

    // The pictures as they are, on a state that was fetched back from the journal: a disk that takes nothing more
    // must not take the producer's hand off the faces. Followers need a snapshot.
    void keep_stage(const Stage& stage);

    // Where the answer with this id stands in the journal; 0 if it does not.
    [[nodiscard]] std::uint64_t stored_sequence(const Uuid& id) const;

    [[nodiscard]] const std::shared_ptr<const ShowState>& state() const { return state_; }

  private:
    void flag(Command& command) const;

    std::shared_ptr<const ShowState> state_;
    std::shared_ptr<const Flagger> flagger_;
};

}  // namespace tribune
