// What every layer draws onto: the bound framebuffer of one picture, and the four corners of a rectangle.
#pragma once

#include "base/geometry.hpp"
#include "gpu/gl_object.hpp"

namespace tribune::gl {

struct Canvas {
    Size size;
    GLuint corners = 0;  // an empty vertex array: shaders make corners from gl_VertexID
    GLuint texture = 0;  // the picture's own, for what must be read before it is drawn over
};

inline void set(const Program& p, GLint at, const Rect& r) {
    glProgramUniform4f(p.id(), at, static_cast<float>(r.x), static_cast<float>(r.y), static_cast<float>(r.width),
                       static_cast<float>(r.height));
}
inline void set(const Program& p, GLint at, const IntRect& r) {
    glProgramUniform4f(p.id(), at, static_cast<float>(r.x0), static_cast<float>(r.y0), static_cast<float>(r.width()),
                       static_cast<float>(r.height()));
}
inline void set(const Program& p, GLint at, const Colour& c) {
    glProgramUniform4f(p.id(), at, c.red, c.green, c.blue, c.alpha);
}
inline void set(const Program& p, GLint at, const Point& v) {
    glProgramUniform2f(p.id(), at, static_cast<float>(v.x), static_cast<float>(v.y));
}
inline void set(const Program& p, GLint at, Size v) {
    glProgramUniform2f(p.id(), at, static_cast<float>(v.width), static_cast<float>(v.height));
}
inline void set(const Program& p, GLint at, float v) { glProgramUniform1f(p.id(), at, v); }

inline void draw_rectangle(const Program& p, const Canvas& canvas) {
    glUseProgram(p.id());
    glBindVertexArray(canvas.corners);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace tribune::gl
