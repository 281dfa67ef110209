#include "ref/painters/random_plan.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace tribune::test {

RandomPlans::RandomPlans(unsigned seed) : random_(seed) {
    for (int i = 0; i < 24; ++i) frames_.push_back(frame());
}

// Waves with plain rectangles on them: slopes and edges, in light and in colour.
std::shared_ptr<const VideoFrame> RandomPlans::frame() {
    auto made = std::make_shared<VideoFrame>();
    made->format = static_cast<PixelFormat>(1 + upto(5));
    made->matrix = static_cast<ColourMatrix>(1 + upto(3));
    made->range = static_cast<ColourRange>(1 + upto(2));
    made->rotation = one_in(2) ? 0 : upto(4) * 90;
    made->size = {1 + upto(one_in(4) ? 700 : 200), 1 + upto(one_in(4) ? 500 : 150)};
    const bool clear = one_in(2);  // packed ones only
    auto memory = std::make_shared<std::array<std::vector<std::uint8_t>, 3>>();
    for (std::size_t p = 0; p < 3; ++p) {
        const auto shape = plane_shape(made->format, made->size, static_cast<int>(p));
        if (shape.rows == 0) continue;
        const int channels = made->format == PixelFormat::bgra             ? 4
                             : made->format == PixelFormat::nv12 && p == 1 ? 2
                                                                           : 1;
        const int stride = shape.row_bytes + upto(20);
        auto& bytes = (*memory)[p];
        bytes.assign(static_cast<std::size_t>(stride) * static_cast<std::size_t>(shape.rows), 0xEE);
        for (int c = 0; c < channels; ++c) {
            const double fx = between(0, 0.15), fy = between(0, 0.15), high = between(10, 60),
                         middle = between(90, 170);
            const int x0 = upto(shape.row_bytes), y0 = upto(shape.rows), w = upto(60) * channels, h = upto(60);
            const double step = between(-50, 50);
            for (int y = 0; y < shape.rows; ++y) {
                for (int x = c; x < shape.row_bytes; x += channels) {
                    double v = middle + high * std::sin(fx * x / channels + fy * y + c);
                    if (x >= x0 && x < x0 + w && y >= y0 && y < y0 + h) v += step;
                    if (channels == 4 && c == 3 && !clear) v = 255;
                    bytes[static_cast<std::size_t>(y * stride + x)] = static_cast<std::uint8_t>(std::lround(v));
                }
            }
        }
        made->planes[p] = {bytes.data(), stride};
    }
    made->keep = memory;
    return made;
}

Rect RandomPlans::place(Size canvas) {
    const double w = canvas.width, h = canvas.height;
    if (one_in(6)) return {0, 0, w, h};
    if (one_in(12)) return {between(-6 * w, 0), between(-6 * h, 0), between(4 * w, 9 * w), between(4 * h, 9 * h)};
    return {between(-0.4 * w, 0.9 * w), between(-0.4 * h, 0.9 * h), between(0, 1.2 * w), between(0, 1.2 * h)};
}

Rect RandomPlans::crop() {
    if (one_in(2)) return {0, 0, 1, 1};
    const double x = between(0, 0.9), y = between(0, 0.9);
    return {x, y, between(0, 1 - x), between(0, 1 - y)};
}

Colour RandomPlans::colour() {
    const auto part = [&] { return static_cast<float>(between(0, 1)); };
    return {part(), part(), part(), one_in(2) ? 1.0F : part()};
}

Effects RandomPlans::effects() {
    Effects e;
    if (one_in(2)) e.rotation_deg = one_in(3) ? upto(8) * 90 - 360 : between(-200, 400);
    if (one_in(2)) e.border = {static_cast<float>(one_in(2) ? upto(8) : between(0, 30)), colour()};
    if (one_in(2)) e.blend = static_cast<Blend>(1 + upto(7));
    // Soft keys: a step in the key makes much of any rounding before it.
    if (one_in(2)) {
        e.key = Key{
            static_cast<KeyKind>(1 + upto(2)), colour(), between(0, 0.3), between(0.6, 1), between(0, 0.5), one_in(3)};
    }
    return e;
}

