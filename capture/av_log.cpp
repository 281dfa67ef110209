#include "capture/av_log.hpp"

extern "C" {
#include <libavutil/log.h>
}

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdint>
#include <mutex>
#include <utility>

#include "base/log.hpp"
#include "base/time.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

// A broken stream complains for every macroblock: a few lines tell as much.
constexpr int lines_per_window = 6;
constexpr Nanoseconds window = 10s;

// FFmpeg has one callback per process and gives it no context, so its state is the process's.
struct LogState {
    std::atomic<bool> oversize{false};
    std::mutex mutex;  // guards all below
    MonotonicTime window_start;
    int lines = 0;
    std::uint64_t held_back = 0;
};
LogState& state() {
    static LogState the;
    return the;
}

void on_line(void* object, int level, const char* format, va_list arguments) {
    if (level > AV_LOG_WARNING) return;
    auto& s = state();
    // "Picture size 100000x100000 is invalid", and the same for a size beyond max_pixels.
    if (std::string_view(format).starts_with("Picture size")) s.oversize = true;
    std::uint64_t held_back = 0;
    {
        const std::lock_guard lock(s.mutex);
        const auto now = monotonic_now();
        if (now - s.window_start > window) {
            s.window_start = now;
            s.lines = 0;
            held_back = std::exchange(s.held_back, 0);
        }
        if (++s.lines > lines_per_window) {
            ++s.held_back;
            return;
        }
    }
    std::array<char, 512> line{};
    int prefix = 1;
    av_log_format_line2(object, level, format, arguments, line.data(), static_cast<int>(line.size()), &prefix);
    std::string_view text(line.data());
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    log::write(level <= AV_LOG_ERROR ? log::Level::warning : log::Level::info, "ffmpeg", without_addresses(text));
    if (held_back > 0) log::info("ffmpeg_held_back", "{} lines more were not written", held_back);
}

}  // namespace

void route_av_log() { av_log_set_callback(on_line); }

bool take_oversize_complaint() { return state().oversize.exchange(false); }

std::string without_addresses(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto at = text.find("://");
        if (at == std::string_view::npos) break;
        out += text.substr(0, at + 3);
        out += "…";
        text.remove_prefix(at + 3);
        const auto end = text.find_first_of(" '\"\t,;)");
        text.remove_prefix(end == std::string_view::npos ? text.size() : end);
    }
    out += text;
    return out;
}

}  // namespace tribune
