#include "gpu/text_layer.hpp"

#include <cstddef>
#include <utility>

namespace tribune::gl {
namespace {

// A tile as text.vert reads it.
struct Instance {
    float ink[4];            // left, top, right, bottom in the picture
    float first[2];          // place in the bitmap under the ink's first pixel
    float step[2];           // from pixel to pixel
    std::int32_t part[4];    // of the bitmap, as in WordTile
    std::uint16_t place[4];  // x, y, page; 1 for a picture
    std::uint8_t paint[4];   // premultiplied B G R A
    float fade;              // of a picture
};

struct Attribute {
    GLint size;
    GLenum type;
    bool integer;
    std::size_t offset;
};
constexpr Attribute attributes[] = {
    {4, GL_FLOAT, false, offsetof(Instance, ink)},
    {4, GL_FLOAT, false, offsetof(Instance, first)},
    {4, GL_INT, true, offsetof(Instance, part)},
    {4, GL_UNSIGNED_SHORT, true, offsetof(Instance, place)},
    {GL_BGRA, GL_UNSIGNED_BYTE, false, offsetof(Instance, paint)},
    {1, GL_FLOAT, false, offsetof(Instance, fade)},
};

VertexArray instance_layout(const Buffer& instances) {
    VertexArray layout = make_vertex_array();
    glVertexArrayVertexBuffer(layout.id(), 0, instances.id(), 0, sizeof(Instance));
    glVertexArrayBindingDivisor(layout.id(), 0, 1);
    GLuint at = 0;
    for (const auto& a : attributes) {
        glEnableVertexArrayAttrib(layout.id(), at);
        const auto offset = static_cast<GLuint>(a.offset);
        if (a.integer) {
            glVertexArrayAttribIFormat(layout.id(), at, a.size, a.type, offset);
        } else {
            glVertexArrayAttribFormat(layout.id(), at, a.size, a.type, a.type == GL_UNSIGNED_BYTE, offset);
        }
        glVertexArrayAttribBinding(layout.id(), at, 0);
        ++at;
    }
    return layout;
}

WordsInstant instant_of(const TextBatch& b) { return {b.now, b.settled, b.offset, b.opacity}; }

Instance instance_of(const PlacedBitmap& w, const BitmapAxes& axes, const WordTile& tile) {
    const auto f = [](double v) { return static_cast<float>(v); };
    const auto u = [](int v) { return static_cast<std::uint16_t>(v); };
    const auto b = [&](unsigned shift) { return static_cast<std::uint8_t>(w.place.colour >> shift); };
    return {{f(w.ink.x0), f(w.ink.y0), f(w.ink.x1), f(w.ink.y1)},
            {f(axes.x.first), f(axes.y.first)},
            {f(axes.x.step), f(axes.y.step)},
            {tile.part.x0, tile.part.y0, tile.part.x1, tile.part.y1},
            {u(tile.place.x), u(tile.place.y), u(tile.place.page), u(tile.picture ? 1 : 0)},
            {b(0), b(8), b(16), b(24)},
            f(w.place.fade / 256.0)};
}

}  // namespace

Result<TextLayer> TextLayer::create(const ShaderLibrary& shaders, std::unique_ptr<Shaper> shaper,
                                    std::size_t most_bytes) {
    TRIBUNE_TRY(Program program, shaders.program("text/text.vert", "text/text.frag"));
    return TextLayer(std::move(program), std::move(shaper), most_bytes);
}

// Shelves leave a quarter of the pages blank, about: so the words kept for later do not push out those that are seen.
TextLayer::TextLayer(Program program, std::unique_ptr<Shaper> shaper, std::size_t most_bytes)
    : program_(std::move(program)), canvas_(glGetUniformLocation(program_.id(), "canvas")),
      words_(std::move(shaper), most_bytes / 4 * 3), pages_(most_bytes) {}

const std::vector<WordTile>* TextLayer::tiles(const std::shared_ptr<const WordBitmap>& bitmap) {
    if (const auto* found = pages_.find(bitmap)) return found;
    pages_.sweep();
    const auto* found = pages_.find(bitmap);
    if (found != nullptr || std::exchange(swept_, true)) return found;
    words_.forget_unused();
    pages_.sweep();
    return pages_.find(bitmap);
}

TextLayer::Instances TextLayer::take_instances() {
    if (spare_.empty()) {
        Instances made{{}, make_buffer()};
        made.layout = instance_layout(made.buffer);
        return made;
    }
    Instances taken = std::move(spare_.back());
    spare_.pop_back();
    return taken;
}

Status TextLayer::build(Built& out) {
    Status status;
    std::vector<Instance> instances;
    instances.reserve(out.words->size());
    for (const auto& word : *out.words) {
        const auto* found = tiles(word.bitmap);
        if (found == nullptr) {
            ++left_out_;
            status = Error{"text_memory",
                           "the words of a picture take more memory than they may; some are left out: show "
                           "fewer or smaller ones"};
            continue;
        }
        const BitmapAxes axes = bitmap_axes(word);
        for (const auto& tile : *found) instances.push_back(instance_of(word, axes, tile));
    }
    out.count = static_cast<GLsizei>(instances.size());
    if (instances.empty()) return status;
    out.instances = take_instances();
    glNamedBufferData(out.instances.buffer.id(), static_cast<GLsizeiptr>(instances.size() * sizeof(Instance)),
                      instances.data(), GL_STREAM_DRAW);
    return status;
}

Status TextLayer::upload(const TextBatch& batch, Size picture) {
    if (batch.opacity <= 0) {
        for (const auto& bitmap : words_.prepare(batch.moves, instant_of(batch))) pages_.find(bitmap);
        return {};
    }
    Status status;
    auto words = words_.place(batch.moves, instant_of(batch), picture, status);
    auto& built = built_[words.get()];
    built.used = true;
    if (built.words) return status;
    built.words = std::move(words);
    const Status room = build(built);
    return status ? room : status;
}

Status TextLayer::draw(const TextBatch& batch, const Canvas& canvas) {
    if (batch.opacity <= 0) return {};
    Status ignored;
    const auto built = built_.find(words_.place(batch.moves, instant_of(batch), canvas.size, ignored).get());
    if (built == built_.end() || built->second.count == 0) return {};
    set(program_, canvas_, canvas.size);
    glBindTextureUnit(0, pages_.letters());
    glBindTextureUnit(1, pages_.pictures());
    glUseProgram(program_.id());
    glBindVertexArray(built->second.instances.layout.id());
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, built->second.count);
    return {};
}

void TextLayer::end_frame() {
    words_.end_frame();
    swept_ = false;
    spare_.clear();
    for (auto b = built_.begin(); b != built_.end();) {
        if (std::exchange(b->second.used, false)) {
            ++b;
            continue;
        }
        if (b->second.instances.buffer) spare_.push_back(std::move(b->second.instances));
        b = built_.erase(b);
    }
}

}  // namespace tribune::gl
