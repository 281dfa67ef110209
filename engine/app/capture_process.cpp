// The process of one source: decodes it into a shared-memory ring and tells the engine how it is.
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>

#include "app/data_folder.hpp"
#include "app/follower.hpp"
#include "app/process_options.hpp"
#include "app/signals.hpp"
#include "base/log.hpp"
#include "capture/card_decode.hpp"
#include "capture/sandbox.hpp"
#include "capture/source_kind.hpp"
#include "capture/source_worker.hpp"
#include "show/codec.hpp"

namespace tribune {
namespace {

using std::chrono::milliseconds;

class CaptureProcess : public CaptureSink {
  public:
    explicit CaptureProcess(const ProcessOptions& options)
        : folder_{options.data}, follower_({folder_.socket().string(), options.name},
                                           {[this](const nlohmann::json& welcome) { on_welcome(welcome); },
                                            {},
                                            [this](const Message& message) { on_message(message); },
                                            [this] { stop_.request_stop(); },
                                            {}}) {}

    void ring_ready(int fd, std::uint64_t generation) override {
        const std::lock_guard lock(mutex_);
        ring_ = Fd(dup(fd));
        generation_ = generation;
        send_ring();
    }

    void sound_ready(int fd, std::uint64_t generation) override {
        const std::lock_guard lock(mutex_);
        sound_ = Fd(dup(fd));
        sound_generation_ = generation;
        send_ring();
    }

    void health(const SourceHealth& health) override {
        const std::lock_guard lock(mutex_);
        health_ = encode(health);
        (void)follower_.send(Wire::status, health_);
    }

    void run(const StopSignals& signals) {
        // The signal flag is looked at by a thread of its own: run_source knows only the stop token.
        const std::jthread watch([&](const std::stop_token& done) {
            std::mutex idle;
            std::condition_variable_any wait;
            std::unique_lock lock(idle);
            while (!done.stop_requested() && !signals.raised())
                wait.wait_for(lock, done, milliseconds(100), [] { return false; });
            stop_.request_stop();
        });
        std::optional<SourceConfig> config;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, stop_.get_token(),
                          [&] { return config_.has_value() && (config_->live || feed_.newest().number > 0); });
            config = config_;
        }
        if (!config) return;
        give_up_rights(*config);
        CaptureOptions options;
        options.transport = &feed_;
        options.card = config->card;
        run_source(*config, *this, stop_.get_token(), options);
    }

  private:
    // Also after an engine's restart, which must learn of the ring and the health anew.
    void on_welcome(const nlohmann::json& welcome) {
        auto config = decode_source_config(object_field(welcome, "config"));
        const std::lock_guard lock(mutex_);
        if (!config || (config_ && *config_ != *config)) {
            stop_.request_stop();  // another source by this name: the supervisor starts a process for it
        } else if (!config_) {
            config_ = *std::move(config);
            changed_.notify_all();
        } else {
            send_ring();
            (void)follower_.send(Wire::status, health_);
        }
    }

    void on_message(const Message& message) {
        if (kind_of(message) != Wire::transport) return;
        const auto body = unpack(message.payload);
        if (!body) return;
        const auto transport = decode_transport(*body);
        if (!transport) return;
        feed_.give({*transport, follower_.clock()});
        const std::lock_guard lock(mutex_);  // or it would be missed by one who is about to wait
        changed_.notify_all();
    }

    // What reads no network needs none. Unix sockets stay, to find the engine again when it was restarted.
    static void give_up_rights(const SourceConfig& config) {
        const auto kind = source_kind(config);
        const std::string_view protocols = kind ? (*kind)->protocols : "";
        const bool local = protocols.empty() || protocols == "file";
        const Status done = local ? forbid_network_and_programs(UnixSockets::allowed) : Status{};
        if (!done) log::warning("no_sandbox", "{}", done.error().message);
    }

    void send_ring() {
        if (ring_) send_ring("frames", generation_, ring_);
        if (sound_) send_ring("sound", sound_generation_, sound_);
    }

    void send_ring(const char* medium, std::uint64_t generation, const Fd& ring) {
        (void)follower_.send(
            Wire::ring, {{"source", config_->name.text}, {"medium", medium}, {"generation", generation}}, ring.get());
    }

    DataFolder folder_;
    std::stop_source stop_;
    ClipFeed feed_;
    std::mutex mutex_;  // guards all below but the follower
    std::condition_variable_any changed_;
    std::optional<SourceConfig> config_;
    Fd ring_;
    std::uint64_t generation_ = 0;
    Fd sound_;
    std::uint64_t sound_generation_ = 0;
    nlohmann::json health_ = nlohmann::json::object();
    Follower follower_;  // last: its thread uses all above
};

}  // namespace

int run_capture(const ProcessOptions& options) {
    const StopSignals signals;
    ProcessLimits limits;
    if (card_maps_much()) limits.address_space = RLIM_INFINITY;
    if (const auto limited = limit_process(limits); !limited) log::warning("no_limits", "{}", limited.error().message);
    CaptureProcess process(options);
    process.run(signals);
    return 0;
}

}  // namespace tribune
