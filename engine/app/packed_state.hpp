// A state as the followers get it: packed once, however many ask for it at one moment. Thread: one.
#pragma once

#include <memory>
#include <string>

#include "show/state.hpp"

namespace tribune {

class PackedState {
  public:
    // Valid until the next call.
    const std::string& bytes(const std::shared_ptr<const ShowState>& state);
    // Its bytes are let go: tens of megabytes on a full night.
    void forget();

  private:
    std::shared_ptr<const ShowState> of_;
    std::string bytes_;
};

}  // namespace tribune
