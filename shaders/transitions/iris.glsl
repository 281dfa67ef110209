// A round opening grows from a point, or closes on it.
uniform vec2 centre;    // = vec2(0.5, 0.5)
uniform float softness; // = 0.08   of the edge
uniform bool closing;   // = false

vec4 transition(vec2 uv) {
    vec2 shape = vec2(ratio, 1.0);
    float far = length(max(centre, 1.0 - centre) * shape);
    float place = length((uv - centre) * shape) / far;
    float soft = max(softness, 0.001);
    float when = closing ? 1.0 - place : place;
    float shown = clamp((progress * (1.0 + soft) - when) / soft, 0.0, 1.0);
    return mix(getFromColor(uv), getToColor(uv), shown);
}
