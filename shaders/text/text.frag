#version 450 core
// A word from its bitmap: engine/text/word_place.hpp says how.

layout(binding = 0) uniform sampler2DArray letters;
layout(binding = 1) uniform sampler2DArray pictures;

flat in vec4 under;
flat in vec2 first;
flat in ivec4 tile;
flat in uvec4 texels;
flat in vec4 colour_of_letters;
flat in float share_of_picture;

out vec4 colour;

vec4 texel(ivec2 at) {
    ivec3 place = ivec3(at - tile.xy + ivec2(texels.xy), int(texels.z));
    return texels.w == 1u ? texelFetch(pictures, place, 0) * share_of_picture
                          : texelFetch(letters, place, 0).r * colour_of_letters;
}

void main() {
    vec2 at = under.xy + (gl_FragCoord.xy - 0.5 - first) * under.zw;
    ivec2 corner = ivec2(floor(at));
    colour = vec4(0.0);
    if (any(lessThan(corner, tile.xy)) || any(greaterThanEqual(corner, tile.zw))) return;
    vec2 share = at - vec2(corner);
    if (share == vec2(0.0)) {
        colour = texel(corner);
        return;
    }
    colour = mix(mix(texel(corner), texel(corner + ivec2(1, 0)), share.x),
                 mix(texel(corner + ivec2(0, 1)), texel(corner + ivec2(1, 1)), share.x), share.y);
}
