#include "show/state.hpp"

#include "show/edits.hpp"

namespace tribune {

Setup::Setup() = default;
Setup::Setup(const Setup&) = default;
Setup::Setup(Setup&&) noexcept = default;
Setup& Setup::operator=(const Setup&) = default;
Setup& Setup::operator=(Setup&&) noexcept = default;
Setup::~Setup() = default;
bool Setup::operator==(const Setup&) const = default;

Stage::Stage() = default;
Stage::Stage(const Stage&) = default;
Stage::Stage(Stage&&) noexcept = default;
Stage& Stage::operator=(const Stage&) = default;
Stage& Stage::operator=(Stage&&) noexcept = default;
Stage::~Stage() = default;
bool Stage::operator==(const Stage&) const = default;

ShowState::ShowState()
    : setup(std::make_shared<const Setup>()), scenes(std::make_shared<const SceneBook>()),
      captions(std::make_shared<const CaptionBook>()), rundown(std::make_shared<const Rundown>()),
      edits(std::make_shared<const EditHistory>()), surfaces(std::make_shared<const SurfaceBook>()) {}
ShowState::ShowState(const ShowState&) = default;
ShowState::ShowState(ShowState&&) noexcept = default;
ShowState& ShowState::operator=(const ShowState&) = default;
ShowState& ShowState::operator=(ShowState&&) noexcept = default;
ShowState::~ShowState() = default;

}  // namespace tribune
