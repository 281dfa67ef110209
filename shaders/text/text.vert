#version 450 core
// One glyph an instance, on its word's way from one place to another.

layout(location = 0) in vec4 ink;      // left, top, right, bottom, em from the glyph's origin
layout(location = 1) in vec4 placing;  // origin: em from the pen's start (xy), texels in the atlas (zw)
layout(location = 2) in float texels_per_em;
layout(location = 3) in uvec2 which;   // word; atlas page * 2 + 1 for a picture

// Four texels a word: from and to; sizes, start and length in seconds; colour from; colour to.
layout(binding = 2) uniform samplerBuffer words;

uniform vec2 canvas;
uniform vec2 offset;
uniform float now;
uniform float opacity;

out vec2 texel;
flat out vec4 ink_texels;
flat out vec4 paint;  // straight alpha
flat out float texels_per_pixel;
flat out uint page;

const float field_reach = 7.0;  // texels of a field around its ink that may be read

float eased(float start, float length) {
    float since = now - start;
    if (since >= length) return 1.0;
    if (since <= 0.0) return 0.0;
    float t = since / length;
    return t * t * (3.0 - 2.0 * t);
}

void main() {
    int word = int(which.x) * 4;
    vec4 path = texelFetch(words, word);
    vec4 shape = texelFetch(words, word + 1);
    float e = eased(shape.z, shape.w);
    vec2 pen = mix(path.xy, path.zw, e) + offset;
    float size = mix(shape.x, shape.y, e);
    paint = mix(texelFetch(words, word + 2), texelFetch(words, word + 3), e);
    paint.a *= opacity;
    page = which.y;
    texels_per_pixel = texels_per_em / max(size, 1e-3);

    // A pixel more on each side for the soft edge.
    float room = min(1.0 / max(size, 1e-3), field_reach / texels_per_em);
    vec2 corner = mix(ink.xy - room, ink.zw + room, vec2(gl_VertexID & 1, gl_VertexID >> 1));
    texel = placing.zw + corner * texels_per_em;
    ink_texels = placing.zwzw + ink * texels_per_em;
    vec2 at = pen + (placing.xy + corner) * size;
    if (size <= 0.0 || paint.a <= 0.0) at = vec2(-2.0) * canvas;  // nothing to see: off the canvas
    gl_Position = vec4(at / canvas * 2.0 - 1.0, 0.0, 1.0);
}
