// A bilinear sample of a part of a plane (first sample and size, in samples) at `grid` samples that it is to become;
// nothing beyond the part bleeds in.
vec4 sampled(sampler2D plane, vec4 part, vec2 at, vec2 grid) {
    vec2 place = at / grid * part.zw;
    // Three quarters: each sample's shares are 3:1, 1:1 or 1:3 (plan/frame_sampling.hpp).
    if (4.0 * grid == 3.0 * part.zw) place += (1.0 - mod(floor(at), 3.0)) / 12.0;
    place = clamp(part.xy + place, part.xy + 0.5, part.xy + part.zw - 0.5);
    return texture(plane, place / vec2(textureSize(plane, 0)));
}
