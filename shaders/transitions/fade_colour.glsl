// Through a plain colour and out of it again.
uniform vec3 colour; // = vec3(0.06, 0.09, 0.16)
uniform float hold;  // = 0.2   share of the time that the colour stands alone

vec4 transition(vec2 uv) {
    float fade = max(0.5 * (1.0 - clamp(hold, 0.0, 0.95)), 0.001);
    vec4 plain = vec4(colour, 1.0);
    if (progress < 0.5) return mix(getFromColor(uv), plain, smoothstep(0.0, 1.0, progress / fade));
    return mix(getToColor(uv), plain, smoothstep(0.0, 1.0, (1.0 - progress) / fade));
}
