// FFmpeg's log lines into ours: bounded, on one line, without addresses.
#pragma once

#include <string>
#include <string_view>

namespace tribune {

// Takes over FFmpeg's process-wide log callback. Any thread, any number of times.
void route_av_log();

// True when FFmpeg has complained of a picture too large since the last call. It says so nowhere else: the decoder
// reports plain "invalid data" and forgets the size.
bool take_oversize_complaint();

// Replaces everything that looks like a URL by its scheme: URLs hold addresses and passwords.
std::string without_addresses(std::string_view text);

}  // namespace tribune
