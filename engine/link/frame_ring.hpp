// Frames of one source through sealed shared memory: one writer process, several readers, no copy, no lock.
//
// A sealed memfd holds a header, pin counts and a number of equal slots. The writer fills a free slot and makes it
// the latest. A reader pins the latest slot and looks at it in place; a pinned slot is not written. Pins belong to
// the reader's row, and a row to whoever holds its file lock: the kernel lets go of it when that process dies,
// however it dies, and the writer then takes the pins back. Neither side trusts the other: every value the reader
// takes from the memory is copied once and then checked; a hostile writer can show a wrong picture, nothing else.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "base/handle.hpp"
#include "base/result.hpp"
#include "base/video_frame.hpp"

namespace tribune {

inline constexpr int ring_most_slots = 64;
inline constexpr int ring_most_readers = 8;
inline constexpr std::size_t ring_most_slot_bytes = std::size_t{1} << 30U;
inline constexpr int ring_most_pixels_a_side = 16384;

struct RingOptions {
    int slots = 8;
    std::size_t slot_bytes = 0;
    std::uint64_t generation = 1;  // rises with each new ring of a source
    bool lock_step = false;        // readers report what they took, see FrameRingWriter::wait_taken
};

// Where a plane lies in its slot.
struct PlanePlace {
    std::size_t offset = 0;
    int stride = 0;

    bool operator==(const PlanePlace&) const = default;
};

// A frame's description as the writer gives it: VideoFrame without memory.
struct FrameDescription {
    PixelFormat format = PixelFormat::i420;
    ColourMatrix matrix = ColourMatrix::bt709;
    ColourRange range = ColourRange::limited;
    Size size;
    double pixel_aspect = 1.0;
    int rotation = 0;
    std::array<PlanePlace, 3> planes;
    MonotonicTime arrived;
    Nanoseconds presentation{0};
    MonotonicTime due;   // not to be shown before; zero: at once
    bool stays = false;  // until there is another: a still, a clip that waits

    bool operator==(const FrameDescription&) const = default;
};

// Planes one after the other, strides and offsets multiples of 64; and the bytes a slot needs for that.
struct PlaneLayout {
    std::array<PlanePlace, 3> planes;
    std::size_t bytes = 0;
};
PlaneLayout lay_out_planes(PixelFormat format, Size size);

// Error bad_frame when a value is unknown, or a plane leaves a slot of that size.
Status check_description(const FrameDescription& frame, std::size_t slot_bytes);

class RingMemory;

// A slot that the writer's process uses: being written, or read again by a decoder. Not written by others while
// one lives; it may outlive the writer. Any thread.
class RingSlot {
  public:
    RingSlot(std::shared_ptr<RingMemory> memory, int index, std::function<void(int)> release);
    RingSlot(const RingSlot&) = delete;
    RingSlot& operator=(const RingSlot&) = delete;
    ~RingSlot();

    [[nodiscard]] int index() const { return index_; }
    [[nodiscard]] std::span<std::uint8_t> memory() const;

  private:
    std::shared_ptr<RingMemory> memory_;
    int index_;
    std::function<void(int)> release_;
};

// Thread: acquire() and releasing slots any; publish() and wait_taken() one.
class FrameRingWriter {
  public:
    // Memory is taken page by page as slots are first used, lowest slots first. Error no_memory, bad_ring.
    static Result<FrameRingWriter> create(const RingOptions& options);

    // To pass to readers, with read and write access; they map it themselves.
    [[nodiscard]] int fd() const;
    [[nodiscard]] std::size_t slot_bytes() const;
    [[nodiscard]] std::uint64_t generation() const;
    [[nodiscard]] std::uint64_t sequence() const;  // of the last published frame

    // Whether this address lies in one of its slots.
    [[nodiscard]] bool contains(const std::uint8_t* address) const;

    // A slot that is neither the latest nor pinned nor in use here. Null when there is none: counted.
    [[nodiscard]] std::shared_ptr<RingSlot> acquire() const;

    // Before the first frame: the source's earlier rings published up to this number.
    void continue_after(std::uint64_t sequence);

    // Makes a slot of this ring the latest, once. The caller may keep the slot to read from, but not write to it.
    Status publish(const RingSlot& slot, const FrameDescription& frame);

    // For lock_step rings: true once a reader has taken the last published frame; false at the deadline.
    [[nodiscard]] bool wait_taken(MonotonicTime deadline) const;

    [[nodiscard]] std::uint64_t no_free_slot() const;

  private:
    struct State;
    explicit FrameRingWriter(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

// Thread: one; the frames it gives may be used and dropped on any.
class FrameRingReader {
  public:
    // Takes a descriptor as passed by the writer (duplicated; the caller keeps its own) and claims a row of pins.
    // Errors: bad_ring (not a ring, not sealed, or lying about itself), too_many_readers, no_memory.
    static Result<FrameRingReader> open(int fd);

    // The newest frame in place, pinned as long as the pointer lives; null before the first. Never blocks.
    // The same object while nothing newer is there. Hold few: each held frame is a slot less for the writer.
    // Error bad_frame: the writer lies; take nothing more from this source.
    Result<std::shared_ptr<const VideoFrame>> latest();

    // The one to show at this time: the newest, or the one before it while the newest is not due.
    Result<std::shared_ptr<const VideoFrame>> latest(MonotonicTime now);

    // Waits until a frame newer than this sequence is there; false at the deadline. For lock-step consumers.
    [[nodiscard]] bool wait_newer(std::uint64_t sequence, MonotonicTime deadline) const;

    [[nodiscard]] std::uint64_t generation() const;

  private:
    struct State;
    explicit FrameRingReader(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace tribune
