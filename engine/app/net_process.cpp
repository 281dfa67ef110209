// The process that speaks with pages, tablets and phones.
#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

#include "app/data_folder.hpp"
#include "app/follower.hpp"
#include "app/likeness_worker.hpp"
#include "app/own_address.hpp"
#include "app/print_shop.hpp"
#include "app/process_options.hpp"
#include "app/signals.hpp"
#include "base/log.hpp"
#include "net/message.hpp"
#include "net/server.hpp"
#include "show/codec.hpp"

namespace tribune {
namespace {

using std::chrono::milliseconds;

constexpr Nanoseconds status_every = milliseconds(500);
constexpr int busy_retry_ms = 500;

std::vector<std::string> texts_field(const nlohmann::json& body, const char* name) {
    std::vector<std::string> texts;
    if (!body.contains(name)) return texts;
    for (const auto& item : body[name])
        if (item.is_string()) texts.push_back(item.get<std::string>());
    return texts;
}

std::map<std::string, std::string> keys_in(const nlohmann::json& body) {
    std::map<std::string, std::string> keys;
    for (const auto& [name, key] : object_field(body, "keys").items())
        if (key.is_string()) keys[name] = key.get<std::string>();
    return keys;
}

// Between the server (its thread) and the engine (the follower's thread).
class NetProcess : public ServerHost {
  public:
    explicit NetProcess(const ProcessOptions& options)
        : options_(options), folder_{options.data}, likeness_(options.assets / "words",
                                                              [this](std::string message) {
                                                                  const std::lock_guard lock(mutex_);
                                                                  suggestions_ = std::move(message);
                                                                  if (server_) server_->suggestions(suggestions_);
                                                              }),
          follower_(
              {folder_.socket().string(), options.name},
              {[this](const nlohmann::json& welcome) { on_welcome(welcome); }, nullptr,
               [this](Message message) { on_message(std::move(message)); }, [this] { end(); }, [this] { on_lost(); },
               [this](std::shared_ptr<const ShowState> state) { on_state(std::move(state)); },
               [this](const Record& record) { on_record(record); }}) {}

    bool request(std::uint64_t token, Actor actor, Command command) override {
        {
            const std::lock_guard lock(mutex_);
            asked_.insert(token);
        }
        if (follower_.send(Wire::request, {{"token", token}, {"actor", encode(actor)}, {"command", encode(command)}}))
            return true;
        const std::lock_guard lock(mutex_);
        asked_.erase(token);
        return false;
    }

    void picture(std::uint64_t token, PictureRequest request) override {
        const PictureWish wish{token, std::string(net::picture_kinds.at(static_cast<std::size_t>(request.of))),
                               request.name, request.encoding == PictureRequest::Encoding::png ? "png" : "jpg",
                               request.width};
        if (!follower_.send(Wire::picture_request, encode(wish))) {
            const std::lock_guard lock(mutex_);
            if (server_)
                server_->picture_ready(token, Error{"no_picture", "The engine is away; ask again in a second."});
        }
    }

    void print(std::uint64_t token, PrintRequest request) override {
        const std::lock_guard lock(mutex_);
        const std::string guessed = server_ ? pages_address(text_field(config_, "address"), server_->port()) : "";
        if (!shop_.order({token, std::move(request), state_, keys_, guessed}) && server_)
            server_->printed(token, Error{"busy", "Much is being printed: try again in a few seconds."});
    }

    void run(const StopSignals& signals) {
        while (!end_ && !signals.raised()) {
            report();
            std::unique_lock lock(mutex_);
            const auto told = server_ != nullptr;
            changed_.wait_for(lock, status_every, [&] { return end_ || (server_ && !told); });
        }
        // Out of the lock: the service thread may be in picture(), waiting for it.
        std::unique_ptr<Server> server;
        {
            const std::lock_guard lock(mutex_);
            server = std::move(server_);
        }
        if (server) server->stop();
    }

  private:
    void end() {
        const std::lock_guard lock(mutex_);
        end_ = true;
        changed_.notify_all();
    }

    void on_welcome(const nlohmann::json& welcome) {
        const auto& config = object_field(welcome, "config");
        const std::lock_guard lock(mutex_);
        if (end_) return;
        if (!server_) {
            start(config);
        } else if (!serves(config)) {
            end_ = true;  // another address or port: the supervisor starts a process for it
            changed_.notify_all();
        } else {
            keys_ = keys_in(config);
            server_->keys(keys_);
        }
        if (server_) server_->journal(text_field(welcome, "epoch"), follower_.clock());
        if (server_ && !suggestions_.empty()) server_->suggestions(suggestions_);
    }

    void start(const nlohmann::json& config) {
        ServerOptions server;
        server.address = text_field(config, "address");
        server.port = static_cast<int>(number_field(config, "port"));
        server.obs_port = static_cast<int>(number_field(config, "obs_port"));
        server.data_folder = text_field(config, "data");
        const auto& control = object_field(config, "control");
        if (control.contains("osc_port") && control["osc_port"].is_number_integer())
            server.osc.port = control["osc_port"].get<int>();
        server.osc.senders = texts_field(control, "osc_from");
        server.osc.listeners = texts_field(control, "osc_to");
        server.tally = texts_field(control, "tally");
        if (flag_field(control, "midi")) server.midi = MidiOptions{"/dev/snd"};
        keys_ = keys_in(config);
        server.keys = keys_;
        auto pages = load_pages((options_.assets / "web" / "dist").string());
        if (pages) {
            server.pages = *std::move(pages);
        } else {
            log::error("no_pages", "{}", pages.error().message);
        }
        auto started = Server::start(std::move(server), *this);
        if (!started) {
            // The engine decides whether that ends a show that is being started; else the supervisor tries again.
            (void)follower_.send(Wire::status,
                                 {{"failed", {{"code", started.error().code}, {"message", started.error().message}}}});
            end_ = true;
            changed_.notify_all();
            return;
        }
        server_ = *std::move(started);
        config_ = config;
        turns_.reset();
        changed_.notify_all();  // its port is told at once
    }

