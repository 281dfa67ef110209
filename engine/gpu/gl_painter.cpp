#include "gpu/gl_painter.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/time.hpp"
#include "gpu/fill_layer.hpp"
#include "gpu/picture_target.hpp"
#include "gpu/stage_timer.hpp"
#include "gpu/text_layer.hpp"
#include "gpu/video_layer.hpp"

namespace tribune {
namespace {

constexpr int least_version = 45;
constexpr std::string_view software_renderers[] = {"llvmpipe", "softpipe", "swrast", "SwiftShader"};

// Others draw in this context too and may have left these on.
constexpr GLenum unwanted_state[] = {GL_DEPTH_TEST, GL_STENCIL_TEST,     GL_SCISSOR_TEST,
                                     GL_CULL_FACE,  GL_FRAMEBUFFER_SRGB, GL_DITHER};

std::string gl_string(GLenum name) {
    const auto* text = glGetString(name);
    return text == nullptr ? "unknown" : reinterpret_cast<const char*>(text);
}

bool is_software(std::string_view renderer) {
    for (const auto name : software_renderers) {
        if (renderer.find(name) != renderer.npos) return true;
    }
    return false;
}

void APIENTRY on_message(GLenum, GLenum type, GLuint id, GLenum severity, GLsizei length, const GLchar* text,
                         const void*) {
    if (severity == GL_DEBUG_SEVERITY_NOTIFICATION || text == nullptr) return;
    const std::string_view message =
        length < 0 ? std::string_view(text) : std::string_view(text, static_cast<std::size_t>(length));
    const auto level = type == GL_DEBUG_TYPE_ERROR ? log::Level::error : log::Level::warning;
    log::write(level, "gl_message", fmt::format("{} ({})", message, id));
}

}  // namespace

struct GlPainter::Impl {
    // A kind of item in the plan is drawn by the layer of the same name. Layers upload first, so that
    // a picture with a bad item is left as it was.
    struct Layers {
        gl::VideoLayer video;
        gl::FillLayer fill;
        gl::TextLayer text;

        Status upload(const VideoItem& i) { return video.upload(i); }
        Status upload(const FillItem&) { return {}; }
        Status upload(const TextBatch& i) { return text.upload(i); }
        Status draw(const VideoItem& i, const gl::Canvas& c) { return video.draw(i, c); }
        Status draw(const FillItem& i, const gl::Canvas& c) { return fill.draw(i, c); }
        Status draw(const TextBatch& i, const gl::Canvas& c) { return text.draw(i, c); }
    };

    struct Slot {
        std::optional<gl::PictureTarget> target;
        std::optional<Picture> shown;  // none after an error: drawn again in any case
        bool wanted = false;           // to be drawn in this paint
    };

    Impl(std::unique_ptr<Shaper> s, Layers l, std::string r, bool d)
        : shaper(std::move(s)), layers(std::move(l)), renderer(std::move(r)), debug(d) {}

    std::unique_ptr<Shaper> shaper;
    Layers layers;
    std::string renderer;
    bool debug;
    gl::VertexArray corners = gl::make_vertex_array();
    std::vector<Slot> slots;
    gl::StageTimer upload_timer;
    gl::StageTimer draw_timer;
    FrameTimings timings;
    GlCounters counters;
    std::uint64_t next_version = 1;

    Status prepare(Slot& slot, const Picture& picture);
    Status draw(Slot& slot, const Picture& picture);
    const gl::PictureTarget* target(std::size_t picture) const {
        return picture < slots.size() && slots[picture].target ? &*slots[picture].target : nullptr;
    }
};

Status GlPainter::Impl::prepare(Slot& slot, const Picture& picture) {
    if (!slot.target || slot.target->size() != picture.size) {
        slot.target.reset();
        slot.shown.reset();
        TRIBUNE_TRY(slot.target, gl::PictureTarget::create(picture.size));
    }
    for (const auto& item : picture.items) {
        TRIBUNE_CHECK(std::visit([&](const auto& i) { return layers.upload(i); }, item));
    }
    return {};
}

Status GlPainter::Impl::draw(Slot& slot, const Picture& picture) {
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, slot.target->framebuffer());
    glViewport(0, 0, picture.size.width, picture.size.height);
    const float ground[] = {picture.ground.red, picture.ground.green, picture.ground.blue, 1};
    glClearNamedFramebufferfv(slot.target->framebuffer(), GL_COLOR, 0, ground);
    const gl::Canvas canvas{picture.size, corners.id()};
    for (const auto& item : picture.items) {
        TRIBUNE_CHECK(std::visit([&](const auto& i) { return layers.draw(i, canvas); }, item));
    }
    slot.target->drawn(next_version++);
    ++counters.pictures_drawn;
    return {};
}

