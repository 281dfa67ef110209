// The process of the media bin: looks into the files of the show's media folder, in a sandbox, and answers the desks'
// questions about them.
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/data_folder.hpp"
#include "app/follower.hpp"
#include "app/media_bin.hpp"
#include "app/process_options.hpp"
#include "app/signals.hpp"
#include "base/log.hpp"
#include "capture/sandbox.hpp"
#include "show/codec.hpp"

namespace tribune {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Nanoseconds alive_every = milliseconds(500);
constexpr Nanoseconds look_every = seconds(2);

class MediaProcess {
  public:
    explicit MediaProcess(const ProcessOptions& options)
        : folder_{options.data}, follower_({folder_.socket().string(), options.name},
                                           {[this](const nlohmann::json& welcome) { on_welcome(welcome); },
                                            {},
                                            [this](const Message& message) { on_message(message); },
                                            [this] { end(); },
                                            {}}) {}

    void run(const StopSignals& signals) {
        if (!wait_for_folder(signals)) return;
        while (!end_ && !signals.raised()) {
            const bool found = bin_->look([this] { sign_of_life(); });
            sign_of_life();
            const auto until = monotonic_now() + (found ? Nanoseconds{0} : look_every);
            while (!end_ && !signals.raised() && monotonic_now() < until) {
                std::unique_lock lock(mutex_);
                changed_.wait_for(lock, alive_every, [&] { return end_.load(); });
                lock.unlock();
                sign_of_life();
            }
        }
    }

  private:
    bool wait_for_folder(const StopSignals& signals) {
        std::unique_lock lock(mutex_);
        while (!end_ && !signals.raised() && !media_) changed_.wait_for(lock, alive_every);
        if (!media_) return false;
        bin_ = std::make_unique<MediaBin>(*media_, folder_.media());
        return true;
    }

    void on_welcome(const nlohmann::json& welcome) {
        const auto media = text_field(object_field(welcome, "config"), "media");
        {
            const std::lock_guard lock(mutex_);
            if (!media_) media_ = media;
            if (*media_ == media) {
                changed_.notify_all();
                return;
            }
        }
        end();  // another folder: the supervisor starts a process for it
    }

    void on_message(const Message& message) {
        if (kind_of(message) != Wire::picture_request) return;
        const auto body = unpack(message.payload);
        if (!body || !body->is_object()) return;
        const auto wish = decode_picture_wish(*body);
        const std::lock_guard lock(mutex_);
        const auto bytes = answer(wish.name);
        if (bytes) {
            const std::vector<std::uint8_t> binary(bytes->begin(), bytes->end());
            (void)follower_.send(Wire::picture,
                                 {{"token", wish.token}, {"ok", true}, {"bytes", nlohmann::json::binary(binary)}});
        } else {
            (void)follower_.send(Wire::picture, {{"token", wish.token},
                                                 {"ok", false},
                                                 {"code", bytes.error().code},
                                                 {"message", bytes.error().message}});
        }
    }

    // The list for no name, else a file's thumbnail.
    [[nodiscard]] Result<std::string> answer(const std::string& name) const {
        if (!bin_) return Error{"not_ready", "The media folder is being read: ask again in a moment."};
        if (!name.empty()) return bin_->thumbnail(name);
        return bin_->list().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }

    void sign_of_life() {
        const auto now = monotonic_now();
        if (now - told_ < alive_every) return;
        told_ = now;
        (void)follower_.send(Wire::status, nlohmann::json::object());
    }

    void end() {
        end_ = true;
        const std::lock_guard lock(mutex_);
        changed_.notify_all();
    }

    DataFolder folder_;
    std::mutex mutex_;  // guards media_ and bin_ (the pointer: the bin takes any thread)
    std::condition_variable changed_;
    std::optional<std::string> media_;
    std::unique_ptr<MediaBin> bin_;
    MonotonicTime told_;
    std::atomic<bool> end_{false};
    Follower follower_;  // last: its thread uses all above
};

}  // namespace

int run_media(const ProcessOptions& options) {
    const StopSignals signals;
    if (const auto limited = limit_process({}); !limited) log::warning("no_limits", "{}", limited.error().message);
    MediaProcess process(options);
    if (const auto done = forbid_network_and_programs(UnixSockets::allowed); !done)
        log::warning("no_sandbox", "{}", done.error().message);
    process.run(signals);
    return 0;
}

}  // namespace tribune
