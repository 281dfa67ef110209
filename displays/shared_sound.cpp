// Sound for another program on this machine, through a ring that it gets over a socket.
#include <fmt/format.h>

#include <vector>

#include "displays/sound_output.hpp"
#include "link/listener.hpp"
#include "link/sound_ring.hpp"

namespace tribune {
namespace {

constexpr std::size_t most_readers = 8;

class SharedSound final : public SoundOutput {
  public:
    SharedSound(SoundRingWriter ring, Listener listener) : ring_(std::move(ring)), listener_(std::move(listener)) {}

    void play(std::span<const StereoSample> samples, MonotonicTime heard) override {
        welcome();
        ring_.publish(heard.since_boot, heard, samples);
    }
    [[nodiscard]] SoundReport report() const override { return {true, fmt::format("{} readers", readers_.size())}; }

  private:
    // Lets in who waits, lets go who has left.
    void welcome() {
        std::erase_if(readers_, [](Channel& reader) { return !reader.receive(); });
        auto waiting = listener_.accept();
        if (!waiting || !*waiting || readers_.size() >= most_readers) return;
        const int fd = ring_.fd();
        if ((*waiting)->send(shared_sound_message, "", {&fd, 1})) readers_.push_back(std::move(**waiting));
    }

    SoundRingWriter ring_;
    Listener listener_;
    std::vector<Channel> readers_;
};

}  // namespace

std::string shared_sound_socket(const std::string& folder, const OutputName& output) {
    return fmt::format("{}/{}.sound", folder, output.text);
}

extern const SoundKind shared_sound_kind;
const SoundKind shared_sound_kind{
    "shared", [](const SoundSpec& spec) -> Result<std::unique_ptr<SoundOutput>> {
        TRIBUNE_TRY(auto ring, SoundRingWriter::create(1));
        TRIBUNE_TRY(auto listener, Listener::open(shared_sound_socket(spec.shared_folder, spec.name)));
        return std::unique_ptr<SoundOutput>(std::make_unique<SharedSound>(std::move(ring), std::move(listener)));
    }};

}  // namespace tribune
