#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <functional>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "link/frame_ring.hpp"
#include "link/frame_ring_layout.hpp"

namespace tribune {

RingSlot::RingSlot(std::shared_ptr<RingMemory> memory, int index, std::function<void(int)> release)
    : memory_(std::move(memory)), index_(index), release_(std::move(release)) {}

RingSlot::~RingSlot() { release_(index_); }

std::span<std::uint8_t> RingSlot::memory() const { return {memory_->slot(index_), memory_->slot_bytes()}; }

struct FrameRingWriter::State {
    std::shared_ptr<RingMemory> memory;
    std::uint64_t generation = 0;
    std::uint64_t sequence = 0;
    mutable std::mutex mutex;  // guards all below
    std::vector<bool> in_use;
    int latest = -1;
    int before = -1;  // while the latest waits for its time
    std::uint64_t no_free_slot = 0;

    [[nodiscard]] bool pinned(int slot) const {
        for (const auto& row : memory->header().rows) {
            if (row.pins.at(static_cast<std::size_t>(slot)).load(std::memory_order_seq_cst) != 0) return true;
        }
        return false;
    }

    // The reader's half of this is in FrameRingReader::latest: it pins, then looks whether the slot is still
    // readable; here it is made unreadable, then looked at for pins. In the one order of all these four steps at
    // least one side sees the other.
    [[nodiscard]] int take_free() {
        for (int i = 0; i < memory->slots(); ++i) {
            if (in_use[static_cast<std::size_t>(i)] || i == latest || i == before || pinned(i)) continue;
            auto& header = memory->header().slot_headers.at(static_cast<std::size_t>(i));
            header.sequence.store(0, std::memory_order_seq_cst);
            if (pinned(i)) continue;
            in_use[static_cast<std::size_t>(i)] = true;
            return i;
        }
        return -1;
    }

    // Takes back the pins of readers that died. Holding the row's lock meanwhile keeps a new reader off it.
    void sweep_dead_readers() const {
        auto& rows = memory->header().rows;
        for (int r = 0; r < ring_most_readers; ++r) {
            if (!lock_ring_row(memory->fd(), r)) continue;
            for (auto& pin : rows.at(static_cast<std::size_t>(r)).pins) pin.store(0, std::memory_order_seq_cst);
            unlock_ring_row(memory->fd(), r);
        }
    }
};

FrameRingWriter::FrameRingWriter(std::shared_ptr<State> state) : state_(std::move(state)) {}

Result<FrameRingWriter> FrameRingWriter::create(const RingOptions& options) {
    const std::size_t slot_bytes = (options.slot_bytes + ring_page - 1) / ring_page * ring_page;
    if (options.slots < 3 || options.slots > ring_most_slots || options.slot_bytes == 0 ||
        options.slot_bytes > ring_most_slot_bytes) {
        return Error{"bad_ring", fmt::format("A ring of {} slots of {} bytes is not possible: use 3 to {} slots.",
                                             options.slots, options.slot_bytes, ring_most_slots)};
    }
    const auto failed = [] {
        return Error{"no_memory", fmt::format("No memory for frames: {}. Free some memory.", std::strerror(errno))};
    };
    Fd fd(::memfd_create("tribune-frames", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd) return failed();
    const auto bytes = ring_file_bytes(static_cast<std::uint64_t>(options.slots), slot_bytes);
    if (::ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0) return failed();
    if (::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0) return failed();

    auto state = std::make_shared<State>();
    TRIBUNE_TRY(state->memory, RingMemory::map(std::move(fd), options.slots, slot_bytes, true));
    auto* header = ::new (&state->memory->header()) RingHeader{};
    header->magic = RingHeader::magic_value;
    header->version = RingHeader::version_value;
    header->slots = static_cast<std::uint32_t>(options.slots);
    header->slot_bytes = slot_bytes;
    header->generation = options.generation;
    header->lock_step = options.lock_step ? 1 : 0;
    state->generation = options.generation;
    state->in_use.resize(static_cast<std::size_t>(options.slots));
    return FrameRingWriter(std::move(state));
}

int FrameRingWriter::fd() const { return state_->memory->fd(); }
std::size_t FrameRingWriter::slot_bytes() const { return state_->memory->slot_bytes(); }
std::uint64_t FrameRingWriter::generation() const { return state_->generation; }
std::uint64_t FrameRingWriter::sequence() const { return state_->sequence; }

std::uint64_t FrameRingWriter::no_free_slot() const {
    const std::lock_guard lock(state_->mutex);
    return state_->no_free_slot;
}

std::shared_ptr<RingSlot> FrameRingWriter::acquire() const {
    const std::lock_guard lock(state_->mutex);
    int index = state_->take_free();
    if (index < 0) {
        state_->sweep_dead_readers();
        index = state_->take_free();
    }
    if (index < 0) {
        ++state_->no_free_slot;
        return nullptr;
    }
    return std::make_shared<RingSlot>(state_->memory, index, [state = state_](int i) {
        const std::lock_guard release(state->mutex);
        state->in_use[static_cast<std::size_t>(i)] = false;
    });
}

bool FrameRingWriter::contains(const std::uint8_t* address) const {
    const auto& memory = *state_->memory;
    const std::less<> before;
    return !before(address, memory.slot(0)) && before(address, memory.slot(memory.slots()));
}

void FrameRingWriter::continue_after(std::uint64_t sequence) {
    assert(state_->latest < 0);
    state_->sequence = sequence;
    state_->memory->header().published.store(static_cast<std::uint32_t>(sequence));
    state_->memory->header().taken.store(static_cast<std::uint32_t>(sequence));
}

Status FrameRingWriter::publish(const RingSlot& slot, const FrameDescription& frame) {
    auto& memory = *state_->memory;
    assert(slot.memory().data() == memory.slot(slot.index()));
    TRIBUNE_CHECK(check_description(frame, memory.slot_bytes()));
    auto& header = memory.header();
    auto& entry = header.slot_headers.at(static_cast<std::size_t>(slot.index()));
    const auto words = RingDescriptor::pack(frame);
    for (std::size_t i = 0; i < words.size(); ++i)
        entry.description.at(i).store(words.at(i), std::memory_order_relaxed);
    const auto sequence = ++state_->sequence;
    entry.sequence.store(sequence, std::memory_order_seq_cst);
    const bool waits = frame.due != MonotonicTime{};
    header.before.store(waits ? header.latest.load(std::memory_order_relaxed) : 0, std::memory_order_seq_cst);
    header.latest.store(sequence << 8U | static_cast<std::uint64_t>(slot.index()), std::memory_order_seq_cst);
    {
        // Only now: until readers see the new one, the old ones must stay readable.
        const std::lock_guard lock(state_->mutex);
        const int before = std::exchange(state_->latest, slot.index());
        state_->before = waits ? before : -1;
    }
    header.published.store(static_cast<std::uint32_t>(sequence), std::memory_order_release);
    wake_word(header.published);
    return {};
}

bool FrameRingWriter::wait_taken(MonotonicTime deadline) const {
    const auto& taken = state_->memory->header().taken;
    const auto wanted = static_cast<std::uint32_t>(state_->sequence);
    for (;;) {
        const auto seen = taken.load(std::memory_order_acquire);
        if (seen == wanted) return true;
        if (monotonic_now() >= deadline) return false;
        wait_on_word(taken, seen, deadline);
    }
}

}  // namespace tribune
