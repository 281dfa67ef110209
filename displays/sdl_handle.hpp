// Owners for SDL's windows and contexts, and the context shared by all windows. Inside displays/ only.
#pragma once

#include <SDL.h>

#include <memory>

#include "displays/gl_context.hpp"

namespace tribune {

struct DestroyWindow {
    void operator()(SDL_Window* w) const { SDL_DestroyWindow(w); }
};
using WindowHandle = std::unique_ptr<SDL_Window, DestroyWindow>;

class SdlContext final : public GlContext {
  public:
    // Error no_gl.
    static Result<std::unique_ptr<GlContext>> create();
    SdlContext(const SdlContext&) = delete;
    SdlContext& operator=(const SdlContext&) = delete;
    ~SdlContext() override;

    Status make_current() override { return make_current(home_.get()); }
    Status make_current(SDL_Window* window);
    [[nodiscard]] std::string description() const override;

  private:
    SdlContext(WindowHandle home, SDL_GLContext context) : home_(std::move(home)), context_(context) {}

    WindowHandle home_;  // never shown: what the context is current on when no output is being drawn
    SDL_GLContext context_;
};

}  // namespace tribune
