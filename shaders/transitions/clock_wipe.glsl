// A hand goes once around the clock.
uniform vec2 centre;     // = vec2(0.5, 0.5)
uniform float start;     // = 0.0    where it begins, in hours from 12
uniform float softness;  // = 0.04   of the hand's edge
uniform bool backwards;  // = false

vec4 transition(vec2 uv) {
    vec2 arm = (uv - centre) * vec2(ratio, 1.0);
    float turn = fract(atan(arm.x, arm.y) / 6.2831853 - start / 12.0);
    float place = backwards ? 1.0 - turn : turn;
    float soft = max(softness, 0.001);
    float shown = clamp((progress * (1.0 + soft) - place) / soft, 0.0, 1.0);
    return mix(getFromColor(uv), getToColor(uv), shown);
}
