#version 450 core
// A part of a plane at another size, by bilinear samples. Cards interpolate in few bits, which would add up over several
// steps: here it is done in full.
uniform vec4 place;
uniform vec4 part;
uniform bool multiply;  // colour by alpha

layout(binding = 0) uniform sampler2D plane;

out vec4 colour;

void main() {
    vec2 at = part.xy + clamp(gl_FragCoord.xy / place.zw * part.zw - 0.5, vec2(0.0), part.zw - 1.0);
    ivec2 first = ivec2(at), next = min(first + 1, ivec2(part.xy + part.zw) - 1);
    vec2 share = fract(at);
    colour = mix(mix(texelFetch(plane, first, 0), texelFetch(plane, ivec2(next.x, first.y), 0), share.x),
                 mix(texelFetch(plane, ivec2(first.x, next.y), 0), texelFetch(plane, next, 0), share.x), share.y);
    if (multiply) colour.rgb *= colour.a;
}
