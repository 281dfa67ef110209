// How far apart a flash on a face and its beep in the hall are, of a stream that a real ffmpeg sends over a socket, or of a clip.
#pragma once

#include <vector>

#include "base/time.hpp"

namespace tribune::test {

struct Lips {
    std::vector<double> offsets_ms;  // beep heard after its flash was presented; one a second
    std::size_t unpaired = 0;        // flashes without a beep, after the first
    std::uint64_t breaks = 0;        // times the sound ran out or jumped, after the first seconds

    [[nodiscard]] double share(double of) const;  // the offset, without its sign, that this share does not exceed
};

// Of a clip that is played, looked for, looped and paused.
struct ClipLips : Lips {
    std::size_t heard_paused = 0;  // beeps while it was paused
};
// Throws std::runtime_error when the program does not come up.
ClipLips measure_clip_lips(int frames_per_second = 60);

// Runs the real program for so long. Throws std::runtime_error when it does not come up.
Lips measure_lips(Nanoseconds length, int frames_per_second = 60);

}  // namespace tribune::test
