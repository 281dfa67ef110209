#include "app/bench_quad.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <ctime>
#include <fstream>
#include <optional>

#include "app/assets.hpp"
#include "app/data_folder.hpp"
#include "app/render/look.hpp"
#include "base/stages.hpp"
#include "base/trace.hpp"
#include "capture/source_worker.hpp"
#include "cpu/cpu_painter.hpp"
#include "displays/pacer.hpp"
#include "link/channel.hpp"
#include "link/frame_ring.hpp"
#include "net/rehearsal.hpp"
#include "text/shaper.hpp"
#include "wall/wall_scene.hpp"

namespace tribune {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Size face_size{1920, 1080};
constexpr Rect inset{1920 - 576 - 48, 1080 - 324 - 48, 576, 324};
constexpr double wall_smallest_font = 18;  // 200 words on one page; more words, smaller letters
constexpr int wall_words = 200;
constexpr int words_an_invented_line = 6;
constexpr double wall_rate = 30;     // frames of show time a second
constexpr int frames_an_answer = 8;  // the wall stays live: about four answers a second
constexpr Nanoseconds first_frame_limit = seconds(10);
constexpr Nanoseconds memory_every = seconds(2);  // counting pages costs milliseconds
enum FeedMessage : std::uint32_t { ring_message = 1, failure_message };

std::filesystem::path parts(const QuadOptions& options) { return options.trace.string() + ".parts"; }

// Null when no trace is wanted, or none can be written: merging them then says so.
std::unique_ptr<trace::Recording> record(const QuadOptions& options, std::string_view process) {
    if (options.trace.empty()) return nullptr;
    auto recording = trace::record(parts(options), process);
    return recording ? *std::move(recording) : nullptr;
}

// In the child: frames through a ring, its descriptor through the channel.
class FeedSink : public CaptureSink {
  public:
    explicit FeedSink(Channel channel) : channel_(std::move(channel)) {}
    void ring_ready(int fd, std::uint64_t) override {
        (void)channel_.send_all(ring_message, "", monotonic_now() + seconds(5), {&fd, 1});
    }
    void health(const SourceHealth& health) override {
        if (health.state == SourceState::refused || health.state == SourceState::lost) {
            (void)channel_.send_all(failure_message, health.reason, monotonic_now() + seconds(5));
        }
    }

  private:
    Channel channel_;
};

struct Feed {
    pid_t pid = 0;
    std::optional<Channel> channel;
    std::optional<FrameRingReader> ring;
    std::shared_ptr<const VideoFrame> frame;
};

Nanoseconds cpu_time(pid_t pid) {
    clockid_t clock{};
    timespec t{};
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0) return {};
    return seconds(t.tv_sec) + Nanoseconds(t.tv_nsec);
}

// One capture a feed; ended with the object.
class Feeds {
  public:
    Feeds() = default;
    Feeds(const Feeds&) = delete;
    Feeds& operator=(const Feeds&) = delete;
    ~Feeds() {
        for (auto& feed : feeds_) {
            if (feed.pid > 0) kill(feed.pid, SIGKILL);
            if (feed.pid > 0) waitpid(feed.pid, nullptr, 0);
        }
    }

    Status start(const QuadOptions& options) {
        feeds_.resize(static_cast<std::size_t>(options.feeds));
        for (std::size_t i = 0; i < feeds_.size(); ++i) {
            TRIBUNE_TRY(auto ends, channel_pair());
            const pid_t child = fork();
            if (child < 0) return Error{"no_process", "Cannot start a process for a file: free some and try again."};
            if (child == 0) decode(options, i, std::move(ends.second));
            feeds_[i].pid = child;
            feeds_[i].channel.emplace(std::move(ends.first));
        }
        for (std::size_t i = 0; i < feeds_.size(); ++i) {
            TRIBUNE_TRY(const Message message, feeds_[i].channel->receive_one(monotonic_now() + first_frame_limit));
            if (message.kind != ring_message || message.fds.empty()) {
                return Error{"no_picture", fmt::format("{}: {}", file_of(options, i), message.payload)};
            }
            TRIBUNE_TRY(feeds_[i].ring, FrameRingReader::open(message.fds.front().get()));
        }
        return {};
    }

    // The next frame of every feed, waiting for it.
    Status next() {
        for (auto& feed : feeds_) {
            const auto have = feed.frame ? feed.frame->sequence : 0;
            if (!feed.ring->wait_newer(have, monotonic_now() + first_frame_limit)) {
                return Error{"timed_out", "A file gave no frame for ten seconds."};
            }
            TRIBUNE_TRY(feed.frame, feed.ring->latest());
        }
        return {};
    }

    // Halfway between two arrivals of frames, so that a little unrest of either side changes nothing.
    [[nodiscard]] MonotonicTime between_arrivals(double fps) const {
        MonotonicTime newest;
        for (const auto& feed : feeds_) newest = std::max(newest, feed.frame->arrived);
        return newest + Nanoseconds(static_cast<std::int64_t>(1.5e9 / fps));
    }

