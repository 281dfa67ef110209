// Sound of one source through sealed shared memory: one writer process, several readers, no lock.
//
// A sealed memfd holds a header and a number of slots, each for a block of samples. The writer fills them in turn and
// never waits; a reader copies each block out and then looks whether it was overwritten meanwhile. The file can be
// mapped for writing by its maker only. Readers trust nothing: every number is copied once and then checked, and
// samples that are no sound (infinite, not a number, far too loud) are silence. A hostile writer can only give wrong
// sound.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/result.hpp"
#include "base/sound_block.hpp"

namespace tribune {

inline constexpr int sound_ring_slots = 512;          // half of them are there to be read: 5 s of blocks of 20 ms
inline constexpr int sound_ring_slot_samples = 1024;  // longer blocks are cut
inline constexpr float loudest_sample = 8;            // +18 dBFS: more is not sound

class SoundRingMemory;

// Thread: one.
class SoundRingWriter {
  public:
    // Errors: no_memory. `generation` rises with each new ring of a source.
    static Result<SoundRingWriter> create(std::uint64_t generation);

    // To pass to readers.
    [[nodiscard]] int fd() const;
    [[nodiscard]] std::uint64_t generation() const;
    [[nodiscard]] std::uint64_t blocks() const { return blocks_; }  // published

    // Appends samples whose first has this presentation time; over the oldest ones when the ring is full.
    void publish(Nanoseconds presentation, MonotonicTime arrived, std::span<const StereoSample> samples);

    // When the source's pictures are published: presentation time + this, on this machine's clock. Sound is heard
    // when the picture of the same presentation time is seen. Holds for blocks published before, too.
    void set_clock(Nanoseconds offset);

  private:
    explicit SoundRingWriter(std::shared_ptr<SoundRingMemory> memory);
    void publish_slot(Nanoseconds presentation, MonotonicTime arrived, std::span<const StereoSample> samples);

    std::shared_ptr<SoundRingMemory> memory_;
    std::uint64_t blocks_ = 0;
};

// Thread: one.
class SoundRingReader {
  public:
    // Takes a descriptor as passed by the writer (the caller keeps its own). It begins with what comes from now on,
    // and the newest block. Errors: bad_ring (not a ring, not sealed, or lying about itself), no_memory.
    static Result<SoundRingReader> open(int fd);

    // The next block, oldest first; none when all was read. Never blocks. Blocks that were overwritten before they
    // were read are left out and counted. Error bad_sound: the writer lies; take nothing more from this source.
    Result<std::optional<SoundBlock>> next();

    // As the writer last set it; none before.
    [[nodiscard]] std::optional<Nanoseconds> clock() const;

    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    [[nodiscard]] std::uint64_t lost() const { return lost_; }

  private:
    SoundRingReader(std::shared_ptr<SoundRingMemory> memory, std::uint64_t generation, std::uint64_t next);

    std::shared_ptr<SoundRingMemory> memory_;
    std::uint64_t generation_;
    std::uint64_t next_;  // the block to read next; the first is 1
    std::uint64_t lost_ = 0;
};

}  // namespace tribune
