// The process that draws: one loop, on the main thread, from the newest state and frames to all outputs.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>

#include "app/data_folder.hpp"
#include "app/follower.hpp"
#include "app/process_options.hpp"
#include "app/render/look.hpp"
#include "app/render/picture_service.hpp"
#include "app/render/sound_worker.hpp"
#include "app/render/source_frames.hpp"
#include "app/render/transition_worker.hpp"
#include "app/render/wall_worker.hpp"
#include "app/signals.hpp"
#include "base/log.hpp"
#include "base/stages.hpp"
#include "cpu/cpu_painter.hpp"
#include "displays/desktop.hpp"
#include "displays/gl_context.hpp"
#include "displays/output.hpp"
#include "displays/pacer.hpp"
#include "gpu/gl_painter.hpp"
#include "plan/planner.hpp"
#include "plan/shader_look.hpp"
#include "show/codec.hpp"
#include "show/views.hpp"
#include "text/shaper.hpp"

namespace tribune {
namespace {

using std::chrono::milliseconds;

constexpr Nanoseconds status_every = milliseconds(500);
constexpr int painter_threads = 2;
constexpr Size multiview_size{1920, 1080};

// Of an output that shows no face and does not say.
Size usual_size(const Setup& setup, const OutputSetup& output) {
    return output.view == multiview_view ? multiview_size : setup.faces.front().size;
}

int second_of_day() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    return local.tm_hour * 3600 + local.tm_min * 60 + local.tm_sec;
}

// Everything that depends on the setup, made anew when a show file is loaded.
struct Stand {
    std::shared_ptr<const Setup> setup;
    LookBook looks;
    std::unique_ptr<WallWorker> wall;
    std::unique_ptr<Planner> planner;
    std::optional<Outputs> outputs;
    std::vector<ViewWish> output_views;                            // drawn in each frame
    std::map<std::string, std::pair<ViewWish, Outputs>> recorded;  // by their views
    std::optional<Pacer> pacer;
};

class RenderProcess {
  public:
    explicit RenderProcess(const ProcessOptions& options)
        : options_(options), folder_{options.data},
          follower_({folder_.socket().string(), options.name},
                    {[this](const nlohmann::json& welcome) {
                         phones_.publish(std::make_shared<const std::string>(
                             text_field(object_field(welcome, "config"), "phones")));
                     },
                     [this](std::shared_ptr<const ShowState> state) {
                         sound_.follow(state);
                         state_.publish(std::move(state));
                     },
                     [this](Message message) { on_message(std::move(message)); },
                     [this] { end_ = true; },
                     {}}) {
        pictures_.answer_through(&follower_);
    }
    ~RenderProcess() {
        pictures_.answer_through(nullptr);
        sound_.stop();  // its thread speaks through the follower
    }
    RenderProcess(const RenderProcess&) = delete;
    RenderProcess& operator=(const RenderProcess&) = delete;

    // An error has been told to the engine, which decides whether it ends a show that is being started.
    Status run(const StopSignals& signals) {
        auto done = draw(signals);
        if (!done) {
            (void)follower_.send(Wire::status,
                                 {{"failed", {{"code", done.error().code}, {"message", done.error().message}}}});
        }
        return done;
    }

  private:
    Status draw(const StopSignals& signals) {
        TRIBUNE_TRY(shaper_, Shaper::create());
        auto state = wait_for_state(signals);
        if (!state) return {};
        TRIBUNE_CHECK(make_painter(*state->setup));
        while (!end_ && !signals.raised()) {
            pump_desktop();
            state = state_.get();
            if (!fits(state->setup)) TRIBUNE_CHECK(set_up(state->setup));
            frame(*state);
            report_now_and_then();
        }
        return {};
    }

    std::shared_ptr<const ShowState> wait_for_state(const StopSignals& signals) {
        while (!end_ && !signals.raised()) {
            if (auto state = state_.get()) return state;
            wait_until(monotonic_now() + milliseconds(2));
        }
        return nullptr;
    }

