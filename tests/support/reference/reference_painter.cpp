#include "support/reference/reference_painter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <tuple>

#include "text/raster.hpp"

namespace tribune::test {
namespace {

double unit(double v) { return std::clamp(v, 0.0, 1.0); }

Pixel times(const Pixel& p, double f) { return {p.red * f, p.green * f, p.blue * f, p.alpha * f}; }
Pixel plus(const Pixel& a, const Pixel& b) {
    return {a.red + b.red, a.green + b.green, a.blue + b.blue, a.alpha + b.alpha};
}
Pixel multiplied(const Colour& c, double opacity = 1) {
    const double a = unit(c.alpha) * opacity;
    return {unit(c.red) * a, unit(c.green) * a, unit(c.blue) * a, a};
}
Pixel over(const Pixel& s, const Pixel& b) { return plus(s, times(b, 1 - s.alpha)); }

// Every step of a picture ends in 8 bits.
double stored(double v) { return std::floor(v + 0.5); }  // samples 0…255
Pixel stored(const Pixel& p) {
    const auto part = [](double v) { return std::floor(v * 255 + 0.5) / 255; };
    return {part(p.red), part(p.green), part(p.blue), part(p.alpha)};
}

// A grid of values of any kind.
template <class T>
struct Grid {
    int width = 0, height = 0;
    std::vector<T> values;

