#include "app/bench_quad.hpp"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <vector>

#include "app/assets.hpp"
#include "app/data_folder.hpp"
#include "app/render/look.hpp"
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

constexpr std::size_t feeds = 4;
constexpr Size face_size{1920, 1080};
constexpr Rect inset{1920 - 576 - 48, 1080 - 324 - 48, 576, 324};
constexpr double wall_smallest_font = 18;  // 200 words and more on one page
constexpr double wall_rate = 30;           // frames of show time a second
constexpr int frames_an_answer = 8;        // the wall stays live: about four answers a second
constexpr Nanoseconds first_frame_limit = seconds(10);
constexpr Nanoseconds memory_every = seconds(2);  // counting pages costs milliseconds
enum FeedMessage : std::uint32_t { ring_message = 1, failure_message };

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

// The four captures; ended with the object.
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
        for (std::size_t i = 0; i < feeds; ++i) {
            TRIBUNE_TRY(auto ends, channel_pair());
            const pid_t child = fork();
            if (child < 0) return Error{"no_process", "Cannot start a process for a file: free some and try again."};
            if (child == 0) decode(options, i, std::move(ends.second));
            feeds_[i].pid = child;
            feeds_[i].channel.emplace(std::move(ends.first));
        }
        for (std::size_t i = 0; i < feeds; ++i) {
            TRIBUNE_TRY(const Message message, feeds_[i].channel->receive_one(monotonic_now() + first_frame_limit));
            if (message.kind != ring_message || message.fds.empty()) {
                return Error{"no_picture", fmt::format("{}: {}", options.files[i], message.payload)};
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

    [[nodiscard]] const std::shared_ptr<const VideoFrame>& frame(std::size_t i) const { return feeds_[i].frame; }
    [[nodiscard]] double proportional_mb() const {
        double sum = proportional_mb(getpid());
        for (const auto& feed : feeds_) sum += proportional_mb(feed.pid);
        return sum;
    }

  private:
    [[noreturn]] static void decode(const QuadOptions& options, std::size_t i, Channel channel) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        SourceConfig config;
        config.name = SourceName(fmt::format("feed{}", i + 1));
        config.url = std::filesystem::absolute(options.files[i]).string();
        config.live = false;
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

    std::array<Feed, feeds> feeds_;
};

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
        options.layout.smallest = wall_smallest_font;
        options.palette = looks.palette;
        wall->builder_ = std::make_unique<WallBuilder>(options, looks.languages, measure);
        while (wall->known_ < wall->lines_.size() && wall->builder_->terms().size() < static_cast<std::size_t>(words)) {
            ++wall->known_;
            wall->answer({});
        }
        wall->building_ = false;
        if (wall->builder_->terms().size() < static_cast<std::size_t>(words)) {
            return Error{"no_words",
                         fmt::format("The script has only {} different words.", wall->builder_->terms().size())};
        }
        return wall;
    }

    // A line that has been said already: the number of words stays, sizes and places move.
    void answer(ShowTime now) {
        Contribution contribution;
        contribution.sequence = ++answers_;
        for (std::size_t i = 0; i < 8; ++i) contribution.id.bytes[i] = static_cast<std::uint8_t>(answers_ >> (8 * i));
        contribution.table = {static_cast<int>(1 + answers_ % 97)};
        contribution.text = lines_[building_ ? known_ - 1 : static_cast<std::size_t>(answers_ * 7) % known_];
        contribution.language = "fr";
        contribution.at = now;
        builder_->add(contribution);
    }

    TextBatch batch(ShowTime now) {
        const auto scene = builder_->scene();
        TextBatch batch;
        batch.moves = scene->pages.front().moves;
        batch.settled = scene->pages.front().settled;
        batch.now = now;
        return batch;
    }

  private:
    LiveWall() = default;
    std::vector<std::string> lines_;
    std::size_t known_ = 0;  // lines said so far
    bool building_ = true;
    std::uint64_t answers_ = 0;
    std::unique_ptr<WallBuilder> builder_;
};

FramePlan plan(const Feeds& sources, LiveWall& wall, std::uint64_t index) {
    FramePlan plan;
    plan.frame_index = index;
    plan.now = {Nanoseconds(static_cast<std::int64_t>(static_cast<double>(index) / wall_rate * 1e9))};
    if (index % frames_an_answer == 0) wall.answer(plan.now);
    for (std::size_t i = 0; i < feeds; ++i) {
        Picture picture;
        picture.size = face_size;
        picture.ground = {0, 0, 0, 1};
        VideoItem full;
        full.frame = sources.frame(i);
        full.place = {0, 0, static_cast<double>(face_size.width), static_cast<double>(face_size.height)};
        VideoItem small = full;
        small.frame = sources.frame((i + 1) % feeds);
        small.place = inset;
        picture.items = {full, small, wall.batch(plan.now)};
        plan.faces.push_back({FaceName(fmt::format("face{}", i + 1)), i});
        plan.pictures.push_back(std::move(picture));
    }
    return plan;
}

}  // namespace

Result<QuadReport> run_quad(const QuadOptions& options) {
    Feeds sources;
    TRIBUNE_CHECK(sources.start(options));
    TRIBUNE_TRY(const auto shaper, Shaper::create());
    TRIBUNE_TRY(const auto wall, LiveWall::make(options.words, *shaper));
    TRIBUNE_TRY(const auto painter, CpuPainter::create({.threads = 2}));
    TRIBUNE_CHECK(sources.next());
    TRIBUNE_CHECK(painter->paint(plan(sources, *wall, 0)));  // fonts and buffers are not part of the job

    QuadReport report;
    const auto begun = monotonic_now();
    const auto until = begun + Nanoseconds(static_cast<std::int64_t>(options.seconds * 1e9));
    Pacer pacer(static_cast<std::int64_t>(std::max(options.paced_fps, 1.0) * 1000), 1000, begun);
    Nanoseconds painting{0};
    MonotonicTime memory_read;
    for (std::uint64_t index = 1; monotonic_now() < until; ++index) {
        Pacer::Beat beat;
        if (options.paced_fps > 0) {
            beat = pacer.next(monotonic_now());
            wait_until(beat.deadline);
            TRIBUNE_TRY(const bool all_new, sources.newest());
            report.dropped += all_new || index < 3 ? 0U : 1U;
        } else {
            TRIBUNE_CHECK(sources.next());
        }
        const auto drawing = monotonic_now();
        TRIBUNE_CHECK(painter->paint(plan(sources, *wall, index)));
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
    report.frames_per_second = static_cast<double>(report.frames) / passed;
    report.dropped += pacer.counters().dropped;
    report.paint_ms = std::chrono::duration<double, std::milli>(painting).count() /
                      static_cast<double>(std::max<std::uint64_t>(report.frames, 1));
    return report;
}

}  // namespace tribune
