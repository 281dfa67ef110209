#version 450 core
// A frame's planes to RGB, by the rule of plan/frame_sampling.hpp. PLANES is 1 (packed), 2 (Y, UV) or 3 (Y, U, V).
#include "common/plane.glsl"
#include "common/rounded.glsl"

uniform vec4 place;  // whole pixels
uniform float radius;
uniform float opacity;

uniform vec2 turn[3];  // the upright picture's origin, width and height, as they lie in the part (0…1)
uniform vec4 luma;     // part of plane 0
uniform vec4 chroma;   // part of the others
uniform vec2 cell;     // pixels that share a chroma sample
uniform vec2 phase;    // of them, those before the place
uniform vec2 cells;
uniform mat3 to_rgb;
uniform vec3 offset;
uniform bool straight;  // packed: colour is not yet multiplied by alpha

layout(binding = 0) uniform sampler2D plane_0;
layout(binding = 1) uniform sampler2D plane_1;
layout(binding = 2) uniform sampler2D plane_2;

out vec4 colour;

// A sample of a part that becomes `grid` upright samples, at a place among these.
vec4 upright(sampler2D plane, vec4 part, vec2 at, vec2 grid) {
    vec2 stored_grid = abs(turn[1]) * grid.x + abs(turn[2]) * grid.y;
    vec2 stored = turn[0] + at.x / grid.x * turn[1] + at.y / grid.y * turn[2];
    return sampled(plane, part, stored * stored_grid, stored_grid);
}

void main() {
    vec2 pixel = gl_FragCoord.xy - place.xy;
    vec4 c = upright(plane_0, luma, pixel, place.zw);
#if PLANES == 1
    if (straight) c.rgb *= c.a;
#else
    vec2 at = floor((pixel + phase) / cell) + 0.5;
#if PLANES == 2
    vec2 uv = upright(plane_1, chroma, at, cells).rg;
#else
    vec2 uv = vec2(upright(plane_1, chroma, at, cells).r, upright(plane_2, chroma, at, cells).r);
#endif
    c = vec4(clamp(to_rgb * vec3(c.r, uv) + offset, 0.0, 1.0), 1.0);
#endif
    colour = c * (opacity * rounded_coverage(pixel, place.zw, radius));
}