    Grid() = default;
    Grid(int w, int h, const std::function<T(int, int)>& make) : width(w), height(h) {
        for (int y = 0; y < h; ++y)
            for (int x = 0; x < w; ++x) values.push_back(make(x, y));
    }
    [[nodiscard]] const T& at(int x, int y) const {
        const int cx = std::clamp(x, 0, width - 1), cy = std::clamp(y, 0, height - 1);
        return values[static_cast<std::size_t>(cy) * static_cast<std::size_t>(width) + static_cast<std::size_t>(cx)];
    }
};

double mixed(double a, double b, double t) { return a + (b - a) * t; }
Pixel mixed(const Pixel& a, const Pixel& b, double t) { return plus(times(a, 1 - t), times(b, t)); }

// Between the centres of samples; beyond the edge it goes on.
template <class T>
T bilinear(const Grid<T>& g, double x, double y) {
    x = std::clamp(x, 0.0, g.width - 1.0);
    y = std::clamp(y, 0.0, g.height - 1.0);
    const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
    return mixed(mixed(g.at(x0, y0), g.at(x0 + 1, y0), x - x0), mixed(g.at(x0, y0 + 1), g.at(x0 + 1, y0 + 1), x - x0),
                 y - y0);
}

template <class T>
Grid<T> stretched(const Grid<T>& g, int width, int height) {
    // A step to three quarters has plain shares: 3:1, 1:1, 1:3.
    const bool quarters = 4 * width == 3 * g.width && 4 * height == 3 * g.height;
    const auto among = [&](int i, int from, int to) {
        return (i + 0.5) * from / to - 0.5 + (quarters ? (1 - i % 3) / 12.0 : 0.0);
    };
    return {width, height,
            [&](int x, int y) { return stored(bilinear(g, among(x, g.width, width), among(y, g.height, height))); }};
}

template <class T>
Grid<T> scaled(Grid<T> g, int width, int height) {
    while (g.width >= 2 * width || g.height >= 2 * height) {
        const int w = g.width >= 2 * width ? (g.width + 1) / 2 : g.width;
        const int h = g.height >= 2 * height ? (g.height + 1) / 2 : g.height;
        g = stretched(g, w, h);
    }
    return stretched(g, width, height);
}

// A quarter turn clockwise at a time.
template <class T>
Grid<T> turned(Grid<T> g, int rotation) {
    for (; rotation > 0; rotation -= 90)
        g = Grid<T>(g.height, g.width, [&](int x, int y) { return g.at(y, g.height - 1 - x); });
    return g;
}

template <class T>
Grid<T> cut(const Grid<T>& g, int x0, int y0, int x1, int y1) {
    return {x1 - x0, y1 - y0, [&](int x, int y) { return g.at(x0 + x, y0 + y); }};
}

int nearest(double v) { return static_cast<int>(std::floor(v + 0.5)); }

// First and one past the last sample of an interval (0…1) of a row.
std::pair<int, int> samples(double from, double length, int count) {
    const int first = std::clamp(nearest(from * count), 0, count - 1);
    return {first, std::clamp(nearest((from + length) * count), first + 1, count)};
}

Pixel to_rgb(const VideoFrame& f, double y, double u, double v) {
    double kr = 0.2126, kb = 0.0722;
    if (f.matrix == ColourMatrix::bt601) kr = 0.299, kb = 0.114;
    if (f.matrix == ColourMatrix::bt2020) kr = 0.2627, kb = 0.0593;
    const bool full = f.range == ColourRange::full;
    const double luma = full ? y / 255 : (y - 16) / 219;
    const double cb = (u - 128) / (full ? 255.0 : 224.0), cr = (v - 128) / (full ? 255.0 : 224.0);
    const double red = luma + 2 * (1 - kr) * cr, blue = luma + 2 * (1 - kb) * cb;
    return {unit(red), unit((luma - kr * red - kb * blue) / (1 - kr - kb)), unit(blue), 1};
}

// A part of a frame at a size, upright.
Grid<Pixel> sampled(const VideoFrame& f, Rect crop, int width, int height) {
    // From upright to as stored.
    for (int r = f.rotation; r > 0; r -= 90) crop = {crop.y, 1 - crop.right(), crop.height, crop.width};
    int x0 = 0, x1 = 0, y0 = 0, y1 = 0;
    std::tie(x0, x1) = samples(crop.x, crop.width, f.size.width);
    std::tie(y0, y1) = samples(crop.y, crop.height, f.size.height);
    const bool plain = f.rotation == 0 && x1 - x0 == width && y1 - y0 == height;
    const auto byte = [](const Plane& p, int x, int y) {
        return double{1} * p.data[static_cast<std::ptrdiff_t>(y) * p.stride + x];
    };
    if (f.format == PixelFormat::bgra) {
        const Grid<Pixel> all(f.size.width, f.size.height, [&](int x, int y) {
            const auto b = [&](int i) { return byte(f.planes[0], x * 4 + i, y) / 255; };
            return stored(times({b(2), b(1), b(0), 1}, b(3)));
        });
        const bool lying = f.rotation == 90 || f.rotation == 270;
        const auto part = cut(all, x0, y0, x1, y1);
        return turned(scaled(part, lying ? height : width, lying ? width : height), f.rotation);
    }
    const int across = f.format == PixelFormat::i444 ? 1 : 2;
    const int down = f.format == PixelFormat::i420 || f.format == PixelFormat::nv12 ? 2 : 1;
    const auto luma = [&](int x, int y) { return byte(f.planes[0], x, y); };
    const auto chroma = [&](int plane, int x, int y) {
        if (f.format == PixelFormat::nv12) return byte(f.planes[1], x * 2 + plane - 1, y);
        return byte(f.planes[static_cast<std::size_t>(plane)], x, y);
    };
    if (plain) {
        return {width, height, [&](int x, int y) {
                    const int cx = (x0 + x) / across, cy = (y0 + y) / down;
                    return to_rgb(f, luma(x0 + x, y0 + y), chroma(1, cx, cy), chroma(2, cx, cy));
                }};
    }
    x0 = x0 / across * across;
    y0 = y0 / down * down;
    x1 = std::min((x1 + across - 1) / across * across, f.size.width);
    y1 = std::min((y1 + down - 1) / down * down, f.size.height);
    const auto upright = [&](const Grid<double>& part, int w, int h) {
        const bool lying = f.rotation == 90 || f.rotation == 270;
        return turned(scaled(part, lying ? h : w, lying ? w : h), f.rotation);
    };
    const auto y_plane =
        upright(Grid<double>(x1 - x0, y1 - y0, [&](int x, int y) { return luma(x0 + x, y0 + y); }), width, height);
    const int share = f.format == PixelFormat::i444 ? 1 : 2;  // pixels of the place for one of its chroma samples
    const auto c_plane = [&](int plane) {
        const int w = (x1 - x0 + across - 1) / across, h = (y1 - y0 + down - 1) / down;
        const Grid<double> part(w, h, [&](int x, int y) { return chroma(plane, x0 / across + x, y0 / down + y); });
        return upright(part, (width + share - 1) / share, (height + share - 1) / share);
    };
    const auto u_plane = c_plane(1), v_plane = c_plane(2);
    return {width, height, [&](int x, int y) {
                return to_rgb(f, y_plane.at(x, y), u_plane.at(x / share, y / share), v_plane.at(x / share, y / share));
            }};
}

// How much of a pixel, by its centre, lies in a rectangle with round corners around the origin.
double inside(double x, double y, double half_width, double half_height, double radius) {
    const double a = std::abs(x) - half_width + radius, b = std::abs(y) - half_height + radius;
    return unit(0.5 - (std::hypot(std::max(a, 0.0), std::max(b, 0.0)) + std::min(std::max(a, b), 0.0) - radius));
}

Pixel keyed(const Pixel& p, const Key& key) {
    const double a = std::max(p.alpha, 1e-9);
    const std::array<double, 3> c{p.red / a, p.green / a, p.blue / a};
    const auto luma_of = [](double r, double g, double b) { return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const double luma = luma_of(c[0], c[1], c[2]);
    double d = luma;
    if (key.kind == KeyKind::chroma) {
        const auto& k = key.colour;
        const double key_luma = luma_of(k.red, k.green, k.blue);
        d = std::hypot((c[2] - luma) / 1.8556 - (k.blue - key_luma) / 1.8556,
                       (c[0] - luma) / 1.5748 - (k.red - key_luma) / 1.5748);
    }
    const auto ramp = [&](double width) {
        return width > 0 ? unit((d - key.similarity) / width) : d > key.similarity ? 1.0 : 0.0;
    };
    const double kept = ramp(key.smoothness);
    const double grey = key.kind == KeyKind::chroma ? 1 - ramp(key.smoothness + key.spill) : 0;
    const auto drawn = [&](double v) { return v + (luma - v) * grey; };
    return times({drawn(c[0]), drawn(c[1]), drawn(c[2]), 1}, p.alpha * (key.invert ? 1 - kept : kept));
}

Pixel blended(const Pixel& s, const Pixel& b, Blend mode) {
    const auto channel = [&](double sv, double bv) {
        const double cs = s.alpha > 0 ? sv / s.alpha : 0, cb = b.alpha > 0 ? bv / b.alpha : 0;
        double both = cs;
        switch (mode) {
            case Blend::normal: break;
            case Blend::add: both = std::min(1.0, cb + cs); break;
            case Blend::subtract: both = std::max(0.0, cb - cs); break;
            case Blend::screen: both = cb + cs - cb * cs; break;
            case Blend::multiply: both = cb * cs; break;
            case Blend::lighten: both = std::max(cb, cs); break;
            case Blend::darken: both = std::min(cb, cs); break;
        }
        return cs * s.alpha * (1 - b.alpha) + cb * b.alpha * (1 - s.alpha) + s.alpha * b.alpha * both;
    };
    return {channel(s.red, b.red), channel(s.green, b.green), channel(s.blue, b.blue),
            s.alpha + b.alpha - s.alpha * b.alpha};
}

struct Canvas {
    ReferenceImage& image;
    Shaper& shaper;

    // `colour(x, y)` at each pixel within.
    void each(int x0, int y0, int x1, int y1, const std::function<Pixel(int, int, const Pixel&)>& colour) const {
        for (int y = std::max(y0, 0); y < std::min(y1, image.size.height); ++y)
            for (int x = std::max(x0, 0); x < std::min(x1, image.size.width); ++x)
                image.at(x, y) = stored(colour(x, y, image.at(x, y)));
    }
};

// What an item shows, at the upright size it has in its place.
Grid<Pixel> content(const VideoItem& item, int width, int height, Shaper&) {
    return sampled(*item.frame, item.crop, width, height);
}
Grid<Pixel> content(const PictureItem& item, int width, int height, Shaper& shaper) {
    const auto drawn = reference_picture(*item.picture, shaper, false);
    const auto [x0, x1] = samples(item.crop.x, item.crop.width, drawn.size.width);
    const auto [y0, y1] = samples(item.crop.y, item.crop.height, drawn.size.height);
    const Grid<Pixel> all(drawn.size.width, drawn.size.height, [&](int x, int y) { return drawn.at(x, y); });
    return scaled(cut(all, x0, y0, x1, y1), width, height);
}

template <class Item>
void draw_shown(const Item& item, const Canvas& canvas) {
    const double degrees = std::remainder(item.effects.rotation_deg, 360);
    const bool lying = std::abs(std::abs(degrees) - 90) < 1e-9;
    Rect place = item.place;
    if (lying) {
        const Point c = place.centre();
        place = {c.x - place.height / 2, c.y - place.width / 2, place.height, place.width};
    }
    const int x0 = nearest(place.x), y0 = nearest(place.y), x1 = nearest(place.right()), y1 = nearest(place.bottom());
    const int width = lying ? y1 - y0 : x1 - x0, height = lying ? x1 - x0 : y1 - y0;
    if (width <= 0 || height <= 0 || item.crop.width <= 0 || item.crop.height <= 0) return;
    const auto shown = content(item, width, height, canvas.shaper);
    const double angle = degrees * std::numbers::pi / 180, cx = (x0 + x1) / 2.0, cy = (y0 + y1) / 2.0;
    const double radius = std::clamp(double{item.corner_radius}, 0.0, std::min(width, height) / 2.0);
    const double line = item.effects.border.width;
    const int reach = width + height + 2;
    canvas.each(nearest(cx) - reach, nearest(cy) - reach, nearest(cx) + reach, nearest(cy) + reach,
                [&](int px, int py, const Pixel& behind) {
                    const double dx = px + 0.5 - cx, dy = py + 0.5 - cy;
                    const double x = std::cos(angle) * dx + std::sin(angle) * dy;
                    const double y = std::cos(angle) * dy - std::sin(angle) * dx;
                    const double covered = inside(x, y, width / 2.0, height / 2.0, radius);
                    if (covered <= 0) return behind;
                    Pixel p = bilinear(shown, x + width / 2.0 - 0.5, y + height / 2.0 - 0.5);
                    if (item.effects.key) p = keyed(p, *item.effects.key);
                    if (line > 0) {
                        const double within =
                            inside(x, y, width / 2.0 - line, height / 2.0 - line, std::max(radius - line, 0.0));
                        p = over(multiplied(item.effects.border.colour, 1 - within), p);
                    }
                    return blended(times(p, covered * unit(item.opacity)), behind, item.effects.blend);
                });
}

void draw(const VideoItem& item, const Canvas& canvas) {
    if (item.frame) draw_shown(item, canvas);
}
void draw(const PictureItem& item, const Canvas& canvas) {
    if (item.picture) draw_shown(item, canvas);
}
void draw(const FillItem& item, const Canvas& canvas) {
    const int x0 = nearest(item.place.x), y0 = nearest(item.place.y);
    const int x1 = nearest(item.place.right()), y1 = nearest(item.place.bottom());
    const double w = x1 - x0, h = y1 - y0;
    const double radius = std::clamp(double{item.corner_radius}, 0.0, std::max(std::min(w, h) / 2, 0.0));
    canvas.each(x0, y0, x1, y1, [&](int x, int y, const Pixel& behind) {
        const double t = (y + 0.5 - y0) / h;
        const auto mix = [t](float a, float b) { return static_cast<float>(mixed(double{a}, double{b}, t)); };
        const Colour c{mix(item.top.red, item.bottom.red), mix(item.top.green, item.bottom.green),
                       mix(item.top.blue, item.bottom.blue), mix(item.top.alpha, item.bottom.alpha)};
        return over(multiplied(c, inside(x + 0.5 - x0 - w / 2, y + 0.5 - y0 - h / 2, w / 2, h / 2, radius)), behind);
    });
}

// Where the pen stands to 1/64 pixel.
Point fine(const Point& p) { return {std::floor(p.x * 64 + 0.5) / 64, std::floor(p.y * 64 + 0.5) / 64}; }

// By engine/text/word_place.hpp.
void draw(const TextMove& move, const TextBatch& batch, const Canvas& canvas) {
    const double length = static_cast<double>(move.length.count());
    const double passed = length > 0 ? unit(static_cast<double>((batch.now - move.start).count()) / length)
                          : batch.now >= move.start ? 1.0
                                                    : 0.0;
    const double t = passed * passed * (3 - 2 * passed);
    const bool rests = batch.now >= move.start + move.length, shrinks = move.from_size > move.to_size;
    const double size = mixed(double{move.from_size}, double{move.to_size}, t);
    if (size <= 0) return;
    double of_bitmap = rests ? double{move.to_size} : double{std::max(move.from_size, move.to_size)};
    while (!rests && of_bitmap >= 2 * size && of_bitmap > 8) of_bitmap /= 2;
    const Point from = fine(move.from), to = fine(move.to), end = !rests && shrinks ? from : to;
    const Point pen{mixed(from.x, to.x, t) + nearest(batch.offset.x), mixed(from.y, to.y, t) + nearest(batch.offset.y)};
    const Point part{end.x - std::floor(end.x), end.y - std::floor(end.y)};
    const auto bitmap = render_text(canvas.shaper, *move.text, of_bitmap, part);
    if (!bitmap || bitmap->size.empty()) return;
    const auto channel = [&](float a, float b) { return static_cast<float>(mixed(double{a}, double{b}, t)); };
    const Colour &a = move.from_colour, &b = move.to_colour;
    const Colour colour{channel(a.red, b.red), channel(a.green, b.green), channel(a.blue, b.blue),
                        channel(a.alpha, b.alpha)};
    const double opacity = unit(batch.opacity);
    const Pixel letters = stored(multiplied(colour, opacity));
    if (letters.alpha <= 0) return;
    const Size s = bitmap->size;
    const Grid<Pixel> grid(s.width + 2, s.height + 2, [&](int x, int y) -> Pixel {  // a blank around
        if (x == 0 || y == 0 || x > s.width || y > s.height) return {};
        const auto i =
            static_cast<std::size_t>(y - 1) * static_cast<std::size_t>(s.width) + static_cast<std::size_t>(x - 1);
        return {0, 0, 0, bitmap->coverage[i] / 255.0};
    });
    const Grid<Pixel> pictures(s.width + 2, s.height + 2, [&](int x, int y) -> Pixel {
        if (x == 0 || y == 0 || x > s.width || y > s.height || bitmap->colour.empty()) return {};
        const auto* p = &bitmap->colour[4 * (static_cast<std::size_t>(y - 1) * static_cast<std::size_t>(s.width) +
                                             static_cast<std::size_t>(x - 1))];
        return {p[2] / 255.0, p[1] / 255.0, p[0] / 255.0, p[3] / 255.0};
    });
    const double scale = rests ? 1 : size / of_bitmap;
    const double left = pen.x + (bitmap->left - part.x - 1) * scale, top = pen.y + (bitmap->top - part.y - 1) * scale;
    const double right = left + (s.width + 2) * scale, bottom = top + (s.height + 2) * scale;
    canvas.each(nearest(left) - 1, nearest(top) - 1, nearest(right) + 1, nearest(bottom) + 1,
                [&](int x, int y, const Pixel& behind) {
                    const double u = (x + 0.5 - pen.x) / scale + part.x - bitmap->left + 0.5;
                    const double v = (y + 0.5 - pen.y) / scale + part.y - bitmap->top + 0.5;
                    if (u <= 0 || v <= 0 || u >= s.width + 1 || v >= s.height + 1) return behind;
                    const Pixel over_letters = over(times(letters, bilinear(grid, u, v).alpha), behind);
                    return over(times(bilinear(pictures, u, v), unit(colour.alpha) * opacity), over_letters);
                });
}
void draw(const TextBatch& batch, const Canvas& canvas) {
    for (const auto& move : *batch.moves) draw(move, batch, canvas);
}
void draw(const TransitionItem& item, const Canvas& canvas) {
    const int x0 = nearest(item.place.x), y0 = nearest(item.place.y);
    const int w = nearest(item.place.right()) - x0, h = nearest(item.place.bottom()) - y0;
    const auto from = content(PictureItem{item.from, {0, 0, 1, 1}, {}}, w, h, canvas.shaper);
    const auto to = content(PictureItem{item.to, {0, 0, 1, 1}, {}}, w, h, canvas.shaper);
    canvas.each(x0, y0, x0 + w, y0 + h, [&](int x, int y, const Pixel& behind) {
        return over(mixed(from.at(x - x0, y - y0), to.at(x - x0, y - y0), unit(item.progress)), behind);
    });
}

}  // namespace

ReferenceImage reference_picture(const Picture& picture, Shaper& shaper, bool own) {
    Colour ground = picture.ground;
    if (own) ground.alpha = 1;
    ReferenceImage image(picture.size, stored(multiplied(ground)));
    for (const auto& item : picture.items) std::visit([&](const auto& i) { draw(i, Canvas{image, shaper}); }, item);
    return image;
}

}  // namespace tribune::test
