// A window: borderless over its display, or a tile among others for rehearsal. The picture itself lives with the
// painter, so a display that goes takes nothing with it.
#include <epoxy/gl.h>
#include <fmt/format.h>
#include <libyuv.h>

#include <atomic>
#include <cmath>
#include <cstring>

#include "base/log.hpp"
#include "displays/output.hpp"
#include "displays/pacer.hpp"
#include "displays/sdl_handle.hpp"

namespace tribune {
namespace {

struct Box {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

// The largest box of the picture's shape in the middle of the window.
Box fitted(Size picture, Size window) {
    const double scale = std::min(window.width * 1.0 / picture.width, window.height * 1.0 / picture.height);
    const int w = static_cast<int>(std::lround(picture.width * scale));
    const int h = static_cast<int>(std::lround(picture.height * scale));
    return {(window.width - w) / 2, (window.height - h) / 2, w, h};
}

Box whole_pixels(const Rect& r) {
    return {static_cast<int>(r.x), static_cast<int>(r.y), static_cast<int>(r.width), static_cast<int>(r.height)};
}

// Tiles in rows as equal as can be: 1, 2 beside each other, 2×2, 3×2, …
Rect tile_place(const Rect& display, int tile, int tiles, Size picture) {
    const int columns = static_cast<int>(std::ceil(std::sqrt(tiles)));
    const int rows = (tiles + columns - 1) / columns;
    const Size cell{static_cast<int>(display.width) / columns, static_cast<int>(display.height) / rows};
    const Box in = fitted(picture, cell);
    return {display.x + cell.width * (tile % columns) + in.x, display.y + cell.height * (tile / columns) + in.y,
            static_cast<double>(in.width), static_cast<double>(in.height)};
}

class WindowOutput final : public Output {
  public:
    static Result<std::unique_ptr<Output>> make(const OutputSpec& spec, const OutputContext& context) {
        if (!context.desktop)
            return Error{"no_desktop",
                         fmt::format("Output \"{}\" wants a window, but there is no display; use kind \"headless\".",
                                     spec.name.text)};
        auto made = std::make_unique<WindowOutput>(spec, context);
        TRIBUNE_CHECK(made->create(context.desktop->displays()));
        return std::unique_ptr<Output>(std::move(made));
    }

    WindowOutput(OutputSpec spec, const OutputContext& context)
        : spec_(std::move(spec)), gl_(dynamic_cast<SdlContext*>(context.gl)), tile_(context.tile),
          tiles_(context.tiles) {}
    WindowOutput(const WindowOutput&) = delete;
    WindowOutput& operator=(const WindowOutput&) = delete;
    ~WindowOutput() override {
        SDL_DelEventWatch(&WindowOutput::notice, this);
        if (gl_) static_cast<void>(gl_->make_current());  // not on a window that dies
    }

    Status present(Painter& painter, std::size_t picture, std::uint64_t) override {
        fresh_ = false;
        if (!visible_) return {};
        const auto version = painter.version(picture);
        if (version == version_ && !stale_.exchange(false)) {
            ++unchanged_;
            refresh_.pause();
            return {};
        }
        version_ = version;
        TRIBUNE_CHECK(gl_ ? blit(painter, picture) : copy(painter, picture));
        fresh_ = true;
        return {};
    }

    void show() override {
        if (!fresh_) return;
        if (gl_) {
            if (!gl_->make_current(window_.get())) return;
            SDL_GL_SwapWindow(window_.get());
        } else {
            SDL_UpdateWindowSurface(window_.get());
        }
        refresh_.add(monotonic_now());
    }

    void displays_changed(const DisplayList& displays) override {
        const DisplayInfo* display = spec_.display.empty() ? first(displays) : find_display(displays, spec_.display);
        if (!display) {
            if (visible_)
                log::warning("display_lost", "Output {}: display {} is gone; the face is drawn on, unseen.",
                             spec_.name.text, spec_.display);
            visible_ = false;
            SDL_HideWindow(window_.get());
            return;
        }
        move_to(*display);
        if (!visible_) {
            log::info("display_back", "Output {}: display {} is back.", spec_.name.text, display->identity());
            SDL_ShowWindow(window_.get());
            visible_ = true;
        }
        stale_ = true;
    }

    [[nodiscard]] bool can_be_clock() const override { return gl_ && visible_; }

    void be_clock(bool clock) override {
        // The interval belongs to the window that is current; a driver may refuse it, so the rate is measured.
        if (gl_ && gl_->make_current(window_.get())) SDL_GL_SetSwapInterval(clock ? 1 : 0);
        if (gl_) static_cast<void>(gl_->make_current());
    }

    void report(OutputReport& out) const override {
        out.unchanged = unchanged_;
        out.refresh_hz = refresh_.hertz();
        out.state = visible_ ? OutputState::ok : OutputState::lost;
        out.detail = visible_ ? fmt::format("{}, {}×{}", on_, place_.width, place_.height)
                              : fmt::format("display {} is not there", spec_.display);
    }

