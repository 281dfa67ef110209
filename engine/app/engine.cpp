#include "app/engine.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "app/assets.hpp"
#include "app/cues.hpp"
#include "app/process_info.hpp"
#include "app/show_clock.hpp"
#include "app/word_lists.hpp"
#include "base/log.hpp"
#include "base/source_faults.hpp"
#include "base/stages.hpp"
#include "show/codec.hpp"
#include "store/records.hpp"

namespace tribune {
namespace {

using std::chrono::milliseconds;

constexpr Nanoseconds actual_every = milliseconds(500);
constexpr Nanoseconds actual_soonest = milliseconds(100);  // on a change of state
constexpr int busy_retry_ms = 500;
constexpr Nanoseconds try_again = milliseconds(500);          // to write, when it failed
constexpr Nanoseconds same_moment = std::chrono::seconds(1);  // followers that start together ask within it
constexpr Nanoseconds give_up_starting = std::chrono::seconds(2);
constexpr Nanoseconds record_farewell = std::chrono::seconds(5);  // a slow disk takes the last of it
constexpr Nanoseconds capture_silence = std::chrono::seconds(2);  // it reports every second, whatever its source does

const Actor machine{Role::machine, "engine", {}};

}  // namespace

Result<std::unique_ptr<Engine>> Engine::start(const RunOptions& options, const DataFolder& folder, const Setup& setup,
                                              const Keys& keys) {
    JournalOptions journal_options;
    journal_options.set_damaged_aside = options.set_damaged_aside;
    TRIBUNE_TRY(std::unique_ptr<Journal> journal, SqliteJournal::open(folder.journal().string(), journal_options));
    TRIBUNE_TRY(Restored restored, restore(*journal));
    auto state = std::make_shared<const ShowState>(std::move(restored.state));
    TRIBUNE_TRY(Listener listener, Listener::open(folder.socket().string(), wire_limits()));
    const ShowClock clock = choose_clock(folder, journal->epoch(), *state);
    auto engine = std::unique_ptr<Engine>(
        new Engine(options, folder, keys, std::move(journal), std::move(state), clock, std::move(listener)));
    TRIBUNE_CHECK(engine->load(setup));
    engine->mind_sources();
    log::info("engine_started", "Journal at {}, {} answers.", engine->authority_.state()->revision,
              engine->authority_.state()->room.contributions.size());
    return engine;
}

Engine::Engine(const RunOptions& options, DataFolder folder, Keys keys, std::unique_ptr<Journal> journal,
               std::shared_ptr<const ShowState> state, ShowClock clock, Listener listener)
    : options_(options), folder_(std::move(folder)), keys_(folder_, std::move(keys)), clock_(clock),
      journal_(std::move(journal)), authority_(std::move(state), load_flagger(assets_folder() / "words")) {
    committer_ = std::make_unique<GroupCommitter>(*journal_, [this](const CommitReport& report) {
        // As many reports as records can be under way fit, so this never refuses.
        (void)reports_.push(report);
        wake_.wake();
    });
    snapshots_ = std::make_unique<SnapshotTaker>(*committer_, authority_.state()->revision, authority_.state()->at);
    loop_.add(
        wake_.fd(), [] { return static_cast<short>(POLLIN); },
        [this](short) {
            wake_.drain();
            on_commits();
        });
    hub_ =
        std::make_unique<Hub>(loop_, std::move(listener),
                              Hub::Handlers{[this](Connection& c, const nlohmann::json& b) { return on_hello(c, b); },
                                            [this](Connection& c, Message m) { on_message(c, std::move(m)); }});
    supervisor_ = std::make_unique<Supervisor>(loop_, SupervisorOptions{folder_.processes(), folder_.root},
                                               [this](const std::string& name) { on_process_died(name); });
}

Engine::~Engine() { loop_.remove(wake_.fd()); }

void Engine::run_once(Nanoseconds at_most) {
    const auto now = monotonic_now();
    const auto clip_end = Clips::until_end(*authority_.state(), clock_.at(now));
    const auto round_end = until_close(authority_.state()->room, clock_.at(now));
    auto due = cues::until_due(*authority_.state(), clock_.at(now));
    if (due) due = std::max(*due, cues_wait_ - now);
    loop_.run_once(std::min({at_most, clip_end.value_or(at_most), round_end.value_or(at_most), due.value_or(at_most)}));
    hub_->sweep();
    mind_clips();
    mind_cues();
    mind_room();
    mind_sources();
    mind_keys();
    supervisor_->tick();
    try_to_write();
    if (monotonic_now() - packed_at_ > same_moment) packed_.forget();
    const auto since = monotonic_now() - actual_sent_;
    if (since >= actual_every || (actual_changed_ && since >= actual_soonest)) publish_actual();
    hub_->flush();
}

void Engine::stop() {
    // Whoever ends the evening ends its films; a crash does not.
    if (!authority_.state()->stage.recordings.empty()) (void)decide(machine, StopRecord{}, 0, 0);
    hub_->for_each([&](Connection& c) { hub_->send(c, Wire::quit, nlohmann::json::object()); });
    supervisor_->stop();
    while (!supervisor_->stopped()) run_once(milliseconds(20));
    std::error_code ignored;
    std::filesystem::remove(folder_.processes(), ignored);
    snapshots_->take(*authority_.state());
    snapshots_.reset();  // the last snapshot is packed
    committer_.reset();  // and on disk
}

std::optional<Error> Engine::cannot_start() const {
    if (supervisor_->adopted_any()) return std::nullopt;
    for (const auto& [name, failure] : failures_) {
        if (monotonic_now() - failure.first > give_up_starting) return failure.why;
    }
    return std::nullopt;
}

// --- Decisions ----------------------------------------------------------------------------------------------

// The show file's content, on disk before anything rests on it.
Status Engine::load(const Setup& setup) {
    if (*authority_.state()->setup == *with_added(setup, *authority_.state()->setup)) return {};
    TRIBUNE_CHECK(decide(machine, LoadShow{setup}, 0, 0));
    const auto sequence = authority_.state()->revision;
    // Followers wait: nobody is adopted yet.
    while (journal_->last_sequence() < sequence) {
        pollfd committed{wake_.fd(), POLLIN, 0};
        poll(&committed, 1, -1);
        wake_.drain();
        on_commits();
        if (not_kept_) return *not_kept_;
    }
    return {};
}

// A clip that ends hands over at once; then captures hear of it as of all else.
void Engine::mind_clips() {
    if (auto command = Clips::ended(*authority_.state(), clock_.at(monotonic_now()))) {
        if (const auto done = decide(machine, *std::move(command), 0, 0); !done)
            log::error("clip_ended", "{}", done.error().message);
    }
    clips_.tell(*hub_, *authority_.state());
}

// What waits goes on when its time has come.
void Engine::mind_cues() {
    const auto now = monotonic_now();
    if (now < cues_wait_) return;
    auto command = cues::due(*authority_.state(), clock_.at(now), unix_milliseconds_now());
    if (!command) return;
    if (const auto done = decide(machine, *std::move(command), 0, 0); !done) {
        log::error("cues", "{}", done.error().message);
        cues_wait_ = now + try_again;
    }
}

// A round closes itself at its end, and tables are planned. While nothing can be written both wait.
void Engine::mind_room() {
    if (not_kept_) return;
    if (closes_now(authority_.state()->room, clock_.at(monotonic_now()))) (void)decide(machine, StopRound{}, 0, 0);
    if (auto command = rotations_.step(authority_.state()->room)) (void)decide(machine, *std::move(command), 0, 0);
}

// Sources and recordings come and go while the show runs.
void Engine::mind_sources() {
    const auto& sources = authority_.state()->setup->sources;
    const auto& recordings = authority_.state()->stage.recordings;
    if (started_for_ == sources && recording_for_ == recordings) return;
    started_for_ = sources;
    recording_for_ = recordings;
    supervisor_->want(children());
}

// Whoever came with a key that is void is closed by the process that let them in.
void Engine::mind_keys() {
    if (!keys_.look(monotonic_now(), *authority_.state()->setup)) return;
    if (Connection* net = hub_->first_of("net")) hub_->send(*net, Wire::keys, {{"keys", keys_.keys()}});
}

Status Engine::decide(const Actor& actor, Command command, std::uint64_t connection, std::uint64_t token) {
    const auto before = authority_.state();
    const Uuid* id = nullptr;
    Uuid submitted;
    if (const auto* submit = std::get_if<Submit>(&command)) {
        submitted = submit->id;
        id = &submitted;
    }
    auto record = apply(actor, std::move(command));
    if (!record) {
        if (record.error().code == "already_stored" && id != nullptr) {
            // Perhaps still on its way to the disk: acknowledged when all before it is there.
            waiting_.push_back({authority_.stored_sequence(*id), connection, token});
            on_commits();
            return {};
        }
        return record.error();
    }
    const Durability durability = kind_of(record->command).durability;
    if (not_kept_) return act_unwritten(before, durability, *not_kept_, connection, token);
    if (const auto taken = committer_->submit(to_row(*record)); !taken) {
        return act_unwritten(before, durability, taken.error(), connection, token);
    }
    fan_out(*record);
    if (token != 0) {
        if (durability == Durability::picture) {
            answer(connection, token, record->stamp.sequence);
        } else {
            waiting_.push_back({record->stamp.sequence, connection, token});
        }
    }
    snapshots_->consider(*authority_.state());
    return {};
}

Result<Record> Engine::apply(const Actor& actor, Command command) {
    const StageSpan span(WorkStage::apply, authority_.state()->revision + 1);
    return authority_.decide(actor, std::move(command), clock_.at(monotonic_now()), unix_milliseconds_now());
}

void Engine::fan_out(const Record& record) {
    const StageSpan span(WorkStage::fan_out, record.stamp.sequence);
    const std::string packed = pack(encode(record));
    hub_->for_each([&](Connection& c) {
        if (c.wants_state) hub_->send_packed(c, Wire::record, packed);
    });
}

void Engine::answer(std::uint64_t connection, std::uint64_t token, const Result<std::uint64_t>& sequence,
                    int retry_after_ms) {
    Connection* to = hub_->find(connection);
    if (to == nullptr || token == 0) return;  // the asker is gone: it connects again and asks again
    if (sequence) {
        hub_->send(*to, Wire::result, {{"token", token}, {"ok", true}, {"sequence", *sequence}});
    } else {
        hub_->send(*to, Wire::result,
                   {{"token", token},
                    {"ok", false},
                    {"code", sequence.error().code},
                    {"message", sequence.error().message},
                    {"retry_after_ms", retry_after_ms}});
    }
}

void Engine::on_request(Connection& from, const nlohmann::json& body) {
    const auto token = number_field(body, "token");
    auto actor = decode_actor(object_field(body, "actor"));
    if (!actor) return answer(from.id, token, actor.error());
    // Who listens to the network speaks for people only, and nobody else speaks for them.
    if (from.process != "net" || actor->role == Role::machine) {
        return answer(from.id, token, Error{"forbidden", "This process may not speak for them."});
    }
    auto command = decode_command(object_field(body, "command"));
    if (!command) return answer(from.id, token, command.error());
    const auto done = decide(*actor, *std::move(command), from.id, token);
    if (done) return;
    const auto& code = done.error().code;
    const bool later = code == "busy" || code == "journal_halted" || code == "storage_failed" || code == "storage_lost";
    answer(from.id, token, done.error(), later ? busy_retry_ms : 0);
}

void Engine::on_commits() {
    for (const auto& report : reports_.drain(GroupCommitter::queue_bound + 16)) {
        if (!report.error) {
            if (trial_) written_again();
            continue;
        }
        // The pages know this code; tablets send again.
        not_kept_ =
            Error{report.error->code == "storage_lost" ? "storage_lost" : "storage_failed", report.error->message};
        tried_ = monotonic_now();
        if (trial_) {
            trial_.reset();
            (void)committer_->resume();
        } else {
            rollback_due_ = true;
        }
    }
    const auto on_disk = journal_->last_sequence();
    if (on_disk != told_on_disk_) {
        told_on_disk_ = on_disk;
        hub_->for_each([&](Connection& c) { send_on_disk(c); });
    }
    while (!waiting_.empty() && waiting_.front().sequence <= on_disk) {
        const Waiting done = waiting_.front();
        waiting_.pop_front();
        answer(done.connection, done.token, done.sequence);
    }
    if (rollback_due_) roll_back();
}

// What was decided since the last commit is void: back to what the disk holds, for us and for every follower. Only
// the pictures stay as they are.
void Engine::roll_back() {
    const Error busy{"busy", "The journal could not be written; send this again."};
    for (const auto& waiting : waiting_) answer(waiting.connection, waiting.token, busy, busy_retry_ms);
    waiting_.clear();
    auto state = restore(*journal_);
    if (!state) {
        log::error("restore_failed", "{}", state.error().message);
        return;
    }
    rollback_due_ = false;
    const auto before = authority_.state();
    authority_.go_on_from(std::make_shared<const ShowState>((*std::move(state)).state));
    if (*authority_.state()->setup == *before->setup) {
        stage_owed_ = authority_.state()->stage != before->stage;
        authority_.keep_stage(before->stage);
    }
    send_state_to_all();
    if (const auto resumed = committer_->resume(); !resumed) {
        log::error("storage_lost", "{} Nothing is acknowledged any more: mend the disk and start again.",
                   resumed.error().message);
    }
    actual_changed_ = true;
}

// --- Followers ----------------------------------------------------------------------------------------------

std::vector<ChildSpec> Engine::children() const {
    const auto child = [&](const std::string& kind, const std::string& name) {
        ChildSpec spec{
            name,
            {"process", kind, "--name", name, "--data", folder_.root.string(), "--assets", options_.assets.string()}};
        if (!options_.trace.empty()) spec.arguments.emplace_back("--trace");
        if (kind == "capture") spec.silence = capture_silence;
        return spec;
    };
    // Started in this order: the faces take longest to come.
    std::vector<ChildSpec> specs{child("render", "render"), child("net", "net")};
    auto& render = specs.front().arguments;
    render.insert(render.end(), {"--painter", options_.painter});
    if (options_.allow_software_gl) render.emplace_back("--allow-software-gl");
    specs.push_back(child("media", "media"));
    for (const auto& source : authority_.state()->setup->sources) {
        specs.push_back(child("capture", "capture/" + source.name.text));
    }
    for (const auto& recording : authority_.state()->stage.recordings) {
        specs.push_back(child("record", "record/" + recording.view));
        specs.back().farewell = record_farewell;
    }
    return specs;
}

bool Engine::on_hello(Connection& from, const nlohmann::json& hello) {
    if (!supervisor_->hello(from.name, from.pid, text_field(hello, "build") == build_id())) return false;
    from.wants_state = from.process == "net" || from.process == "render";
    // A process has one line: an older one of the same name is a leftover.
    hub_->for_each([&](Connection& c) {
        if (c.name == from.name && c.id != from.id) c.ending = true;
    });
    hub_->send(from, Wire::welcome,
               {{"clock_offset", clock_.offset.count()}, {"epoch", journal_->epoch()}, {"config", config_for(from)}});
    if (from.wants_state) send_state(from);
    if (from.process == "render") {
        for (const auto& [name, ring] : rings_) {
            const int fd = ring.fd.get();
            hub_->send(from, Wire::ring, ring.body, std::span(&fd, 1));
        }
    }
    if (from.wants_state) hub_->send(from, Wire::actual, encode(actual_));
    actual_changed_ = true;
    return true;
}

void Engine::send_state_to_all() {
    hub_->for_each([&](Connection& c) {
        if (c.wants_state) send_state(c);
    });
}

void Engine::send_state(Connection& to) {
    packed_at_ = monotonic_now();
    hub_->send_packed(to, Wire::snapshot, packed_.bytes(authority_.state()));
    send_on_disk(to);
}

void Engine::send_on_disk(Connection& to) {
    if (to.process == "net") hub_->send(to, Wire::on_disk, {{"sequence", journal_->last_sequence()}});
}

void Engine::on_message(Connection& from, Message message) {
    auto body = unpack(message.payload);
    if (!body || !body->is_object()) {
        log::error("bad_message", "{} does not speak as it should; it starts again.", from.name);
        from.ending = true;
        return;
    }
    switch (kind_of(message)) {
        case Wire::request: return on_request(from, *body);
        case Wire::status: return on_status(from, *body);
        case Wire::ring: return on_ring(from, *body, message);
        case Wire::picture_request: return on_picture_request(from, *body);
        case Wire::picture: return on_picture(*std::move(body));
        case Wire::stages: return pass_stages(from.name, *std::move(body));
        case Wire::levels: return pass_levels(from, message.payload);
        default: from.ending = true;
    }
}

void Engine::on_status(Connection& from, const nlohmann::json& body) {
    if (const auto& failed = object_field(body, "failed"); !failed.empty()) {
        Error why{text_field(failed, "code"), text_field(failed, "message")};
        log::error("process_failed", "{} cannot work: {}", from.name, why.message);
        // Later it is a fault among others: it is tried again for ever.
        if (!worked_.contains(from.name)) failures_.try_emplace(from.name, Failure{std::move(why), monotonic_now()});
        return;
    }
    // Of all messages this one alone comes from the loop that does the work.
    supervisor_->alive(from.name);
    worked_.insert(from.name);
    failures_.erase(from.name);
    if (from.process == "capture") {
        auto health = decode_source_health(body);
        if (!health || "capture/" + health->name.text != from.name) return;
        if (auto command = Clips::found(*authority_.state(), *health)) (void)decide(machine, *std::move(command), 0, 0);
        const auto at = std::find_if(actual_.sources.begin(), actual_.sources.end(),
                                     [&](const auto& s) { return s.name == health->name; });
        if (at == actual_.sources.end()) {
            actual_.sources.push_back(*std::move(health));
            actual_changed_ = true;
        } else {
            if (at->state != health->state || at->reason != health->reason || at->clip != health->clip)
                actual_changed_ = true;
            *at = *std::move(health);
        }
        return;
    }
    auto part = decode_actual(object_field(body, "actual"));
    if (!part) return;
    if (from.process == "record") {
        on_recording(from, part->recordings);
    } else if (from.process == "net") {
        actual_.net = part->net;
        if (part->surface_faults != actual_.surface_faults) actual_changed_ = true;
        actual_.surfaces = std::move(part->surfaces);
        actual_.surface_faults = std::move(part->surface_faults);
        port_ = static_cast<int>(number_field(body, "port"));
        if (const auto obs = static_cast<int>(number_field(body, "obs_port")); obs != 0) obs_port_ = obs;
    } else {
        if (part->outputs != actual_.outputs) actual_changed_ = true;
        actual_.faces = std::move(part->faces);
        actual_.outputs = std::move(part->outputs);
        actual_.seen = std::move(part->seen);
        actual_.render = part->render;
        if (part->sound != actual_.sound) actual_changed_ = true;
        actual_.sound = std::move(part->sound);
    }
}

void Engine::on_recording(const Connection& from, const std::vector<RecordingHealth>& told) {
    if (told.empty() || "record/" + told.front().view != from.name) return;
    auto& known = actual_.recordings;
    const auto at =
        std::find_if(known.begin(), known.end(), [&](const auto& r) { return r.view == told.front().view; });
    if (at == known.end() || at->state != told.front().state || at->file != told.front().file) actual_changed_ = true;
    if (at == known.end()) {
        known.push_back(told.front());
    } else {
        *at = told.front();
    }
}

void Engine::on_ring(Connection& from, const nlohmann::json& body, Message& message) {
    if (from.process != "capture" || message.fds.empty() || "capture/" + text_field(body, "source") != from.name)
        return;
    Ring& ring = rings_[text_field(body, "source") + "/" + text_field(body, "medium")];
    ring = {body, std::move(message.fds.front())};
    const int fd = ring.fd.get();
    hub_->for_each([&](Connection& c) {
        if (c.process == "render") hub_->send(c, Wire::ring, ring.body, std::span(&fd, 1));
    });
}

void Engine::on_picture_request(Connection& from, const nlohmann::json& body) {
    PictureWish wish = decode_picture_wish(body);
    Connection* maker = hub_->first_of(wish.kind == "media" ? "media" : "render");
    if (maker == nullptr) {
        hub_->send(from, Wire::picture,
                   {{"token", wish.token},
                    {"ok", false},
                    {"code", "no_picture"},
                    {"message", "The pictures are being started; ask again in a second."}});
        return;
    }
    if (picture_routes_.size() >= most_picture_routes) picture_routes_.erase(picture_routes_.begin());
    picture_routes_[next_picture_] = {from.id, wish.token};
    wish.token = next_picture_++;
    hub_->send(*maker, Wire::picture_request, encode(wish));
}

void Engine::on_picture(nlohmann::json body) {
    const auto route = picture_routes_.find(number_field(body, "token"));
    if (route == picture_routes_.end()) return;
    if (Connection* to = hub_->find(route->second.connection)) {
        body["token"] = route->second.token;
        hub_->send(*to, Wire::picture, body);
    }
    picture_routes_.erase(route);
}

// To the pages' process, which tells monitoring. A process speaks for itself only.
void Engine::pass_stages(const std::string& process, nlohmann::json body) {
    body["process"] = process;
    if (Connection* pages = hub_->first_of("net")) hub_->send(*pages, Wire::stages, body);
}

// To the pages' process, as they came: never kept.
void Engine::pass_levels(const Connection& from, const std::string& packed) {
    if (from.process != "render") return;
    if (Connection* pages = hub_->first_of("net")) hub_->send_packed(*pages, Wire::levels, packed);
}

void Engine::on_process_died(const std::string& name) {
    if (const auto slash = name.find('/'); slash != std::string::npos) {
        const auto source = name.substr(slash + 1);
        std::erase_if(rings_, [&](const auto& ring) { return ring.first.starts_with(source + "/"); });
        std::erase_if(actual_.recordings, [&](const auto& r) { return "record/" + r.view == name; });
        for (auto& health : actual_.sources) {
            if ("capture/" + health.name.text != name) continue;
            health.state = SourceState::lost;
            const Error died = fault("process_died");
            health.code = died.code;
            health.reason = died.message;
        }
    }
    actual_changed_ = true;
}

void Engine::publish_actual() {
    actual_.journal = committer_->health();
    if (not_kept_) {
        actual_.journal.storage_ok = false;
        actual_.journal.reason = not_kept_->message;
    }
    actual_.processes = supervisor_->health();
    ProcessHealth own = process_info(getpid());
    own.name = "engine";
    own.state = "running";
    own.up_seconds = std::chrono::duration<double>(monotonic_now() - began_).count();
    actual_.processes.insert(actual_.processes.begin(), std::move(own));
    const auto& sources = authority_.state()->setup->sources;
    std::erase_if(actual_.sources, [&](const auto& health) {
        return std::none_of(sources.begin(), sources.end(), [&](const auto& s) { return s.name == health.name; });
    });
    const auto& recordings = authority_.state()->stage.recordings;
    std::erase_if(actual_.recordings, [&](const auto& health) {
        return std::none_of(recordings.begin(), recordings.end(), [&](const auto& r) { return r.view == health.view; });
    });
    const std::string packed = pack(encode(actual_));
    hub_->for_each([&](Connection& c) {
        if (c.wants_state) hub_->send_packed(c, Wire::actual, packed);
    });
    pass_stages("engine", encode(stage_times()));
    actual_sent_ = monotonic_now();
    actual_changed_ = false;
}

}  // namespace tribune
