// Displays of an X server by XRandR, since SDL 2.26 misses outputs that go away. A connection of its own.
#pragma once

#include <memory>
#include <optional>

#include "displays/display_list.hpp"

namespace tribune {

// Thread: one.
class XrandrWatch {
  public:
    // Null when there is no X server or its RandR is older than 1.3.
    static std::unique_ptr<XrandrWatch> open();
    ~XrandrWatch();

    // Outputs that show a part of the desktop (with a CRTC), left to right, top to bottom.
    [[nodiscard]] DisplayList list() const;

    // True when something changed since the last call. Never waits.
    bool changed();

  private:
    struct State;
    explicit XrandrWatch(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace tribune
