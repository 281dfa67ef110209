#include "capture/source_worker.hpp"

extern "C" {
#include <libavutil/display.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "base/log.hpp"
#include "base/source_faults.hpp"
#include "base/stages.hpp"
#include "capture/av_error.hpp"
#include "capture/av_log.hpp"
#include "capture/clip_player.hpp"
#include "capture/clip_reader.hpp"
#include "capture/clip_sound.hpp"
#include "capture/frame_output.hpp"
#include "capture/health_meter.hpp"
#include "capture/media_input.hpp"
#include "capture/packet_reader.hpp"
#include "capture/playback_pacer.hpp"
#include "capture/sound_track.hpp"
#include "capture/video_decoder.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds open_limit = 10s;
constexpr Nanoseconds first_picture_limit = 12s;
constexpr Nanoseconds stalled_limit = 3s;      // a stall this long: open again
constexpr Nanoseconds first_back_off = 250ms;  // doubles with each failure
constexpr Nanoseconds last_back_off = 5s;
constexpr Nanoseconds refused_back_off = 10s;
constexpr Nanoseconds proven = 5s;          // a source that ran this long starts its back-off afresh
constexpr Nanoseconds alive_interval = 1s;  // a still, or a last picture, is published again this often
constexpr Nanoseconds tick_interval = 200ms;
constexpr Nanoseconds poll_interval = 2ms;

// Degrees clockwise that show the picture upright.
int rotation_of(const AVStream& stream) {
    const auto* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
    if (data == nullptr) return 0;
    const double angle = -av_display_rotation_get(static_cast<const std::int32_t*>(static_cast<const void*>(data)));
    if (std::isnan(angle)) return 0;
    const int quarter = static_cast<int>(std::lround(angle / 90.0));
    return ((quarter % 4 + 4) % 4) * 90;
}

class SourceWorker {
  public:
    SourceWorker(const SourceConfig& config, CaptureSink& sink, const std::stop_token& stop,
                 const CaptureOptions& options)
        : config_(config), sink_(sink), stop_(stop), options_(options), meter_(config.name),
          interrupt_(stop, [this] { tick(); }), sound_interrupt_(stop, [] {}),
          output_(sink, options.pacing == Pacing::as_fast_as_consumed), sound_(sink) {}

    void run() {
        Nanoseconds back_off = first_back_off;
        while (!stop_.stop_requested()) {
            meter_.connecting();
            tick();
            const auto started = monotonic_now();
            const auto ended = session();
            if (stop_.stop_requested()) break;
            if (ended) continue;  // a file that has to be opened again to start again
            const auto& error = ended.error();
            if (error.code == "card_failed") options_.card = false;
            if (meter_.health().code != error.code)
                log::warning(error.code, "source {}: {}", config_.name.text, error.message);
            meter_.failed(error, refuses(error));
            if (monotonic_now() - started > proven) back_off = first_back_off;
            rest_until(monotonic_now() + (refuses(error) ? refused_back_off : back_off));
            back_off = std::min(2 * back_off, last_back_off);
        }
    }

  private:
    [[nodiscard]] bool live() const { return paced_by_itself_ && options_.pacing == Pacing::source; }

    void tick() {
        const auto now = monotonic_now();
        if (live()) meter_.check_age(now);
        if (const auto* health = meter_.to_publish(now)) sink_.health(*health);
    }

    // Sleeps, but lets health go out and a stop through.
    void rest_until(MonotonicTime until) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        for (auto now = monotonic_now(); now < until && !stop_.stop_requested(); now = monotonic_now()) {
            tick();
            never.wait_for(lock, stop_, std::min(until - now, tick_interval), [] { return false; });
        }
    }

    // Opened, played, and why it ended; success means that the same source is to be opened again at once.
    Status session() {
        paced_by_itself_ = false;
        first_.reset();
        shift_ = next_presentation_;
        TRIBUNE_TRY(const SourceKind* kind, source_kind(config_));
        TRIBUNE_TRY(auto input, open(*kind));
        const bool low_delay = kind->waits && !input.recorded();
        TRIBUNE_TRY(auto decoder, decoder_for(input, low_delay));
        const auto& p = *input.video().codecpar;
        paced_by_itself_ = low_delay;
        rotation_ = rotation_of(input.video());
        frame_time_ = Nanoseconds{
            static_cast<std::int64_t>(1e9 / (input.frames_per_second() > 0 ? input.frames_per_second() : 25))};
        const auto opened = [&](const std::string& sound_codec) {
            meter_.opened({{p.width, p.height}, input.frames_per_second(), decoder.codec_name(), sound_codec},
                          monotonic_now());
        };
        if (options_.transport != nullptr && !config_.live && kind->file()) {
            const auto heard = input.sound() == nullptr ? Result<SoundDecoder>(fault("unknown_codec"))
                                                        : SoundDecoder::open(*input.sound());
            opened(heard ? heard->codec_name() : "");
            TRIBUNE_TRY(const auto facts, measure_clip(input));
            if (!facts.still && facts.duration > Nanoseconds{0}) return play_clip(*kind, input, facts);
            TRIBUNE_TRY(input, open(*kind));
        } else {
            // Without sound there are still pictures.
            if (const auto heard = sound_.open(input.sound(), live()); !heard)
                log::warning(heard.error().code, "source {} is not heard: {}", config_.name.text,
                             heard.error().message);
            opened(sound_.codec_name());
        }
        stream_ = &input.video();
        format_ = &input.format();
        return play(input, decoder);
    }

    Result<MediaInput> open(const SourceKind& kind) {
        interrupt_.until(monotonic_now() + open_limit);
        return MediaInput::open(config_, kind, options_, interrupt_);
    }
    Result<VideoDecoder> decoder_for(const MediaInput& input, bool low_delay) {
        return VideoDecoder::open(input.video(), input.frames_per_second(), low_delay, options_, output_);
    }

    // A file as its transport says. What is open stays so: its facts are those of every reader.
    Status play_clip(const SourceKind& kind, MediaInput& facts_of, const ClipFacts& facts) {
        stream_ = &facts_of.video();
        format_ = &facts_of.format();
        ClipHost host;
        host.open = [&]() -> Result<std::unique_ptr<ClipReader>> {
            TRIBUNE_TRY(auto input, open(kind));
            TRIBUNE_TRY(auto decoder, decoder_for(input, false));
            return std::make_unique<ClipReader>(std::move(input), std::move(decoder), facts);
        };
        host.publish = [&](const AVFrame& frame, Nanoseconds presentation, MonotonicTime due, bool stays) {
            return publish(frame, presentation, due, stays);
        };
        std::jthread sound;  // ends before what it uses
        host.measured = [&](Nanoseconds duration) {
            meter_.measured(duration);
            sound = clip_sound(kind, facts, duration);
        };
        host.tell = [&](const ClipPoint& point) { meter_.clip(point); };
        host.dropped = [&] { meter_.dropped(); };
        host.corrupt = [&] { meter_.corrupt(); };
        host.tick = [&] {
            interrupt_.until(monotonic_now() + open_limit);
            tick();
        };
        auto played = ClipPlayer(std::move(host), *options_.transport, stop_, facts).run();
        meter_.clip({ClipState::none, Nanoseconds{0}, 0});
        if (!played && played.error().code == "decode_failed" && take_oversize_complaint()) return too_large();
        return played;
    }

    // A clip's sound, in a thread of its own; none when it has none, or it cannot be had: there are still pictures.
    std::jthread clip_sound(const SourceKind& kind, const ClipFacts& facts, Nanoseconds duration) {
        if (!config_.sound || !facts.timed) return {};
        auto made = [&]() -> Result<std::optional<ClipSound>> {
            sound_interrupt_.until(monotonic_now() + open_limit);
            TRIBUNE_TRY(auto input, MediaInput::open(config_, kind, options_, sound_interrupt_));
            if (input.sound() == nullptr) return std::optional<ClipSound>();
            TRIBUNE_TRY(SoundRingWriter * ring, sound_.ring());
            TRIBUNE_TRY(auto reader, ClipSoundReader::open(std::move(input), facts.origin));
            return std::make_optional<ClipSound>(std::move(reader), *ring, *options_.transport, duration);
        }();
        if (!made) {
            log::warning(made.error().code, "source {} is not heard: {}", config_.name.text, made.error().message);
            return {};
        }
        if (!*made) return {};
        sound_interrupt_.until(MonotonicTime{Nanoseconds::max()});
        return std::jthread([player = *std::move(*made)](const std::stop_token& over) mutable { player.run(over); });
    }

    Status play(MediaInput& input, VideoDecoder& decoder) {
        Av<AVPacket> packet(av_packet_alloc());
        const Av<AVFrame> held(av_frame_alloc());
        if (!packet || !held) return av_error(AVERROR(ENOMEM));
        HeldPictures waiting;
        std::optional<PacketReader> reader;
        if (sound_ && live()) reader.emplace(input, interrupt_);
        std::uint64_t corrupt = 0;
        std::uint64_t frames_before = 0;
        const auto decode = [&](const AVPacket* p) {
            const bool none_yet = decoder.counts().frames == 0;
            auto status = decoder.decode(p, [&](AVFrame& frame) { return on_frame(frame, *held); });
            for (; corrupt < decoder.counts().corrupt; ++corrupt) meter_.corrupt();
            if (none_yet && decoder.counts().frames > 0) meter_.decoded_by(decoder.codec_name());
            return status;
        };
        while (!stop_.stop_requested()) {
            tick();
            interrupt_.until(live() ? meter_.last_frame() + silence_limit() : monotonic_now() + open_limit);
            if (sound_.picture_due(waiting, monotonic_now())) {
                const auto due = waiting.pop();
                TRIBUNE_CHECK(decode(due.get()));
                continue;
            }
            MonotonicTime arrived;
            const auto read = reader ? next_packet(*reader, packet, arrived, sound_.next_picture(waiting))
                                     : next_packet(input, *packet, arrived);
            if (!read) return ended_because(read.error());
            if (*read == MediaInput::Read::nothing_yet) {
                if (reader) continue;
                if (interrupt_.asked()) return ended_because(av_error(AVERROR_EXIT));
                rest_until(monotonic_now() + poll_interval);
                continue;
            }
            if (*read == MediaInput::Read::packet) {
                // One consumer for each kind of stream; a packet of no interest is dropped.
                const bool picture = packet->stream_index == input.video().index;
                Status status;
                if (picture && sound_) {
                    sound_.picture_came(*packet, *stream_, arrived);
                    waiting.push(std::exchange(packet, Av<AVPacket>(av_packet_alloc())), *stream_);
                    if (!packet) status = av_error(AVERROR(ENOMEM));
                } else if (picture) {
                    status = decode(packet.get());
                } else if (input.sound() != nullptr && packet->stream_index == input.sound()->index) {
                    sound_.sound_came(*packet, arrived);
                }
                if (packet) av_packet_unref(packet.get());
                if (!status) return status;
                // A stream whose pictures are all damaged must not look alive.
                if (live() && monotonic_now() - meter_.last_frame() > silence_limit()) {
                    return ended_because(av_error(AVERROR_EXIT));
                }
                continue;
            }
            while (!waiting.empty()) TRIBUNE_CHECK(decode(waiting.pop().get()));
            TRIBUNE_CHECK(decode(nullptr));
            const auto frames = decoder.counts().frames - frames_before;
            frames_before = decoder.counts().frames;
            if (frames == 0) {
                if (take_oversize_complaint()) return too_large();
                return live() ? av_error(AVERROR_EOF) : fault("decode_failed");
            }
            if (live()) return av_error(AVERROR_EOF);
            if (frames == 1 || !config_.loop) return hold(*held);
            if (!input.rewind()) return {};
            // The next round goes on where this one ends.
            shift_ = next_presentation_;
            first_.reset();
            decoder.flush();
            sound_.start_again(shift_);
        }
        return {};
    }

    static Result<MediaInput::Read> next_packet(MediaInput& input, AVPacket& packet, MonotonicTime& arrived) {
        StageSpan span(WorkStage::read);
        auto read = input.read(packet);
        arrived = monotonic_now();
        if (!read || *read == MediaInput::Read::nothing_yet) span.forget();
        return read;
    }

    // What another thread has read, by then.
    static Result<MediaInput::Read> next_packet(PacketReader& reader, Av<AVPacket>& packet, MonotonicTime& arrived,
                                                MonotonicTime until) {
        TRIBUNE_TRY(auto next, reader.next(std::min(until, monotonic_now() + tick_interval)));
        if (!next) return MediaInput::Read::nothing_yet;
        packet = std::move(next->packet);
        arrived = next->arrived;
        return MediaInput::Read::packet;
    }

    // After this long without a picture an open source is opened again. The first one may be long in coming: a
    // camera sends key frames as rarely as every ten seconds.
    [[nodiscard]] Nanoseconds silence_limit() const {
        const auto state = meter_.health().state;
        const bool playing = state == SourceState::live || state == SourceState::stalled;
        return playing ? meter_.stall_limit() + stalled_limit : first_picture_limit;
    }

    [[nodiscard]] Error too_large() const {
        return fault("too_large", fmt::format("{}", options_.most_pixels / 1'000'000));
    }

    // What an error means that came while the source was open.
    [[nodiscard]] Error ended_because(const Error& error) const {
        if (live() && error.code == "timed_out") {
            if (take_oversize_complaint()) return too_large();
            return fault("stalled");
        }
        return error;
    }

    Status on_frame(AVFrame& frame, AVFrame& held) {
        if (stop_.stop_requested()) return {};
        const auto stamp = frame.best_effort_timestamp;
        Nanoseconds time = stamp == AV_NOPTS_VALUE ? next_presentation_ - shift_ + first_.value_or(Nanoseconds{0})
                                                   : to_nanoseconds(stamp, stream_->time_base);
        if (!first_) first_ = time;
        const Nanoseconds presentation = live() ? time : time - *first_ + shift_;
        if (!live()) sound_.begins_at(*first_, shift_);
        if (next_presentation_ != Nanoseconds{0} && presentation > last_presentation_ &&
            presentation - last_presentation_ < 1s) {
            frame_time_ = presentation - last_presentation_;
        }
        last_presentation_ = presentation;
        next_presentation_ = presentation + frame_time_;

        av_frame_unref(&held);
        av_frame_ref(&held, &frame);
        if (options_.pacing == Pacing::as_fast_as_consumed) {
            while (!output_.wait_taken(monotonic_now() + tick_interval)) {
                if (stop_.stop_requested()) return {};
                tick();
            }
        } else if (!live()) {
            const auto due = pacer_.due(presentation, monotonic_now());
            sound_.set_clock(*pacer_.offset());
            rest_until(due);
            if (pacer_.skip(due, monotonic_now(), meter_.last_frame())) {
                meter_.dropped();
                return {};
            }
        } else if (const auto offset = sound_.live_offset()) {
            const MonotonicTime due{presentation + *offset};
            if (due - monotonic_now() < LiveClock::longest_wait) rest_until(due);
        }
        return publish(frame, presentation);
    }

    Status publish(const AVFrame& frame, Nanoseconds presentation, MonotonicTime due = {}, bool stays = false) {
        FrameFacts facts;
        const AVRational aspect = av_guess_sample_aspect_ratio(format_, stream_, const_cast<AVFrame*>(&frame));
        if (aspect.num > 0 && aspect.den > 0) facts.pixel_aspect = std::clamp(av_q2d(aspect), 0.01, 100.0);
        facts.rotation = rotation_;
        facts.presentation = presentation;
        facts.due = due;
        facts.stays = stays;
        const auto status = put(frame, facts);
        if (!status && status.error().code == "ring_full") {
            meter_.dropped();
            return {};
        }
        if (!status) return status;
        meter_.frame({frame.width, frame.height}, monotonic_now());
        tick();
        return {};
    }

    Status put(const AVFrame& frame, const FrameFacts& facts) {
        const StageSpan span(WorkStage::publish, meter_.health().frames + 1);
        return output_.publish(frame, facts);
    }

    // A still, or the last picture of a file that does not start again: for ever, so that it does not look dead.
    Status hold(const AVFrame& frame) {
        // Soon after the first time, when nobody knew yet that it stays.
        for (auto next = monotonic_now() + tick_interval; !stop_.stop_requested(); next = next + alive_interval) {
            rest_until(next);
            if (stop_.stop_requested()) break;
            if (options_.pacing == Pacing::as_fast_as_consumed && !output_.wait_taken(monotonic_now())) continue;
            TRIBUNE_CHECK(publish(frame, last_presentation_, {}, true));
        }
        return {};
    }

    const SourceConfig& config_;
    CaptureSink& sink_;
    const std::stop_token& stop_;
    CaptureOptions options_;
    HealthMeter meter_;
    Interrupt interrupt_;
    Interrupt sound_interrupt_;  // a clip's sound is read by itself
    FrameOutput output_;
    SoundTrack sound_;
    PlaybackPacer pacer_;

    // Of the open source.
    AVStream* stream_ = nullptr;
    AVFormatContext* format_ = nullptr;
    bool paced_by_itself_ = false;
    int rotation_ = 0;

    // Presentation times go on from round to round of a file.
    std::optional<Nanoseconds> first_;  // time stamp of this round's first frame
    Nanoseconds shift_{0};              // where this round begins
    Nanoseconds last_presentation_{0};
    Nanoseconds next_presentation_{0};
    Nanoseconds frame_time_{0};
};

}  // namespace

void run_source(const SourceConfig& config, CaptureSink& sink, const std::stop_token& stop,
                const CaptureOptions& options) {
    route_av_log();
    try {
        SourceWorker(config, sink, stop, options).run();
    } catch (const std::exception& e) {
        // Out of memory is all that is left to come here; the process is started again.
        log::error("capture_failed", "source {}: {}", config.name.text, e.what());
        SourceHealth health;
        health.name = config.name;
        health.state = SourceState::lost;
        const Error error = fault("no_memory");
        health.code = error.code;
        health.reason = error.message;
        sink.health(health);
    }
}

}  // namespace tribune
