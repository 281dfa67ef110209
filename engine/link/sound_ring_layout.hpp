// What lies in a sound ring's memory. Private to the ring.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "base/handle.hpp"
#include "link/sound_ring.hpp"

namespace tribune {

struct alignas(64) SoundSlot {
    std::atomic<std::uint64_t> sequence;  // 0: being written
    std::atomic<std::uint64_t> count;     // samples
    std::atomic<std::int64_t> presentation;
    std::atomic<std::int64_t> arrived;
    std::array<std::atomic<float>, std::size_t{2} * sound_ring_slot_samples> samples;  // left, right, left…
};

struct SoundRingHeader {
    static constexpr std::uint32_t magic_value = 0x54534e44;  // "TSND"
    static constexpr std::uint32_t version_value = 1;

    // Fixed at creation.
    std::uint32_t magic;
    std::uint32_t version;
    std::uint64_t generation;

    alignas(64) std::atomic<std::uint64_t> latest;  // sequence of the newest block; 0 before the first
    std::atomic<std::int64_t> clock;
    std::atomic<std::uint32_t> clock_set;
    std::array<SoundSlot, sound_ring_slots> slots;

    SoundSlot& slot(std::uint64_t sequence) { return slots.at(sequence % sound_ring_slots); }
};
static_assert(std::atomic<float>::is_always_lock_free && std::atomic<std::uint64_t>::is_always_lock_free);

// The mapped file, writable for the writer only.
class SoundRingMemory {
  public:
    static Result<std::shared_ptr<SoundRingMemory>> map(Fd fd, bool writer);
    SoundRingMemory(Fd fd, void* memory);
    SoundRingMemory(const SoundRingMemory&) = delete;
    SoundRingMemory& operator=(const SoundRingMemory&) = delete;
    ~SoundRingMemory();

    [[nodiscard]] SoundRingHeader& header() const { return *header_; }
    [[nodiscard]] int fd() const { return fd_.get(); }

  private:
    Fd fd_;
    SoundRingHeader* header_;
};

}  // namespace tribune
