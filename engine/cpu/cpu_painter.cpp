#include "cpu/cpu_painter.hpp"

#include <algorithm>
#include <optional>

#include "base/overloaded.hpp"
#include "cpu/blend.hpp"
#include "cpu/canvas.hpp"
#include "cpu/effect_layer.hpp"
#include "cpu/fill_layer.hpp"
#include "cpu/mix_layer.hpp"
#include "cpu/shader_transition.hpp"
#include "cpu/text_layer.hpp"
#include "cpu/text_placer.hpp"
#include "cpu/video_layer.hpp"
#include "cpu/workers.hpp"
#include "plan/kept_pictures.hpp"
#include "plan/picture_tree.hpp"

namespace tribune {
namespace {

constexpr int band_height = 32;          // a band of a 1080p row stays in a core's cache while all layers are drawn
constexpr std::size_t most_pieces = 64;  // of one band, when looking for what is hidden

// A picture's items made ready to draw.
struct Prepared {
    std::vector<std::unique_ptr<DrawnLayer>> layers;  // null: nothing of the item can be seen
    std::vector<ItemMemory> memories;
};

void fill(Surface& surface, const IntRect& r, std::uint32_t pixel) {
    for (int y = r.y0; y < r.y1; ++y)
        std::fill_n(reinterpret_cast<std::uint32_t*>(surface.at(r.x0, y)), r.width(), pixel);
}

// A canvas's pixels for the scaler, which tells frames apart by their address.
std::shared_ptr<const VideoFrame> as_frame(const Surface& surface) {
    auto frame = std::make_shared<VideoFrame>();
    frame->format = PixelFormat::bgra;
    frame->size = surface.size();
    frame->planes[0] = {surface.data(), surface.stride()};
    return frame;
}

// Draws one part of a picture, back to front, leaving out what an opaque layer in front hides.
void draw_part(Surface& surface, const std::vector<std::unique_ptr<DrawnLayer>>& layers, const Colour& ground,
               const IntRect& part, Scratch& scratch) {
    const std::uint32_t bare =
        premultiplied(surface.opaque() ? Colour{ground.red, ground.green, ground.blue, 1} : ground);
    std::vector<IntRect> open{part};  // not yet covered, from the front
    std::vector<std::vector<IntRect>> seen(layers.size());
    std::size_t first = layers.size();
    while (first > 0 && !open.empty()) {
        --first;
        const DrawnLayer* layer = layers[first].get();
        if (!layer) continue;
        for (const auto& r : open)
            if (const auto shown = intersection(r, layer->bounds()); !shown.empty()) seen[first].push_back(shown);
        if (const auto hidden = intersection(layer->opaque(), part); !hidden.empty() && open.size() < most_pieces)
            subtract(open, hidden);
    }
    for (const auto& r : open) fill(surface, r, bare);
    for (std::size_t i = first; i < layers.size(); ++i)
        for (const auto& r : seen[i]) layers[i]->draw(surface, r, scratch);
}

}  // namespace

struct CpuPainter::Impl {
    Impl(const CpuPainterOptions& options, std::unique_ptr<Shaper> shaper)
        : workers(options.threads), scaler(workers.count()), text(std::move(shaper), options.most_text_bytes),
          transitions(options.transitions, options.transition_budget), scratch(workers.count()) {}

