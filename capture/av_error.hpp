// FFmpeg's error numbers in plain words.
#pragma once

#include "base/result.hpp"

namespace tribune {

// From the list of faults; the sentence names what to do and holds no address.
Error av_error(int number);

}  // namespace tribune
