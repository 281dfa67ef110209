#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "link/frame_ring.hpp"
#include "link/frame_ring_layout.hpp"

namespace tribune {
namespace {

Error bad_ring(std::string_view what) {
    return {"bad_ring", fmt::format("What came as frame memory {}; this source is not shown.", what)};
}

// One slot held in one reader's row. Any thread.
class Pin {
  public:
    Pin(std::shared_ptr<RingMemory> memory, int row, int slot)
        : memory_(std::move(memory)),
          count_(memory_->header().rows.at(static_cast<std::size_t>(row)).pins.at(static_cast<std::size_t>(slot))) {
        count_.fetch_add(1, std::memory_order_seq_cst);
    }
    Pin(const Pin&) = delete;
    Pin& operator=(const Pin&) = delete;
    ~Pin() { count_.fetch_sub(1, std::memory_order_seq_cst); }

  private:
    std::shared_ptr<RingMemory> memory_;
    std::atomic<std::uint32_t>& count_;
};

}  // namespace

struct FrameRingReader::State {
    std::shared_ptr<RingMemory> memory;
    int row = 0;
    std::uint64_t generation = 0;
    bool lock_step = false;
    std::uint64_t taken = 0;
    struct Given {
        std::weak_ptr<const VideoFrame> frame;
        std::uint64_t word = 0;
    };
    Given last;
    Given last_before;

    // The frame that this word of the header names; null when it names none. Each failed try means that the writer
    // published two frames meanwhile; a hostile one cannot hold us here.
    Result<std::shared_ptr<const VideoFrame>> named_by(const std::atomic<std::uint64_t>& word, Given& given) const {
        constexpr int tries = 16;
        for (int i = 0; i < tries; ++i) {
            const auto named = word.load(std::memory_order_seq_cst);
            if (named == 0) return std::shared_ptr<const VideoFrame>();
            auto before = given.frame.lock();
            if (before && named == given.word) return before;
            const auto slot = static_cast<int>(named & 0xffU);
            const auto sequence = named >> 8U;
            if (slot >= memory->slots() || sequence == 0) {
                return Error{"bad_frame", "A frame came with a number out of bounds; this source is not shown."};
            }
            auto pin = std::make_shared<Pin>(memory, row, slot);
            const auto& entry = memory->header().slot_headers.at(static_cast<std::size_t>(slot));
            if (entry.sequence.load(std::memory_order_seq_cst) != sequence) continue;
            TRIBUNE_TRY(auto frame, frame_of(slot, sequence, std::move(pin)));
            given = {frame, named};
            return frame;
        }
        return given.frame.lock();
    }

    // The frame of a pinned, readable slot; every value copied once, then checked.
    [[nodiscard]] Result<std::shared_ptr<const VideoFrame>> frame_of(int slot, std::uint64_t sequence,
                                                                     std::shared_ptr<Pin> pin) const {
        const auto& entry = memory->header().slot_headers.at(static_cast<std::size_t>(slot));
        RingDescriptor::Words words{};
        for (std::size_t i = 0; i < words.size(); ++i)
            words.at(i) = entry.description.at(i).load(std::memory_order_relaxed);
        TRIBUNE_TRY(const auto description, RingDescriptor::unpack(words));
        TRIBUNE_CHECK(check_description(description, memory->slot_bytes()));
        auto frame = std::make_shared<VideoFrame>();
        frame->format = description.format;
        frame->matrix = description.matrix;
        frame->range = description.range;
        frame->size = description.size;
        frame->pixel_aspect = description.pixel_aspect;
        frame->rotation = description.rotation;
        for (std::size_t i = 0; i < frame->planes.size(); ++i) {
            if (plane_shape(description.format, description.size, static_cast<int>(i)).rows == 0) continue;
            const auto& place = description.planes.at(i);
            frame->planes.at(i) = {memory->slot(slot) + place.offset, place.stride};
        }
        frame->sequence = sequence;
        frame->arrived = description.arrived;
        frame->presentation = description.presentation;
        frame->due = description.due;
        frame->stays = description.stays;
        frame->keep = std::move(pin);
        return std::shared_ptr<const VideoFrame>(std::move(frame));
    }

