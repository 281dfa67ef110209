#include "gpu/gl_painter.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/overloaded.hpp"
#include "base/time.hpp"
#include "gpu/effect_layer.hpp"
#include "gpu/fill_layer.hpp"
#include "gpu/mix_layer.hpp"
#include "gpu/picture_target.hpp"
#include "gpu/stage_timer.hpp"
#include "gpu/text_layer.hpp"
#include "gpu/transition_layer.hpp"
#include "gpu/video_layer.hpp"
#include "plan/kept_pictures.hpp"
#include "plan/picture_tree.hpp"

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
    struct Layers {
        gl::VideoLayer video;
        gl::FillLayer fill;
        gl::TextLayer text;
        gl::EffectLayer effect;
        gl::MixLayer mix;
        gl::TransitionLayer transition;
    };

    struct Slot {
        std::optional<gl::PictureTarget> target;
        std::optional<Picture> shown;  // none after an error: drawn again in any case
        bool wanted = false;           // to be drawn in this paint
        bool failed = false;           // in this paint
    };

    Impl(Layers l, std::string r, bool d) : layers(std::move(l)), renderer(std::move(r)), debug(d) {}

    Layers layers;
    std::string renderer;
    bool debug;
    gl::VertexArray corners = gl::make_vertex_array();
    std::vector<Slot> slots;            // of the plan's own pictures
    KeptPictures<Slot> kept;            // of those in them
    std::vector<Slot*> of;              // of each node of the plan being painted
    const PictureTree* tree = nullptr;  // of the plan being painted
    gl::StageTimer upload_timer;
    gl::StageTimer draw_timer;
    FrameTimings timings;
    GlCounters counters;
    std::uint64_t next_version = 1;

    // Uploads first, so that a picture with a bad item is left as it was.
    Status prepare(const PictureNode& node, Slot& slot);
    Status upload(const PlanItem& item);
    Status upload_texts(const Picture& picture);
    Status draw(const PictureNode& node, bool opaque, Slot& slot);
    // Makes what the item shows smaller; draws elsewhere.
    Status scale(const PlanItem& item, const ItemPictures& needs, const gl::Canvas& canvas);
    Status draw(const PlanItem& item, const ItemPictures& needs, const gl::Canvas& canvas);
    void draw(const TransitionItem& t, const ItemPictures& needs, const gl::PictureTarget& from,
              const gl::PictureTarget& to, const gl::Canvas& canvas);
    [[nodiscard]] bool lacks_a_picture(const PictureNode& node) const;
    // What an item needs, null when nothing of it can be seen.
    [[nodiscard]] const gl::PictureTarget* shown(const ItemPictures& needs, std::size_t i = 0) const {
        return needs.nodes[i] == ItemPictures::none ? nullptr : &*of[needs.nodes[i]]->target;
    }
    const gl::PictureTarget* target(std::size_t picture) const {
        return picture < slots.size() && slots[picture].target ? &*slots[picture].target : nullptr;
    }
};

Status GlPainter::Impl::prepare(const PictureNode& node, Slot& slot) {
    const Size size = node.picture->size;
    if (!slot.target || slot.target->size() != size) {
        slot.target.reset();
        slot.shown.reset();
        TRIBUNE_TRY(slot.target, gl::PictureTarget::create(size));
    }
    for (const auto& item : node.picture->items) TRIBUNE_CHECK(upload(item));
    return {};
}

bool GlPainter::Impl::lacks_a_picture(const PictureNode& node) const {
    for (const auto& needs : node.items)
        for (const auto n : needs.nodes)
            if (n != ItemPictures::none && of[n]->failed) return true;
    return false;
}

Status GlPainter::Impl::upload(const PlanItem& item) {
    const auto* video = std::get_if<VideoItem>(&item);
    if (video != nullptr && video->effects.none()) return layers.video.upload(*video);
    return {};
}

// Of pictures that are not drawn again, too: they still use their words. A word left out does not cost the picture.
Status GlPainter::Impl::upload_texts(const Picture& picture) {
    Status last;
    for (const auto& item : picture.items) {
        const auto* batch = std::get_if<TextBatch>(&item);
        if (batch == nullptr) continue;
        if (const Status s = layers.text.upload(*batch, picture.size); !s) last = s;
    }
    return last;
}

Status GlPainter::Impl::scale(const PlanItem& item, const ItemPictures& needs, const gl::Canvas& canvas) {
    const auto* video = std::get_if<VideoItem>(&item);
    if (video != nullptr && video->effects.none()) return layers.video.scale(*video, canvas);
    const auto* picture = std::get_if<PictureItem>(&item);
    const auto* from = shown(needs);
    if (picture != nullptr && picture->effects.none() && from != nullptr)
        return layers.video.scale(*picture, *from, canvas);
    return {};
}

Status GlPainter::Impl::draw(const PlanItem& item, const ItemPictures& needs, const gl::Canvas& canvas) {
    const auto* from = shown(needs);
    const auto effects = [&](const auto& i) -> Status {
        if (from == nullptr) return {};
        const auto place = turned_place(i.place, i.effects.rotation_deg);
        return layers.effect.draw({place, needs.window, i.effects, i.opacity, i.corner_radius}, *from, canvas);
    };
    return std::visit(
        Overloaded{[&](const VideoItem& v) { return v.effects.none() ? layers.video.draw(v, canvas) : effects(v); },
                   [&](const FillItem& f) { return layers.fill.draw(f, canvas); },
                   [&](const TextBatch& b) { return layers.text.draw(b, canvas); },
                   [&](const PictureItem& p) -> Status {
                       if (!p.effects.none()) return effects(p);
                       return from == nullptr ? Status{} : layers.video.draw(p, *from, canvas);
                   },
                   [&](const TransitionItem& t) -> Status {
                       if (from != nullptr) draw(t, needs, *from, *shown(needs, 1), canvas);
                       return {};
                   }},
        item);
}

