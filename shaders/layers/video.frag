#version 450 core
// A frame's planes to RGB, scaled, cropped and turned in one go. PLANES is 1 (BGRA), 2 (Y, UV) or 3 (Y, U, V).
#include "common/rounded.glsl"

uniform vec4 place;
uniform float radius;
uniform float opacity;

// Frame coordinates run 0…1 over plane 0 as it lies in memory.
uniform vec2 origin;   // at the place's top left
uniform vec2 along_x;  // change over the place's width
uniform vec2 along_y;  // change over its height
uniform vec4 limits;   // lowest and highest coordinates of the crop, half a sample inside
uniform vec2 footprint;     // what one pixel covers
uniform vec2 chroma_scale;  // odd sizes: chroma planes reach half a sample further than luma
uniform mat3 to_rgb;
uniform vec3 offset;

layout(binding = 0) uniform sampler2D plane_0;
layout(binding = 1) uniform sampler2D plane_1;
layout(binding = 2) uniform sampler2D plane_2;

in vec2 local;
out vec4 colour;

vec4 weighed(sampler2D plane, vec2 at) {
    vec4 s = texture(plane, at);
#if PLANES == 1
    s.rgb *= s.a;  // a clear sample's colour must not bleed
#endif
    return s;
}

// Linear up to half the size; below that, where linear samples would skip some and flicker, the mean of all whole
// samples under the pixel, two by two with one linear sample.
vec4 sampled(sampler2D plane, vec2 at, vec2 scale) {
    vec2 size = vec2(textureSize(plane, 0));
    vec2 low = limits.xy * scale, high = limits.zw * scale;
    vec2 centre = at * scale * size;
    vec2 reach = footprint * scale * size;
    bvec2 many = greaterThan(reach, vec2(2.001));
    if (!any(many)) return weighed(plane, clamp(at * scale, low, high));
    vec2 from = floor(centre - reach * 0.5 + 0.001);
    vec2 to = floor(centre + reach * 0.5 + 0.001);
    vec4 sum = vec4(0.0);
    float total = 0.0;
    for (float y = many.y ? from.y : 0.0; y < (many.y ? to.y : 1.0); y += 2.0) {
        float rows = many.y ? min(to.y - y, 2.0) : 1.0;
        float v = many.y ? y + rows * 0.5 : centre.y;
        for (float x = many.x ? from.x : 0.0; x < (many.x ? to.x : 1.0); x += 2.0) {
            float columns = many.x ? min(to.x - x, 2.0) : 1.0;
            float u = many.x ? x + columns * 0.5 : centre.x;
            sum += weighed(plane, clamp(vec2(u, v) / size, low, high)) * (rows * columns);
            total += rows * columns;
        }
    }
    return sum / total;
}

void main() {
    vec2 part = local / place.zw;
    vec2 at = origin + part.x * along_x + part.y * along_y;
    vec4 c = sampled(plane_0, at, vec2(1.0));
#if PLANES == 1
    c.rgb /= max(c.a, 1e-6);
#else
#if PLANES == 2
    vec2 chroma = sampled(plane_1, at, chroma_scale).rg;
#else
    vec2 chroma = vec2(sampled(plane_1, at, chroma_scale).r, sampled(plane_2, at, chroma_scale).r);
#endif
    c = vec4(clamp(to_rgb * vec3(c.r, chroma) + offset, 0.0, 1.0), 1.0);
#endif
    float alpha = c.a * opacity * rounded_coverage(local, place.zw, radius);
    colour = vec4(c.rgb * alpha, alpha);
}
