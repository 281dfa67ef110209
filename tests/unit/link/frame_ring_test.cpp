#include "link/frame_ring.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <atomic>
#include <csignal>
#include <cstring>
#include <limits>
#include <optional>
#include <random>
#include <thread>

#include "link/channel.hpp"

using namespace tribune;
using namespace std::chrono_literals;

namespace {

constexpr Size small{64, 36};

MonotonicTime soon() { return monotonic_now() + 20s; }

FrameRingWriter make_writer(int slots = 6, bool lock_step = false) {
    auto writer = FrameRingWriter::create(
        {.slots = slots, .slot_bytes = lay_out_planes(PixelFormat::i420, small).bytes, .lock_step = lock_step});
    REQUIRE(writer);
    return std::move(*writer);
}

FrameDescription description() {
    FrameDescription d;
    d.size = small;
    d.planes = lay_out_planes(PixelFormat::i420, small).planes;
    d.arrived = monotonic_now();
    return d;
}

// A frame whose every byte tells its number; false when the ring is full.
bool publish(FrameRingWriter& writer, FrameDescription d = description()) {
    const auto slot = writer.acquire();
    if (!slot) return false;
    std::memset(slot->memory().data(), static_cast<int>((writer.sequence() + 1) & 0xffU), slot->memory().size());
    d.presentation = Nanoseconds{static_cast<std::int64_t>(writer.sequence() + 1)};
    return static_cast<bool>(writer.publish(*slot, d));
}

bool whole(const VideoFrame& frame) {
    const auto wanted = static_cast<std::uint8_t>(frame.sequence & 0xffU);
    if (static_cast<std::uint64_t>(frame.presentation.count()) != frame.sequence) return false;
    for (std::size_t p = 0; p < 3; ++p) {
        const auto shape = plane_shape(frame.format, frame.size, static_cast<int>(p));
        for (int y = 0; y < shape.rows; ++y) {
            const auto* row = frame.planes.at(p).data + static_cast<std::ptrdiff_t>(y) * frame.planes.at(p).stride;
            for (int x = 0; x < shape.row_bytes; ++x) {
                if (row[x] != wanted) return false;
            }
        }
    }
    return true;
}

// A child process; its exit status says how it went.
template <class F>
pid_t in_child(F work) {
    const pid_t pid = ::fork();
    REQUIRE(pid >= 0);
    if (pid == 0) ::_exit(work());
    return pid;
}

int status_of(pid_t pid) {
    int status = 0;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

TEST_CASE("a frame comes out as it went in, in place") {
    auto writer = make_writer();
    auto reader = FrameRingReader::open(writer.fd());
    REQUIRE(reader);
    REQUIRE(*reader->latest() == nullptr);
    auto d = description();
    d.matrix = ColourMatrix::bt2020;
    d.range = ColourRange::full;
    d.rotation = 270;
    d.pixel_aspect = 1.5;
    REQUIRE(publish(writer, d));
    const auto frame = *reader->latest();
    REQUIRE(frame);
    REQUIRE(frame->sequence == 1);
    REQUIRE(frame->size == small);
    REQUIRE(frame->matrix == ColourMatrix::bt2020);
    REQUIRE(frame->range == ColourRange::full);
    REQUIRE(frame->rotation == 270);
    REQUIRE(frame->pixel_aspect == 1.5);
    REQUIRE(frame->arrived == d.arrived);
    REQUIRE(whole(*frame));
    REQUIRE(*reader->latest() == frame);
}

TEST_CASE("every pixel format's layout is one that readers accept") {
    for (const auto format :
         {PixelFormat::i420, PixelFormat::nv12, PixelFormat::i422, PixelFormat::i444, PixelFormat::bgra}) {
        for (const auto size : {Size{1, 1}, Size{2, 2}, Size{639, 359}, Size{1920, 1080}, Size{16384, 1}}) {
            const auto layout = lay_out_planes(format, size);
            FrameDescription d;
            d.format = format;
            d.size = size;
            d.planes = layout.planes;
            REQUIRE(check_description(d, layout.bytes));
            REQUIRE_FALSE(check_description(d, layout.bytes / 2));
        }
    }
}

TEST_CASE("pinned, held and latest slots are never given out; all others are") {
    auto writer = make_writer(5);
    auto reader = FrameRingReader::open(writer.fd());
    REQUIRE(publish(writer));
    const auto pinned = *reader->latest();
    const auto held = writer.acquire();  // as a decoder's reference picture
    REQUIRE(writer.publish(*held, description()));
    REQUIRE(publish(writer));
    // Busy now: one pinned, one held, the latest; two are free and rotate for ever.
    for (int i = 0; i < 100; ++i) {
        REQUIRE(publish(writer));
        REQUIRE(whole(*pinned));
    }
    const auto a = writer.acquire();
    const auto b = writer.acquire();
    REQUIRE(a);
    REQUIRE(b);
    REQUIRE_FALSE(writer.acquire());
    REQUIRE(writer.no_free_slot() == 1);
}

TEST_CASE("frames outlive the reader and the writer that made them") {
    std::shared_ptr<const VideoFrame> frame;
    std::shared_ptr<RingSlot> slot;
    {
        auto writer = make_writer();
        auto reader = FrameRingReader::open(writer.fd());
        REQUIRE(publish(writer));
        frame = *reader->latest();
        slot = writer.acquire();
    }
    REQUIRE(whole(*frame));
    slot->memory()[0] = 1;
}

TEST_CASE("the ring's memory can neither shrink nor grow") {
    auto writer = make_writer();
    struct stat info {};
    REQUIRE(::fstat(writer.fd(), &info) == 0);
    REQUIRE(::ftruncate(writer.fd(), 0) != 0);
    REQUIRE(::ftruncate(writer.fd(), info.st_size + 4096) != 0);
}

TEST_CASE("sequence goes on over a new ring, generation tells them apart") {
    auto first = make_writer();
    REQUIRE(publish(first));
    auto second = FrameRingWriter::create({.slots = 4, .slot_bytes = first.slot_bytes(), .generation = 2});
    REQUIRE(second);
    second->continue_after(first.sequence());
    REQUIRE(publish(*second));
    auto reader = FrameRingReader::open(second->fd());
    REQUIRE(reader->generation() == 2);
    REQUIRE((*reader->latest())->sequence == 2);
}

TEST_CASE("at most eight readers; one that leaves makes room") {
    auto writer = make_writer();
    std::vector<FrameRingReader> readers;
    for (int i = 0; i < ring_most_readers; ++i) {
        auto reader = FrameRingReader::open(writer.fd());
        REQUIRE(reader);
        readers.push_back(std::move(*reader));
    }
    REQUIRE(FrameRingReader::open(writer.fd()).error().code == "too_many_readers");
    readers.pop_back();
    REQUIRE(FrameRingReader::open(writer.fd()));
}

TEST_CASE("two processes: every frame a reader sees is whole, numbers never go back") {
    auto writer = make_writer(6);
    constexpr std::uint64_t frames = 30'000;
    std::vector<pid_t> children;
    for (int c = 0; c < 3; ++c) {
        children.push_back(in_child([&] {
            auto reader = FrameRingReader::open(writer.fd());
            if (!reader) return 2;
            std::uint64_t last = 0;
            std::shared_ptr<const VideoFrame> kept;
            while (last < frames) {
                if (!reader->wait_newer(last, soon())) return 3;
                const auto frame = reader->latest();
                if (!frame) return 4;
                if (!*frame) continue;
                if ((*frame)->sequence < last) return 5;
                last = (*frame)->sequence;
                if (!whole(**frame) || (kept && !whole(*kept))) return 6;
                kept = last % 7 == 0 ? *frame : kept;
            }
            return 0;
        }));
    }
    std::uint64_t published = 0;
    while (published < frames) {
        if (publish(writer)) ++published;
    }
    for (const auto child : children) REQUIRE(status_of(child) == 0);
    REQUIRE(writer.no_free_slot() < frames);
}

TEST_CASE("kill -9 of pinning readers, many times, loses no slot") {
    auto writer = make_writer(6);
    REQUIRE(publish(writer));
    for (int round = 0; round < 60; ++round) {
        auto pair = channel_pair();
        REQUIRE(pair);
        const auto child = in_child([&] {
            auto reader = FrameRingReader::open(writer.fd());
            std::vector<std::shared_ptr<const VideoFrame>> held;
            std::uint64_t last = 0;
            for (int i = 0; i < 3; ++i) {
                if (!reader || !reader->wait_newer(last, soon())) return 2;
                held.push_back(*reader->latest());
                last = held.back()->sequence;
                if (!pair->second.send_all(1, "pinned", soon())) return 3;
            }
            ::pause();
            return 4;
        });
        for (int i = 0; i < 3; ++i) {
            REQUIRE(pair->first.receive_one(soon()));
            REQUIRE(publish(writer));
        }
        REQUIRE(::kill(child, SIGKILL) == 0);
        REQUIRE(status_of(child) == 128 + SIGKILL);
        std::vector<std::shared_ptr<RingSlot>> all;
        while (auto slot = writer.acquire()) all.push_back(std::move(slot));
        REQUIRE(all.size() == 5);  // all but the latest
    }
}

TEST_CASE("a living reader's pins stay when another's are swept") {
    auto writer = make_writer(4);
    auto reader = FrameRingReader::open(writer.fd());
    REQUIRE(publish(writer));
    const auto frame = *reader->latest();
    REQUIRE(publish(writer));
    const auto a = writer.acquire();
    const auto b = writer.acquire();
    REQUIRE(b);
    for (int i = 0; i < 10; ++i) REQUIRE_FALSE(writer.acquire());
    REQUIRE(whole(*frame));
}

TEST_CASE("in lock step no frame is lost and the writer is never more than one ahead") {
    auto writer = make_writer(4, true);
    REQUIRE(writer.wait_taken(monotonic_now()));
    constexpr std::uint64_t frames = 2000;
    const auto child = in_child([&] {
        auto reader = FrameRingReader::open(writer.fd());
        for (std::uint64_t want = 1; want <= frames; ++want) {
            if (!reader || !reader->wait_newer(want - 1, soon())) return 2;
            const auto frame = reader->latest();
            if (!frame || !*frame || (*frame)->sequence != want || !whole(**frame)) return 3;
        }
        return 0;
    });
    for (std::uint64_t i = 0; i < frames; ++i) {
        REQUIRE(publish(writer));
        REQUIRE(writer.wait_taken(soon()));
    }
    REQUIRE(status_of(child) == 0);
    REQUIRE(publish(writer));
    REQUIRE_FALSE(writer.wait_taken(monotonic_now() + 5ms));
}

TEST_CASE("threads may release slots and frames while others are made") {
    auto writer = make_writer(8);
    auto reader = FrameRingReader::open(writer.fd());
    std::atomic<bool> done{false};
    std::optional<std::string> wrong;
    std::thread consumer([&] {
        std::uint64_t last = 0;
        while (!done) {
            const auto frame = reader->latest();
            if (!frame || !*frame) continue;
            if (!whole(**frame) || (*frame)->sequence < last) wrong = "torn or old";
            last = (*frame)->sequence;
            std::thread([kept = *frame] {}).join();
        }
    });
    int published = 0;
    while (published < 3000) {
        if (publish(writer)) ++published;
    }
    done = true;
    consumer.join();
    REQUIRE_FALSE(wrong);
}

TEST_CASE("a description that lies is refused, by the writer and by the reader") {
    auto writer = make_writer();
    const auto good = description();
    const auto slot_bytes = writer.slot_bytes();
    REQUIRE(check_description(good, slot_bytes));
    std::vector<FrameDescription> bad(16, good);
    bad[0].size = {0, 10};
    bad[1].size = {-5, 10};
    bad[2].size = {100000, 100000};
    bad[3].size = {16384, 16384};
    bad[4].format = static_cast<PixelFormat>(0);
    bad[5].format = static_cast<PixelFormat>(99);
    bad[6].planes[0].stride = -64;
    bad[7].planes[0].stride = 63;
    bad[8].planes[1].stride = std::numeric_limits<int>::max();
    bad[9].planes[2].offset = std::numeric_limits<std::size_t>::max() - 10;
    bad[10].planes[2].offset = slot_bytes;
    bad[11].rotation = 45;
    bad[12].pixel_aspect = std::numeric_limits<double>::quiet_NaN();
    bad[13].pixel_aspect = -1;
    bad[14].matrix = static_cast<ColourMatrix>(4);
    bad[15].range = static_cast<ColourRange>(0);
    for (const auto& d : bad) {
        const auto status = check_description(d, slot_bytes);
        REQUIRE_FALSE(status);
        REQUIRE(status.error().code == "bad_frame");
        const auto slot = writer.acquire();
        REQUIRE_FALSE(writer.publish(*slot, d));
    }
}

TEST_CASE("random bytes in the header: an error or a frame within its memory, never more") {
    std::mt19937_64 random(20260101);
    const auto interesting = [&]() -> std::uint64_t {
        switch (random() % 6) {
            case 0: return 0;
            case 1: return ~std::uint64_t{0};
            case 2: return std::uint64_t{1} << (random() % 64);
            case 3: return random() % 512;
            case 4: return (random() % 64) << 32U | random() % 128;
            default: return random();
        }
    };
    int errors = 0;
    int frames = 0;
    std::uint64_t sum = 0;
    for (int round = 0; round < 4000; ++round) {
        auto writer = make_writer(4);
        REQUIRE(publish(writer));
        struct stat info {};
        REQUIRE(::fstat(writer.fd(), &info) == 0);
        const std::size_t head = static_cast<std::size_t>(info.st_size) - 4 * writer.slot_bytes() - 4096;
        void* at = ::mmap(nullptr, head, PROT_READ | PROT_WRITE, MAP_SHARED, writer.fd(), 0);
        REQUIRE(at != MAP_FAILED);
        auto* words = static_cast<std::uint64_t*>(at);
        const auto spoil = [&](bool fixed_part) {
            for (std::uint64_t n = random() % 6; n-- > 0;) {
                // Mostly where something lies: the fixed part, latest, the first slot's description.
                const std::size_t slots_at = head / 8 / 2;
                const std::size_t first = fixed_part ? 0 : 8;
                std::size_t i = random() % 3 == 0 ? first + random() % (head / 8 - first) : first + random() % 24;
                if (random() % 3 == 0) {
                    for (i = 24; i < slots_at && words[i] != 1; ++i) {
                    }  // sequence 1: the slot's own header
                    i += random() % 16;
                }
                words[std::min(i, head / 8 - 1)] = interesting();
            }
        };
        if (round % 2 == 0) spoil(true);
        auto reader = FrameRingReader::open(writer.fd());
        if (round % 2 == 1) spoil(false);
        if (!reader) {
            ++errors;
        } else {
            for (int i = 0; i < 3; ++i) {
                const auto frame = reader->latest();
                if (!frame) {
                    ++errors;
                } else if (*frame) {
                    ++frames;
                    // Touching every byte of every plane is the proof: out of bounds would fault.
                    for (std::size_t p = 0; p < 3; ++p) {
                        const auto shape = plane_shape((*frame)->format, (*frame)->size, static_cast<int>(p));
                        for (int y = 0; y < shape.rows; ++y) {
                            const auto& plane = (*frame)->planes.at(p);
                            const auto* row = plane.data + static_cast<std::ptrdiff_t>(y) * plane.stride;
                            sum += row[0] + row[shape.row_bytes - 1];
                        }
                    }
                }
            }
        }
        ::munmap(at, head);
    }
    INFO(sum);
    REQUIRE(errors > 500);
    REQUIRE(frames > 500);
}

TEST_CASE("what is no ring is refused") {
    const Fd plain(::memfd_create("plain", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    REQUIRE(::ftruncate(plain.get(), 1 << 20) == 0);
    REQUIRE(FrameRingReader::open(plain.get()).error().code == "bad_ring");  // not sealed
    REQUIRE(::fcntl(plain.get(), F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK) == 0);
    REQUIRE(FrameRingReader::open(plain.get()).error().code == "bad_ring");
    const Fd empty(::memfd_create("empty", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    REQUIRE(::fcntl(empty.get(), F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK) == 0);
    REQUIRE(FrameRingReader::open(empty.get()).error().code == "bad_ring");
    const Fd device(::open("/dev/zero", O_RDWR | O_CLOEXEC));
    REQUIRE(FrameRingReader::open(device.get()).error().code == "bad_ring");
    REQUIRE(FrameRingReader::open(-1).error().code == "bad_ring");
    REQUIRE(FrameRingWriter::create({.slots = 2, .slot_bytes = 100}).error().code == "bad_ring");
    REQUIRE(FrameRingWriter::create({.slots = 4, .slot_bytes = 0}).error().code == "bad_ring");
}

TEST_CASE("a frame that is not due leaves the one before it to be shown") {
    auto writer = make_writer(4);
    auto reader = FrameRingReader::open(writer.fd());
    REQUIRE(reader);
    const MonotonicTime now = monotonic_now();
    auto later = description();
    later.due = now + 1s;
    later.stays = true;
    REQUIRE(publish(writer, later));
    REQUIRE((*reader->latest(now))->sequence == 1);  // there is nothing else
    later.due = now + 2s;
    REQUIRE(publish(writer, later));
    REQUIRE((*reader->latest(now + 1s))->sequence == 1);
    REQUIRE((*reader->latest())->sequence == 2);
    REQUIRE((*reader->latest(now + 2s))->sequence == 2);
    REQUIRE((*reader->latest(now + 2s))->stays);
    // Nobody pins the first now, and its memory is not given away all the same.
    std::vector<std::shared_ptr<RingSlot>> taken;
    while (auto slot = writer.acquire()) taken.push_back(std::move(slot));
    REQUIRE(taken.size() == 2);
    const auto first = *reader->latest(now + 1s);
    REQUIRE(first->sequence == 1);
    REQUIRE(whole(*first));
    taken.clear();
    // One for at once ends the wait.
    REQUIRE(publish(writer));
    REQUIRE((*reader->latest(now))->sequence == 3);
    REQUIRE_FALSE((*reader->latest(now))->stays);
}
