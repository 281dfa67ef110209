#include "print/paper.hpp"

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <numbers>
#include <utility>

namespace tribune {
namespace {

constexpr double points_per_mm = 72 / 25.4;
constexpr const char* families =
    "Inter,Noto Sans,Noto Sans Arabic,Noto Sans Hebrew,Noto Sans Devanagari,Noto Sans CJK SC";
constexpr double smallest = 0.7;  // of its size, before a text is cut

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using GPointer = std::unique_ptr<T, Unref>;
struct FreeDescription {
    void operator()(PangoFontDescription* d) const { pango_font_description_free(d); }
};
using Description = std::unique_ptr<PangoFontDescription, FreeDescription>;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

// All text is laid out at this em and drawn larger or smaller: fontconfig takes milliseconds for each new size.
constexpr double set_em = 16;

// Of a text's own units at a size.
double in_mm(int pango_units, double size) { return pango_units * size / (set_em * PANGO_SCALE); }
int in_units(double mm, double size) { return static_cast<int>(mm / size * set_em * PANGO_SCALE); }

}  // namespace

struct Paper::Impl {
    std::string bytes;
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface;
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo;
    GPointer<PangoFontMap> fonts;
    GPointer<PangoContext> context;
    GPointer<PangoLayout> layout;

    explicit Impl(const std::string& title)
        : surface(cairo_pdf_surface_create_for_stream(append, &bytes, paper_width * points_per_mm,
                                                      paper_height * points_per_mm),
                  &cairo_surface_destroy),
          cairo(cairo_create(surface.get()), &cairo_destroy), fonts(pango_cairo_font_map_new()),
          context(pango_font_map_create_context(fonts.get())) {
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Tribune");
        cairo_scale(cairo.get(), points_per_mm, points_per_mm);
        // Letters stand where they belong, not on the pixels of a screen.
        const std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(
            cairo_font_options_create(), &cairo_font_options_destroy);
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context.get(), options.get());
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        pango_cairo_update_context(cairo.get(), context.get());
        layout.reset(pango_layout_new(context.get()));
    }

    void ink(const Ink& ink) { cairo_set_source_rgb(cairo.get(), ink.red, ink.green, ink.blue); }

    void set(std::string_view text, int weight) {
        const Description description(pango_font_description_from_string(families));
        pango_font_description_set_absolute_size(description.get(), set_em * PANGO_SCALE);
        pango_font_description_set_weight(description.get(), static_cast<PangoWeight>(weight));
        pango_layout_set_font_description(layout.get(), description.get());
        pango_layout_set_width(layout.get(), -1);
        pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_NONE);
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    }
    [[nodiscard]] Point extent(double size) const {
        int wide = 0, high = 0;
        pango_layout_get_size(layout.get(), &wide, &high);
        return {in_mm(wide, size), in_mm(high, size)};
    }
    void show(Point top_left, double size, const Ink& colour) {
        ink(colour);
        cairo_save(cairo.get());
        cairo_translate(cairo.get(), top_left.x, top_left.y);
        cairo_scale(cairo.get(), size / set_em, size / set_em);
        cairo_move_to(cairo.get(), 0, 0);
        pango_cairo_show_layout(cairo.get(), layout.get());
        cairo_restore(cairo.get());
    }
};

Paper::Paper(const std::string& title) : impl_(std::make_unique<Impl>(title)) {}
Paper::~Paper() = default;

double Paper::text(Point at, std::string_view text, const TextLook& look) {
    Impl& i = *impl_;
    i.set(text, look.weight);
    pango_layout_set_single_paragraph_mode(i.layout.get(), TRUE);
    double size = look.size;
    double width = i.extent(size).x;
    if (look.most_width > 0 && width > look.most_width) {
        size *= std::max(smallest, look.most_width / width);
        if (i.extent(size).x > look.most_width) {
            pango_layout_set_width(i.layout.get(), in_units(look.most_width, size));
            pango_layout_set_ellipsize(i.layout.get(), PANGO_ELLIPSIZE_END);
        }
        width = std::min(i.extent(size).x, look.most_width);
    }
    const double left = at.x - (look.align == PaperAlign::left     ? 0
                                : look.align == PaperAlign::centre ? width / 2
                                                                   : width);
    i.show({left, at.y - in_mm(pango_layout_get_baseline(i.layout.get()), size)}, size, look.ink);
    pango_layout_set_single_paragraph_mode(i.layout.get(), FALSE);
    return width;
}

double Paper::width_of(std::string_view text, const TextLook& look) {
    impl_->set(text, look.weight);
    return impl_->extent(look.size).x;
}

