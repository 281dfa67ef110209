// A show for the server's tests: the pure engine behind a queue and a thread of its own, as the real one is.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/queue.hpp"
#include "net/server.hpp"

namespace tribune::test {

inline Setup small_setup(int tables = 1000) {
    Setup setup;
    setup.title = "Test";
    setup.tables = tables;
    for (const char* name : {"north", "east", "south", "west"}) {
        FaceSetup face;
        face.name = FaceName(name);
        face.size = {960, 540};
        setup.faces.push_back(face);
    }
    for (const char* name : {"cam1", "cam2"}) {
        SourceConfig source;
        source.name = SourceName(name);
        source.url = "lavfi:testsrc";
        setup.sources.push_back(source);
    }
    setup.opening_source = SourceName("cam1");
    setup.opening_question = "Que faut-il changer ?";
    return setup;
}

inline std::map<std::string, std::string> test_keys() {
    std::map<std::string, std::string> keys;
    for (const char* name : {"technician", "producer", "director", "facilitator", "observer", "rehearsal"}) {
        keys[name] = std::string("key-of-") + name;
    }
    for (int table = 1; table <= 20; ++table) {
        keys["table/" + std::to_string(table)] = "key-of-table-" + std::to_string(table);
    }
    keys["obs-websocket"] = "another-password";
    return keys;
}

class TestShow final : public ServerHost {
  public:
    explicit TestShow(ServerOptions options = {}, bool open_round = true, const Setup& setup = small_setup()) {
        options.port = 0;
        if (options.keys.empty()) options.keys = test_keys();
        if (!decide(LoadShow{setup}) || (open_round && !decide(StartRound{}))) {
            throw std::runtime_error("the test's own show is faulty");
        }
        auto server = Server::start(std::move(options), *this);
        if (!server) throw std::runtime_error(server.error().message);
        server_ = *std::move(server);
        server_->journal("epoch-1", ShowClock{});
        server_->state_changed(std::make_shared<const ShowState>(state_));
        server_->on_disk(state_.revision);
        thread_ = std::thread([this] { run(); });
    }
    ~TestShow() override {
        work_.close();
        thread_.join();
        server_->stop();
    }

    [[nodiscard]] int port() const { return server_->port(); }
    Server& server() { return *server_; }

    // Makes the host answer busy, or hold its answers back.
    void set_busy(bool busy) {
        const std::lock_guard lock(mutex_);
        busy_ = busy;
    }
    void hold(bool held) {
        {
            const std::lock_guard lock(mutex_);
            held_ = held;
        }
        changed_.notify_all();
    }
    // False: what is decided from here on is never said to be on disk.
    void set_commits(bool commit) {
        const std::lock_guard lock(mutex_);
        commits_ = commit;
    }
    // Without one, pictures are answered at once with `picture_bytes`.
    void keep_pictures(bool keep) {
        const std::lock_guard lock(mutex_);
        keep_pictures_ = keep;
    }
    std::vector<std::pair<std::uint64_t, PictureRequest>> pictures_asked() {
        const std::lock_guard lock(mutex_);
        return pictures_;
    }
    std::size_t contributions() {
        const std::lock_guard lock(mutex_);
        return state_.room.contributions.size();
    }
    void republish() {
        const std::lock_guard lock(mutex_);
        server_->state_changed(std::make_shared<const ShowState>(state_));
        server_->on_disk(state_.revision);
    }
    std::vector<std::string> texts() {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> out;
        for (const auto& c : state_.room.contributions) out.push_back(c.text);
        return out;
    }
    // As the machine itself.
    void load(const Setup& setup) {
        {
            const std::lock_guard lock(mutex_);
            if (!decide(LoadShow{setup})) throw std::runtime_error("the test's own show is faulty");
        }
        republish();
    }
    ShowState state() {
        const std::lock_guard lock(mutex_);
        return state_;
    }
    // Who asked last.
    Actor last_actor() {
        const std::lock_guard lock(mutex_);
        return last_actor_;
    }
    std::size_t asked() {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

    bool request(std::uint64_t token, Actor actor, Command command) override {
        {
            const std::lock_guard lock(mutex_);
            ++asked_;
            if (busy_) return false;
        }
        return work_.push({token, std::move(actor), std::move(command)});
    }
    void picture(std::uint64_t token, PictureRequest request) override {
        {
            const std::lock_guard lock(mutex_);
            pictures_.emplace_back(token, request);
            if (keep_pictures_) return;
        }
        server_->picture_ready(token, std::make_shared<const std::string>("JPEG of " + request.name));
    }
    void print(std::uint64_t token, PrintRequest request) override {
        if (request.of == PrintRequest::Of::seat_cards) {
            server_->printed(token, Error{"no_rotation", "Nobody has a seat yet."});
        } else {
            server_->printed(token, std::make_shared<const std::string>("PDF for " + request.host));
        }
    }

  private:
    struct Work {
        std::uint64_t token = 0;
        Actor actor;
        Command command;
    };

    bool commits() {
        const std::lock_guard lock(mutex_);
        return commits_;
    }

    Result<std::uint64_t> decide(const Command& command, const Actor& actor = {}) {
        if (const auto* submit = std::get_if<Submit>(&command)) {
            const auto* stored = state_.room.find(submit->id);
            if (stored != nullptr && stored->text == submit->text) return stored->sequence;
        }
        auto next = apply(state_, command, {state_.revision + 1, ShowClock{}.at(monotonic_now()), 0}, actor);
        if (!next) return next.error();
        state_ = *std::move(next);
        state_.revision = ++revision_;
        return revision_;
    }

    void run() {
        for (;;) {
            auto batch = work_.pop_batch(256);
            if (batch.empty()) return;
            std::vector<std::pair<std::uint64_t, Result<std::uint64_t>>> results;
            std::shared_ptr<const ShowState> now;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [&] { return !held_; });
                for (const auto& w : batch) {
                    last_actor_ = w.actor;
                    results.emplace_back(w.token, decide(w.command, w.actor));
                    if (!results.back().second) continue;
                    if (auto move = move_of({{state_.revision, state_.at, 0}, w.actor, w.command}))
                        server_->moved(*std::move(move));
                }
                now = std::make_shared<const ShowState>(state_);
            }
            server_->state_changed(now);
            if (commits()) server_->on_disk(now->revision);
            for (auto& [token, result] : results) server_->result(token, std::move(result));
        }
    }

    std::mutex mutex_;  // guards what follows, up to the queue
    std::condition_variable changed_;
    ShowState state_;
    std::uint64_t revision_ = 0;
    bool busy_ = false;
    bool held_ = false;
    bool commits_ = true;
    bool keep_pictures_ = false;
    std::size_t asked_ = 0;
    Actor last_actor_;
    std::vector<std::pair<std::uint64_t, PictureRequest>> pictures_;

    BoundedQueue<Work> work_{100'000};
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

inline std::string uuid(unsigned n) {
    Uuid id;
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    for (unsigned i = 0; i < 4; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i));
    return to_string(id);
}

}  // namespace tribune::test
