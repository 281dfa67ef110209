// A soft edge goes over the picture in any direction.
uniform float angle;    // = 0.0    degrees: 0 to the right, 90 upwards
uniform float softness; // = 0.15   width of the edge, share of the way

vec4 transition(vec2 uv) {
    vec2 way = vec2(cos(radians(angle)), sin(radians(angle)));
    vec2 centred = uv - 0.5;
    float reach = 0.5 * (abs(way.x) + abs(way.y));
    float place = 0.5 + 0.5 * dot(centred, way) / reach;
    float soft = max(softness, 0.001);
    float edge = progress * (1.0 + soft);
    return mix(getToColor(uv), getFromColor(uv), clamp((place - edge) / soft + 1.0, 0.0, 1.0));
}
