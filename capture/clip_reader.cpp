#include "capture/clip_reader.hpp"

#include <algorithm>
#include <optional>

#include "base/source_faults.hpp"
#include "base/stages.hpp"
#include "capture/av_error.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds far = 1s;              // further ahead than this, a jump is tried
constexpr Nanoseconds first_step_back = 1s;  // when a jump went too far; four times as much each time
constexpr std::size_t kept_before = 2;
constexpr Nanoseconds usual_frame_time = 40ms;

std::int64_t to_stream(Nanoseconds t, const AVStream& stream) {
    return av_rescale_q_rnd(t.count(), AVRational{1, 1'000'000'000}, stream.time_base, AV_ROUND_DOWN);
}

// What the packets from here to the end say.
struct Tail {
    std::int64_t packets = 0;
    bool timed = true;
    bool exact = true;  // all packets say when they are shown
    std::optional<Nanoseconds> end;
};
Result<Tail> read_tail(MediaInput& input, Nanoseconds frame_time) {
    const Av<AVPacket> packet(av_packet_alloc());
    if (!packet) return av_error(AVERROR(ENOMEM));
    Tail tail;
    for (;;) {
        const auto read = input.read(*packet);
        if (!read && read.error().code == "timed_out") return read.error();
        if (!read || *read == MediaInput::Read::end) return tail;
        const bool picture = packet->stream_index == input.video().index;
        if (picture) {
            ++tail.packets;
            const auto stamp = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
            if (packet->pts == AV_NOPTS_VALUE) tail.exact = false;
            if (stamp == AV_NOPTS_VALUE) {
                tail.timed = false;
            } else {
                const auto& base = input.video().time_base;
                const auto length = packet->duration > 0 ? to_nanoseconds(packet->duration, base) : frame_time;
                tail.end = std::max(tail.end.value_or(Nanoseconds::min()), to_nanoseconds(stamp, base) + length);
            }
        }
        av_packet_unref(packet.get());
    }
}

bool jump_to_end(MediaInput& input) {
    const auto& stream = input.video();
    const auto& format = input.format();
    std::int64_t end = 0;
    if (stream.duration > 0) {
        end = stream.duration + (stream.start_time == AV_NOPTS_VALUE ? 0 : stream.start_time);
    } else if (format.duration > 0) {
        const auto all = format.duration + (format.start_time == AV_NOPTS_VALUE ? 0 : format.start_time);
        end = av_rescale_q(all, AVRational{1, AV_TIME_BASE}, stream.time_base);
    } else {
        return false;
    }
    return avformat_seek_file(&input.format(), stream.index, INT64_MIN, end, end, 0) >= 0;
}

}  // namespace

Result<ClipFacts> measure_clip(MediaInput& input) {
    const auto& stream = input.video();
    ClipFacts facts;
    const double rate = input.frames_per_second();
    facts.frame_time = rate > 0 ? Nanoseconds{static_cast<std::int64_t>(1e9 / rate)} : usual_frame_time;
    if (stream.start_time != AV_NOPTS_VALUE) facts.origin = to_nanoseconds(stream.start_time, stream.time_base);
    Tail tail;
    bool whole = true;
    if (jump_to_end(input)) {
        TRIBUNE_TRY(tail, read_tail(input, facts.frame_time));
        whole = false;
    }
    const bool short_one = tail.end && *tail.end - facts.origin <= 2 * facts.frame_time;
    if (tail.packets == 0 || !tail.timed || short_one) {
        if (!input.rewind()) return facts;
        TRIBUNE_TRY(tail, read_tail(input, facts.frame_time));
        whole = true;
    }
    facts.still = whole && tail.packets <= 1;
    facts.timed = tail.timed;
    facts.exact = tail.exact || !tail.timed;
    facts.duration = tail.timed && tail.end ? *tail.end - facts.origin : tail.packets * facts.frame_time;
    return facts;
}

ClipReader::ClipReader(MediaInput input, VideoDecoder decoder, const ClipFacts& facts)
    : input_(std::move(input)), decoder_(std::move(decoder)), facts_(facts), packet_(av_packet_alloc()) {}

void ClipReader::aim(Nanoseconds position) {
    aim_ = position;
    const bool behind = pictures_.empty() || (pictures_.front().at - clip_tolerance > aim_ && !from_start_);
    const bool ahead = !pictures_.empty() && !over_ && aim_ - pictures_.back().at > far;
    if (behind || ahead) {
        back_ = Nanoseconds{0};
        jump(aim_);
    }
    drop_old();
}

// To the key picture before it; to the start where that cannot be told.
void ClipReader::jump(Nanoseconds position) {
    pictures_.clear();
    over_ = false;
    missed_ = false;
    next_at_ = Nanoseconds{0};
    decoder_.flush();
    from_start_ = position <= Nanoseconds{0} || !facts_.timed;
    if (!from_start_) {
        const auto stamp = to_stream(facts_.origin + position + clip_tolerance, input_.video());
        from_start_ = avformat_seek_file(&input_.format(), input_.video().index, INT64_MIN, stamp, stamp, 0) < 0;
    }
    if (from_start_) input_.rewind();
}

Status ClipReader::step() {
    if (over_) return {};
    const auto read = [this] {
        const StageSpan span(WorkStage::read);
        return input_.read(*packet_);
    }();
    // Where a damaged file cannot be read on, it ends.
    if (!read && read.error().code != "not_media") return read.error();
    const bool packet = read && *read == MediaInput::Read::packet;
    if (read && !packet && *read != MediaInput::Read::end) return {};
    if (!packet || packet_->stream_index == input_.video().index) {
        TRIBUNE_CHECK(decoder_.decode(packet ? packet_.get() : nullptr, [this](AVFrame& frame) {
            arrived(frame);
            return Status();
        }));
    }
    av_packet_unref(packet_.get());
    if (!packet) over_ = true;
    if (missed_ || (over_ && pictures_.empty())) {
        if (from_start_) return fault("decode_failed");
        back_ = back_ == Nanoseconds{0} ? first_step_back : 4 * back_;
        jump(aim_ - back_);
    }
    drop_old();
    return {};
}

void ClipReader::arrived(AVFrame& frame) {
    if (missed_) return;
    const auto stamp = frame.best_effort_timestamp;
    const bool told = facts_.timed && stamp != AV_NOPTS_VALUE;
    const Nanoseconds at = told ? to_nanoseconds(stamp, input_.video().time_base) - facts_.origin : next_at_;
    next_at_ = at + facts_.frame_time;
    if (pictures_.empty() && !from_start_ && (!told || at - clip_tolerance > aim_)) {
        missed_ = true;
        return;
    }
    if (!pictures_.empty() && at <= pictures_.back().at) return;
    ClipPicture picture{Av<AVFrame>(av_frame_alloc()), at};
    if (!picture.frame) return;
    av_frame_move_ref(picture.frame.get(), &frame);
    pictures_.push_back(std::move(picture));
    drop_old();
}

void ClipReader::drop_old() {
    if (pictures_.empty()) return;
    for (auto i = shown(); i > kept_before; --i) {
        pictures_.pop_front();
        from_start_ = false;
    }
}

std::size_t ClipReader::shown() const {
    std::size_t i = 0;
    while (i + 1 < pictures_.size() && pictures_[i + 1].at - clip_tolerance <= aim_) ++i;
    return i;
}

bool ClipReader::ready() const { return !pictures_.empty() && (over_ || shown() + 1 < pictures_.size()); }

const ClipPicture* ClipReader::following() const {
    const auto next = shown() + 1;
    return next < pictures_.size() ? &pictures_[next] : nullptr;
}

}  // namespace tribune
