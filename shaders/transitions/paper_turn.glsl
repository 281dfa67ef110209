// The old picture is a sheet that is drawn aside, with the light on its bend.
uniform float angle; // = 20.0   degrees: 0 to the left, 90 downwards
uniform float bend;  // = 0.12   width of the bend
uniform float light; // = 0.35

vec4 transition(vec2 uv) {
    vec2 way = -vec2(cos(radians(angle)), sin(radians(angle)));
    float reach = 0.5 * (abs(way.x) + abs(way.y));
    float place = 0.5 + 0.5 * dot(uv - 0.5, way) / reach;
    float wide = max(bend, 0.005);
    float edge = progress * (1.0 + 2.0 * wide) - wide;
    float off = (place - edge) / wide;
    if (off < 0.0) {
        vec4 under = getToColor(uv);
        float dark = 0.5 * light * exp(4.0 * off) * (1.0 - progress);
        return vec4(under.rgb * (1.0 - clamp(dark, 0.0, 1.0)), under.a);
    }
    float curl = 1.0 - clamp(off, 0.0, 1.0);
    vec4 sheet = getFromColor(uv - way * wide * curl * curl);
    return vec4(sheet.rgb * (1.0 - clamp(light, 0.0, 1.0) * curl * sin(3.14159265 * curl)), sheet.a);
}
