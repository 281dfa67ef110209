#include "link/sound_ring.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>
#include <limits>
#include <random>
#include <thread>

#include "link/sound_ring_layout.hpp"

using namespace tribune;
using namespace std::chrono_literals;

namespace {

SoundRingWriter make_writer() {
    auto writer = SoundRingWriter::create(1);
    REQUIRE(writer);
    return *std::move(writer);
}

SoundRingReader make_reader(int fd) {
    auto reader = SoundRingReader::open(fd);
    REQUIRE(reader);
    return *std::move(reader);
}

// Every sample of the n-th block tells n, so that a mixture of two shows.
std::vector<StereoSample> samples(std::uint64_t n, std::size_t count = 480) {
    const auto value = static_cast<float>(n % 1000) / 1000;
    return std::vector<StereoSample>(count, {value, -value});
}

void publish(SoundRingWriter& writer, std::size_t count = 480) {
    const auto n = writer.blocks() + 1;
    writer.publish(Nanoseconds{static_cast<std::int64_t>(n)}, {5ms}, samples(n, count));
}

// As a hostile writer has it: all the memory, to do with as it likes.
struct Hostile {
    Hostile() : fd(::memfd_create("hostile", MFD_CLOEXEC | MFD_ALLOW_SEALING)) {
        REQUIRE(::ftruncate(fd.get(), sizeof(SoundRingHeader)) == 0);
        memory = ::mmap(nullptr, sizeof(SoundRingHeader), PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
        REQUIRE(memory != MAP_FAILED);
        header = ::new (memory) SoundRingHeader{};
        header->magic = SoundRingHeader::magic_value;
        header->version = SoundRingHeader::version_value;
        REQUIRE(::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK) == 0);
    }
    Hostile(const Hostile&) = delete;
    Hostile& operator=(const Hostile&) = delete;
    ~Hostile() { ::munmap(memory, sizeof(SoundRingHeader)); }

    void put(std::uint64_t count, std::int64_t presentation, float sample) const {
        const auto sequence = header->latest + 1;
        auto& slot = header->slot(sequence);
        slot.count = count;
        slot.presentation = presentation;
        for (auto& s : slot.samples) s = sample;
        slot.sequence = sequence;
        header->latest = sequence;
    }

    Fd fd;
    void* memory = nullptr;
    SoundRingHeader* header = nullptr;
};

}  // namespace

TEST_CASE("sound comes out as it went in, block by block") {
    auto writer = make_writer();
    auto reader = make_reader(writer.fd());
    REQUIRE_FALSE(reader.next()->has_value());
    writer.publish(40ms, {7ms}, samples(1));
    writer.publish(50ms, {8ms}, samples(2, 100));
    const auto first = reader.next();
    REQUIRE(first);
    REQUIRE(first->has_value());
    REQUIRE((*first)->presentation == 40ms);
    REQUIRE((*first)->arrived == MonotonicTime{7ms});
    REQUIRE((*first)->sequence == 1);
    REQUIRE((*first)->samples == samples(1));
    const auto second = reader.next();
    REQUIRE((*second)->samples == samples(2, 100));
    REQUIRE_FALSE(reader.next()->has_value());
    REQUIRE(reader.lost() == 0);
}

TEST_CASE("a long block is cut into slots, each with its own time") {
    auto writer = make_writer();
    auto reader = make_reader(writer.fd());
    writer.publish(1s, {}, samples(1, 2500));
    std::size_t got = 0;
    while (const auto block = *reader.next()) {
        REQUIRE(block->presentation == 1s + sound_length(static_cast<std::int64_t>(got)));
        got += block->samples.size();
    }
    REQUIRE(got == 2500);
}

TEST_CASE("the clock is told, and may change") {
    auto writer = make_writer();
    auto reader = make_reader(writer.fd());
    REQUIRE_FALSE(reader.clock());
    writer.set_clock(-3s);
    REQUIRE(reader.clock() == Nanoseconds{-3s});
    writer.set_clock(2ms);
    REQUIRE(reader.clock() == Nanoseconds{2ms});
}

TEST_CASE("a reader that sleeps loses the oldest blocks and counts them") {
    auto writer = make_writer();
    auto reader = make_reader(writer.fd());
    for (int i = 0; i < 1000; ++i) publish(writer);
    std::uint64_t got = 0;
    std::uint64_t last = 0;
    while (const auto block = *reader.next()) {
        REQUIRE(block->sequence > last);
        last = block->sequence;
        ++got;
    }
    REQUIRE(last == 1000);
    REQUIRE(got == sound_ring_slots / 2);
    REQUIRE(got + reader.lost() == 1000);
}

TEST_CASE("a late reader begins with what is still there") {
    auto writer = make_writer();
    for (int i = 0; i < 10; ++i) publish(writer);
    auto reader = make_reader(writer.fd());
    REQUIRE((*reader.next())->sequence == 1);
}

