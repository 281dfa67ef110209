#include "link/sound_ring.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <new>

#include "link/sound_ring_layout.hpp"

namespace tribune {
namespace {

// So far back a reader reads: the rest of the ring is the writer's, so that it does not overtake while we copy.
constexpr std::uint64_t kept_blocks = sound_ring_slots / 2;

// No sane time stamp lies further off; within it sums cannot overflow.
constexpr std::int64_t most_nanoseconds = std::int64_t{1} << 61U;

Error no_memory() {
    return {"no_memory", fmt::format("No memory for sound: {}. Free some memory.", std::strerror(errno))};
}

Error bad_ring(std::string_view what) {
    return {"bad_ring", fmt::format("What came as sound memory {}; this source is not heard.", what)};
}

Error bad_sound(std::string_view what) {
    return {"bad_sound", fmt::format("Sound came with {}; this source is not heard.", what)};
}

bool sane(std::int64_t nanoseconds) { return nanoseconds > -most_nanoseconds && nanoseconds < most_nanoseconds; }

float sound_or_silence(float sample) { return std::abs(sample) <= loudest_sample ? sample : 0.0F; }

}  // namespace

Result<std::shared_ptr<SoundRingMemory>> SoundRingMemory::map(Fd fd, bool writer) {
    void* memory =
        ::mmap(nullptr, sizeof(SoundRingHeader), writer ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, fd.get(), 0);
    if (memory == MAP_FAILED) return no_memory();
    return std::make_shared<SoundRingMemory>(std::move(fd), memory);
}

SoundRingMemory::SoundRingMemory(Fd fd, void* memory)
    : fd_(std::move(fd)), header_(std::launder(static_cast<SoundRingHeader*>(memory))) {}

SoundRingMemory::~SoundRingMemory() { ::munmap(header_, sizeof(SoundRingHeader)); }

// --- Writer -------------------------------------------------------------------------------------------------

SoundRingWriter::SoundRingWriter(std::shared_ptr<SoundRingMemory> memory) : memory_(std::move(memory)) {}

Result<SoundRingWriter> SoundRingWriter::create(std::uint64_t generation) {
    Fd fd(::memfd_create("tribune-sound", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd || ::ftruncate(fd.get(), sizeof(SoundRingHeader)) != 0) return no_memory();
    TRIBUNE_TRY(auto memory, SoundRingMemory::map(std::move(fd), true));
    // Only now: the mapping just made is the last one that may write.
    constexpr int seals = F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL;
    if (::fcntl(memory->fd(), F_ADD_SEALS, seals) != 0) return no_memory();
    auto* header = ::new (&memory->header()) SoundRingHeader{};
    header->magic = SoundRingHeader::magic_value;
    header->version = SoundRingHeader::version_value;
    header->generation = generation;
    return SoundRingWriter(std::move(memory));
}

int SoundRingWriter::fd() const { return memory_->fd(); }
std::uint64_t SoundRingWriter::generation() const { return memory_->header().generation; }

void SoundRingWriter::publish(Nanoseconds presentation, MonotonicTime arrived, std::span<const StereoSample> samples) {
    for (std::size_t done = 0; done < samples.size(); done += sound_ring_slot_samples) {
        const auto count = std::min<std::size_t>(samples.size() - done, sound_ring_slot_samples);
        publish_slot(presentation + sound_length(static_cast<std::int64_t>(done)), arrived,
                     samples.subspan(done, count));
    }
}

// A reader that sees the slot's new contents sees its sequence gone first (release after the store of 0; its loads
// are acquire), so it never takes a mixture for whole.
void SoundRingWriter::publish_slot(Nanoseconds presentation, MonotonicTime arrived,
                                   std::span<const StereoSample> samples) {
    auto& header = memory_->header();
    const auto sequence = ++blocks_;
    auto& slot = header.slot(sequence);
    slot.sequence.store(0, std::memory_order_relaxed);
    slot.count.store(samples.size(), std::memory_order_release);
    slot.presentation.store(presentation.count(), std::memory_order_release);
    slot.arrived.store(arrived.since_boot.count(), std::memory_order_release);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        slot.samples[2 * i].store(samples[i].left, std::memory_order_release);
        slot.samples[2 * i + 1].store(samples[i].right, std::memory_order_release);
    }
    slot.sequence.store(sequence, std::memory_order_release);
    header.latest.store(sequence, std::memory_order_release);
}

void SoundRingWriter::set_clock(Nanoseconds offset) {
    auto& header = memory_->header();
    header.clock.store(offset.count(), std::memory_order_relaxed);
    header.clock_set.store(1, std::memory_order_release);
}

// --- Reader -------------------------------------------------------------------------------------------------

SoundRingReader::SoundRingReader(std::shared_ptr<SoundRingMemory> memory, std::uint64_t generation, std::uint64_t next)
    : memory_(std::move(memory)), generation_(generation), next_(next) {}

Result<SoundRingReader> SoundRingReader::open(int fd) {
    constexpr int wanted = F_SEAL_GROW | F_SEAL_SHRINK;
    const int seals = ::fcntl(fd, F_GET_SEALS);
    if (seals < 0 || (seals & wanted) != wanted) return bad_ring("is not sealed");
    Fd own(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
    struct stat info {};
    if (!own || ::fstat(own.get(), &info) != 0 || info.st_size != sizeof(SoundRingHeader)) {
        return bad_ring("has another size");
    }
    // The fixed part, copied once.
    struct {
        std::uint32_t magic, version;
        std::uint64_t generation;
    } fixed{};
    if (::pread(own.get(), &fixed, sizeof fixed, 0) != static_cast<ssize_t>(sizeof fixed))
        return bad_ring("cannot be read");
    if (fixed.magic != SoundRingHeader::magic_value) return bad_ring("is none");
    if (fixed.version != SoundRingHeader::version_value) return bad_ring("is of another version of this program");
    TRIBUNE_TRY(auto memory, SoundRingMemory::map(std::move(own), false));
    const auto latest = memory->header().latest.load(std::memory_order_acquire);
    const auto first = latest > kept_blocks ? latest - kept_blocks + 1 : 1;
    return SoundRingReader(std::move(memory), fixed.generation, first);
}

Result<std::optional<SoundBlock>> SoundRingReader::next() {
    auto& header = memory_->header();
    // A hostile writer that overwrites without end does not hold us here.
    constexpr int tries = 16;
    for (int i = 0; i < tries; ++i) {
        const auto latest = header.latest.load(std::memory_order_acquire);
        if (latest < next_) return std::optional<SoundBlock>();
        if (latest - next_ >= kept_blocks) {
            const auto oldest = latest - kept_blocks + 1;
            lost_ += oldest - next_;
            next_ = oldest;
        }
        const auto& slot = header.slot(next_);
        const auto before = slot.sequence.load(std::memory_order_acquire);
        const auto count = slot.count.load(std::memory_order_acquire);
        const auto presentation = slot.presentation.load(std::memory_order_acquire);
        const auto arrived = slot.arrived.load(std::memory_order_acquire);
        if (before == next_ && (count == 0 || count > sound_ring_slot_samples))
            return bad_sound("an impossible length");
        if (before == next_ && !(sane(presentation) && sane(arrived))) return bad_sound("an impossible time");
        SoundBlock block;
        if (before == next_) {
            block.samples.resize(static_cast<std::size_t>(count));
            for (std::size_t s = 0; s < block.samples.size(); ++s) {
                block.samples[s] = {sound_or_silence(slot.samples[2 * s].load(std::memory_order_acquire)),
                                    sound_or_silence(slot.samples[2 * s + 1].load(std::memory_order_acquire))};
            }
        }
        if (before != next_ || slot.sequence.load(std::memory_order_relaxed) != next_) {
            ++lost_;
            ++next_;
            continue;
        }
        block.presentation = Nanoseconds{presentation};
        block.arrived = {Nanoseconds{arrived}};
        block.sequence = next_++;
        return std::optional(std::move(block));
    }
    return std::optional<SoundBlock>();
}

std::optional<Nanoseconds> SoundRingReader::clock() const {
    const auto& header = memory_->header();
    if (header.clock_set.load(std::memory_order_acquire) == 0) return std::nullopt;
    const auto offset = header.clock.load(std::memory_order_relaxed);
    return sane(offset) ? std::optional(Nanoseconds{offset}) : std::nullopt;
}

}  // namespace tribune
