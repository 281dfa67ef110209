// Nothing is heard: sound is mixed in real time all the same, for meters and for those who watch from afar.
#include "displays/sound_output.hpp"

namespace tribune {
namespace {

class NoSound final : public SoundOutput {
  public:
    void play(std::span<const StereoSample>, MonotonicTime) override {}
    [[nodiscard]] SoundReport report() const override { return {true, "not heard anywhere"}; }
};

}  // namespace

extern const SoundKind none_sound_kind;
const SoundKind none_sound_kind{"none", [](const SoundSpec&) -> Result<std::unique_ptr<SoundOutput>> {
                                    return std::unique_ptr<SoundOutput>(std::make_unique<NoSound>());
                                }};

}  // namespace tribune
