#include <fmt/format.h>

#include "displays/sdl_handle.hpp"

namespace tribune {

Result<std::unique_ptr<GlContext>> SdlContext::create() {
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 4);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 5);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    WindowHandle home(SDL_CreateWindow("tribune", 0, 0, 16, 16, SDL_WINDOW_OPENGL | SDL_WINDOW_HIDDEN));
    SDL_GLContext context = home ? SDL_GL_CreateContext(home.get()) : nullptr;
    if (!context)
        return Error{
            "no_gl",
            fmt::format("No OpenGL 4.5 window can be made ({}); install a graphics driver, or draw on the CPU.",
                        SDL_GetError())};
    return std::unique_ptr<GlContext>(new SdlContext(std::move(home), context));
}

SdlContext::~SdlContext() { SDL_GL_DeleteContext(context_); }

Status SdlContext::make_current(SDL_Window* window) {
    if (SDL_GL_MakeCurrent(window, context_) == 0) return {};
    return Error{"no_gl", fmt::format("A window cannot be drawn to ({}).", SDL_GetError())};
}

std::string SdlContext::description() const { return fmt::format("SDL {}", SDL_GetCurrentVideoDriver()); }

}  // namespace tribune