    // GL with a card; else libyuv, unless software GL is asked for.
    Status make_painter(const Setup& setup) {
        const bool windows =
            std::any_of(setup.outputs.begin(), setup.outputs.end(), [](const auto& o) { return o.kind == "window"; });
        if (windows) {
            TRIBUNE_TRY(desktop_, Desktop::open());
        }
        if (options_.painter != "cpu") {
            const auto made = make_gl_painter();
            if (made) return {};
            if (options_.painter == "gl") return made.error();
            log::info("painter_choice", "Drawing without a graphics card: {}", made.error().message);
        }
        gl_.reset();
        transitions_ = std::make_unique<TransitionWorker>(shaders_folder());
        CpuPainterOptions options;
        options.threads = painter_threads;
        options.transitions = transitions_.get();
        options.transition_budget = std::chrono::seconds(setup.rate.denominator) / (2 * setup.rate.numerator);
        TRIBUNE_TRY(painter_, CpuPainter::create(options));
        return {};
    }

    Status make_gl_painter() {
        if (desktop_) {
            TRIBUNE_TRY(gl_, desktop_->create_gl());
        } else {
            TRIBUNE_TRY(gl_, GlContext::create_headless());
        }
        GlOptions options;
        options.shaders = shaders_folder();
        options.allow_software = options_.allow_software_gl;
        TRIBUNE_TRY(painter_, GlPainter::create(options));
        return {};
    }

    // Sources come and go without the windows being made anew.
    bool fits(const std::shared_ptr<const Setup>& setup) {
        if (stand_.setup == setup) return true;
        if (!stand_.setup) return false;
        Setup other = *setup;
        other.sources = stand_.setup->sources;
        other.stingers = stand_.setup->stingers;
        if (other != *stand_.setup) return false;
        stand_.setup = setup;
        return true;
    }

    [[nodiscard]] std::filesystem::path shaders_folder() const { return options_.assets.parent_path() / "shaders"; }

    Status set_up(const std::shared_ptr<const Setup>& setup) {
        Stand stand;
        stand.setup = setup;
        TRIBUNE_TRY(stand.looks, load_look(options_.assets, *setup));
        stand.wall = std::make_unique<WallWorker>(stand.looks, *setup);
        stand.planner = std::make_unique<Planner>(*shaper_);
        stand_ = {};  // the old windows go before the new ones come
        std::vector<OutputSpec> specs;
        for (const auto& output : setup->outputs) {
            const FaceSetup* face = setup->face(output.face);
            const bool whole_face = face != nullptr && output.view.empty();
            const Size size = whole_face ? face->size : output.size.empty() ? usual_size(*setup, output) : output.size;
            const bool plain = whole_face && output.feed == Feed::full;
            const OutputSpec spec{output.name,    output.face, output.kind,
                                  output.display, size,        plain ? std::string() : view_of(output)};
            const ViewWish wish{spec.view, size};
            const auto& wishes = stand.output_views;
            if (!plain && std::find(wishes.begin(), wishes.end(), wish) == wishes.end())
                stand.output_views.push_back(wish);
            specs.push_back(spec);
        }
        OutputContext context;
        context.desktop = desktop_.get();
        context.gl = gl_.get();
        context.shared_folder = folder_.run().string();
        TRIBUNE_TRY(stand.outputs, Outputs::make(specs, context));
        stand.pacer.emplace(setup->rate.numerator, setup->rate.denominator, monotonic_now());
        followed_.reset();  // the new wall has seen nothing yet
        painter_->prepare(shader_looks(setup));
        stand_ = std::move(stand);
        sound_.start();
        log::info("render_ready", "{} faces by {}.", setup->faces.size(), painter_->description());
        return {};
    }

    void pump_desktop() {
        if (!desktop_) return;
        for (const auto& event : desktop_->poll()) {
            if (const auto* changed = std::get_if<DisplaysChanged>(&event); changed != nullptr && stand_.outputs) {
                stand_.outputs->displays_changed(changed->displays);
            }
        }
    }

    // One frame: its time, the newest of everything, plan, draw, present.
    void frame(const ShowState& known) {
        const auto beat = stand_.pacer->next(monotonic_now());
        wait_until(beat.deadline);
        const auto begun = monotonic_now();
        const StageSpan span(WorkStage::frame, beat.index);
        const auto newest = state_.get();
        const ShowState& state = fits(newest->setup) ? *newest : known;
        // A frame is planned for its own time, not for when we got to it: motion stays even.
        const ShowTime now = follower_.clock().at(beat.deadline);
        const auto& sources = newest_frames(*state.setup, beat.deadline, begun);
        const auto walls = stand_.wall->views(now);
        const auto words = stand_.wall->top_words();
        const auto levels = sound_.levels();
        const auto phones = phones_.get();
        const PlanInput input{
            state,           now,          beat.index,  sources, walls, stand_.looks.look, words.get(),
            second_of_day(), levels.get(), phones.get()};
        follow_recordings(state);
        if (const auto painted = paint(input); !painted) {
            ++failed_;
            if (failed_ % 30 == 1) log::error("frame_failed", "{}", painted.error().message);
        }
        follow_walls(newest);
        present(beat.index);
        const auto done = monotonic_now();
        stand_.pacer->shown(beat, done);
        {
            const StageSpan offering(WorkStage::pictures, beat.index);
            pictures_.offer(*painter_, plan_, sources, done);
        }
        work_ += monotonic_now() - begun;
        ++work_frames_;
        faces_seen(state, walls, sources, beat.index);
    }