GlPainter::GlPainter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
GlPainter::~GlPainter() = default;

Result<std::unique_ptr<GlPainter>> GlPainter::create(const GlOptions& options) {
    const std::string renderer = gl_string(GL_RENDERER);
    if (!epoxy_is_desktop_gl() || epoxy_gl_version() < least_version) {
        return Error{"gl_version",
                     fmt::format("OpenGL 4.5 core is needed and {} offers {}: install a newer driver, or run "
                                 "without a GPU",
                                 renderer, gl_string(GL_VERSION))};
    }
    const bool software = is_software(renderer);
    if (software && !options.allow_software) {
        return Error{"gl_software", fmt::format("{} draws on the CPU: install the graphics card's driver, or say "
                                                "--allow-software-gl",
                                                renderer)};
    }
    if (options.debug) {
        glEnable(GL_DEBUG_OUTPUT);
        glEnable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
        glDebugMessageCallback(on_message, nullptr);
    }
    TRIBUNE_TRY(auto shaper, Shaper::create());
    const gl::ShaderLibrary shaders(options.shaders);
    TRIBUNE_TRY(auto video, gl::VideoLayer::create(shaders, !software));
    TRIBUNE_TRY(auto fill, gl::FillLayer::create(shaders));
    TRIBUNE_TRY(auto text, gl::TextLayer::create(shaders, *shaper, options.most_atlas_pages));
    auto impl = std::make_unique<Impl>(
        std::move(shaper), Impl::Layers{std::move(video), std::move(fill), std::move(text)}, renderer, options.debug);
    return std::unique_ptr<GlPainter>(new GlPainter(std::move(impl)));
}

Status GlPainter::paint(const FramePlan& plan) {
    Impl& m = *impl_;
    const auto began = monotonic_now();
    Status first_error;
    const auto note = [&](const Status& s) {
        if (!s && first_error) first_error = s;
        return static_cast<bool>(s);
    };
    m.layers.video.begin();
    m.layers.text.begin();
    m.slots.resize(plan.pictures.size());

    m.upload_timer.begin();
    for (std::size_t i = 0; i < plan.pictures.size(); ++i) {
        auto& slot = m.slots[i];
        slot.wanted = !slot.shown || *slot.shown != plan.pictures[i];
        if (!slot.wanted) {
            ++m.counters.pictures_kept;
        } else if (!note(m.prepare(slot, plan.pictures[i]))) {
            slot.wanted = false;
            slot.shown.reset();
        }
    }
    m.upload_timer.end();

    m.draw_timer.begin();
    for (const GLenum capability : unwanted_state) glDisable(capability);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFuncSeparate(GL_ONE, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE);  // premultiplied over an opaque picture
    for (std::size_t i = 0; i < plan.pictures.size(); ++i) {
        auto& slot = m.slots[i];
        if (!slot.wanted) continue;
        slot.shown.reset();
        if (note(m.draw(slot, plan.pictures[i]))) slot.shown = plan.pictures[i];
    }
    glDisable(GL_BLEND);
    glUseProgram(0);
    glBindVertexArray(0);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
    m.draw_timer.end();

    if (m.debug && glGetError() != GL_NO_ERROR) {
        note(Error{"gl_error", "the graphics driver refused a command; see gl_message in the log"});
    }
    m.timings = {static_cast<double>((monotonic_now() - began).count()) / 1e6, m.upload_timer.milliseconds(),
                 m.draw_timer.milliseconds()};
    m.counters.frame_uploads = m.layers.video.uploads();
    m.counters.text_builds = m.layers.text.builds();
    m.counters.atlas_clears = m.layers.text.atlas_clears();
    m.counters.glyphs_left_out = m.layers.text.glyphs_left_out();
    return first_error;
}

ImageView GlPainter::pixels(std::size_t picture) {
    return impl_->target(picture) != nullptr ? impl_->slots[picture].target->read() : ImageView{};
}
std::uint32_t GlPainter::framebuffer(std::size_t picture) const {
    const auto* t = impl_->target(picture);
    return t != nullptr ? t->framebuffer() : 0;
}
std::uint32_t GlPainter::texture(std::size_t picture) const {
    const auto* t = impl_->target(picture);
    return t != nullptr ? t->texture() : 0;
}
std::uint64_t GlPainter::version(std::size_t picture) const {
    const auto* t = impl_->target(picture);
    return t != nullptr ? t->version() : 0;
}
std::string GlPainter::description() const { return "gl (" + impl_->renderer + ")"; }
FrameTimings GlPainter::timings() const { return impl_->timings; }
GlCounters GlPainter::counters() const { return impl_->counters; }

}  // namespace tribune
