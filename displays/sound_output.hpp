// Where sound goes. One file per kind, listed in CMakeLists.txt.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/sound_block.hpp"

namespace tribune {

struct SoundSpec {
    OutputName name;
    std::string kind;
    std::string device;         // a sound device's name; "" = the system's own choice
    std::string shared_folder;  // for sockets of shared outputs
};

struct SoundReport {
    bool ok = true;      // false: it is silent, and tries again by itself
    std::string detail;  // the device, or what is wrong with it
};

// Thread: the mixer's. Nothing here waits for a device.
class SoundOutput {
  public:
    virtual ~SoundOutput() = default;

    // Whether it takes samples by a clock of its own: what it is given must then follow waiting().
    [[nodiscard]] virtual bool own_clock() const { return false; }
    // False while it is away: what it is given then is lost.
    [[nodiscard]] virtual bool ready() const { return true; }
    // How much it holds that was not heard yet; meaningless without a clock of its own.
    [[nodiscard]] virtual Nanoseconds waiting() const { return Nanoseconds{0}; }
    // From play() to hearing, beyond what waiting() tells.
    [[nodiscard]] virtual Nanoseconds latency() const { return Nanoseconds{0}; }

    // The first of these is to be heard at that moment.
    virtual void play(std::span<const StereoSample> samples, MonotonicTime heard) = 0;

    [[nodiscard]] virtual SoundReport report() const = 0;
};

struct SoundKind {
    std::string_view name;
    Result<std::unique_ptr<SoundOutput>> (*make)(const SoundSpec& spec);
};
std::span<const SoundKind* const> sound_kinds();

// Errors: unknown_sound_kind, and those of the kinds.
Result<std::unique_ptr<SoundOutput>> make_sound_output(const SoundSpec& spec);

// What a reader of a shared output gets first, with the descriptor of a sound ring: its blocks' presentation and
// arrival are the moment they are heard, on this machine's clock.
inline constexpr std::uint32_t shared_sound_message = 1;
std::string shared_sound_socket(const std::string& folder, const OutputName& output);

}  // namespace tribune
