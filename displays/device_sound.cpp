// A sound device, by SDL. It is opened, watched and opened again on a thread of its own: while it is away the show goes
// on in silence.
#include <SDL.h>
#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/log.hpp"
#include "displays/sound_output.hpp"

namespace tribune {
namespace {

using namespace std::chrono_literals;

constexpr Uint16 device_samples = 512;  // taken at once
constexpr Nanoseconds watch_interval = 200ms;
constexpr Nanoseconds first_back_off = 1s;  // doubles with each failure
constexpr Nanoseconds last_back_off = 15s;

class DeviceSound final : public SoundOutput {
  public:
    explicit DeviceSound(std::string wanted) : wanted_(std::move(wanted)) {
        thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
    }

    [[nodiscard]] bool own_clock() const override { return true; }
    [[nodiscard]] bool ready() const override {
        const std::lock_guard lock(mutex_);
        return device_ != 0;
    }
    [[nodiscard]] Nanoseconds waiting() const override {
        const std::lock_guard lock(mutex_);
        return device_ == 0 ? Nanoseconds{0} : queued();
    }
    // What the device holds: it plays one piece while it has the next.
    [[nodiscard]] Nanoseconds latency() const override { return 3 * sound_length(device_samples) / 2; }

    void play(std::span<const StereoSample> samples, MonotonicTime) override {
        const std::lock_guard lock(mutex_);
        if (device_ != 0 && !samples.empty())
            SDL_QueueAudio(device_, samples.data(), static_cast<Uint32>(samples.size_bytes()));
    }

    [[nodiscard]] SoundReport report() const override {
        const std::lock_guard lock(mutex_);
        return {device_ != 0, detail_};
    }

  private:
    [[nodiscard]] Nanoseconds queued() const {
        return sound_length(static_cast<std::int64_t>(SDL_GetQueuedAudioSize(device_) / sizeof(StereoSample)));
    }

    void watch(const std::stop_token& stop) {
        Nanoseconds back_off = first_back_off;
        while (!stop.stop_requested()) {
            if (open()) {
                back_off = first_back_off;
                while (!stop.stop_requested() && playing()) rest(stop, watch_interval);
                close(stop.stop_requested() ? "" : "The sound device is gone.");
            }
            rest(stop, back_off);
            back_off = std::min(2 * back_off, last_back_off);
        }
        SDL_TLSCleanup();  // SDL frees its errors only in threads that it began
    }

    bool open() {
        SDL_AudioSpec spec{};
        spec.freq = sound_rate_hz;
        spec.format = AUDIO_F32SYS;
        spec.channels = 2;
        spec.samples = device_samples;
        SDL_AudioDeviceID device = 0;
        const bool ready = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
        // SDL converts to what the device wants.
        if (ready) device = SDL_OpenAudioDevice(wanted_.empty() ? nullptr : wanted_.c_str(), 0, &spec, nullptr, 0);
        const std::string error = SDL_GetError();
        if (device == 0 && ready) SDL_QuitSubSystem(SDL_INIT_AUDIO);
        const char* driver = SDL_GetCurrentAudioDriver();
        const std::lock_guard lock(mutex_);
        device_ = device;
        if (device == 0) {
            const std::string detail = fmt::format("No sound device ({}): connect one, or name another.", error);
            if (detail != detail_) log::warning("no_sound_device", "{}", detail);
            detail_ = detail;
            return false;
        }
        detail_ = fmt::format("{} ({})", wanted_.empty() ? "the system's choice" : wanted_, driver ? driver : "SDL");
        SDL_PauseAudioDevice(device, 0);
        return true;
    }

    [[nodiscard]] bool playing() const {
        const std::lock_guard lock(mutex_);
        return SDL_GetAudioDeviceStatus(device_) == SDL_AUDIO_PLAYING;
    }

    void close(const std::string& why) {
        SDL_AudioDeviceID device = 0;
        {
            const std::lock_guard lock(mutex_);
            std::swap(device, device_);
            detail_ = why;
        }
        if (!why.empty()) log::warning("sound_device_lost", "{}", why);
        SDL_CloseAudioDevice(device);
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }

    void rest(const std::stop_token& stop, Nanoseconds time) {
        std::unique_lock lock(idle_);
        wake_.wait_for(lock, stop, time, [] { return false; });
    }

    const std::string wanted_;
    mutable std::mutex mutex_;  // guards the two below
    SDL_AudioDeviceID device_ = 0;
    std::string detail_ = "is being opened";
    std::mutex idle_;
    std::condition_variable_any wake_;
    std::jthread thread_;  // last
};

}  // namespace

extern const SoundKind device_sound_kind;
const SoundKind device_sound_kind{"device", [](const SoundSpec& spec) -> Result<std::unique_ptr<SoundOutput>> {
                                      return std::unique_ptr<SoundOutput>(std::make_unique<DeviceSound>(spec.device));
                                  }};

}  // namespace tribune
