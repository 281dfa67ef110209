// A GL 4.5 core context without a display, for tests and tools.
#pragma once

#include <epoxy/egl.h>
#include <epoxy/gl.h>

#include <cstdio>
#include <cstdlib>

namespace tribune::test {

// Current from construction to destruction. Where there is no such GL the program ends with 77, ctest's "skipped".
class EglContext {
  public:
    EglContext() {
        display_ = eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
        if (display_ == EGL_NO_DISPLAY || eglInitialize(display_, nullptr, nullptr) == EGL_FALSE)
            skip("no EGL display");
        if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE) skip("EGL without OpenGL");
        const EGLint wanted[] = {EGL_CONTEXT_MAJOR_VERSION,
                                 4,
                                 EGL_CONTEXT_MINOR_VERSION,
                                 5,
                                 EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                 EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                 EGL_CONTEXT_OPENGL_DEBUG,
                                 EGL_TRUE,
                                 EGL_NONE};
        context_ = eglCreateContext(display_, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, wanted);
        if (context_ == EGL_NO_CONTEXT) skip("no OpenGL 4.5 core");
        if (eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_FALSE)
            skip("no surfaceless context");
    }
    ~EglContext() {
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        eglDestroyContext(display_, context_);
    }
    EglContext(const EglContext&) = delete;
    EglContext& operator=(const EglContext&) = delete;

  private:
    [[noreturn]] static void skip(const char* why) {
        std::fprintf(stderr, "skipped: %s (install libegl-mesa0 and libgl1-mesa-dri)\n", why);
        std::exit(77);
    }

    EGLDisplay display_ = EGL_NO_DISPLAY;
    EGLContext context_ = EGL_NO_CONTEXT;
};

}  // namespace tribune::test
