// How long each stage of the work takes. Every process counts its own, always, in a histogram a stage; a trace shows the
// same spans one by one while it is recorded (base/trace.hpp). Kept for the whole process, like the log.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace tribune {

// A new one: its word here and its line in the list of names.
enum class WorkStage : std::uint8_t {
    frame,  // render: one frame, from its beat to its last output
    sources,
    plan,
    paint,
    present,
    pictures,   // what desks and snapshots are given of it
    layout,     // render's wall worker: the words of one state
    read,       // capture: a packet; waits for what a camera sends
    decode,     // a packet, up to its picture
    publish,    // into the ring
    batch,      // engine: what one follower said at once
    apply,      // a command becomes a record
    commit,     // records on disk
    fan_out,    // a record to all followers
    receive,    // net: a client's message
    submit,     // a request to the engine
    ack,        // the engine's answer, to who asked
    broadcast,  // a state, to all clients
    none        // stays last
};

const char* name(WorkStage stage);
std::optional<WorkStage> stage_named(std::string_view name);

// Four counts to an octave, from 1 µs to 17 s: a percentile is right within an eighth.
struct StageTimes {
    static constexpr std::size_t buckets = 1 + 24 * 4;
    WorkStage stage = WorkStage::none;
    Nanoseconds sum{0};
    std::array<std::uint64_t, buckets> counts{};

    // Where a time is counted, and up to which time a bucket counts; the last takes all that is longer, too.
    [[nodiscard]] static std::size_t bucket(Nanoseconds time);
    [[nodiscard]] static Nanoseconds upper(std::size_t bucket);

    [[nodiscard]] std::uint64_t count() const;
    // The time that `share` (0…1) of them do not exceed, between a bucket's bounds by its counts; 0 when there is none.
    [[nodiscard]] Nanoseconds percentile(double share) const;
    bool operator==(const StageTimes&) const = default;
};

// Of this process, since its start: those that happened at all. Any thread.
std::vector<StageTimes> stage_times();

// Measures from here to the end of the scope. Spans of one thread nest. Two clock reads and two relaxed additions.
class StageSpan {
  public:
    // `number` is shown in a trace: a frame's index, a record's sequence.
    explicit StageSpan(WorkStage stage, std::uint64_t number = 0)
        : begun_(monotonic_now()), number_(number), stage_(stage) {}
    ~StageSpan();
    // Nothing was done: it is not counted.
    void forget() { stage_ = WorkStage::none; }
    StageSpan(const StageSpan&) = delete;
    StageSpan& operator=(const StageSpan&) = delete;

  private:
    MonotonicTime begun_;
    std::uint64_t number_;
    WorkStage stage_;
};

}  // namespace tribune