    const std::map<SourceName, SourceView>& newest_frames(const Setup& setup, MonotonicTime beat, MonotonicTime now) {
        const StageSpan span(WorkStage::sources);
        return sources_.update(setup, beat, now);
    }

    // Each recorded view is a feed to its process.
    void follow_recordings(const ShowState& state) {
        const auto& wanted = state.stage.recordings;
        std::erase_if(stand_.recorded, [&](const auto& held) {
            return std::none_of(wanted.begin(), wanted.end(), [&](const auto& r) { return r.view == held.first; });
        });
        for (const auto& [view, since] : wanted) {
            if (stand_.recorded.contains(view)) continue;
            const auto face = face_of_view(view);
            const FaceSetup* setup = face ? stand_.setup->face(face->face) : nullptr;
            const bool whole_face = setup != nullptr && face->feed == Feed::full;
            const Size size = setup != nullptr         ? setup->size
                              : view == multiview_view ? multiview_size
                                                       : stand_.setup->faces.front().size;
            const OutputSpec spec{recording_feed(view),
                                  whole_face ? face->face : FaceName(),
                                  "shared",
                                  "",
                                  size,
                                  whole_face ? std::string() : view};
            OutputContext context;
            context.gl = gl_.get();
            context.shared_folder = folder_.run().string();
            auto made = Outputs::make({spec}, context);
            if (!made) log::error(made.error().code, "{}", made.error().message);  // told once: its place is taken
            stand_.recorded.emplace(view, std::pair{ViewWish{spec.view, size}, made ? *std::move(made) : Outputs()});
        }
    }

    // Words for new answers, and for walls that came with this frame's plan.
    void follow_walls(const std::shared_ptr<const ShowState>& newest) {
        if (newest == followed_ && stand_.planner->walls() == walls_) return;
        followed_ = newest;
        walls_ = stand_.planner->walls();
        stand_.wall->follow(newest, walls_);
    }

    void present(std::uint64_t index) {
        const StageSpan span(WorkStage::present, index);
        stand_.outputs->present(*painter_, plan_);
        for (auto& [_, held] : stand_.recorded) held.second.present(*painter_, plan_);
    }

    // What a library throws costs this frame: the last good plan stays.
    Status paint(const PlanInput& input) {
        try {
            {
                const StageSpan span(WorkStage::plan, input.frame_index);
                auto views = stand_.output_views;
                for (const auto& [_, held] : stand_.recorded) {
                    const ViewWish& wish = held.first;
                    if (!wish.name.empty() && std::find(views.begin(), views.end(), wish) == views.end())
                        views.push_back(wish);
                }
                for (auto& wish : pictures_.views_due(*stand_.setup, views, monotonic_now()))
                    views.push_back(std::move(wish));
                plan_ = stand_.planner->plan(input, views);
                for (const auto& run : stand_.planner->stingers()) stinger_faults_[run.name] = run.fault;
            }
            const StageSpan span(WorkStage::paint, input.frame_index);
            return painter_->paint(plan_);
        } catch (const std::exception& thrown) {
            return Error{"frame_failed", thrown.what()};
        }
    }

    void faces_seen(const ShowState& state, const std::map<WallKey, WallView>& walls,
                    const std::map<SourceName, SourceView>& sources, std::uint64_t index) {
        if (monotonic_now() - reported_ < status_every) return;
        faces_.clear();
        for (const auto& face : stand_.setup->faces) {
            FaceHealth health;
            health.name = face.name;
            health.size = face.size;
            const SceneName& shown = state.stage.bus(face.name).scene;
            const auto source = sources.find(SourceName(shown.text));
            const bool slate = state.scenes->scene(shown) == nullptr &&
                               state.captions->caption(CaptionName(shown.text)) == nullptr &&
                               (source == sources.end() || shows_slate(source->second));
            health.shows = slate ? "slate" : shown.text;
            health.frame_index = index;
            for (const auto& planned : walls_) {
                const auto wall = walls.find(planned.key);
                if (planned.face != face.name || wall == walls.end()) continue;
                health.words = wall->second.words;
                health.wall_pages = static_cast<std::uint32_t>(wall->second.pages);
            }
            faces_.push_back(std::move(health));
        }
    }

