#include "app/render/sound_worker.hpp"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "app/wire.hpp"
#include "base/log.hpp"
#include "displays/pacer.hpp"

namespace tribune {
namespace {

using std::chrono::milliseconds;

constexpr Nanoseconds device_waiting = milliseconds(30);  // what a device holds between two blocks
constexpr Nanoseconds levels_every = milliseconds(100);
constexpr Nanoseconds too_late = milliseconds(200);  // after a sleep of the machine: begin anew
constexpr Nanoseconds fresh = milliseconds(1000);    // a bell rung so long ago is rung whole; an older one goes on

double in_ms(Nanoseconds t) { return std::chrono::duration<double, std::milli>(t).count(); }

}  // namespace

SoundWorker::SoundWorker(std::string shared_folder, Handlers handlers)
    : shared_folder_(std::move(shared_folder)), handlers_(std::move(handlers)) {}

SoundWorker::~SoundWorker() { stop(); }

void SoundWorker::stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
}

void SoundWorker::start() {
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void SoundWorker::add_ring(const SourceName& source, Fd fd) {
    const std::lock_guard lock(mutex_);
    new_rings_[source] = std::move(fd);
}

std::vector<SoundOutputHealth> SoundWorker::outputs() const {
    const std::lock_guard lock(mutex_);
    return health_;
}

void SoundWorker::run() {
    pthread_setname_np(pthread_self(), "sound");
    MonotonicTime start = monotonic_now();
    std::int64_t block = 0;
    while (!stop_) {
        const MonotonicTime begins = start + sound_length(block * static_cast<std::int64_t>(Mixer::block_samples));
        wait_until(begins);
        if (monotonic_now() - begins > too_late) {
            start = monotonic_now();
            block = 0;
            continue;
        }
        mix_block(begins);
        ++block;
    }
}

void SoundWorker::mix_block(MonotonicTime begins) {
    const auto state = state_.get();
    if (!state) return;
    if (!setup_ || *setup_ != *state->setup) set_up(*state->setup);
    setup_ = state->setup;
    take_rings(*setup_);
    read_rings();
    const MonotonicTime heard = begins + latency();
    settings_at(*state, heard);
    ring_bell(*state, heard);
    const auto& buses = mixer_.mix(settings_, heard);
    for (auto& out : outs_) {
        if (!out.output) continue;
        const Mixer::Block& block = out.setup.bus == "monitor" ? buses.monitor : buses.master;
        if (!out.feed) {
            out.output->play(block, heard);
        } else if (out.output->ready()) {
            out.output->play(out.feed->next(block, out.output->waiting()), heard);
        } else {
            out.feed->pause();
        }
    }
    if (begins - told_ >= levels_every) tell(begins);
}

// From mixing to hearing, of the hall's output.
Nanoseconds SoundWorker::latency() const {
    for (const auto& out : outs_) {
        if (out.output && out.setup.bus == "master")
            return out.output->latency() + (out.feed ? device_waiting : Nanoseconds{0});
    }
    return Nanoseconds{0};
}

void SoundWorker::set_up(const Setup& setup) {
    if (setup_ && setup_->sound_outputs == setup.sound_outputs) return;
    outs_.clear();  // the old ones let go of their devices first
    for (const auto& wanted : setup.sound_outputs) {
        Out out;
        out.setup = wanted;
        auto made = make_sound_output({wanted.name, wanted.kind, wanted.device, shared_folder_});
        if (made) {
            out.output = *std::move(made);
            if (out.output->own_clock()) out.feed.emplace(device_waiting);
        } else {
            out.failure = made.error().message;
            log::error(made.error().code, "{}", out.failure);
        }
        outs_.push_back(std::move(out));
    }
    // For recordings, whether there are any or not: a reader costs nothing until it comes.
    auto recorded = make_sound_output({OutputName(recording_sound), "shared", "", shared_folder_});
    if (!recorded) return log::error(recorded.error().code, "{}", recorded.error().message);
    Out out;
    out.setup = {OutputName(recording_sound), "master", "shared", ""};
    out.output = *std::move(recorded);
    outs_.push_back(std::move(out));
}

void SoundWorker::take_rings(const Setup& setup) {
    std::erase_if(rings_, [&](const auto& ring) { return setup.source(ring.first) == nullptr; });
    std::map<SourceName, Fd> rings;
    {
        const std::lock_guard lock(mutex_);
        for (auto at = new_rings_.begin(); at != new_rings_.end();) {
            auto ring = at++;  // the others wait until the setup knows their source
            if (setup.source(ring->first) != nullptr) rings.insert(new_rings_.extract(ring));
        }
    }
    for (auto& [source, fd] : rings) {
        auto reader = SoundRingReader::open(fd.get());
        if (reader) {
            rings_.insert_or_assign(source, *std::move(reader));
        } else {
            log::error("ring_refused", "The sound of {} cannot be read: {}", source.text, reader.error().message);
        }
    }
}

void SoundWorker::read_rings() {
    for (auto at = rings_.begin(); at != rings_.end();) {
        auto& [source, ring] = *at;
        auto block = ring.next();
        for (; block && *block; block = ring.next()) mixer_.push(source, **block);
        if (!block) {
            log::error("ring_lies", "The sound of {} is refused: {}", source.text, block.error().message);
            at = rings_.erase(at);
            continue;
        }
        if (const auto clock = ring.clock()) mixer_.set_clock(source, *clock);
        ++at;
    }
}

void SoundWorker::settings_at(const ShowState& state, MonotonicTime heard) {
    const auto present = sound_presence(state, handlers_.clock().at(heard));
    settings_.channels.clear();
    for (const auto& source : state.setup->sources) {
        const SoundChannel wanted = state.stage.sound.channel(source.name);
        const auto presence = present.find(source.name);
        settings_.channels[source.name] = {wanted.gain_db <= least_gain_db ? silent_db : wanted.gain_db,
                                           wanted.mute,
                                           wanted.solo,
                                           wanted.pan,
                                           milliseconds(wanted.delay_ms),
                                           presence == present.end() ? 0 : presence->second};
    }
    const SoundMaster& master = state.stage.sound.master;
    settings_.master_gain_db = master.gain_db;
    settings_.master_mute = master.mute;
    settings_.limiter = master.limiter;
    // A picture that was published waits half a frame, on average, for the next one to be drawn.
    const auto& rate = state.setup->rate;
    settings_.picture_lag = Nanoseconds{1'000'000'000LL * rate.denominator / (2LL * rate.numerator) + picture_work_ns_};
}

void SoundWorker::ring_bell(const ShowState& state, MonotonicTime heard) {
    const auto& rung = state.stage.sound.bell;
    if (bell_known_ && rung == bell_) return;
    bell_known_ = true;
    bell_ = rung;
    if (!rung) return;
    const MonotonicTime at = handlers_.clock().monotonic(*rung);
    const MonotonicTime next = heard + sound_length(Limiter::look_ahead);
    mixer_.strike_bell(at < next && next - at < fresh ? next : at);
}

void SoundWorker::tell(MonotonicTime now) {
    told_ = now;
    const MixReport report = mixer_.report();
    SoundLevels levels;
    for (const auto& c : report.channels) {
        ChannelLevel level;
        level.source = c.source;
        level.sounding = c.sounding;
        level.peak_left_db = c.level.peak_left_db;
        level.peak_right_db = c.level.peak_right_db;
        level.rms_db = c.level.rms_db;
        level.presence = settings_.channels[c.source].presence;
        level.late_ms = c.lateness ? in_ms(*c.lateness) : 0;
        level.ran_out = c.counters.ran_out;
        level.jumps = c.counters.jumps;
        levels.channels.push_back(std::move(level));
    }
    levels.master_left_db = report.master.peak_left_db;
    levels.master_right_db = report.master.peak_right_db;
    levels.monitor_left_db = report.monitor.peak_left_db;
    levels.monitor_right_db = report.monitor.peak_right_db;
    levels.limiter_db = report.reduction_db;
    levels.momentary_lufs = report.loudness.momentary_lufs;
    levels.short_term_lufs = report.loudness.short_term_lufs;
    levels.integrated_lufs = report.loudness.integrated_lufs;
    levels.true_peak_db = report.loudness.true_peak_db;
    handlers_.levels(levels);
    levels_.publish(std::make_shared<const SoundLevels>(levels));

    std::vector<SoundOutputHealth> health;
    for (const auto& out : outs_) {
        if (out.setup.name.text == recording_sound) continue;
        SoundOutputHealth one{out.setup.name, out.setup.bus, out.setup.kind, "lost", out.failure, 0, 0};
        if (out.output) {
            const SoundReport said = out.output->report();
            one.state = said.ok ? "ok" : "lost";
            one.detail = said.detail;
            one.latency_ms = in_ms(out.output->latency() + (out.feed ? device_waiting : Nanoseconds{0}));
            if (out.feed) one.breaks = out.feed->ran_dry() + out.feed->overflowed();
        }
        health.push_back(std::move(one));
    }
    const std::lock_guard lock(mutex_);
    health_ = std::move(health);
}

}  // namespace tribune
