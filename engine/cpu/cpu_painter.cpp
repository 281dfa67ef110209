#include "cpu/cpu_painter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cpu/blend.hpp"
#include "cpu/fill_layer.hpp"
#include "cpu/text_layer.hpp"
#include "cpu/text_placer.hpp"
#include "cpu/video_layer.hpp"
#include "cpu/workers.hpp"

namespace tribune {
namespace {

constexpr int largest_side = 16384;
constexpr int band_height = 32;          // a band of a 1080p row stays in a core's cache while all layers are drawn
constexpr std::size_t most_pieces = 64;  // of one band, when looking for what is hidden

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

// What a canvas shows, and how it came about.
struct Canvas {
    Surface surface;
    std::optional<Picture> painted;
    std::vector<std::shared_ptr<const PlacedWords>> words;  // by item, as painted; null for other kinds
    std::uint64_t version = 0;
};

struct Prepared {
    std::vector<std::unique_ptr<Layer>> layers;  // null: nothing of the item can be seen
    std::vector<std::shared_ptr<const PlacedWords>> words;
};

IntRect bounds_of(const PlanItem& item) {
    return std::visit(Overloaded{[](const VideoItem& v) { return nearest_pixels(v.place); },
                                 [](const FillItem& f) { return nearest_pixels(f.place); },
                                 [](const TextBatch&) { return IntRect{}; }},
                      item);
}

// Items at the same place in both lists are compared; a list of another length changes everything after it parts.
void find_damage(const Canvas& canvas, const Picture& now, const Prepared& prepared, DamageGrid& damage) {
    if (!canvas.painted || canvas.painted->size != now.size || canvas.painted->ground != now.ground)
        return damage.add_all();
    const auto& before = *canvas.painted;
    const PlacedWords none;
    const auto count = std::max(before.items.size(), now.items.size());
    for (std::size_t i = 0; i < count; ++i) {
        const PlanItem* a = i < before.items.size() ? &before.items[i] : nullptr;
        const PlanItem* b = i < now.items.size() ? &now.items[i] : nullptr;
        const PlacedWords* a_words = a && canvas.words[i] ? canvas.words[i].get() : nullptr;
        const PlacedWords* b_words = b && prepared.words[i] ? prepared.words[i].get() : nullptr;
        if (a_words || b_words) {
            if (a_words != b_words) add_word_damage(a_words ? *a_words : none, b_words ? *b_words : none, damage);
        } else if (a && b && *a == *b) {
            continue;
        }
        if (a && !a_words) damage.add(bounds_of(*a));
        if (b && !b_words) damage.add(bounds_of(*b));
    }
}

std::uint32_t opaque_pixel(Colour c) {
    c.alpha = 1;
    return premultiplied(c);
}

void fill(Surface& surface, const IntRect& r, std::uint32_t pixel) {
    for (int y = r.y0; y < r.y1; ++y)
        std::fill_n(reinterpret_cast<std::uint32_t*>(surface.at(r.x0, y)), r.width(), pixel);
}

Status check_size(Size size) {
    if (!size.empty() && size.width <= largest_side && size.height <= largest_side) return {};
    return Error{"bad_picture_size",
                 fmt::format("A face of {}×{} pixels cannot be drawn; give it 1 to {} pixels a side.", size.width,
                             size.height, largest_side)};
}

// Draws one part of a picture, back to front, leaving out what an opaque layer in front hides.
void draw_part(Surface& surface, const std::vector<std::unique_ptr<Layer>>& layers, const Colour& ground,
               const IntRect& part, Scratch& scratch) {
    std::vector<IntRect> open{part};  // not yet covered, from the front
    std::vector<std::vector<IntRect>> seen(layers.size());
    std::size_t first = layers.size();
    while (first > 0 && !open.empty()) {
        --first;
        const Layer* layer = layers[first].get();
        if (!layer) continue;
        for (const auto& r : open)
            if (const auto shown = intersection(r, layer->bounds()); !shown.empty()) seen[first].push_back(shown);
        if (const auto hidden = intersection(layer->opaque(), part); !hidden.empty() && open.size() < most_pieces)
            subtract(open, hidden);
    }
    for (const auto& r : open) fill(surface, r, opaque_pixel(ground));
    for (std::size_t i = first; i < layers.size(); ++i)
        for (const auto& r : seen[i]) layers[i]->draw(surface, r, scratch);
}

}  // namespace

struct CpuPainter::Impl {
    Impl(const CpuPainterOptions& options, std::unique_ptr<Shaper> shaper)
        : workers(options.threads), scaler(workers.count()), text(std::move(shaper), options.most_text_bytes),
          scratch(workers.count()) {}

