#include "displays/desktop.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "displays/sdl_handle.hpp"
#include "displays/xrandr_watch.hpp"

namespace tribune {
namespace {

constexpr auto quiet_time = std::chrono::milliseconds(10);

DisplayList displays_by_sdl() {
    DisplayList out;
    for (int i = 0; i < SDL_GetNumVideoDisplays(); ++i) {
        DisplayInfo info;
        SDL_Rect r{};
        if (SDL_GetDisplayBounds(i, &r) != 0) continue;
        const char* name = SDL_GetDisplayName(i);
        info.connector = name ? name : fmt::format("display {}", i + 1);
        info.bounds = {static_cast<double>(r.x), static_cast<double>(r.y), static_cast<double>(r.w),
                       static_cast<double>(r.h)};
        SDL_DisplayMode mode{};
        if (SDL_GetCurrentDisplayMode(i, &mode) == 0) info.refresh_hz = mode.refresh_rate;
        out.push_back(std::move(info));
    }
    return out;
}

KeyPress key_press(const SDL_KeyboardEvent& e) {
    return {SDL_GetKeyName(e.keysym.sym), (e.keysym.mod & KMOD_CTRL) != 0, (e.keysym.mod & KMOD_SHIFT) != 0,
            (e.keysym.mod & KMOD_ALT) != 0};
}

}  // namespace

struct Desktop::State {
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { SDL_QuitSubSystem(SDL_INIT_VIDEO); }

    std::unique_ptr<XrandrWatch> xrandr;  // on X11
    DisplayList displays;
    std::optional<MonotonicTime> changed;  // when the last untold change was seen
};

Desktop::Desktop(std::unique_ptr<State> state) : state_(std::move(state)) {}
Desktop::~Desktop() = default;

Result<std::unique_ptr<Desktop>> Desktop::open() {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "1");
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
    SDL_SetMainReady();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return Error{"no_desktop", fmt::format("No display can be opened ({}); run with --headless, or set DISPLAY.",
                                               SDL_GetError())};
    const std::string_view driver = SDL_GetCurrentVideoDriver();
    if (SDL_getenv("SDL_VIDEODRIVER") == nullptr && (driver == "offscreen" || driver == "dummy")) {
        // SDL's last resort: windows that nobody sees.
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
        return Error{"no_desktop", "No display can be opened (none answers); run with --headless, or set DISPLAY."};
    }
    auto state = std::make_unique<State>();
    SDL_DisableScreenSaver();
    if (driver == "x11") state->xrandr = XrandrWatch::open();
    state->displays = state->xrandr ? state->xrandr->list() : displays_by_sdl();
    return std::unique_ptr<Desktop>(new Desktop(std::move(state)));
}

std::vector<DesktopEvent> Desktop::poll() {
    std::vector<DesktopEvent> out;
    SDL_Event e;
    while (SDL_PollEvent(&e) != 0) {
        if (e.type == SDL_QUIT || (e.type == SDL_WINDOWEVENT && e.window.event == SDL_WINDOWEVENT_CLOSE)) {
            out.emplace_back(QuitAsked{});
        } else if (e.type == SDL_KEYDOWN && e.key.repeat == 0) {
            out.emplace_back(key_press(e.key));
        } else if (e.type == SDL_DISPLAYEVENT) {
            state_->changed = monotonic_now();
        }
    }
    if (state_->xrandr && state_->xrandr->changed()) state_->changed = monotonic_now();
    if (state_->changed && monotonic_now() - *state_->changed >= quiet_time) {
        state_->changed.reset();
        auto now = state_->xrandr ? state_->xrandr->list() : displays_by_sdl();
        if (now != state_->displays) {
            state_->displays = now;
            out.emplace_back(DisplaysChanged{std::move(now)});
        }
    }
    return out;
}

const DisplayList& Desktop::displays() const { return state_->displays; }
std::string Desktop::driver() const { return SDL_GetCurrentVideoDriver(); }
Result<std::unique_ptr<GlContext>> Desktop::create_gl() { return SdlContext::create(); }

}  // namespace tribune
