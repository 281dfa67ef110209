// An OpenGL 4.5 core context, current on one thread. Draw to framebuffers; windows are blitted to.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"

namespace tribune {

class GlContext {
  public:
    virtual ~GlContext() = default;

    // Without any window: EGL's device platform (NVIDIA), then Mesa's surfaceless one. Current when it returns.
    // Error no_gl when neither gives 4.5 core.
    static Result<std::unique_ptr<GlContext>> create_headless();

    // On the calling thread.
    virtual Status make_current() = 0;
    // How it came about, for logs: "EGL device", "EGL surfaceless", "SDL x11".
    [[nodiscard]] virtual std::string description() const = 0;
};

}  // namespace tribune
