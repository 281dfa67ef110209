// The old picture dissolves by its own light: shadows first, or highlights first.
uniform float softness;  // = 0.25
uniform bool highlights; // = false   the bright goes first

vec4 transition(vec2 uv) {
    vec4 from = getFromColor(uv);
    float light = dot(from.rgb, vec3(0.2126, 0.7152, 0.0722));
    float when = highlights ? 1.0 - light : light;
    float soft = max(softness, 0.001);
    float shown = clamp((progress * (1.0 + soft) - when) / soft, 0.0, 1.0);
    return mix(from, getToColor(uv), shown);
}
