// A bilinear sample of a part of a plane (first sample and size, in samples) at a place in the part (0…1 each way);
// nothing beyond the part bleeds in.
vec4 sampled(sampler2D plane, vec4 part, vec2 place) {
    vec2 at = clamp(part.xy + place * part.zw, part.xy + 0.5, part.xy + part.zw - 0.5);
    return texture(plane, at / vec2(textureSize(plane, 0)));
}