TEST_CASE("nobody but the writer can map it for writing, and its size stays") {
    auto writer = make_writer();
    struct stat info {};
    REQUIRE(::fstat(writer.fd(), &info) == 0);
    REQUIRE(::ftruncate(writer.fd(), 0) != 0);
    REQUIRE(::ftruncate(writer.fd(), info.st_size + 4096) != 0);
    REQUIRE(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, writer.fd(), 0) == MAP_FAILED);
    REQUIRE(::write(writer.fd(), "x", 1) != 1);
}

TEST_CASE("what is no ring of sound is refused") {
    const auto refused = [](int fd) { return SoundRingReader::open(fd).error().code; };
    REQUIRE(refused(-1) == "bad_ring");
    const Fd null(::open("/dev/null", O_RDWR));
    REQUIRE(refused(null.get()) == "bad_ring");
    const Fd unsealed(::memfd_create("x", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    REQUIRE(::ftruncate(unsealed.get(), sizeof(SoundRingHeader)) == 0);
    REQUIRE(refused(unsealed.get()) == "bad_ring");
    const Hostile hostile;
    REQUIRE(SoundRingReader::open(hostile.fd.get()));
    hostile.header->version = 77;
    REQUIRE(refused(hostile.fd.get()) == "bad_ring");
    hostile.header->magic = 0;
    REQUIRE(refused(hostile.fd.get()) == "bad_ring");
}

TEST_CASE("a hostile writer of sound can only give wrong sound") {
    const Hostile hostile;
    auto reader = make_reader(hostile.fd.get());
    SECTION("an impossible length") {
        for (const std::uint64_t count :
             {std::uint64_t{0}, std::uint64_t{sound_ring_slot_samples} + 1, ~std::uint64_t{0}}) {
            hostile.put(count, 0, 0);
            auto fresh = make_reader(hostile.fd.get());
            Error seen;
            for (int i = 0; i < 3; ++i) {
                if (const auto next = fresh.next(); !next) seen = next.error();
            }
            REQUIRE(seen.code == "bad_sound");
        }
    }
    SECTION("an impossible time") {
        hostile.put(10, std::numeric_limits<std::int64_t>::max(), 0);
        REQUIRE(reader.next().error().code == "bad_sound");
    }
    SECTION("samples that are none") {
        for (const float bad :
             {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN(), 1e30F}) {
            hostile.put(10, 0, bad);
            const auto block = *reader.next();
            REQUIRE(block);
            for (const auto& s : block->samples) REQUIRE(s == StereoSample{});
        }
    }
    SECTION("numbers that jump") {
        for (const std::uint64_t latest :
             {~std::uint64_t{0}, std::uint64_t{1} << 63U, std::uint64_t{5}, std::uint64_t{0}, std::uint64_t{1}}) {
            hostile.header->latest = latest;
            for (int i = 0; i < 100; ++i) REQUIRE(reader.next());
        }
    }
    SECTION("a clock from nowhere") {
        hostile.header->clock = std::numeric_limits<std::int64_t>::min();
        hostile.header->clock_set = 1;
        REQUIRE_FALSE(reader.clock());
    }
    SECTION("noise everywhere, all the time") {
        std::jthread writer([&](const std::stop_token& stop) {
            std::minstd_rand random(7);
            while (!stop.stop_requested()) {
                auto& slot = hostile.header->slots.at(random() % sound_ring_slots);
                slot.sequence = hostile.header->latest + random() % 3;
                slot.count = random() % 3 == 0 ? random() : random() % 1024;
                slot.presentation = static_cast<std::int64_t>(random()) << (random() % 32U);
                slot.samples.at(random() % slot.samples.size()) = static_cast<float>(random());
                hostile.header->latest = hostile.header->latest + random() % 3;
            }
        });
        for (int i = 0; i < 20'000; ++i) {
            const auto next = reader.next();
            if (!next) {
                REQUIRE(next.error().code == "bad_sound");
                reader = make_reader(hostile.fd.get());
            } else if (*next) {
                REQUIRE((*next)->samples.size() <= sound_ring_slot_samples);
                for (const auto& s : (*next)->samples) REQUIRE(std::abs(s.left) <= loudest_sample);
            }
        }
    }
}

TEST_CASE("two threads: every block that is read is whole, numbers never go back") {
    auto writer = make_writer();
    std::jthread publisher([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) publish(writer);
    });
    auto reader = make_reader(writer.fd());
    std::uint64_t last = 0;
    for (int got = 0; got < 20'000;) {
        const auto block = *reader.next();
        if (!block) continue;
        ++got;
        REQUIRE(block->sequence > last);
        last = block->sequence;
        REQUIRE(block->presentation == Nanoseconds{static_cast<std::int64_t>(last)});
        REQUIRE(block->samples == samples(last));
    }
}

TEST_CASE("two processes: a reader outlives the writer that dies in the middle of a block") {
    auto writer = make_writer();
    auto reader = make_reader(writer.fd());
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        for (;;) publish(writer);
    }
    std::uint64_t last = 0;
    for (int got = 0; got < 2'000;) {
        const auto block = *reader.next();
        if (!block) continue;
        ++got;
        last = block->sequence;
    }
    REQUIRE(::kill(child, SIGKILL) == 0);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    while (const auto block = *reader.next()) REQUIRE(block->samples == samples(block->sequence));
    REQUIRE(last >= 2'000);
}
