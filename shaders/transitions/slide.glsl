// The new picture slides over the old one, which gives way a little and dims under its shadow.
uniform vec2 direction; // = vec2(-1.0, 0.0)   where it moves to: one of right, left, up, down
uniform float give;     // = 0.25   how far the old picture moves with it
uniform float shadow;   // = 0.5

vec4 transition(vec2 uv) {
    float moved = progress * progress * (3.0 - 2.0 * progress);
    vec2 way = abs(direction.x) >= abs(direction.y) ? vec2(direction.x < 0.0 ? -1.0 : 1.0, 0.0)
                                                    : vec2(0.0, direction.y < 0.0 ? -1.0 : 1.0);
    vec2 at = uv + way * (1.0 - moved);
    if (at.x >= 0.0 && at.x <= 1.0 && at.y >= 0.0 && at.y <= 1.0) return getToColor(at);
    float gap = max(max(-at.x, at.x - 1.0), max(-at.y, at.y - 1.0));
    float dark = clamp(shadow, 0.0, 1.0) * moved * (0.4 + 0.6 * exp(-18.0 * gap));
    vec4 behind = getFromColor(uv - way * clamp(give, 0.0, 1.0) * moved);
    return vec4(behind.rgb * (1.0 - dark), behind.a);
}
