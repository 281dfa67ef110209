#include "displays/sound_output.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <filesystem>

#include "displays/pacer.hpp"
#include "link/channel.hpp"
#include "link/listener.hpp"
#include "link/sound_ring.hpp"

using namespace tribune;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<SoundOutput> make(const std::string& kind, const std::string& folder = "") {
    auto made = make_sound_output({OutputName("hall"), kind, "", folder});
    INFO((made ? "" : made.error().message));
    REQUIRE(made);
    return *std::move(made);
}

// Plays silence in real time, as much as the output takes, until it holds of the blocks given; false after ten seconds.
template <class F>
bool playing_until(SoundOutput& output, F holds) {
    int given = 0;
    const std::array<StereoSample, 480> block{};
    const auto begin = monotonic_now();
    for (int i = 0; i < 1000; ++i) {
        if (holds(given)) return true;
        if (output.waiting() < 40ms) {
            output.play(block, monotonic_now());
            ++given;
        }
        wait_until(begin + i * 10ms);
    }
    return false;
}

}  // namespace

TEST_CASE("an unknown kind of sound output is refused, with those there are") {
    const auto made = make_sound_output({OutputName("hall"), "loud", "", ""});
    REQUIRE(made.error().code == "unknown_sound_kind");
    REQUIRE(made.error().message.find("\"device\"") != std::string::npos);
    REQUIRE(made.error().message.find("\"none\"") != std::string::npos);
}

TEST_CASE("none takes everything and has no clock of its own") {
    const auto none = make("none");
    REQUIRE_FALSE(none->own_clock());
    REQUIRE(none->ready());
    REQUIRE(none->report().ok);
}

TEST_CASE("a shared output gives another program what is played, with the moment it is heard") {
    const auto folder = std::filesystem::temp_directory_path() / ("tribune-sound-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    const auto shared = make("shared", folder.string());
    auto channel = connect_to(shared_sound_socket(folder.string(), OutputName("hall")));
    REQUIRE(channel);
    std::array<StereoSample, 480> block;
    block.fill({0.25F, -0.5F});
    shared->play(block, MonotonicTime{5s});
    const auto message = channel->receive_one(monotonic_now() + 10s);
    REQUIRE(message);
    REQUIRE(message->kind == shared_sound_message);
    auto ring = SoundRingReader::open(message->fds.at(0).get());
    REQUIRE(ring);
    const auto heard = *ring->next();
    REQUIRE(heard);
    REQUIRE(heard->arrived == MonotonicTime{5s});
    REQUIRE(heard->samples.size() == 480);
    REQUIRE(heard->samples[7] == StereoSample{0.25F, -0.5F});
    std::filesystem::remove_all(folder);
}

// SDL's "dummy" device takes samples in real time, as one of metal does.
TEST_CASE("a device takes what it is given at its own pace") {
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    const auto device = make("device");
    REQUIRE(device->own_clock());
    REQUIRE(playing_until(*device, [&](int) { return device->ready(); }));
    REQUIRE(device->report().ok);
    // What was given is taken: without it the queue would only grow.
    REQUIRE(playing_until(*device, [](int given) { return given >= 50; }));
}

TEST_CASE("without a device the show goes on in silence, and the device returns by itself") {
    ::setenv("SDL_AUDIODRIVER", "nosuch", 1);
    const auto device = make("device");
    REQUIRE(playing_until(*device,
                          [&](int) { return device->report().detail.find("No sound device") != std::string::npos; }));
    REQUIRE_FALSE(device->report().ok);
    REQUIRE_FALSE(device->ready());
    REQUIRE(device->waiting() == 0ns);
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    REQUIRE(playing_until(*device, [&](int) { return device->ready(); }));
    REQUIRE(device->report().ok);
}
