#include "app/render/source_frames.hpp"

#include <utility>

#include "base/log.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds ages_every = std::chrono::milliseconds(500);

}  // namespace

void SourceFrames::add_ring(const SourceName& source, Fd fd) {
    const std::lock_guard lock(mutex_);
    new_rings_[source] = std::move(fd);
}

void SourceFrames::set_health(const std::vector<SourceHealth>& sources) {
    const std::lock_guard lock(mutex_);
    new_health_ = sources;
    health_changed_ = true;
}

void SourceFrames::take_news(const Setup& setup) {
    std::map<SourceName, Fd> rings;
    std::vector<SourceHealth> health;
    {
        const std::lock_guard lock(mutex_);
        for (auto at = new_rings_.begin(); at != new_rings_.end();) {
            auto ring = at++;
            if (setup.source(ring->first) != nullptr) rings.insert(new_rings_.extract(ring));
        }
        if (health_changed_) health.swap(new_health_);
        health_changed_ = false;
    }
    for (auto& [source, fd] : rings) {
        auto reader = FrameRingReader::open(fd.get());
        if (!reader) {
            log::error("ring_refused", "The frames of {} cannot be read: {}", source.text, reader.error().message);
            continue;
        }
        Ring& ring = rings_[source];
        ring.reader = *std::move(reader);
        ring.taken = 0;
    }
    for (auto& one : health) {
        const SourceName name = one.name;
        health_[name] = std::move(one);
    }
}

const std::map<SourceName, SourceView>& SourceFrames::update(const Setup& setup, MonotonicTime beat,
                                                             MonotonicTime now) {
    take_news(setup);
    std::erase_if(views_, [&](const auto& view) { return setup.source(view.first) == nullptr; });
    std::erase_if(rings_, [&](const auto& ring) { return setup.source(ring.first) == nullptr; });
    std::erase_if(health_, [&](const auto& health) { return setup.source(health.first) == nullptr; });
    std::erase_if(worst_ages_, [&](const auto& age) { return setup.source(age.first) == nullptr; });
    const bool tell = now - told_ >= ages_every;
    for (const auto& source : setup.sources) {
        SourceView& view = views_[source.name];
        if (const auto health = health_.find(source.name); health != health_.end()) {
            view.state = health->second.state;
            view.reason = health->second.reason;
            view.code = health->second.code;
            view.frames_per_second = health->second.wanted_frames_per_second;
        }
        const auto ring = rings_.find(source.name);
        if (ring != rings_.end() && ring->second.reader) {
            auto latest = ring->second.reader->latest(beat);
            if (!latest) {
                log::error("ring_lies", "The frames of {} are refused: {}", source.name.text, latest.error().message);
                ring->second.reader.reset();
            } else if (*latest && (*latest)->sequence != ring->second.last_sequence) {
                const auto sequence = (*latest)->sequence;
                if (ring->second.taken > 0 && sequence > ring->second.last_sequence + 1) {
                    ring->second.skipped += sequence - ring->second.last_sequence - 1;
                }
                ring->second.last_sequence = sequence;
                ++ring->second.taken;
                view.frame = *std::move(latest);
            }
        }
        view.age = view.frame ? now - view.frame->arrived : Nanoseconds{0};
        Nanoseconds& worst = worst_ages_[source.name];
        worst = std::max(worst, view.age);
        if (tell) view.worst_age = std::exchange(worst, Nanoseconds{0});
    }
    if (tell) told_ = now;
    return views_;
}

std::vector<SourceSeen> SourceFrames::seen() const {
    std::vector<SourceSeen> out;
    for (const auto& [name, view] : views_) {
        const auto ring = rings_.find(name);
        out.push_back({name, view.frame ? std::chrono::duration<double, std::milli>(view.age).count() : -1,
                       ring == rings_.end() ? 0 : ring->second.skipped});
    }
    return out;
}

}  // namespace tribune
