#include "capture/clip_player.hpp"

#include <algorithm>

namespace tribune {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds long_picture = 300ms;  // one that is shown longer is said to stay
constexpr Nanoseconds alive_interval = 1s;   // a picture that stays is published again this often
constexpr Nanoseconds most_lead = 20ms;      // a picture is published before its time, so that none comes late
constexpr Nanoseconds late = 50ms;           // later than this, a picture had better be skipped…
constexpr Nanoseconds longest_gap = 100ms;   // …unless none was shown for so long
constexpr Nanoseconds hopeless = 2s;         // later than this, the right picture is looked for
constexpr Nanoseconds prepare_within = 3s;   // a seam this near is prepared for
constexpr Nanoseconds time_for_a_step = 4ms;
constexpr Nanoseconds far_behind = 10s;  // of the end: the last picture is found there
constexpr Nanoseconds tick_interval = 200ms;

// The place to look for. A picture that begins with the end is not of this round.
Nanoseconds wanted(const Transport& t, Nanoseconds position) {
    const auto end = clip_end(t);
    if (!end || position >= *end) return position;
    return std::min(position, *end - 2 * clip_tolerance);
}

}  // namespace

ClipPlayer::ClipPlayer(ClipHost host, ClipFeed& feed, const std::stop_token& stop, const ClipFacts& facts)
    : host_(std::move(host)), feed_(feed), stop_(stop), facts_(facts) {}

Status ClipPlayer::run() {
    TRIBUNE_TRY(reader_, host_.open());
    if (!facts_.exact) {
        TRIBUNE_CHECK(find(facts_.duration + far_behind));
        facts_.duration = reader_->picture().at + facts_.frame_time;
    }
    host_.measured(facts_.duration);
    while (!stop_.stop_requested()) {
        auto newest = feed_.newest();
        newest.order.transport.duration = facts_.duration;
        TRIBUNE_CHECK(obey(newest.order, newest.number));
    }
    return {};
}

// One order, until there is another.
Status ClipPlayer::obey(const ClipOrder& order, std::uint64_t number) {
    const Transport& t = order.transport;
    const auto over = [&] { return stop_.stop_requested() || feed_.newest().number != number; };
    TRIBUNE_CHECK(show(t, clip_point(t, order.clock.at(monotonic_now())), {}));
    while (!over()) {
        host_.tick();
        const auto moment = next_moment(t);
        if (!moment) {
            feed_.wait(number, monotonic_now() + tick_interval, stop_);
            if (!over()) TRIBUNE_CHECK(keep_alive());
            continue;
        }
        const auto due = order.clock.monotonic(moment->due);
        const auto lead = std::clamp((due - published_) / 2, Nanoseconds{0}, most_lead);
        TRIBUNE_CHECK(prepare(t, *moment, {due.since_boot - lead}, number));
        if (over()) break;
        const auto now = monotonic_now();
        if (now - due > hopeless) {
            TRIBUNE_CHECK(show(t, clip_point(t, order.clock.at(now)), {}));
        } else if (now - due > late && now - published_ < longest_gap && moment->point.state == ClipState::playing) {
            host_.dropped();
            TRIBUNE_CHECK(find(wanted(t, moment->point.position)));
            point_ = moment->point;
        } else {
            TRIBUNE_CHECK(show(t, moment->point, due));
        }
    }
    return {};
}

// Waits, and meanwhile makes ready what is jumped to at the end of this round. Returns early for another order.
Status ClipPlayer::prepare(const Transport& t, const Moment& moment, MonotonicTime until, std::uint64_t number) {
    const auto end = clip_end(t);
    const bool jumps = t.motion == ClipMotion::playing && end && (t.loop || t.at_end == ClipEnd::stop);
    const auto seam = jumps ? clip_time(t, point_.round, *end) : ShowTime{};
    const auto in = jumps ? wanted(t, clip_point(t, seam).position) : Nanoseconds{0};
    const bool near = jumps && seam - moment.due < prepare_within;
    const auto over = [&] { return stop_.stop_requested() || feed_.newest().number != number; };
    while (near && !over() && until - monotonic_now() > time_for_a_step) {
        if (!prepared_) {
            TRIBUNE_TRY(prepared_, host_.open());
        }
        if (prepared_->aimed() != in) prepared_->aim(in);
        if (prepared_->ready()) break;
        TRIBUNE_CHECK(step(*prepared_));
    }
    while (!over() && monotonic_now() < until) {
        feed_.wait(number, std::min(until, monotonic_now() + tick_interval), stop_);
        host_.tick();
        if (!over() && monotonic_now() < until) TRIBUNE_CHECK(keep_alive());
    }
    return {};
}

// The next picture of this round, or what comes after its last one.
std::optional<ClipPlayer::Moment> ClipPlayer::next_moment(const Transport& t) const {
    if (point_.state != ClipState::playing) return std::nullopt;
    const auto end = clip_end(t);
    const auto* next = reader_->following();
    if (next != nullptr && (!end || next->at + clip_tolerance <= *end)) {
        auto point = point_;
        point.position = next->at;
        return Moment{clip_time(t, point_.round, next->at - clip_tolerance), point};
    }
    if (!end) return std::nullopt;
    const auto at = clip_time(t, point_.round, *end);
    return Moment{at, clip_point(t, at)};
}

Status ClipPlayer::show(const Transport& t, const ClipPoint& point, MonotonicTime due) {
    const auto place = wanted(t, point.position);
    const bool jump = point.round != point_.round || point.state != point_.state;
    if (jump && prepared_ && prepared_->ready()) {
        const auto ahead = place - prepared_->aimed();
        if (ahead >= Nanoseconds{0} && ahead < longest_gap) std::swap(reader_, prepared_);
    }
    TRIBUNE_CHECK(find(place));
    if (stop_.stop_requested()) return {};
    const bool same = shown_ == reader_->picture().at && point.round == point_.round;
    const bool changed = point.state != point_.state;
    point_ = point;
    if (!same || due == MonotonicTime{}) {
        const auto next = next_moment(t);
        return publish(due, !next || next->due - clip_time(t, point.round, point.position) > long_picture);
    }
    if (changed) host_.tell(point_);
    return {};
}

// What stays is published again, so that it does not look dead.
Status ClipPlayer::keep_alive() {
    if (monotonic_now() - published_ < alive_interval) return {};
    return publish({}, true);
}

Status ClipPlayer::publish(MonotonicTime due, bool stays) {
    const auto& picture = reader_->picture();
    host_.tell(point_);
    TRIBUNE_CHECK(host_.publish(*picture.frame, picture.at, due, stays));
    shown_ = picture.at;
    published_ = monotonic_now();
    return {};
}

Status ClipPlayer::find(Nanoseconds position) {
    reader_->aim(position);
    while (!reader_->ready() && !stop_.stop_requested()) {
        host_.tick();
        TRIBUNE_CHECK(step(*reader_));
    }
    return {};
}

Status ClipPlayer::step(ClipReader& reader) {
    const auto before = reader.counts().corrupt;
    auto done = reader.step();
    for (auto n = before; n < reader.counts().corrupt; ++n) host_.corrupt();
    return done;
}

}  // namespace tribune
