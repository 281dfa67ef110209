// FFmpeg's error numbers in plain words.
#pragma once

#include <string>

#include "base/result.hpp"

namespace tribune {

// The sentence names what to do; it holds no address.
Error av_error(int number);

// Errors by which a source is refused rather than lost: trying again soon would not help.
bool refuses(const Error& error);

}  // namespace tribune
