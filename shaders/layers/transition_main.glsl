// Stands behind a transition shader's text. Two opaque pictures make an opaque one, whatever the shader says.
void main() {
    vec4 colour = clamp(transition(tribune_uv), 0.0, 1.0);
    float alpha = tribune_opaque ? 1.0 : colour.a;
    tribune_colour = vec4(min(colour.rgb, alpha), alpha);
}