void GlPainter::Impl::draw(const TransitionItem& t, const ItemPictures& needs, const gl::PictureTarget& from,
                           const gl::PictureTarget& to, const gl::Canvas& canvas) {
    const IntRect all = nearest_pixels(t.place), &w = needs.window;
    const bool opaque = tree->opaque(needs.nodes[0]) && tree->opaque(needs.nodes[1]);
    if (t.look && layers.transition.draw({*t.look, t.progress, all, w, opaque}, from.texture(), to.texture(), canvas))
        return;
    const IntRect place{all.x0 + w.x0, all.y0 + w.y0, all.x0 + w.x1, all.y0 + w.y1};
    layers.mix.draw(from, to, t.progress, place, canvas);
}

Status GlPainter::Impl::draw(const PictureNode& node, bool opaque, Slot& slot) {
    const Picture& picture = *node.picture;
    const gl::Canvas canvas{picture.size, corners.id(), slot.target->texture()};
    for (std::size_t i = 0; i < node.items.size(); ++i) TRIBUNE_CHECK(scale(picture.items[i], node.items[i], canvas));
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, slot.target->framebuffer());
    glViewport(0, 0, picture.size.width, picture.size.height);
    glEnable(GL_BLEND);
    // Premultiplied over; an opaque picture stays so whatever the rounding.
    glBlendFuncSeparate(GL_ONE, GL_ONE_MINUS_SRC_ALPHA, opaque ? GL_ZERO : GL_ONE,
                        opaque ? GL_ONE : GL_ONE_MINUS_SRC_ALPHA);
    const Colour& g = picture.ground;
    const float alpha = opaque ? 1 : g.alpha;
    const float ground[] = {g.red * alpha, g.green * alpha, g.blue * alpha, alpha};
    glClearNamedFramebufferfv(slot.target->framebuffer(), GL_COLOR, 0, ground);
    for (std::size_t i = 0; i < node.items.size(); ++i) TRIBUNE_CHECK(draw(picture.items[i], node.items[i], canvas));
    slot.target->drawn(next_version++);
    if (node.own) ++counters.pictures_drawn;
    if (!node.own) ++counters.nested_drawn;
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
    TRIBUNE_TRY(auto text, gl::TextLayer::create(shaders, std::move(shaper), options.most_text_bytes));
    TRIBUNE_TRY(auto effect, gl::EffectLayer::create(shaders));
    TRIBUNE_TRY(auto mix, gl::MixLayer::create(shaders));
    TRIBUNE_TRY(auto transition, gl::TransitionLayer::create(shaders));
    auto impl = std::make_unique<Impl>(Impl::Layers{std::move(video), std::move(fill), std::move(text),
                                                    std::move(effect), std::move(mix), std::move(transition)},
                                       renderer, options.debug);
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
    m.slots.resize(plan.pictures.size());
    Status left_out;
    const PictureTree tree = picture_tree(plan, left_out);
    note(left_out);
    m.tree = &tree;
    m.of = m.kept.assign(tree, m.slots);
    for (const GLenum capability : unwanted_state) glDisable(capability);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
    glBlendEquation(GL_FUNC_ADD);

    m.upload_timer.begin();
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        auto& slot = *m.of[i];
        const auto& node = tree.nodes[i];
        slot.wanted = !slot.shown || *slot.shown != *node.picture;
        slot.failed = false;
        note(m.upload_texts(*node.picture));
        if (!slot.wanted) {
            m.counters.pictures_kept += node.own ? 1 : 0;
            continue;
        }
        slot.failed = !note(m.prepare(node, slot));
    }
    m.upload_timer.end();

    m.draw_timer.begin();
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        auto& slot = *m.of[i];
        if (!slot.wanted) continue;
        const auto& node = tree.nodes[i];
        slot.shown.reset();
        slot.failed = slot.failed || m.lacks_a_picture(node) || !note(m.draw(node, tree.opaque(i), slot));
        if (!slot.failed) slot.shown = *node.picture;
    }
    glDisable(GL_BLEND);
    glUseProgram(0);
    glBindVertexArray(0);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
    m.draw_timer.end();
    m.layers.text.end_frame();
    m.tree = nullptr;

    if (m.debug && glGetError() != GL_NO_ERROR) {
        note(Error{"gl_error", "the graphics driver refused a command; see gl_message in the log"});
    }
    m.timings = {static_cast<double>((monotonic_now() - began).count()) / 1e6, m.upload_timer.milliseconds(),
                 m.draw_timer.milliseconds()};
    m.counters.frame_uploads = m.layers.video.uploads();
    m.counters.words_rendered = m.layers.text.words_rendered();
    m.counters.words_uploaded = m.layers.text.words_uploaded();
    m.counters.words_left_out = m.layers.text.words_left_out();
    m.counters.text_bytes = m.layers.text.text_bytes();
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
void GlPainter::prepare(const std::vector<ShaderLook>& transitions) {
    for (const auto& look : transitions) impl_->layers.transition.prepare(look);
}
std::vector<TransitionProblem> GlPainter::transition_problems() const { return impl_->layers.transition.problems(); }
FrameTimings GlPainter::timings() const { return impl_->timings; }
GlCounters GlPainter::counters() const { return impl_->counters; }

}  // namespace tribune
