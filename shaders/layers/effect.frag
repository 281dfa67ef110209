#version 450 core
// A picture (colour times alpha) keyed, bordered, cut to its corners, turned, and blended by any mode. What each means
// stands in base/compositing.hpp and plan/frame_plan.hpp.

uniform vec2 centre;   // of the turned picture, on the canvas
uniform vec2 turn;     // cosine and sine
uniform vec2 upright;  // size before turning, pixels
uniform vec2 window;   // where in it the texture begins
uniform float radius;
uniform float border_width;
uniform vec4 border;  // straight alpha
uniform float opacity;
uniform int key;            // 0: none, 1: chroma, 2: luma
uniform vec4 key_values;    // Cb and Cr of the key's colour, similarity, 1 / smoothness
uniform float spill_slope;  // 1 / (smoothness + spill)
uniform bool invert;
uniform int blend;         // as numbered in base/compositing.hpp; 1 is left to the fixed functions
uniform ivec2 behind_from; // where the copy of what is behind begins

layout(binding = 0) uniform sampler2D picture;
layout(binding = 1) uniform sampler2D behind;

out vec4 colour;

const vec3 luma_weights = vec3(0.2126, 0.7152, 0.0722);  // BT.709-6
const vec2 chroma_scale = 0.5 / (1.0 - luma_weights.br);

vec4 keyed(vec4 c) {
    vec3 rgb = c.rgb / max(c.a, 1.0 / 255.0);
    float luma = dot(rgb, luma_weights);
    float d = key == 1 ? distance((rgb.br - luma) * chroma_scale, key_values.xy) : luma;
    float kept = clamp((d - key_values.z) * key_values.w, 0.0, 1.0);
    float grey = key == 1 ? 1.0 - clamp((d - key_values.z) * spill_slope, 0.0, 1.0) : 0.0;
    float alpha = c.a * (invert ? 1.0 - kept : kept);
    return vec4(mix(rgb, vec3(luma), grey) * alpha, alpha);
}

// How much of a pixel lies in a rectangle with round corners around the middle: half a pixel of ramp on either side.
float inside(vec2 from_middle, vec2 half_size, float r) {
    vec2 q = abs(from_middle) - half_size + r;
    return clamp(0.5 - (length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - r), 0.0, 1.0);
}

// co = cs·αs·(1 - αb) + cb·αb·(1 - αs) + αs·αb·B(cb, cs)
vec4 blended(vec4 s, vec4 b) {
    vec3 bs = b.rgb * s.a, sb = s.rgb * b.a, both;
    float alphas = s.a * b.a;
    switch (blend) {
        case 2: both = min(vec3(alphas), bs + sb); break;
        case 3: both = max(vec3(0.0), bs - sb); break;
        case 4: both = sb + bs - s.rgb * b.rgb; break;
        case 5: both = s.rgb * b.rgb; break;
        case 6: both = max(bs, sb); break;
        case 7: both = min(bs, sb); break;
        default: both = sb; break;
    }
    return vec4(s.rgb * (1.0 - b.a) + b.rgb * (1.0 - s.a) + both, s.a + b.a - alphas);
}

void main() {
    vec2 d = gl_FragCoord.xy - centre;
    vec2 from_middle = vec2(turn.x * d.x + turn.y * d.y, turn.x * d.y - turn.y * d.x);
    vec2 size = vec2(textureSize(picture, 0));
    vec4 c = texture(picture, clamp(from_middle + upright * 0.5 - window, vec2(0.5), size - 0.5) / size);
    if (key != 0) c = keyed(c);
    float r = min(radius, min(upright.x, upright.y) * 0.5);
    if (border_width > 0.0) {
        float line = border.a *
            (1.0 - inside(from_middle, upright * 0.5 - border_width, max(r - border_width, 0.0)));
        c = c * (1.0 - line) + vec4(border.rgb * line, line);
    }
    c *= opacity * inside(from_middle, upright * 0.5, r);
    colour = blend == 1 ? c : blended(c, texelFetch(behind, ivec2(gl_FragCoord.xy) - behind_from, 0));
}
