// Rows of tiles as long and as short as words turn the page, line by line, as one reads.
uniform int rows;      // = 9
uniform float spread;  // = 0.7   0: all at once, 1: one word after the other
uniform float seed;    // = 3.0

float chance(vec2 at) { return fract(sin(dot(at, vec2(12.9898, 78.233))) * 43758.5453); }

vec4 transition(vec2 uv) {
    float count = max(float(rows), 1.0);
    float line = floor((1.0 - uv.y) * count);
    float units = floor(count * 2.5 * ratio);
    // A word ends where chance says so: at most four units long.
    float unit = floor(uv.x * units);
    float first = unit;
    for (int i = 0; i < 3; ++i) {
        if (first > 0.0 && chance(vec2(first, line + seed)) > 0.45) first -= 1.0;
    }
    float order = (line + first / max(units, 1.0)) / count;
    order = clamp(order + 0.15 * (chance(vec2(first + 7.0, line - seed)) - 0.5), 0.0, 1.0);
    float wide = clamp(spread, 0.0, 0.95);
    float shown = clamp((progress - order * wide) / (1.0 - wide), 0.0, 1.0);
    return mix(getFromColor(uv), getToColor(uv), smoothstep(0.0, 1.0, shown));
}
