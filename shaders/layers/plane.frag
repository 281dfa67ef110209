#version 450 core
// A part of a plane at another size.
#include "common/plane.glsl"

uniform vec4 place;
uniform vec4 part;
uniform bool multiply;  // colour by alpha

layout(binding = 0) uniform sampler2D plane;

out vec4 colour;

void main() {
    colour = sampled(plane, part, gl_FragCoord.xy / place.zw);
    if (multiply) colour.rgb *= colour.a;
}