    // The layer of one item; null when nothing of it can be seen.
    std::unique_ptr<DrawnLayer> layer(const PlanItem& item, const ItemPictures& needs, Size picture,
                                      ItemMemory& memory) {
        std::array<const Canvas*, 2> shown{};
        for (std::size_t i = 0; i < shown.size(); ++i) {
            if (needs.nodes[i] == ItemPictures::none) continue;
            shown[i] = of[needs.nodes[i]];
            memory.versions[i] = shown[i]->version;
        }
        using Made = std::unique_ptr<DrawnLayer>;
        const auto video = [&](const VideoItem& v, Alpha alpha) -> Made {
            auto made = VideoLayer::make(v, picture, scaler, alpha);
            if (!made) note(made.error());
            return made ? *std::move(made) : nullptr;
        };
        const auto effects = [&](const auto& i) -> Made {
            if (!shown[0]) return nullptr;
            return std::make_unique<EffectLayer>(
                shown[0]->surface, EffectLayer::Look{turned_place(i.place, i.effects.rotation_deg), needs.window,
                                                     i.effects, i.opacity, i.corner_radius});
        };
        return std::visit(
            Overloaded{[&](const VideoItem& v) { return v.effects.none() ? video(v, Alpha::straight) : effects(v); },
                       [&](const FillItem& f) -> Made { return std::make_unique<FillLayer>(f); },
                       [&](const TextBatch& b) -> Made {
                           memory.words = text.place(b, picture, problem);
                           return std::make_unique<TextLayer>(memory.words);
                       },
                       [&](const PictureItem& p) -> Made {
                           if (!p.effects.none()) return effects(p);
                           if (!shown[0]) return nullptr;
                           return video({shown[0]->frame, p.crop, p.place, p.opacity, p.corner_radius},
                                        shown[0]->surface.opaque() ? Alpha::opaque : Alpha::premultiplied);
                       },
                       [&](const TransitionItem& t) -> Made {
                           if (!shown[0]) return nullptr;
                           const IntRect all = nearest_pixels(t.place), &w = needs.window;
                           const IntRect place{all.x0 + w.x0, all.y0 + w.y0, all.x0 + w.x1, all.y0 + w.y1};
                           if (const Surface* done = transitions.draw(t, shown[0]->surface, shown[1]->surface))
                               return std::make_unique<MixLayer>(*done, *done, place, 0.0F);
                           return std::make_unique<MixLayer>(shown[0]->surface, shown[1]->surface, place, t.progress);
                       }},
            item);
    }

    Prepared prepare(const PictureNode& node) {
        Prepared out;
        const Picture& picture = *node.picture;
        for (std::size_t i = 0; i < picture.items.size(); ++i) {
            ItemMemory memory;
            out.layers.push_back(layer(picture.items[i], node.items[i], picture.size, memory));
            out.memories.push_back(std::move(memory));
        }
        return out;
    }

    // What of a picture is to be drawn, and with what.
    struct Job {
        Canvas* canvas = nullptr;
        const PictureNode* node = nullptr;
        Prepared prepared;
    };
    struct Part {
        const Job* job = nullptr;
        IntRect rect;
    };

    Status paint(const FramePlan& plan) {
        problem = {};
        transitions.begin_frame();
        const PictureTree tree = picture_tree(plan, problem);
        canvases.resize(plan.pictures.size());
        of = kept.assign(tree, canvases);
        int highest = 0;
        for (const auto& node : tree.nodes) highest = std::max(highest, node.level);
        for (auto* canvas : of) canvas->begin_frame();
        for (int level = 0; level <= highest; ++level) paint_level(tree, level);
        return problem;
    }

    // The pictures that need none but those of lower levels.
    void paint_level(const PictureTree& tree, int level) {
        std::vector<Job> jobs;
        jobs.reserve(tree.nodes.size());  // parts point to them
        std::vector<Part> parts;
        for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
            const auto& node = tree.nodes[i];
            auto& canvas = *of[i];
            if (node.level != level) continue;
            if (auto possible = check_picture_size(node.picture->size); !possible) {
                note(possible);
            } else if (canvas.shown && *canvas.shown == *node.picture) {
                keep_alive(*node.picture);
            } else {
                jobs.push_back({&canvas, &node, prepare(node)});
                add_parts(jobs.back(), tree.opaque(i), parts);
            }
        }
        scaler.scale_planes(workers);
        // The same rows of all pictures after each other: they often show the same words, which are then at hand.
        std::stable_sort(parts.begin(), parts.end(),
                         [](const Part& a, const Part& b) { return a.rect.y0 < b.rect.y0; });
        workers.run(parts.size(), [&](std::size_t part, std::size_t worker) {
            const auto& [job, rect] = parts[part];
            draw_part(job->canvas->surface, job->prepared.layers, job->node->picture->ground, rect, scratch[worker]);
        });
        for (auto& job : jobs) {
            job.canvas->shown = *job.node->picture;
            job.canvas->items = std::move(job.prepared.memories);
        }
    }