    // What is there now. False: at least one feed had nothing new.
    Result<bool> newest() {
        bool all_new = true;
        for (auto& feed : feeds_) {
            TRIBUNE_TRY(auto frame, feed.ring->latest());
            all_new = all_new && frame && (!feed.frame || frame->sequence != feed.frame->sequence);
            feed.frame = std::move(frame);
        }
        return all_new;
    }

    // Taken in turn when there are more faces than feeds.
    [[nodiscard]] const std::shared_ptr<const VideoFrame>& frame(std::size_t i) const {
        return feeds_[i % feeds_.size()].frame;
    }
    [[nodiscard]] Nanoseconds cpu_time() const {
        Nanoseconds sum = tribune::cpu_time(getpid());
        for (const auto& feed : feeds_) sum += tribune::cpu_time(feed.pid);
        return sum;
    }
    [[nodiscard]] double proportional_mb() const {
        double sum = proportional_mb(getpid());
        for (const auto& feed : feeds_) sum += proportional_mb(feed.pid);
        return sum;
    }

  private:
    static const std::string& file_of(const QuadOptions& options, std::size_t feed) {
        return options.files[feed % options.files.size()];
    }

    [[noreturn]] static void decode(const QuadOptions& options, std::size_t i, Channel channel) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        SourceConfig config;
        config.name = SourceName(fmt::format("feed{}", i + 1));
        config.url = std::filesystem::absolute(file_of(options, i)).string();
        config.live = false;
        const auto recording = record(options, config.name.text);
        FeedSink sink(std::move(channel));
        const std::stop_source never;
        CaptureOptions capture;
        capture.pacing = options.paced_fps > 0 ? Pacing::source : Pacing::as_fast_as_consumed;
        capture.decode_threads = 1;  // a process a file: that already fills the cores
        run_source(config, sink, never.get_token(), capture);
        _exit(0);
    }

    // Each page counted by the share this process has in it, so that the rings are not counted twice.
    static double proportional_mb(pid_t pid) {
        std::ifstream file(fmt::format("/proc/{}/smaps_rollup", pid));
        for (std::string word; file >> word;) {
            double kb = 0;
            if (word == "Pss:" && file >> kb) return kb / 1024;
        }
        return 0;
    }

    std::vector<Feed> feeds_;
};

// Lines of words that nobody says, for walls of more words than the script has.
std::string invented_line(int number) {
    static constexpr std::string_view syllables[] = {"ba", "cor",  "di", "fel", "gu", "lan", "mi", "nor",
                                                     "pa", "ques", "ri", "sol", "tu", "ven", "za", "bri"};
    std::string line;
    for (int i = 0; i < words_an_invented_line; ++i) {
        for (int rest = number * words_an_invented_line + i + 4096; rest > 0; rest /= 16) line += syllables[rest % 16];
        line += ' ';
    }
    return line;
}

// A wall of at least so many words that goes on growing.
class LiveWall {
  public:
    static Result<std::unique_ptr<LiveWall>> make(int words, TextMeasure& measure) {
        auto wall = std::unique_ptr<LiveWall>(new LiveWall);
        TRIBUNE_TRY(const std::string script, read_file(assets_folder() / "script" / "logement-social.fr.txt"));
        wall->lines_ = script_lines(script);
        TRIBUNE_TRY(const LookBook looks, load_look(assets_folder(), Setup{}));
        WallOptions options;
        options.layout.area = face_size;
        options.layout.smallest = words > wall_words
                                      ? wall_smallest_font * std::sqrt(static_cast<double>(wall_words) / words) / 1.5
                                      : wall_smallest_font;
        options.palette = looks.palette;
        wall->builder_ = std::make_unique<WallBuilder>(options, looks.languages, measure);
        for (int invented = 0; wall->builder_->terms().size() < static_cast<std::size_t>(words); ++wall->known_) {
            if (wall->known_ == wall->lines_.size()) wall->lines_.push_back(invented_line(invented++));
            wall->add(wall->lines_[wall->known_], {});
        }
        return wall;
    }

    // A line that has been said already: the number of words stays, sizes and places move.
    void answer(ShowTime now) {
        const StageSpan span(WorkStage::layout);
        add(lines_[static_cast<std::size_t>(answers_ * 7) % known_], now);
    }

    TextBatch batch(ShowTime now) {
        const auto scene = builder_->scene();
        TextBatch batch;
        batch.moves = scene->pages.front().moves;
        batch.settled = scene->pages.front().settled;
        batch.now = now;
        return batch;
    }

    [[nodiscard]] std::size_t shown() const { return builder_->scene()->pages.front().moves->size(); }

  private:
    LiveWall() = default;
    void add(const std::string& text, ShowTime now) {
        Contribution contribution;
        contribution.sequence = ++answers_;
        for (std::size_t i = 0; i < 8; ++i) contribution.id.bytes[i] = static_cast<std::uint8_t>(answers_ >> (8 * i));
        contribution.table = {static_cast<int>(1 + answers_ % 97)};
        contribution.text = text;
        contribution.language = "fr";
        contribution.at = now;
        builder_->add(contribution);
    }

