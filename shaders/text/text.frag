#version 450 core
// Letters from signed distance fields, emoji from their pictures.

layout(binding = 0) uniform sampler2DArray fields;
layout(binding = 1) uniform sampler2DArray pictures;

in vec2 texel;
flat in vec4 ink_texels;
flat in vec4 paint;
flat in float texels_per_pixel;
flat in uint page;

out vec4 colour;

const float spread = 8.0;  // texels from 128 to the field's end, as made by the atlas

// Pixels from the outline at an atlas place, positive inside.
float inside(vec2 at) {
    float v = texture(fields, vec3(at / vec2(textureSize(fields, 0).xy), float(page >> 1))).r;
    return (v * 255.0 - 128.0) / 128.0 * spread / texels_per_pixel;
}

float letter() {
    if (texels_per_pixel <= 2.0) return clamp(0.5 + inside(texel), 0.0, 1.0);
    // Small letters have strokes of about a pixel: four quarter pixels come closer to the covered area.
    float q = texels_per_pixel * 0.25;
    vec4 d = vec4(inside(texel + vec2(-q, -q)), inside(texel + vec2(q, -q)), inside(texel + vec2(-q, q)),
                  inside(texel + vec2(q, q)));
    return dot(clamp(0.5 + 2.0 * d, 0.0, 1.0), vec4(0.25));
}

// The mean of the picture under this pixel; around the ink its border is clear.
vec4 picture() {
    vec2 size = vec2(textureSize(pictures, 0).xy);
    int n = clamp(int(ceil(texels_per_pixel * 0.5)), 1, 8);
    vec4 sum = vec4(0.0);
    for (int y = 0; y < n; ++y) {
        for (int x = 0; x < n; ++x) {
            vec2 at = texel + ((vec2(x, y) + 0.5) / float(n) - 0.5) * texels_per_pixel;
            at = clamp(at, ink_texels.xy - 0.5, ink_texels.zw + 0.5);
            sum += texture(pictures, vec3(at / size, float(page >> 1)));
        }
    }
    return sum / float(n * n);
}

void main() {
    if ((page & 1u) != 0u) {
        colour = picture() * paint.a;
    } else {
        float alpha = letter() * paint.a;
        colour = vec4(paint.rgb * alpha, alpha);
    }
}