    void add_parts(const Job& job, bool opaque, std::vector<Part>& parts) {
        Canvas& canvas = *job.canvas;
        const Size size = job.node->picture->size;
        DamageGrid damage(size);
        find_damage(canvas, *job.node, job.prepared.memories, of, damage);
        if (canvas.surface.size() != size || canvas.surface.opaque() != opaque) {
            canvas.surface = Surface(size, opaque);
            damage.add_all();
        }
        if (damage.empty()) return;
        canvas.version = ++versions;
        canvas.frame = as_frame(canvas.surface);
        canvas.changed = damage.rects();
        ++counters.pictures_painted;
        for (const auto& r : canvas.changed) {
            counters.pixels_painted += static_cast<std::uint64_t>(r.width()) * static_cast<std::uint64_t>(r.height());
            for (int y = r.y0; y < r.y1; y += band_height)
                parts.push_back({&job, {r.x0, y, r.x1, std::min(y + band_height, r.y1)}});
        }
    }

    // A picture that is not redrawn still uses its words.
    void keep_alive(const Picture& picture) {
        Status ignored;
        for (const auto& item : picture.items)
            if (const auto* batch = std::get_if<TextBatch>(&item)) text.place(*batch, picture.size, ignored);
    }

    void note(const Status& s) {
        if (!s) problem = s;
    }

    Workers workers;
    FrameScaler scaler;
    TextPlacer text;
    ShaderTransitions transitions;
    std::vector<Scratch> scratch;  // one a worker
    std::vector<Canvas> canvases;  // of the plan's own pictures
    KeptPictures<Canvas> kept;     // of those in them
    std::vector<Canvas*> of;       // of each node of the plan being painted
    Status problem;                // the last of the plan being painted
    std::uint64_t versions = 0;
    CpuPainterCounters counters;
};

CpuPainter::CpuPainter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CpuPainter::~CpuPainter() = default;

Result<std::unique_ptr<CpuPainter>> CpuPainter::create(const CpuPainterOptions& options) {
    TRIBUNE_TRY(auto shaper, Shaper::create());
    return std::unique_ptr<CpuPainter>(new CpuPainter(std::make_unique<Impl>(options, std::move(shaper))));
}

Status CpuPainter::paint(const FramePlan& plan) {
    Status problem = impl_->paint(plan);
    impl_->scaler.end_frame();
    impl_->text.end_frame();
    return problem;
}

ImageView CpuPainter::pixels(std::size_t picture) {
    if (picture >= impl_->canvases.size()) return {};
    const auto& surface = impl_->canvases[picture].surface;
    return {surface.data(), surface.stride(), surface.size()};
}

std::uint64_t CpuPainter::version(std::size_t picture) const {
    return picture < impl_->canvases.size() ? impl_->canvases[picture].version : 0;
}

void CpuPainter::prepare(const std::vector<ShaderLook>& transitions) { impl_->transitions.prepare(transitions); }

std::vector<TransitionProblem> CpuPainter::transition_problems() const { return impl_->transitions.problems(); }

CpuPainterCounters CpuPainter::counters() const {
    CpuPainterCounters c = impl_->counters;
    c.frames_scaled = impl_->scaler.scaled();
    c.words_rendered = impl_->text.cache().rendered();
    c.text_bytes = impl_->text.cache().bytes();
    return c;
}

}  // namespace tribune
