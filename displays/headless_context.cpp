#include <epoxy/egl.h>
#include <fmt/format.h>

#include <array>

#include "displays/gl_context.hpp"

namespace tribune {
namespace {

constexpr EGLenum platform_surfaceless = 0x31DD;  // EGL_MESA_platform_surfaceless
constexpr EGLint most_devices = 16;

class HeadlessContext final : public GlContext {
  public:
    HeadlessContext(EGLDisplay display, EGLContext context, std::string description)
        : display_(display), context_(context), description_(std::move(description)) {}
    HeadlessContext(const HeadlessContext&) = delete;
    HeadlessContext& operator=(const HeadlessContext&) = delete;
    ~HeadlessContext() override {
        eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        eglDestroyContext(display_, context_);
        eglTerminate(display_);
    }

    Status make_current() override {
        if (eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_TRUE) return {};
        return Error{"no_gl",
                     fmt::format("The GL context cannot be used on this thread (EGL error {:#x}).", eglGetError())};
    }
    [[nodiscard]] std::string description() const override { return description_; }

  private:
    EGLDisplay display_;
    EGLContext context_;
    std::string description_;
};

// Null when this display does not give 4.5 core without a surface.
std::unique_ptr<GlContext> try_display(EGLDisplay display, const std::string& description) {
    if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) != EGL_TRUE) return nullptr;
    constexpr std::array<EGLint, 7> wanted{
        EGL_CONTEXT_MAJOR_VERSION,           4,       EGL_CONTEXT_MINOR_VERSION, 5, EGL_CONTEXT_OPENGL_PROFILE_MASK,
        EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
    EGLContext context = EGL_NO_CONTEXT;
    if (eglBindAPI(EGL_OPENGL_API) == EGL_TRUE)
        context = eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, wanted.data());
    if (context == EGL_NO_CONTEXT) {
        eglTerminate(display);
        return nullptr;
    }
    auto made = std::make_unique<HeadlessContext>(display, context, description);
    if (!made->make_current()) return nullptr;
    return made;
}

bool software(EGLDeviceEXT device) {
    const char* extensions = eglQueryDeviceStringEXT(device, EGL_EXTENSIONS);
    return extensions && std::string_view(extensions).find("EGL_MESA_device_software") != std::string_view::npos;
}

}  // namespace

Result<std::unique_ptr<GlContext>> GlContext::create_headless() {
    if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_device") &&
        epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_device_enumeration")) {
        std::array<EGLDeviceEXT, most_devices> devices{};
        EGLint count = 0;
        eglQueryDevicesEXT(most_devices, devices.data(), &count);
        for (EGLint i = 0; i < count; ++i) {
            const EGLDeviceEXT device = devices[static_cast<std::size_t>(i)];
            if (software(device)) continue;  // Mesa's own comes better through the surfaceless platform
            if (auto made =
                    try_display(eglGetPlatformDisplayEXT(EGL_PLATFORM_DEVICE_EXT, device, nullptr), "EGL device"))
                return made;
        }
    }
    if (epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless")) {
        if (auto made = try_display(eglGetPlatformDisplayEXT(platform_surfaceless, EGL_DEFAULT_DISPLAY, nullptr),
                                    "EGL surfaceless"))
            return made;
    }
    return Error{"no_gl", "No OpenGL 4.5 was found; install a graphics driver, or draw on the CPU."};
}

}  // namespace tribune
