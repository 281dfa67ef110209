#include "gpu/text_layer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tribune::gl {
namespace {

constexpr std::size_t most_instances = 1 << 20;

struct Instance {
    float ink[4];
    float placing[4];
    float texels_per_em;
    std::uint32_t which[2];
};

struct Attribute {
    GLint size;
    bool integer;
    std::size_t offset;
};
constexpr Attribute attributes[] = {
    {4, false, offsetof(Instance, ink)},
    {4, false, offsetof(Instance, placing)},
    {1, false, offsetof(Instance, texels_per_em)},
    {2, true, offsetof(Instance, which)},
};

// Four texels, as text.vert reads them.
using Word = std::array<float, 16>;

float seconds(Nanoseconds d) { return static_cast<float>(static_cast<double>(d.count()) / 1e9); }

Word word_of(const TextMove& m, ShowTime base) {
    const auto f = [](double v) { return static_cast<float>(v); };
    const Colour &a = m.from_colour, &b = m.to_colour;
    return {f(m.from.x),
            f(m.from.y),
            f(m.to.x),
            f(m.to.y),
            m.from_size,
            m.to_size,
            seconds(m.start - base),
            seconds(m.length),
            a.red,
            a.green,
            a.blue,
            a.alpha,
            b.red,
            b.green,
            b.blue,
            b.alpha};
}

VertexArray instance_layout(const Buffer& instances) {
    VertexArray layout = make_vertex_array();
    glVertexArrayVertexBuffer(layout.id(), 0, instances.id(), 0, sizeof(Instance));
    glVertexArrayBindingDivisor(layout.id(), 0, 1);
    GLuint at = 0;
    for (const auto& a : attributes) {
        glEnableVertexArrayAttrib(layout.id(), at);
        const auto offset = static_cast<GLuint>(a.offset);
        if (a.integer) {
            glVertexArrayAttribIFormat(layout.id(), at, a.size, GL_UNSIGNED_INT, offset);
        } else {
            glVertexArrayAttribFormat(layout.id(), at, a.size, GL_FLOAT, GL_FALSE, offset);
        }
        glVertexArrayAttribBinding(layout.id(), at, 0);
        ++at;
    }
    return layout;
}

}  // namespace

Result<TextLayer> TextLayer::create(const ShaderLibrary& shaders, Shaper& shaper, int most_atlas_pages) {
    TRIBUNE_TRY(Program program, shaders.program("text/text.vert", "text/text.frag"));
    return TextLayer(std::move(program), shaper, most_atlas_pages);
}

TextLayer::TextLayer(Program program, Shaper& shaper, int most_atlas_pages)
    : program_(std::move(program)), canvas_(glGetUniformLocation(program_.id(), "canvas")),
      offset_(glGetUniformLocation(program_.id(), "offset")), now_(glGetUniformLocation(program_.id(), "now")),
      opacity_(glGetUniformLocation(program_.id(), "opacity")), shaper_(shaper),
      atlas_(std::make_unique<GlyphAtlas>(shaper.fonts(), most_atlas_pages)) {}

void TextLayer::begin() {
    batches_.remove_if([](const Built& b) { return b.moves.expired(); });
}

// False when the atlas ran full on the way.
bool TextLayer::fill(Built& out, const Moves& moves) {
    out.base = {};
    for (const auto& m : moves) out.base = std::max(out.base, m.start);
    std::vector<Word> words;
    std::vector<Instance> instances;
    words.reserve(moves.size());
    instances.reserve(moves.size() * 8);
    for (const auto& m : moves) {
        if (!m.text) continue;
        const auto shaped = shaper_.shape(*m.text);
        const float largest = std::max(m.from_size, m.to_size);
        const auto word = static_cast<std::uint32_t>(words.size());
        words.push_back(word_of(m, out.base));
        for (const auto& run : shaped->runs) {
            for (const auto& g : run.glyphs) {
                const AtlasGlyph* a = atlas_->find(run.font, g.id, largest);
                if (a == nullptr) {
                    if (atlas_->full()) ++glyphs_left_out_;
                    continue;
                }
                if (instances.size() >= most_instances) {
                    ++glyphs_left_out_;
                    continue;
                }
                const auto f = [](double v) { return static_cast<float>(v); };
                instances.push_back({{f(a->ink.left), f(a->ink.top), f(a->ink.right), f(a->ink.bottom)},
                                     {g.x, g.y, a->origin_x, a->origin_y},
                                     a->texels_per_em,
                                     {word, a->page}});
            }
        }
    }
    out.count = static_cast<GLsizei>(instances.size());
    out.atlas = atlas_clears_;
    if (instances.empty()) return !atlas_->full();
    out.instances = make_buffer();
    glNamedBufferStorage(out.instances.id(), static_cast<GLsizeiptr>(instances.size() * sizeof(Instance)),
                         instances.data(), 0);
    out.words = make_buffer();
    glNamedBufferStorage(out.words.id(), static_cast<GLsizeiptr>(words.size() * sizeof(Word)), words.data(), 0);
    out.words_view = make_texture(GL_TEXTURE_BUFFER);
    glTextureBuffer(out.words_view.id(), GL_RGBA32F, out.words.id());
    out.layout = instance_layout(out.instances);
    ++builds_;
    return !atlas_->full();
}

TextLayer::Built& TextLayer::built(const std::shared_ptr<const Moves>& moves) {
    const auto it =
        std::find_if(batches_.begin(), batches_.end(), [&](const Built& b) { return b.moves.lock() == moves; });
    Built& out = it != batches_.end() ? *it : batches_.emplace_back();
    if (it != batches_.end() && out.atlas == atlas_clears_) return out;
    out.moves = moves;
    // A full atlas holds glyphs of words long gone: start it again with what is wanted now. Once, since what
    // does not fit into an empty one never will.
    const auto left_out = glyphs_left_out_;
    if (atlas_->full() || !fill(out, *moves)) {
        atlas_->clear();
        ++atlas_clears_;
        glyphs_left_out_ = left_out;
        fill(out, *moves);
    }
    return out;
}

Status TextLayer::upload(const TextBatch& batch) {
    if (batch.moves && batch.opacity > 0) built(batch.moves);
    return {};
}

Status TextLayer::draw(const TextBatch& batch, const Canvas& canvas) {
    if (!batch.moves || batch.opacity <= 0) return {};
    const Built& b = built(batch.moves);
    if (b.count == 0) return {};
    set(program_, canvas_, canvas.size);
    set(program_, offset_, batch.offset);
    set(program_, now_, seconds(batch.now - b.base));
    set(program_, opacity_, batch.opacity);
    glBindTextureUnit(0, atlas_->fields());
    glBindTextureUnit(1, atlas_->pictures());
    glBindTextureUnit(2, b.words_view.id());
    glUseProgram(program_.id());
    glBindVertexArray(b.layout.id());
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, b.count);
    return {};
}

}  // namespace tribune::gl
