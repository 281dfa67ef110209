// Slats turn one after the other.
uniform int slats;      // = 12
uniform float angle;    // = 0.0   degrees: 0 upright slats, 90 lying ones
uniform float spread;   // = 0.5   0: all together
uniform float softness; // = 0.2

vec4 transition(vec2 uv) {
    vec2 way = vec2(cos(radians(angle)), sin(radians(angle)));
    float reach = 0.5 * (abs(way.x) + abs(way.y));
    float along = clamp(0.5 + 0.5 * dot(uv - 0.5, way) / reach, 0.0, 0.99999);
    float count = max(float(slats), 1.0);
    float slat = floor(along * count) / count;
    float within = fract(along * count);
    float wide = clamp(spread, 0.0, 0.9);
    float own = clamp((progress - slat * wide) / (1.0 - wide * (1.0 - 1.0 / count)), 0.0, 1.0);
    float soft = max(softness, 0.001);
    float shown = clamp((own * (1.0 + soft) - within) / soft, 0.0, 1.0);
    return mix(getFromColor(uv), getToColor(uv), shown);
}