void Paper::large(const Rect& box, std::string_view text, int weight, PaperAlign align) {
    Impl& i = *impl_;
    PangoRectangle ink{};
    i.set(text, weight);
    pango_layout_get_extents(i.layout.get(), &ink, nullptr);
    if (ink.width <= 0 || ink.height <= 0) return;
    const double size = std::min(box.width / in_mm(ink.width, 1), box.height / in_mm(ink.height, 1));
    const double rest = box.width - in_mm(ink.width, size);
    const double left = box.x + (align == PaperAlign::left ? 0 : align == PaperAlign::centre ? rest / 2 : rest);
    i.show({left - in_mm(ink.x, size), box.y - in_mm(ink.y, size)}, size, black);
}

double Paper::paragraph(const Rect& box, std::string_view text, const TextLook& look) {
    Impl& i = *impl_;
    i.set(text, look.weight);
    pango_layout_set_width(i.layout.get(), in_units(box.width, look.size));
    pango_layout_set_wrap(i.layout.get(), PANGO_WRAP_WORD_CHAR);
    i.show({box.x, box.y}, look.size, look.ink);
    return i.extent(look.size).y;
}

void Paper::line(Point from, Point to, double width, const Ink& ink) {
    cairo_t* c = impl_->cairo.get();
    impl_->ink(ink);
    cairo_set_line_width(c, width);
    cairo_move_to(c, from.x, from.y);
    cairo_line_to(c, to.x, to.y);
    cairo_stroke(c);
}

void Paper::box(const Rect& box, double radius, const Ink& ink) {
    constexpr double quarter = std::numbers::pi / 2;
    cairo_t* c = impl_->cairo.get();
    impl_->ink(ink);
    cairo_new_sub_path(c);
    cairo_arc(c, box.right() - radius, box.y + radius, radius, -quarter, 0);
    cairo_arc(c, box.right() - radius, box.bottom() - radius, radius, 0, quarter);
    cairo_arc(c, box.x + radius, box.bottom() - radius, radius, quarter, 2 * quarter);
    cairo_arc(c, box.x + radius, box.y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(c);
    cairo_fill(c);
}

void Paper::code(Point top_left, double side, const QrCode& code) {
    cairo_t* c = impl_->cairo.get();
    const double module = side / (code.width + 2 * qr_quiet_zone);
    cairo_set_source_rgb(c, 0, 0, 0);
    // A row's neighbours are one box, and all boxes one shape: no hairlines between modules.
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width; ++x) {
            if (!code.dark(x, y)) continue;
            const int from = x;
            while (code.dark(x + 1, y)) ++x;
            cairo_rectangle(c, top_left.x + (from + qr_quiet_zone) * module, top_left.y + (y + qr_quiet_zone) * module,
                            (x + 1 - from) * module, module);
        }
    }
    cairo_fill(c);
}

void Paper::mark(Point top_left, double side) {
    // Four faces around a tribune, as assets/web/tribune.svg has them: 36 of its units a side, without its ground.
    constexpr std::array<Ink, 4> sides{Ink{0.949, 0.694, 0.204}, Ink{0.910, 0.412, 0.290}, Ink{0.310, 0.702, 0.647},
                                       Ink{0.435, 0.561, 0.910}};
    constexpr double units = 40;
    cairo_t* c = impl_->cairo.get();
    cairo_save(c);
    cairo_translate(c, top_left.x + side / 2, top_left.y + side / 2);
    cairo_scale(c, side / units, side / units);
    for (const auto& ink : sides) {
        impl_->ink(ink);
        cairo_move_to(c, -18, -20);
        cairo_line_to(c, 18, -20);
        cairo_line_to(c, 9, -11);
        cairo_line_to(c, -9, -11);
        cairo_fill(c);
        cairo_rotate(c, std::numbers::pi / 2);
    }
    impl_->ink(black);
    cairo_arc(c, 0, 0, 5, 0, 2 * std::numbers::pi);
    cairo_fill(c);
    cairo_restore(c);
}

void Paper::turned(Point about, const std::function<void()>& draw) {
    cairo_t* c = impl_->cairo.get();
    cairo_save(c);
    cairo_translate(c, about.x, about.y);
    cairo_rotate(c, std::numbers::pi);
    cairo_translate(c, -about.x, -about.y);
    draw();
    cairo_restore(c);
}

void Paper::end_page() { cairo_show_page(impl_->cairo.get()); }

Result<std::string> Paper::finish() {
    Impl& i = *impl_;
    cairo_surface_finish(i.surface.get());
    for (const auto status : {cairo_status(i.cairo.get()), cairo_surface_status(i.surface.get())}) {
        // The context of a finished surface says that it is finished.
        if (status == CAIRO_STATUS_SUCCESS || status == CAIRO_STATUS_SURFACE_FINISHED) continue;
        return Error{"print_failed",
                     fmt::format("The PDF could not be made: {}. Try again.", cairo_status_to_string(status))};
    }
    return std::move(i.bytes);
}

}  // namespace tribune
