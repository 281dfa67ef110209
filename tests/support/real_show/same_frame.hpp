// Whether four faces change on the same frame, read back from their pixels.
#pragma once

#include <cstddef>

namespace tribune::test {

struct SameFrame {
    std::size_t compared = 0;    // frame numbers that were read from all four faces
    std::size_t changes = 0;     // of them, those that show another source than the one before
    std::size_t mismatches = 0;  // faces that showed another source than north on the same frame number
    std::size_t unreadable = 0;  // frames without a readable watermark
};

// Cuts the real program to other plain sources so many times, at 60 frames a second, and compares every frame.
// Throws std::runtime_error when the show does not do as told.
SameFrame compare_faces_over_cuts(int cuts);

}  // namespace tribune::test
