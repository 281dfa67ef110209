// This process's hold on the window system: SDL video, its events, the displays there are. Main thread only.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "displays/display_list.hpp"
#include "displays/gl_context.hpp"

namespace tribune {

struct QuitAsked {
    bool operator==(const QuitAsked&) const = default;
};
struct KeyPress {
    std::string key;  // SDL's name: "A", "1", "Escape", "F11"
    bool control = false;
    bool shift = false;
    bool alt = false;
    bool operator==(const KeyPress&) const = default;
};
struct DisplaysChanged {
    DisplayList displays;
    bool operator==(const DisplaysChanged&) const = default;
};
using DesktopEvent = std::variant<QuitAsked, KeyPress, DisplaysChanged>;

class Desktop {
  public:
    // Takes SDL's driver from the environment (SDL_VIDEODRIVER=offscreen for tests). Error no_desktop.
    // SDL leaves signals alone, never minimises on focus loss, and the screen saver is off while this lives.
    static Result<std::unique_ptr<Desktop>> open();
    ~Desktop();
    Desktop(const Desktop&) = delete;
    Desktop& operator=(const Desktop&) = delete;

    // What happened since the last call. Never waits. Changes of displays are told once they have been quiet for
    // 10 ms, as one.
    std::vector<DesktopEvent> poll();

    [[nodiscard]] const DisplayList& displays() const;
    [[nodiscard]] std::string driver() const;

    // One context for all windows made afterwards by outputs; current when it returns. Must die before the desktop.
    Result<std::unique_ptr<GlContext>> create_gl();

  private:
    struct State;
    explicit Desktop(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace tribune
