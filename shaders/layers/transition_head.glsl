// What a shader in the gl-transitions format may use. Stands before its text. The collection is written for the GLSL ES
// of WebGL 1, but leans on what browsers let pass (globals made from uniforms, a function called texture): this GLSL
// takes all of it.

uniform sampler2D tribune_from;
uniform sampler2D tribune_to;
uniform vec4 tribune_seen;  // left, top, width, height of what the pictures hold, as shares of the whole
uniform bool tribune_opaque;
uniform float progress;
uniform float ratio;

in vec2 tribune_uv;
out vec4 tribune_colour;

vec4 texture2D(sampler2D picture, vec2 at) { return texture(picture, at); }

vec4 tribune_pick(sampler2D picture, vec2 uv) {
    return texture(picture, (vec2(uv.x, 1.0 - uv.y) - tribune_seen.xy) / tribune_seen.zw);
}
vec4 getFromColor(vec2 uv) { return tribune_pick(tribune_from, uv); }
vec4 getToColor(vec2 uv) { return tribune_pick(tribune_to, uv); }
