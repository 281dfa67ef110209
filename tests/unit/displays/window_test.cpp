// Windows on SDL's offscreen driver and a context without any window, on software GL.
#include <SDL.h>
#include <epoxy/gl.h>

#include <catch2/catch.hpp>
#include <cstdlib>

#include "displays/output.hpp"
#include "unit/displays/painter_double.hpp"

namespace tribune {
namespace {

constexpr Size face{160, 90};
const std::vector<std::string> names{"north", "east", "south", "west"};

std::unique_ptr<Desktop> open_desktop() {
    setenv("SDL_VIDEODRIVER", "offscreen", 1);
    auto desktop = Desktop::open();
    REQUIRE(desktop);
    return *std::move(desktop);
}

std::vector<OutputSpec> four(const std::string& display = "") {
    std::vector<OutputSpec> out;
    for (const auto& n : names) out.push_back({OutputName{n}, FaceName{n}, "window", display, face});
    return out;
}

// SDL's own windows, to look at from outside.
SDL_Window* window_titled(const std::string& title) {
    for (Uint32 id = 1; id < 1000; ++id) {
        SDL_Window* w = SDL_GetWindowFromID(id);
        if (w && title == SDL_GetWindowTitle(w)) return w;
    }
    return nullptr;
}

SDL_Rect place_of(SDL_Window* w) {
    SDL_Rect r{};
    SDL_GetWindowPosition(w, &r.x, &r.y);
    SDL_GetWindowSize(w, &r.w, &r.h);
    return r;
}

// The picture in a framebuffer, first row on top as the painters have it.
class GlPainterDouble final : public PainterDouble {
  public:
    GlPainterDouble() : PainterDouble(face) {
        glCreateTextures(GL_TEXTURE_2D, 1, &texture_);
        glTextureStorage2D(texture_, 1, GL_RGBA8, face.width, face.height);
        const auto view = pixels(0);
        glTextureSubImage2D(texture_, 0, 0, 0, face.width, face.height, GL_BGRA, GL_UNSIGNED_BYTE, view.data);
        glCreateFramebuffers(1, &framebuffer_);
        glNamedFramebufferTexture(framebuffer_, GL_COLOR_ATTACHMENT0, texture_, 0);
    }
    [[nodiscard]] std::uint32_t framebuffer(std::size_t) const override { return framebuffer_; }

  private:
    GLuint texture_ = 0;
    GLuint framebuffer_ = 0;
};

}  // namespace

TEST_CASE("a context without windows gives 4.5 core and draws") {
    auto context = GlContext::create_headless();
    REQUIRE(context);
    GLint major = 0, minor = 0;
    glGetIntegerv(GL_MAJOR_VERSION, &major);
    glGetIntegerv(GL_MINOR_VERSION, &minor);
    CHECK(major * 10 + minor >= 45);
    GLuint texture = 0, framebuffer = 0;
    glCreateTextures(GL_TEXTURE_2D, 1, &texture);
    glTextureStorage2D(texture, 1, GL_RGBA8, 4, 4);
    glCreateFramebuffers(1, &framebuffer);
    glNamedFramebufferTexture(framebuffer, GL_COLOR_ATTACHMENT0, texture, 0);
    const float red[4] = {1, 0, 0, 1};
    glClearNamedFramebufferfv(framebuffer, GL_COLOR, 0, red);
    std::uint32_t pixel = 0;
    glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer);
    glReadPixels(1, 1, 1, 1, GL_BGRA, GL_UNSIGNED_BYTE, &pixel);
    CHECK(pixel == 0xffff0000);
}

TEST_CASE("four faces without a graphics card are four tiles, titled, side by side, upright") {
    const auto desktop = open_desktop();
    REQUIRE_FALSE(desktop->displays().empty());
    OutputContext context;
    context.desktop = desktop.get();
    auto outputs = Outputs::make(four(), context);
    REQUIRE(outputs);
    PainterDouble painter(face);
    outputs->present(painter, plan_with_faces(names));
    std::vector<SDL_Rect> places;
    for (const auto& name : names) {
        SDL_Window* window = window_titled(name);
        REQUIRE(window != nullptr);
        places.push_back(place_of(window));
        SDL_Surface* surface = SDL_GetWindowSurface(window);
        REQUIRE(surface != nullptr);
        const auto pixel = [&](int x, int y) {
            const auto* row = static_cast<const std::uint8_t*>(surface->pixels) + y * surface->pitch;
            return std::pair{int{row[x * 4 + 2]}, int{row[x * 4]}};
        };
        const auto [upper_red, upper_blue] = pixel(surface->w / 2, surface->h / 4);
        const auto [lower_red, lower_blue] = pixel(surface->w / 2, surface->h * 3 / 4);
        CHECK((upper_red >= 253 && upper_blue == 0));
        CHECK((lower_red == 0 && lower_blue >= 253));
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        CHECK(places[i].w * 9 / 16 == Approx(places[i].h).margin(2));
        for (std::size_t j = 0; j < i; ++j) CHECK(SDL_HasIntersection(&places[i], &places[j]) == SDL_FALSE);
    }
    CHECK(places[0].y == places[1].y);
    CHECK(places[2].y > places[0].y);

    outputs->present(painter, plan_with_faces(names));
    for (const auto& r : outputs->reports()) {
        CHECK(r.state == OutputState::ok);
        CHECK(r.frames == 2);
    }
}