    void report_now_and_then() {
        const auto now = monotonic_now();
        const double seconds = std::chrono::duration<double>(now - reported_).count();
        if (now - reported_ < status_every) return;
        reported_ = now;
        Actual part;
        const auto counters = stand_.pacer->counters();
        for (auto& face : faces_)
            face.frames_per_second = static_cast<double>(counters.shown - shown_before_) / seconds;
        shown_before_ = counters.shown;
        part.faces = faces_;
        part.seen = sources_.seen();
        for (const auto& report : stand_.outputs->reports()) {
            part.outputs.push_back({report.name, report.face, report.kind, std::string(to_string(report.state)),
                                    report.detail, report.frames, report.view});
        }
        part.render.painter = painter_->description();
        part.render.frames = counters.shown;
        part.render.late = counters.late + counters.dropped;
        part.render.failed = failed_;
        part.render.frame_ms =
            work_frames_ == 0 ? 0 : std::chrono::duration<double, std::milli>(work_).count() / work_frames_;
        part.render.longest_gap_ms =
            std::chrono::duration<double, std::milli>(stand_.pacer->take_longest_gap()).count();
        part.sound = sound_.outputs();
        if (work_frames_ > 0) sound_.set_picture_work(work_ / work_frames_);
        for (const auto& problem : painter_->transition_problems())
            part.render.transitions.push_back({problem.name, problem.error.code, problem.error.message});
        for (const auto& [name, fault] : stinger_faults_)
            if (fault && stand_.setup->stinger(name) != nullptr)
                part.render.transitions.push_back({name, fault->code, fault->message});
        work_ = {};
        work_frames_ = 0;
        (void)follower_.send(Wire::status, {{"actual", encode(part)}});
    }

    // The follower's thread.
    void on_message(Message message) {
        auto body = unpack(message.payload);
        if (!body || !body->is_object()) return;
        if (kind_of(message) == Wire::ring && !message.fds.empty()) {
            const SourceName source(text_field(*body, "source"));
            if (text_field(*body, "medium") == "sound") {
                sound_.add_ring(source, std::move(message.fds.front()));
            } else {
                sources_.add_ring(source, std::move(message.fds.front()));
            }
        } else if (kind_of(message) == Wire::actual) {
            if (auto actual = decode_actual(*body)) sources_.set_health(actual->sources);
        } else if (kind_of(message) == Wire::picture_request) {
            if (const auto state = state_.get()) pictures_.wish(decode_picture_wish(*body), *state);
        }
    }

    ProcessOptions options_;
    DataFolder folder_;
    std::atomic<bool> end_{false};
    SnapshotSlot<ShowState> state_;
    SourceFrames sources_;
    SoundWorker sound_{folder_.run().string(),
                       {[this] { return follower_.clock(); },
                        [this](const SoundLevels& levels) { (void)follower_.send(Wire::levels, encode(levels)); }}};
    PictureService pictures_;
    std::unique_ptr<Shaper> shaper_;
    std::unique_ptr<Desktop> desktop_;
    std::unique_ptr<GlContext> gl_;
    std::unique_ptr<TransitionWorker> transitions_;  // for a painter without GL
    std::unique_ptr<Painter> painter_;
    Stand stand_;
    FramePlan plan_;
    std::shared_ptr<const ShowState> followed_;
    std::vector<PlannedWall> walls_;  // that the wall's worker knows of
    std::vector<FaceHealth> faces_;
    std::map<std::string, std::optional<Error>> stinger_faults_;  // of each one's last run
    MonotonicTime reported_;
    std::uint64_t shown_before_ = 0;
    std::uint64_t failed_ = 0;
    Nanoseconds work_{0};
    int work_frames_ = 0;
    SnapshotSlot<std::string> phones_;  // the address of their page
    Follower follower_;                 // last: its thread uses what stands above
};

}  // namespace

int run_render(const ProcessOptions& options) {
    const StopSignals signals;
    RenderProcess process(options);
    const auto done = process.run(signals);
    if (done) return 0;
    log::error("render_failed", "{}", done.error().message);
    return 1;
}

}  // namespace tribune
