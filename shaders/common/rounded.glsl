// How much of the pixel at `local` (from the rectangle's top left, in pixels) lies inside the rectangle with
// rounded corners: half a pixel of ramp on either side of the edge. Without a radius the pixel is all inside.
float rounded_coverage(vec2 local, vec2 size, float radius) {
    if (radius <= 0.0) return 1.0;
    float r = min(radius, min(size.x, size.y) * 0.5);
    vec2 q = abs(local - size * 0.5) - size * 0.5 + r;
    float outside = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - r;
    return clamp(0.5 - outside, 0.0, 1.0);
}
