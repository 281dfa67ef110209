#include "gpu/effect_layer.hpp"

#include <algorithm>

namespace tribune::gl {
namespace {
constexpr double step = 1e-6;  // a key's smoothness that is as good as none
float slope(double width) { return static_cast<float>(1 / std::max(width, step)); }
}  // namespace

Result<EffectLayer> EffectLayer::create(const ShaderLibrary& shaders) {
    TRIBUNE_TRY(Program program, shaders.program("layers/place.vert", "layers/effect.frag"));
    return EffectLayer(std::move(program));
}

EffectLayer::EffectLayer(Program program) : program_(std::move(program)) {
    const auto at = [&](const char* name) { return glGetUniformLocation(program_.id(), name); };
    canvas_ = at("canvas");
    place_ = at("place");
    centre_ = at("centre");
    turn_ = at("turn");
    upright_ = at("upright");
    window_ = at("window");
    radius_ = at("radius");
    border_width_ = at("border_width");
    border_ = at("border");
    opacity_ = at("opacity");
    key_ = at("key");
    key_values_ = at("key_values");
    spill_slope_ = at("spill_slope");
    invert_ = at("invert");
    blend_ = at("blend");
    behind_from_ = at("behind_from");
}

void EffectLayer::set_key(const Key& key) {
    constexpr double kr = 0.2126, kb = 0.0722;  // BT.709-6
    const double luma = kr * key.colour.red + (1 - kr - kb) * key.colour.green + kb * key.colour.blue;
    const auto f = [](double v) { return static_cast<float>(v); };
    glProgramUniform4f(program_.id(), key_values_, f((key.colour.blue - luma) * 0.5 / (1 - kb)),
                       f((key.colour.red - luma) * 0.5 / (1 - kr)), f(key.similarity), slope(key.smoothness));
    set(program_, spill_slope_, slope(key.smoothness + key.spill));
    glProgramUniform1i(program_.id(), invert_, key.invert ? 1 : 0);
}

Status EffectLayer::copy_behind(const IntRect& part, const Canvas& canvas) {
    if (behind_size_.width < part.width() || behind_size_.height < part.height()) {
        const Size size{std::max(behind_size_.width, part.width()), std::max(behind_size_.height, part.height())};
        while (glGetError() != GL_NO_ERROR) {
        }
        behind_size_ = {};
        behind_ = make_texture(GL_TEXTURE_2D);
        glTextureStorage2D(behind_.id(), 1, GL_RGBA8, size.width, size.height);
        if (glGetError() != GL_NO_ERROR)
            return Error{"gl_memory", "no room to blend a picture on the graphics card: make it smaller"};
        set_linear(behind_);
        behind_size_ = size;
    }
    glCopyImageSubData(canvas.texture, GL_TEXTURE_2D, 0, part.x0, part.y0, 0, behind_.id(), GL_TEXTURE_2D, 0, 0, 0, 0,
                       part.width(), part.height(), 1);
    return {};
}

Status EffectLayer::draw(const Look& look, const PictureTarget& picture, const Canvas& canvas) {
    const auto& [place, window, effects, opacity, corner_radius] = look;
    const IntRect bounds = intersection(place.bounds, {0, 0, canvas.size.width, canvas.size.height});
    if (bounds.empty()) return {};
    const bool mixes = effects.blend != Blend::normal;
    if (mixes) TRIBUNE_CHECK(copy_behind(bounds, canvas));
    set(program_, canvas_, canvas.size);
    set(program_, place_, bounds);
    set(program_, centre_, place.centre);
    set(program_, turn_, Point{place.cosine, place.sine});
    set(program_, upright_, place.upright);
    set(program_, window_, Point{1.0 * window.x0, 1.0 * window.y0});
    set(program_, radius_, std::max(corner_radius, 0.0F));
    set(program_, border_width_, effects.border.width);
    set(program_, border_, effects.border.colour);
    set(program_, opacity_, std::clamp(opacity, 0.0F, 1.0F));
    glProgramUniform1i(program_.id(), key_, effects.key ? static_cast<GLint>(effects.key->kind) : 0);
    if (effects.key) set_key(*effects.key);
    glProgramUniform1i(program_.id(), blend_, static_cast<GLint>(effects.blend));
    glProgramUniform2i(program_.id(), behind_from_, bounds.x0, bounds.y0);
    glBindTextureUnit(0, picture.texture());
    glBindTextureUnit(1, mixes ? behind_.id() : 0);
    if (mixes) glDisable(GL_BLEND);
    draw_rectangle(program_, canvas);
    if (mixes) glEnable(GL_BLEND);
    return {};
}

}  // namespace tribune::gl