    void report_taken(std::uint64_t sequence) {
        if (!lock_step || sequence == taken) return;
        taken = sequence;
        auto& word = memory->header().taken;
        word.store(static_cast<std::uint32_t>(sequence), std::memory_order_release);
        wake_word(word);
    }
};

FrameRingReader::FrameRingReader(std::shared_ptr<State> state) : state_(std::move(state)) {}

Result<FrameRingReader> FrameRingReader::open(int fd) {
    constexpr int wanted = F_SEAL_GROW | F_SEAL_SHRINK;
    const int seals = ::fcntl(fd, F_GET_SEALS);
    if (seals < 0 || (seals & wanted) != wanted) return bad_ring("is not sealed");
    // A file of our own: its lock is then ours alone, and gone when we are.
    Fd own(::open(fmt::format("/proc/self/fd/{}", fd).c_str(), O_RDWR | O_CLOEXEC));
    struct stat info {};
    if (!own || ::fstat(own.get(), &info) != 0 || !S_ISREG(info.st_mode)) return bad_ring("cannot be opened");
    if (info.st_size < static_cast<off_t>(ring_header_bytes)) return bad_ring("is too small");

    // The fixed part, copied once.
    struct {
        std::uint32_t magic, version, slots, lock_step;
        std::uint64_t slot_bytes, generation;
    } fixed{};
    if (::pread(own.get(), &fixed, sizeof fixed, 0) != static_cast<ssize_t>(sizeof fixed))
        return bad_ring("cannot be read");
    if (fixed.magic != RingHeader::magic_value) return bad_ring("is none");
    if (fixed.version != RingHeader::version_value) return bad_ring("is of another version of this program");
    if (fixed.slots < 3 || fixed.slots > ring_most_slots || fixed.slot_bytes == 0 ||
        fixed.slot_bytes > ring_most_slot_bytes || fixed.slot_bytes % ring_page != 0 ||
        ring_file_bytes(fixed.slots, fixed.slot_bytes) != static_cast<std::size_t>(info.st_size)) {
        return bad_ring("lies about its size");
    }
    int row = 0;
    while (row < ring_most_readers && !lock_ring_row(own.get(), row)) ++row;
    if (row == ring_most_readers) {
        return Error{"too_many_readers",
                     fmt::format("A source can be read by {} at once: stop one.", ring_most_readers)};
    }
    auto state = std::make_shared<State>();
    TRIBUNE_TRY(state->memory, RingMemory::map(std::move(own), static_cast<int>(fixed.slots), fixed.slot_bytes, false));
    state->row = row;
    state->generation = fixed.generation;
    state->lock_step = fixed.lock_step != 0;
    // What the row's last owner left when it died.
    for (auto& pin : state->memory->header().rows.at(static_cast<std::size_t>(row)).pins) pin.store(0);
    return FrameRingReader(std::move(state));
}

std::uint64_t FrameRingReader::generation() const { return state_->generation; }

Result<std::shared_ptr<const VideoFrame>> FrameRingReader::latest() {
    auto& s = *state_;
    TRIBUNE_TRY(auto frame, s.named_by(s.memory->header().latest, s.last));
    if (frame) s.report_taken(frame->sequence);
    return frame;
}

Result<std::shared_ptr<const VideoFrame>> FrameRingReader::latest(MonotonicTime now) {
    TRIBUNE_TRY(auto newest, latest());
    if (!newest || newest->due <= now) return newest;
    TRIBUNE_TRY(auto before, state_->named_by(state_->memory->header().before, state_->last_before));
    return before ? before : newest;
}

bool FrameRingReader::wait_newer(std::uint64_t sequence, MonotonicTime deadline) const {
    const auto& published = state_->memory->header().published;
    for (;;) {
        const auto seen = published.load(std::memory_order_acquire);
        if (static_cast<std::int32_t>(seen - static_cast<std::uint32_t>(sequence)) > 0) return true;
        if (monotonic_now() >= deadline) return false;
        wait_on_word(published, seen, deadline);
    }
}

}  // namespace tribune
