#include "capture/health_meter.hpp"

#include <algorithm>
#include <vector>

#include "base/source_faults.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_recent = 300;
constexpr std::size_t most_intervals = 31;
constexpr Nanoseconds least_stall = 500ms;
constexpr Nanoseconds every = 1s;

}  // namespace

HealthMeter::HealthMeter(SourceName name) {
    health_.name = std::move(name);
    health_.reason = fault("").message;
}

void HealthMeter::connecting() {
    if (opened_once_) ++health_.reconnects;
    // What was wrong stays said until a frame comes: "connecting" each second would hide it.
    if (health_.state != SourceState::refused && health_.state != SourceState::lost)
        health_.state = SourceState::connecting;
    changed_ = true;
}

void HealthMeter::opened(const StreamFacts& facts, MonotonicTime now) {
    health_.size = facts.size;
    health_.wanted_frames_per_second = facts.frames_per_second;
    health_.codec = facts.codec;
    health_.sound = facts.sound;
    last_frame_ = now;
    opened_once_ = true;
    intervals_.clear();
    changed_ = true;
}

void HealthMeter::frame(Size size, MonotonicTime now) {
    if (health_.state == SourceState::live) {
        intervals_.push_back(now - last_frame_);
        if (intervals_.size() > most_intervals) intervals_.pop_front();
    }
    if (health_.state != SourceState::live || health_.size != size) changed_ = true;
    health_.state = SourceState::live;
    health_.reason.clear();
    health_.size = size;
    ++health_.frames;
    last_frame_ = now;
    recent_.push_back(now);
    if (recent_.size() > most_recent) recent_.pop_front();
}

void HealthMeter::clip(const ClipPoint& point) {
    if (health_.clip != point.state) changed_ = true;
    health_.clip = point.state;
    health_.position = point.position;
}

void HealthMeter::measured(Nanoseconds duration) {
    health_.duration = duration;
    changed_ = true;
}

void HealthMeter::failed(const Error& error, bool refused) {
    health_.state = refused ? SourceState::refused : SourceState::lost;
    health_.reason = error.message;
    health_.code = error.code;
    changed_ = true;
}

Nanoseconds HealthMeter::stall_limit() const {
    if (intervals_.empty()) return least_stall;
    std::vector<Nanoseconds> sorted(intervals_.begin(), intervals_.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return std::max(least_stall, 3 * *middle);
}

void HealthMeter::check_age(MonotonicTime now) {
    if (health_.state != SourceState::live || now - last_frame_ <= stall_limit()) return;
    failed(fault("stalled"), false);
    health_.state = SourceState::stalled;
}

const SourceHealth* HealthMeter::to_publish(MonotonicTime now) {
    if (!changed_ && now - published_ < every) return nullptr;
    while (!recent_.empty() && now - recent_.front() > 1s) recent_.pop_front();
    health_.frames_per_second = static_cast<double>(recent_.size());
    changed_ = false;
    published_ = now;
    return &health_;
}

}  // namespace tribune
