#version 450 core
// A rectangle in pixels, top row at y = 0, onto the canvas.

uniform vec2 canvas;
uniform vec4 place;  // left, top, width, height

out vec2 local;  // pixels from the rectangle's top left

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    local = corner * place.zw;
    gl_Position = vec4((place.xy + local) / canvas * 2.0 - 1.0, 0.0, 1.0);
}
