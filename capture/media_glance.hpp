// What a file of the media bin is, and a small picture of it.
#pragma once

#include <functional>
#include <string>

#include "base/geometry.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace tribune {

struct MediaGlance {
    Nanoseconds duration{0};  // 0: a still
    Size size;
    double frames_per_second = 0;  // 0 if unknown
    std::string codec;
    std::string jpeg;
};

// Opens a file as capture does, and decodes one picture from its first part, scaled to at most this width. `tick` is
// called about ten times a second, or more. Errors: those of a source (source_worker.hpp).
Result<MediaGlance> glance_at(const std::string& path, int most_width, const std::function<void()>& tick);

}  // namespace tribune
