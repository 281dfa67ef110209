// A gentle ring runs over the water and leaves the new picture behind it.
uniform vec2 centre;     // = vec2(0.5, 0.5)
uniform float amplitude; // = 0.015   how far the ring moves the picture, share of the height
uniform float width;     // = 0.3     of the ring

vec4 transition(vec2 uv) {
    vec2 shape = vec2(ratio, 1.0);
    vec2 arm = (uv - centre) * shape;
    float far = length(max(centre, 1.0 - centre) * shape);
    float wide = max(width, 0.01) * far;
    float front = progress * (far + 2.0 * wide) - wide;
    float off = (length(arm) - front) / wide;
    float lift = abs(off) < 1.0 ? 0.5 + 0.5 * cos(3.14159265 * off) : 0.0;
    float swing = sin(6.2831853 * off) * lift * amplitude;
    vec2 at = uv + (length(arm) > 0.0 ? normalize(arm) : vec2(0.0)) / shape * swing;
    return mix(getToColor(at), getFromColor(at), smoothstep(-0.5, 0.5, off));
}
