// What the measures of the whole program share.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/real_show/real_show.hpp"

namespace tribune::bench {

inline constexpr int frames_per_second = 30;

double ms(Nanoseconds time);

// TOML of cam1 … cam4: four moving pictures of different hues.
std::string four_cameras(const std::string& size);

// Whether the source's pictures arrive, by the program's own word.
bool live(const test::RealShow& show, const std::string& source);
// Waits until the four cameras are live.
bool all_live(const test::RealShow& show);

test::Json hello(const test::RealShow& show, const std::string& key);

// A reader for each of the four faces, each with its first frame read.
std::map<std::string, std::unique_ptr<test::FaceReader>> read_faces(const test::RealShow& show);

// Nothing happens for so long; for measures that need the show to run by itself.
void let_run(Nanoseconds time);

}  // namespace tribune::bench