    [[nodiscard]] bool serves(const nlohmann::json& config) const {
        const auto port = static_cast<int>(number_field(config, "port"));
        const auto obs_port = static_cast<int>(number_field(config, "obs_port"));
        return object_field(config, "control") == object_field(config_, "control") &&
               text_field(config, "address") == text_field(config_, "address") &&
               (port == 0 || port == server_->port()) &&
               (obs_port == 0 || server_->obs_port() == 0 || obs_port == server_->obs_port());
    }

    void on_record(const Record& record) {
        auto move = move_of(record);
        const std::lock_guard lock(mutex_);
        if (move && server_) server_->moved(*std::move(move));
    }

    void on_state(std::shared_ptr<const ShowState> state) {
        const std::lock_guard lock(mutex_);
        state_ = state;
        likeness_.follow(state);
        if (server_) server_->state_changed(std::move(state));
    }

    void on_message(Message message) {
        auto body = unpack(message.payload);
        const std::lock_guard lock(mutex_);
        if (!body || !body->is_object() || !server_) return;
        const auto token = number_field(*body, "token");
        const bool ok = flag_field(*body, "ok");
        if (kind_of(message) == Wire::on_disk) {
            server_->on_disk(number_field(*body, "sequence"));
        } else if (kind_of(message) == Wire::keys) {
            keys_ = keys_in(*body);
            server_->keys(keys_);
        } else if (kind_of(message) == Wire::stages) {
            server_->stages(text_field(*body, "process"), decode_stage_times(*body));
        } else if (kind_of(message) == Wire::levels) {
            if (auto levels = decode_sound_levels(*body))
                server_->levels(std::make_shared<const SoundLevels>(*std::move(levels)));
        } else if (kind_of(message) == Wire::actual) {
            if (auto actual = decode_actual(*body)) server_->actual(std::make_shared<const Actual>(*std::move(actual)));
        } else if (kind_of(message) == Wire::result) {
            asked_.erase(token);
            if (ok) {
                server_->result(token, number_field(*body, "sequence"));
            } else {
                server_->result(token, Error{text_field(*body, "code"), text_field(*body, "message")},
                                static_cast<int>(number_field(*body, "retry_after_ms")));
            }
        } else if (kind_of(message) == Wire::picture) {
            if (ok && body->contains("bytes") && (*body)["bytes"].is_binary()) {
                const auto& bytes = (*body)["bytes"].get_binary();
                server_->picture_ready(token, std::make_shared<const std::string>(bytes.begin(), bytes.end()));
            } else {
                server_->picture_ready(token, Error{text_field(*body, "code"), text_field(*body, "message")});
            }
        }
    }

    // What the engine did not answer before it went may be stored or not: the asker sends it again.
    void on_lost() {
        const std::lock_guard lock(mutex_);
        for (const auto token : asked_) {
            if (server_) server_->result(token, Error{"busy", "The engine is away; send this again."}, busy_retry_ms);
        }
        asked_.clear();
    }

    // A sign of life only when the thread that serves the room has turned since the last one.
    void report() {
        Actual part;
        int port = 0;
        int obs_port = 0;
        {
            const std::lock_guard lock(mutex_);
            if (!server_ || server_->turns() == turns_) return;
            turns_ = server_->turns();
            part.net = server_->health();
            auto report = server_->surfaces();
            part.surfaces = std::move(report.surfaces);
            part.surface_faults = std::move(report.faults);
            port = server_->port();
            obs_port = server_->obs_port();
        }
        (void)follower_.send(Wire::status, {{"actual", encode(part)},
                                            {"port", static_cast<std::uint64_t>(port)},
                                            {"obs_port", static_cast<std::uint64_t>(obs_port)}});
    }

    ProcessOptions options_;
    DataFolder folder_;
    std::mutex
        mutex_;  // guards server_ (the pointer: the server itself takes any thread), config_, asked_ and prints' input
    std::condition_variable changed_;
    std::unique_ptr<Server> server_;
    nlohmann::json config_;                    // that server_ was started with
    std::optional<std::uint64_t> turns_;       // of server_, at the last sign of life
    std::unordered_set<std::uint64_t> asked_;  // requests the engine has not answered
    std::map<std::string, std::string> keys_;  // what is printed is made of these
    std::shared_ptr<const ShowState> state_;
    std::atomic<bool> end_{false};
    PrintShop shop_{[this](std::uint64_t token, Result<Bytes> pdf) {
        const std::lock_guard lock(mutex_);
        if (server_) server_->printed(token, std::move(pdf));
    }};
    std::string suggestions_;  // guarded by mutex_: the last message for facilitators
    LikenessWorker likeness_;  // its thread uses what is above
    Follower follower_;        // last: its thread uses all above
};

}  // namespace

int run_net(const ProcessOptions& options) {
    const StopSignals signals;
    NetProcess process(options);
    process.run(signals);
    return 0;
}

}  // namespace tribune
