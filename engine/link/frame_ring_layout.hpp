// What lies in a frame ring's memory. Private to the ring's reader and writer.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "link/frame_ring.hpp"

namespace tribune {

// A frame's description and sequence as words: copied word by word, so that a value once read cannot change.
struct RingDescriptor {
    static constexpr std::size_t words = 16;
    using Words = std::array<std::uint64_t, words>;

    static Words pack(const FrameDescription& frame);
    // Values are only cast here; check_description judges them.
    static Result<FrameDescription> unpack(const Words& words);
};

struct alignas(64) RingSlotHeader {
    std::atomic<std::uint64_t> sequence;  // 0: not readable
    std::array<std::atomic<std::uint64_t>, RingDescriptor::words> description;
};

struct alignas(64) RingPinRow {
    std::array<std::atomic<std::uint32_t>, ring_most_slots> pins;
};

struct RingHeader {
    static constexpr std::uint32_t magic_value = 0x54524e47;  // "TRNG"
    static constexpr std::uint32_t version_value = 2;

    // Fixed at creation.
    std::uint32_t magic;
    std::uint32_t version;
    std::uint32_t slots;
    std::uint32_t lock_step;
    std::uint64_t slot_bytes;
    std::uint64_t generation;

    // latest: sequence << 8 | slot; 0 before the first frame. A sequence of 56 bits lasts for ever.
    alignas(64) std::atomic<std::uint64_t> latest;
    std::atomic<std::uint64_t> before;             // the one before it, alike, while the latest may not be due; else 0
    std::atomic<std::uint32_t> published;          // low bits of the sequence, to wait on
    alignas(64) std::atomic<std::uint32_t> taken;  // low bits of the newest sequence a reader took
    std::array<RingPinRow, ring_most_readers> rows;
    std::array<RingSlotHeader, ring_most_slots> slot_headers;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free && std::atomic<std::uint32_t>::is_always_lock_free);

inline constexpr std::size_t ring_page = 4096;
inline constexpr std::size_t ring_header_bytes = (sizeof(RingHeader) + ring_page - 1) / ring_page * ring_page;

// Slots begin behind the header; a page of nothing ends the file, for readers that fetch a vector too far.
constexpr std::size_t ring_file_bytes(std::uint64_t slots, std::uint64_t slot_bytes) {
    return ring_header_bytes + slots * slot_bytes + ring_page;
}

// The mapped file: the header writable, the slots writable for the writer only.
class RingMemory {
  public:
    static Result<std::shared_ptr<RingMemory>> map(Fd fd, int slots, std::size_t slot_bytes, bool writer);
    RingMemory(Fd fd, void* header, std::uint8_t* data, std::size_t data_bytes, int slots, std::size_t slot_bytes);
    RingMemory(const RingMemory&) = delete;
    RingMemory& operator=(const RingMemory&) = delete;
    ~RingMemory();

    [[nodiscard]] RingHeader& header() const { return *header_; }
    [[nodiscard]] std::uint8_t* slot(int index) const { return data_ + static_cast<std::size_t>(index) * slot_bytes_; }
    [[nodiscard]] int slots() const { return slots_; }
    [[nodiscard]] std::size_t slot_bytes() const { return slot_bytes_; }
    [[nodiscard]] int fd() const { return fd_.get(); }

  private:
    Fd fd_;  // of a reader: its own open file, which holds its row's lock
    RingHeader* header_;
    std::uint8_t* data_;
    std::size_t data_bytes_;
    int slots_;
    std::size_t slot_bytes_;
};

// The file lock of a reader's row, an open-file-description lock. False when another open file has it.
bool lock_ring_row(int fd, int row);
void unlock_ring_row(int fd, int row);

// Waits while the word equals `seen`, at most until the deadline.
void wait_on_word(const std::atomic<std::uint32_t>& word, std::uint32_t seen, MonotonicTime deadline);
void wake_word(const std::atomic<std::uint32_t>& word);

}  // namespace tribune