  private:
    static const DisplayInfo* first(const DisplayList& displays) {
        return displays.empty() ? nullptr : &displays.front();
    }

    Status create(const DisplayList& displays) {
        const bool tiled = spec_.display.empty();
        const DisplayInfo* display = tiled ? first(displays) : find_display(displays, spec_.display);
        if (display) place_on(*display);
        Uint32 flags = display ? SDL_WINDOW_SHOWN : SDL_WINDOW_HIDDEN;
        flags |= tiled ? SDL_WINDOW_RESIZABLE : SDL_WINDOW_BORDERLESS;
        if (gl_) flags |= SDL_WINDOW_OPENGL;
        window_.reset(SDL_CreateWindow(spec_.shows().c_str(), place_.x, place_.y, std::max(place_.width, 1),
                                       std::max(place_.height, 1), flags));
        if (!window_)
            return Error{"no_window", fmt::format("No window can be opened for output \"{}\" ({}).", spec_.name.text,
                                                  SDL_GetError())};
        visible_ = display != nullptr;
        SDL_AddEventWatch(&WindowOutput::notice, this);
        return {};
    }

    void place_on(const DisplayInfo& display) {
        place_ = whole_pixels(spec_.display.empty() ? tile_place(display.bounds, tile_, tiles_, spec_.size)
                                                    : display.bounds);
        on_ = display.identity();
    }

    void move_to(const DisplayInfo& display) {
        const Box before = place_;
        place_on(display);
        if (before.x == place_.x && before.y == place_.y && before.width == place_.width &&
            before.height == place_.height)
            return;
        SDL_SetWindowPosition(window_.get(), place_.x, place_.y);
        SDL_SetWindowSize(window_.get(), place_.width, place_.height);
    }

    // What the window showed may be gone: present even an unchanged picture.
    static int notice(void* self, SDL_Event* e) {
        auto* output = static_cast<WindowOutput*>(self);
        if (e->type == SDL_WINDOWEVENT && e->window.windowID == SDL_GetWindowID(output->window_.get()))
            output->stale_ = true;
        return 0;
    }

    Status blit(Painter& painter, std::size_t picture) {
        const auto source = painter.framebuffer(picture);
        if (source == 0) return Error{"no_picture", "The face has no picture on the graphics card."};
        TRIBUNE_CHECK(gl_->make_current(window_.get()));
        Size window;
        SDL_GL_GetDrawableSize(window_.get(), &window.width, &window.height);
        const Box to = fitted(spec_.size, window);
        glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
        glDisable(GL_SCISSOR_TEST);
        if (to.width != window.width || to.height != window.height) {
            glClearColor(0, 0, 0, 1);
            glClear(GL_COLOR_BUFFER_BIT);
        }
        // The painter's first row is the top one, GL's window has its first row at the bottom.
        const int bottom = window.height - to.y - to.height;
        glBlitNamedFramebuffer(source, 0, 0, 0, spec_.size.width, spec_.size.height, to.x, bottom + to.height,
                               to.x + to.width, bottom, GL_COLOR_BUFFER_BIT,
                               to.width == spec_.size.width && to.height == spec_.size.height ? GL_NEAREST : GL_LINEAR);
        return {};
    }

    Status copy(Painter& painter, std::size_t picture) {
        const ImageView view = painter.pixels(picture);
        SDL_Surface* surface = SDL_GetWindowSurface(window_.get());
        if (!surface || view.size.empty())
            return Error{"no_picture", fmt::format("The window cannot be drawn to ({}).", SDL_GetError())};
        if (surface->format->BytesPerPixel != 4 || surface->format->Rmask != 0xff0000)
            return Error{"bad_window", "The display's pixels are not 32-bit B G R; set it to 24-bit colour."};
        const Box to = fitted(view.size, {surface->w, surface->h});
        auto* pixels = static_cast<std::uint8_t*>(surface->pixels);
        if (to.width != surface->w || to.height != surface->h)
            std::memset(pixels, 0, static_cast<std::size_t>(surface->pitch) * static_cast<std::size_t>(surface->h));
        libyuv::ARGBScale(view.data, view.stride, view.size.width, view.size.height,
                          pixels + to.y * surface->pitch + to.x * 4, surface->pitch, to.width, to.height,
                          libyuv::kFilterBilinear);
        return {};
    }

    OutputSpec spec_;
    SdlContext* gl_;
    int tile_;
    int tiles_;
    WindowHandle window_;
    Box place_;
    std::string on_;  // identity of its display
    bool visible_ = false;
    bool fresh_ = false;  // presented, not yet shown
    std::atomic<bool> stale_{true};
    std::uint64_t version_ = 0;
    std::uint64_t unchanged_ = 0;
    RefreshMeter refresh_;
};

}  // namespace

extern const OutputKind window_output_kind;
const OutputKind window_output_kind{"window", &WindowOutput::make};

}  // namespace tribune