    Prepared prepare(const Picture& picture, Status& problem) {
        Prepared out;
        for (const auto& item : picture.items) {
            std::unique_ptr<Layer> layer;
            std::shared_ptr<const PlacedWords> placed;
            std::visit(Overloaded{[&](const VideoItem& v) {
                                      auto made = VideoLayer::make(v, picture.size, scaler);
                                      if (made) {
                                          layer = *std::move(made);
                                      } else {
                                          problem = made.error();
                                      }
                                  },
                                  [&](const FillItem& f) { layer = std::make_unique<FillLayer>(f); },
                                  [&](const TextBatch& b) {
                                      placed = text.place(b, picture.size, problem);
                                      layer = std::make_unique<TextLayer>(placed);
                                  }},
                       item);
            out.layers.push_back(std::move(layer));
            out.words.push_back(std::move(placed));
        }
        return out;
    }

    // What of a picture is to be drawn, and with what.
    struct Job {
        Canvas* canvas = nullptr;
        const Picture* picture = nullptr;
        Prepared prepared;
    };
    struct Part {
        const Job* job = nullptr;
        IntRect rect;
    };

    void paint(const FramePlan& plan, Status& problem) {
        canvases.resize(plan.pictures.size());
        std::vector<Job> jobs;
        jobs.reserve(plan.pictures.size());  // parts point to them
        std::vector<Part> parts;
        for (std::size_t i = 0; i < plan.pictures.size(); ++i) {
            const auto& picture = plan.pictures[i];
            auto& canvas = canvases[i];
            if (auto possible = check_size(picture.size); !possible) {
                problem = possible;
            } else if (canvas.painted && *canvas.painted == picture) {
                keep_alive(picture);
            } else {
                jobs.push_back({&canvas, &picture, prepare(picture, problem)});
                add_parts(jobs.back(), parts);
            }
        }
        scaler.scale_planes(workers);
        // The same rows of all pictures after each other: they often show the same words, which are then at hand.
        std::stable_sort(parts.begin(), parts.end(),
                         [](const Part& a, const Part& b) { return a.rect.y0 < b.rect.y0; });
        workers.run(parts.size(), [&](std::size_t part, std::size_t worker) {
            const auto& [job, rect] = parts[part];
            draw_part(job->canvas->surface, job->prepared.layers, job->picture->ground, rect, scratch[worker]);
        });
        for (auto& job : jobs) {
            job.canvas->painted = *job.picture;
            job.canvas->words = std::move(job.prepared.words);
        }
    }

    void add_parts(const Job& job, std::vector<Part>& parts) {
        DamageGrid damage(job.picture->size);
        find_damage(*job.canvas, *job.picture, job.prepared, damage);
        if (job.canvas->surface.size() != job.picture->size) job.canvas->surface = Surface(job.picture->size);
        if (damage.empty()) return;
        job.canvas->version = ++versions;
        ++counters.pictures_painted;
        for (const auto& r : damage.rects()) {
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

    Workers workers;
    FrameScaler scaler;
    TextPlacer text;
    std::vector<Scratch> scratch;  // one a worker
    std::vector<Canvas> canvases;
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
    Status problem;
    impl_->paint(plan, problem);
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

CpuPainterCounters CpuPainter::counters() const {
    CpuPainterCounters c = impl_->counters;
    c.frames_scaled = impl_->scaler.scaled();
    c.words_rendered = impl_->text.cache().rendered();
    c.text_bytes = impl_->text.cache().bytes();
    return c;
}

}  // namespace tribune
