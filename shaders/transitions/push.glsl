// The new picture pushes the old one out, easily.
uniform vec2 direction; // = vec2(-1.0, 0.0)   where the pictures move: one of right, left, up, down
uniform float ease;     // = 1.0   0 moves evenly

vec4 transition(vec2 uv) {
    float smooth_progress = progress * progress * (3.0 - 2.0 * progress);
    float moved = mix(progress, smooth_progress, clamp(ease, 0.0, 1.0));
    vec2 way = abs(direction.x) >= abs(direction.y) ? vec2(direction.x < 0.0 ? -1.0 : 1.0, 0.0)
                                                    : vec2(0.0, direction.y < 0.0 ? -1.0 : 1.0);
    vec2 at = uv - way * moved;
    bool inside = at.x >= 0.0 && at.x <= 1.0 && at.y >= 0.0 && at.y <= 1.0;
    return inside ? getFromColor(at) : getToColor(at + way);
}
