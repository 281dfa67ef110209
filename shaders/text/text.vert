#version 450 core
// One word an instance, or a part of a large one: the rectangle that it may touch.

layout(location = 0) in vec4 ink;       // left, top, right, bottom in the picture
layout(location = 1) in vec4 sampling;  // place in the bitmap under the ink's first pixel, steps from pixel to pixel
layout(location = 2) in ivec4 part;     // of the bitmap
layout(location = 3) in uvec4 place;    // of the part in the pages: x, y, page; 1 for a picture
layout(location = 4) in vec4 paint;
layout(location = 5) in float fade;

uniform vec2 canvas;

flat out vec4 under;
flat out vec2 first;
flat out ivec4 tile;
flat out uvec4 texels;
flat out vec4 colour_of_letters;
flat out float share_of_picture;

void main() {
    under = sampling;
    first = ink.xy;
    tile = part;
    texels = place;
    colour_of_letters = paint;
    share_of_picture = fade;
    vec2 at = mix(ink.xy, ink.zw, vec2(gl_VertexID & 1, gl_VertexID >> 1));
    gl_Position = vec4(at / canvas * 2.0 - 1.0, 0.0, 1.0);
}