    std::vector<std::string> lines_;
    std::size_t known_ = 0;  // lines said so far
    std::uint64_t answers_ = 0;
    std::unique_ptr<WallBuilder> builder_;
};

FramePlan plan(const QuadOptions& options, const Feeds& sources, LiveWall* wall, std::uint64_t index) {
    const StageSpan span(WorkStage::plan, index);
    FramePlan plan;
    plan.frame_index = index;
    plan.now = {Nanoseconds(static_cast<std::int64_t>(static_cast<double>(index) / wall_rate * 1e9))};
    if (wall != nullptr && index % frames_an_answer == 0) wall->answer(plan.now);
    const auto pictures = static_cast<std::size_t>(options.same_picture ? 1 : options.faces);
    for (std::size_t i = 0; i < pictures; ++i) {
        Picture picture;
        picture.size = face_size;
        picture.ground = {0, 0, 0, 1};
        VideoItem full;
        full.frame = sources.frame(i);
        full.place = {0, 0, static_cast<double>(face_size.width), static_cast<double>(face_size.height)};
        VideoItem small = full;
        small.frame = sources.frame(i + 1);
        small.place = inset;
        picture.items = {full, small};
        if (wall != nullptr) picture.items.emplace_back(wall->batch(plan.now));
        plan.pictures.push_back(std::move(picture));
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(options.faces); ++i)
        plan.faces.push_back({FaceName(fmt::format("face{}", i + 1)), i % pictures});
    return plan;
}

double in_ms(Nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

Result<QuadReport> measure(const QuadOptions& options) {
    Feeds sources;
    TRIBUNE_CHECK(sources.start(options));
    const auto recording = record(options, "quad");
    TRIBUNE_TRY(const auto shaper, Shaper::create());
    std::unique_ptr<LiveWall> wall;
    if (options.words > 0) {
        TRIBUNE_TRY(wall, LiveWall::make(options.words, *shaper));
    }
    TRIBUNE_TRY(const auto painter, CpuPainter::create({.threads = 2}));
    TRIBUNE_CHECK(sources.next());
    TRIBUNE_CHECK(painter->paint(plan(options, sources, wall.get(), 0)));  // fonts and buffers are not part of the job

    QuadReport report;
    const auto begun = monotonic_now();
    const auto cpu_before = sources.cpu_time();
    const auto own_before = cpu_time(getpid());
    const auto until = begun + Nanoseconds(static_cast<std::int64_t>(options.seconds * 1e9));
    Pacer pacer(static_cast<std::int64_t>(std::max(options.paced_fps, 1.0) * 1000), 1000,
                options.paced_fps > 0 ? sources.between_arrivals(options.paced_fps) : begun);
    Nanoseconds painting{0};
    MonotonicTime memory_read;
    for (std::uint64_t index = 1; monotonic_now() < until; ++index) {
        Pacer::Beat beat;
        if (options.paced_fps > 0) {
            beat = pacer.next(monotonic_now());
            wait_until(beat.deadline);
        }
        const StageSpan frame(WorkStage::frame, index);
        if (options.paced_fps > 0) {
            const StageSpan span(WorkStage::sources, index);
            TRIBUNE_TRY(const bool all_new, sources.newest());
            report.dropped += all_new || index < 3 ? 0U : 1U;
        } else {
            const StageSpan span(WorkStage::sources, index);
            TRIBUNE_CHECK(sources.next());
        }
        const auto drawing = monotonic_now();
        const auto planned = plan(options, sources, wall.get(), index);
        {
            const StageSpan span(WorkStage::paint, index);
            TRIBUNE_CHECK(painter->paint(planned));
        }
        const auto done = monotonic_now();
        painting += done - drawing;
        ++report.frames;
        if (options.paced_fps > 0) pacer.shown(beat, done);
        if (done - memory_read > memory_every) {
            report.rss_mb = std::max(report.rss_mb, sources.proportional_mb());
            memory_read = done;
        }
    }
    const double passed = std::chrono::duration<double>(monotonic_now() - begun).count();
    const auto frames = static_cast<double>(std::max<std::uint64_t>(report.frames, 1));
    report.frames_per_second = static_cast<double>(report.frames) / passed;
    report.dropped += pacer.counters().dropped;
    report.paint_ms = in_ms(painting) / frames;
    report.cpu_ms = in_ms(sources.cpu_time() - cpu_before) / frames;
    report.painter_cpu_ms = in_ms(cpu_time(getpid()) - own_before) / frames;
    report.words = wall ? wall->shown() : 0;
    return report;
}

}  // namespace

Result<QuadReport> run_quad(const QuadOptions& options) {
    if (!options.trace.empty()) TRIBUNE_CHECK(trace::begin(parts(options), options.trace));
    auto report = measure(options);
    if (report && !options.trace.empty()) TRIBUNE_CHECK(trace::merge(parts(options), options.trace));
    return report;
}

}  // namespace tribune