VideoItem RandomPlans::video(Size canvas) {
    VideoItem v;
    v.frame = frames_[static_cast<std::size_t>(upto(static_cast<int>(frames_.size())))];
    v.crop = crop();
    v.place = place(canvas);
    if (one_in(6)) {  // sample for pixel
        const bool lying = v.frame->rotation % 180 != 0;
        const int w = lying ? v.frame->size.height : v.frame->size.width;
        const int h = lying ? v.frame->size.width : v.frame->size.height;
        v.crop = {0, 0, 1, 1};
        v.place = {std::floor(v.place.x), std::floor(v.place.y), 1.0 * w, 1.0 * h};
    }
    if (one_in(12)) {  // to three quarters, perhaps after halves
        const int n = 4 << upto(3);
        v.crop = {0, 0, 1, 1};
        auto& size = v.frame->size;
        if (size.width >= 2 * n && size.height >= 2 * n && v.frame->rotation % 180 == 0) {
            const int w = size.width / n * n, h = size.height / n * n;
            v.crop = {0, 0, 1.0 * w / size.width, 1.0 * h / size.height};
            v.place = {std::floor(v.place.x), std::floor(v.place.y), w * 3.0 / n, h * 3.0 / n};
        }
    }
    if (one_in(2)) v.opacity = static_cast<float>(between(0, 1));
    if (one_in(2)) v.corner_radius = static_cast<float>(between(0, 60));
    return v;
}

TextMove RandomPlans::text(Size canvas) {
    static const char* const texts[] = {"Élysée",  "gå Wij", "السلام", "住宅問題", "नमस्ते",   "x",
                                        "Merci 👍", "🏡",      "שלום",   "fi ffl",   "한국어", "Règlement"};
    TextMove m;
    m.text = std::make_shared<const TextSpec>(
        TextSpec{texts[upto(12)], {"Inter", one_in(2) ? 600 : 300 + 100 * upto(6)}, ""});
    const auto point = [&] { return Point{between(-20, canvas.width), between(0, canvas.height + 20)}; };
    m.from = point();
    m.to = one_in(3) ? m.from : Point{m.from.x + between(-30, 30), m.from.y + between(-30, 30)};
    const auto size = [&] { return static_cast<float>(one_in(3) ? between(4, 14) : between(10, 70)); };
    m.from_size = m.to_size = size();
    if (one_in(2)) m.to_size = size();
    m.from_colour = m.to_colour = colour();
    if (one_in(2)) m.to_colour = colour();
    m.start = ShowTime{std::chrono::milliseconds(upto(2000))};
    m.length = std::chrono::milliseconds(one_in(2) ? 0 : upto(3000));
    return m;
}

TextBatch RandomPlans::texts(Size canvas) {
    TextBatch b;
    auto moves = std::make_shared<std::vector<TextMove>>();
    for (int n = 1 + upto(5); n > 0; --n) moves->push_back(text(canvas));
    for (const auto& m : *moves) b.settled = std::max(b.settled, m.start + m.length);
    b.now = ShowTime{std::chrono::milliseconds(upto(5000))};
    if (one_in(8)) b.now = moves->front().start + moves->front().length;
    b.moves = std::move(moves);
    if (one_in(2)) b.offset = {between(-20, 20), between(-20, 20)};
    if (one_in(2)) b.opacity = static_cast<float>(between(0, 1));
    return b;
}

std::shared_ptr<const Picture> RandomPlans::nested(Size size, int depth) {
    return std::make_shared<const Picture>(picture(size, depth));
}

PlanItem RandomPlans::item(Size canvas, int depth) {
    const int kind = upto(depth > 0 ? 10 : 7);
    if (one_in(4)) return texts(canvas);
    if (kind < 2) return FillItem{place(canvas), colour(), colour(), static_cast<float>(one_in(2) ? 0 : upto(40))};
    if (kind < 7) {
        VideoItem v = video(canvas);
        if (one_in(2)) v.effects = effects();
        return v;
    }
    if (kind < 9) {
        PictureItem p;
        p.crop = crop();
        p.place = place(canvas);
        Size size{10 + upto(150), 10 + upto(100)};
        if (one_in(3)) {  // pixel for pixel
            p.crop = {0, 0, 1, 1};
            p.place = {std::floor(p.place.x), std::floor(p.place.y), 1.0 * size.width, 1.0 * size.height};
        }
        p.picture = nested(size, depth - 1);
        if (one_in(2)) p.opacity = static_cast<float>(between(0, 1));
        if (one_in(2)) p.corner_radius = static_cast<float>(between(0, 60));
        if (one_in(2)) p.effects = effects();
        return p;
    }
    TransitionItem t;
    const Size size{10 + upto(150), 10 + upto(100)};
    t.place = {std::floor(between(-20, 60)), std::floor(between(-20, 60)), 1.0 * size.width, 1.0 * size.height};
    t.from = nested(size, depth - 1);
    t.to = nested(size, depth - 1);
    t.progress = static_cast<float>(between(0, 1));
    return t;
}

Picture RandomPlans::picture(Size size, int depth) {
    Picture out{size, colour(), {}};
    if (one_in(2)) out.ground.alpha = 0;
    for (int n = 1 + upto(3); n > 0; --n) out.items.push_back(item(size, depth));
    return out;
}

}  // namespace tribune::test
