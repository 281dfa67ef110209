#version 450 core
// A vertical gradient with rounded corners.
#include "common/rounded.glsl"

uniform vec4 place;
uniform vec4 top;  // straight alpha
uniform vec4 bottom;
uniform float radius;

in vec2 local;
out vec4 colour;

void main() {
    vec4 c = mix(top, bottom, clamp(local.y / place.w, 0.0, 1.0));
    float alpha = c.a * rounded_coverage(local, place.zw, radius);
    colour = vec4(c.rgb * alpha, alpha);
}