TEST_CASE("with GL the picture stands upright in every window of the one context") {
    const auto desktop = open_desktop();
    auto gl = desktop->create_gl();
    REQUIRE(gl);
    OutputContext context;
    context.desktop = desktop.get();
    context.gl = gl->get();
    auto outputs = Outputs::make(four(), context);
    REQUIRE(outputs);
    REQUIRE((*gl)->make_current());
    GlPainterDouble painter;
    const auto kinds = output_kinds();
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [](const auto* k) { return k->name == "window"; });
    context.tiles = 1;
    auto alone = (*kind)->make({OutputName{"alone"}, FaceName{"alone"}, "window", "", face}, context);
    REQUIRE(alone);
    // Presented, not yet swapped: the back buffer of the window is what is current.
    REQUIRE((*alone)->present(painter, 0, 0));
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(window_titled("alone"), &width, &height);
    const auto pixel = [&](int x, int y_from_bottom) {
        std::uint32_t v = 0;
        glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
        glReadPixels(x, y_from_bottom, 1, 1, GL_BGRA, GL_UNSIGNED_BYTE, &v);
        return v & 0xffffff;
    };
    CHECK(pixel(width / 2, height * 3 / 4) == 0xff0000);
    CHECK(pixel(width / 2, height / 4) == 0x0000ff);
    (*alone)->show();

    for (int i = 0; i < 3; ++i) outputs->present(painter, plan_with_faces(names));
    CHECK(glGetError() == GL_NO_ERROR);
    for (const auto& r : outputs->reports()) CHECK(r.frames == 3);
}

TEST_CASE("a window whose display is gone hides, counts on, and returns to the same display elsewhere") {
    const auto desktop = open_desktop();
    auto specs = four("DEL U2720Q 1");
    specs.resize(1);
    OutputContext context;
    context.desktop = desktop.get();
    auto outputs = Outputs::make(specs, context);
    REQUIRE(outputs);
    PainterDouble painter(face);
    const auto plan = plan_with_faces(names);
    outputs->present(painter, plan);
    CHECK(outputs->reports()[0].state == OutputState::lost);  // not there yet: no error, no window on another display
    SDL_Window* window = window_titled("north");
    REQUIRE(window != nullptr);
    CHECK((SDL_GetWindowFlags(window) & SDL_WINDOW_SHOWN) == 0);

    const Edid edid{"DEL", "U2720Q", "1"};
    outputs->displays_changed({{"DP-1", edid, {0, 0, 320, 180}, 60}, {"DP-2", {}, {320, 0, 320, 180}, 60}});
    outputs->present(painter, plan);
    CHECK(outputs->reports()[0].state == OutputState::ok);
    CHECK(place_of(window).x == 0);

    outputs->displays_changed({{"DP-2", {}, {0, 0, 320, 180}, 60}});
    outputs->present(painter, plan);
    CHECK(outputs->reports()[0].state == OutputState::lost);
    CHECK((SDL_GetWindowFlags(window) & SDL_WINDOW_SHOWN) == 0);

    outputs->displays_changed({{"DP-1", {}, {0, 0, 320, 180}, 60}, {"DP-2", edid, {320, 0, 640, 360}, 60}});
    outputs->present(painter, plan);
    CHECK(outputs->reports()[0].state == OutputState::ok);
    CHECK(place_of(window).x == 320);
    CHECK(place_of(window).w == 640);
    CHECK(outputs->reports()[0].frames == 4);
}

TEST_CASE("keys and the wish to quit come as values") {
    const auto desktop = open_desktop();
    SDL_Event e{};
    e.type = SDL_KEYDOWN;
    e.key.keysym.sym = SDLK_F11;
    e.key.keysym.mod = KMOD_LCTRL;
    SDL_PushEvent(&e);
    SDL_Event quit{};
    quit.type = SDL_QUIT;
    SDL_PushEvent(&quit);
    const auto events = desktop->poll();
    CHECK(events == std::vector<DesktopEvent>{KeyPress{"F11", true, false, false}, QuitAsked{}});
    CHECK(desktop->poll().empty());
}

}  // namespace tribune
