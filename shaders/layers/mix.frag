#version 450 core
// One picture mixed with another of its size.
uniform vec4 place;  // whole pixels
uniform float progress;

layout(binding = 0) uniform sampler2D from;
layout(binding = 1) uniform sampler2D to;

out vec4 colour;

void main() {
    ivec2 pixel = ivec2(gl_FragCoord.xy - place.xy);
    colour = mix(texelFetch(from, pixel, 0), texelFetch(to, pixel, 0), progress);
}
