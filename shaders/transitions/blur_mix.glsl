// Both pictures go out of focus while they mix.
uniform float size; // = 0.02   radius at its widest, share of the height

const int rings = 3;
const int points = 6;

vec4 transition(vec2 uv) {
    float radius = size * sin(3.14159265 * progress);
    vec4 from = getFromColor(uv);
    vec4 to = getToColor(uv);
    float weight = 1.0;
    for (int ring = 1; ring <= rings; ++ring) {
        for (int point = 0; point < points; ++point) {
            float turn = 6.2831853 * (float(point) + 0.5 * float(ring)) / float(points);
            vec2 at = uv + vec2(cos(turn) / ratio, sin(turn)) * radius * float(ring) / float(rings);
            from += getFromColor(at);
            to += getToColor(at);
            weight += 1.0;
        }
    }
    return mix(from / weight, to / weight, smoothstep(0.0, 1.0, progress));
}
