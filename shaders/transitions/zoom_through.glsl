// Through the old picture into the new one.
uniform vec2 centre;   // = vec2(0.5, 0.5)
uniform float depth;   // = 1.2   how near the old one comes
uniform float arrival; // = 0.25  how much smaller the new one begins

vec4 transition(vec2 uv) {
    float near = progress * progress;
    float settle = (1.0 - progress) * (1.0 - progress);
    vec2 from = centre + (uv - centre) / (1.0 + max(depth, 0.0) * near);
    vec2 to = centre + (uv - centre) * (1.0 - clamp(arrival, 0.0, 0.9) * settle);
    return mix(getFromColor(from), getToColor(to), smoothstep(0.25, 0.85, progress));
}
