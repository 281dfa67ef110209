#version 330 core
// A rectangle in pixels, top row at y = 0, for a transition shader, whose own places count from the bottom left.
uniform vec2 tribune_canvas;
uniform vec4 tribune_place;  // left, top, width, height: what of it can be seen
uniform vec4 tribune_whole;  // all of it

out vec2 tribune_uv;

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec2 at = tribune_place.xy + corner * tribune_place.zw;
    vec2 share = (at - tribune_whole.xy) / tribune_whole.zw;
    tribune_uv = vec2(share.x, 1.0 - share.y);
    gl_Position = vec4(at / tribune_canvas * 2.0 - 1.0, 0.0, 1.0);
}
