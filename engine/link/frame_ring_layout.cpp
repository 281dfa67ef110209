#include "link/frame_ring_layout.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <climits>
#include <cmath>
#include <cstring>
#include <new>

namespace tribune {
namespace {

constexpr std::size_t plane_alignment = 64;

constexpr std::size_t aligned(std::size_t n) { return (n + plane_alignment - 1) / plane_alignment * plane_alignment; }

Error bad_frame(std::string_view what) {
    return {"bad_frame", fmt::format("A frame came with {}; this source is not shown.", what)};
}

template <class Enum>
bool between(Enum value, Enum first, Enum last) {
    return static_cast<std::uint32_t>(value) >= static_cast<std::uint32_t>(first) &&
           static_cast<std::uint32_t>(value) <= static_cast<std::uint32_t>(last);
}

int row_lock(int fd, int row, short type) {
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = row;
    lock.l_len = 1;
    return ::fcntl(fd, F_OFD_SETLK, &lock);
}

}  // namespace

PlaneLayout lay_out_planes(PixelFormat format, Size size) {
    PlaneLayout out;
    for (std::size_t i = 0; i < out.planes.size(); ++i) {
        const auto shape = plane_shape(format, size, static_cast<int>(i));
        if (shape.rows == 0) continue;
        const auto stride = aligned(static_cast<std::size_t>(shape.row_bytes));
        out.planes.at(i) = {out.bytes, static_cast<int>(stride)};
        out.bytes = aligned(out.bytes + stride * static_cast<std::size_t>(shape.rows));
    }
    return out;
}

Status check_description(const FrameDescription& f, std::size_t slot_bytes) {
    if (!between(f.format, PixelFormat::i420, PixelFormat::bgra)) return bad_frame("an unknown pixel format");
    if (!between(f.matrix, ColourMatrix::bt601, ColourMatrix::bt2020)) return bad_frame("an unknown colour matrix");
    if (!between(f.range, ColourRange::limited, ColourRange::full)) return bad_frame("an unknown colour range");
    if (f.rotation != 0 && f.rotation != 90 && f.rotation != 180 && f.rotation != 270) {
        return bad_frame("an impossible rotation");
    }
    if (!(f.pixel_aspect >= 1e-3 && f.pixel_aspect <= 1e3)) return bad_frame("an impossible pixel aspect");
    if (f.size.empty() || f.size.width > ring_most_pixels_a_side || f.size.height > ring_most_pixels_a_side) {
        return bad_frame(fmt::format("a size of {}x{}", f.size.width, f.size.height));
    }
    for (std::size_t i = 0; i < f.planes.size(); ++i) {
        const auto shape = plane_shape(f.format, f.size, static_cast<int>(i));
        if (shape.rows == 0) continue;
        const auto& place = f.planes.at(i);
        // In this order nothing below can overflow: each factor is bounded before it is multiplied.
        if (place.stride < shape.row_bytes || static_cast<std::size_t>(place.stride) > slot_bytes ||
            place.offset > slot_bytes) {
            return bad_frame("a plane outside its memory");
        }
        const std::size_t needs = static_cast<std::size_t>(place.stride) * static_cast<std::size_t>(shape.rows - 1) +
                                  static_cast<std::size_t>(shape.row_bytes);
        if (needs > slot_bytes - place.offset) return bad_frame("a plane outside its memory");
    }
    return {};
}

RingDescriptor::Words RingDescriptor::pack(const FrameDescription& f) {
    return {static_cast<std::uint64_t>(f.format),
            static_cast<std::uint64_t>(f.matrix),
            static_cast<std::uint64_t>(f.range),
            static_cast<std::uint64_t>(f.size.width),
            static_cast<std::uint64_t>(f.size.height),
            std::bit_cast<std::uint64_t>(f.pixel_aspect),
            static_cast<std::uint64_t>(f.rotation),
            f.planes[0].offset,
            f.planes[1].offset,
            f.planes[2].offset,
            static_cast<std::uint64_t>(f.planes[0].stride) | static_cast<std::uint64_t>(f.planes[1].stride) << 32U,
            static_cast<std::uint64_t>(f.planes[2].stride),
            static_cast<std::uint64_t>(f.arrived.since_boot.count()),
            static_cast<std::uint64_t>(f.presentation.count()),
            static_cast<std::uint64_t>(f.due.since_boot.count()),
            f.stays ? 1U : 0U};
}

Result<FrameDescription> RingDescriptor::unpack(const Words& w) {
    // All small numbers share one bound, so that no cast can bend a huge one into a good one.
    for (const std::size_t i : {0U, 1U, 2U, 3U, 4U, 6U}) {
        if (w.at(i) > ring_most_pixels_a_side) return bad_frame("a number out of bounds");
    }
    constexpr std::uint64_t low = 0xffffffff;
    const std::array<std::uint64_t, 3> strides{w[10] & low, w[10] >> 32U, w[11]};
    FrameDescription f;
    for (std::size_t i = 0; i < 3; ++i) {
        if (strides.at(i) > ring_most_slot_bytes) return bad_frame("a row length out of bounds");
        f.planes.at(i) = {w.at(7 + i), static_cast<int>(strides.at(i))};
    }
    f.format = static_cast<PixelFormat>(w[0]);
    f.matrix = static_cast<ColourMatrix>(w[1]);
    f.range = static_cast<ColourRange>(w[2]);
    f.size = {static_cast<int>(w[3]), static_cast<int>(w[4])};
    f.pixel_aspect = std::bit_cast<double>(w[5]);
    f.rotation = static_cast<int>(w[6]);
    f.arrived = {Nanoseconds{static_cast<std::int64_t>(w[12])}};
    f.presentation = Nanoseconds{static_cast<std::int64_t>(w[13])};
    f.due = {Nanoseconds{static_cast<std::int64_t>(w[14])}};
    f.stays = w[15] != 0;
    return f;
}

Result<std::shared_ptr<RingMemory>> RingMemory::map(Fd fd, int slots, std::size_t slot_bytes, bool writer) {
    const auto failed = [] {
        return Error{"no_memory",
                     fmt::format("Frame memory cannot be mapped: {}. Free some memory.", std::strerror(errno))};
    };
    void* header = ::mmap(nullptr, ring_header_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
    if (header == MAP_FAILED) return failed();
    const std::size_t bytes = static_cast<std::size_t>(slots) * slot_bytes + ring_page;
    void* data = ::mmap(nullptr, bytes, writer ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, fd.get(),
                        static_cast<off_t>(ring_header_bytes));
    if (data == MAP_FAILED) {
        const auto error = failed();
        ::munmap(header, ring_header_bytes);
        return error;
    }
    return std::make_shared<RingMemory>(std::move(fd), header, static_cast<std::uint8_t*>(data), bytes, slots,
                                        slot_bytes);
}

RingMemory::RingMemory(Fd fd, void* header, std::uint8_t* data, std::size_t data_bytes, int slots,
                       std::size_t slot_bytes)
    : fd_(std::move(fd)), header_(std::launder(static_cast<RingHeader*>(header))), data_(data), data_bytes_(data_bytes),
      slots_(slots), slot_bytes_(slot_bytes) {}

RingMemory::~RingMemory() {
    ::munmap(data_, data_bytes_);
    ::munmap(header_, ring_header_bytes);
}

bool lock_ring_row(int fd, int row) { return row_lock(fd, row, F_WRLCK) == 0; }

void unlock_ring_row(int fd, int row) { row_lock(fd, row, F_UNLCK); }

void wait_on_word(const std::atomic<std::uint32_t>& word, std::uint32_t seen, MonotonicTime deadline) {
    const auto count = deadline.since_boot.count();
    const timespec until{static_cast<time_t>(count / 1'000'000'000), static_cast<long>(count % 1'000'000'000)};
    // FUTEX_WAIT_BITSET takes an absolute CLOCK_MONOTONIC time.
    ::syscall(SYS_futex, &word, FUTEX_WAIT_BITSET, seen, &until, nullptr, FUTEX_BITSET_MATCH_ANY);
}

void wake_word(const std::atomic<std::uint32_t>& word) {
    ::syscall(SYS_futex, &word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

}  // namespace tribune
