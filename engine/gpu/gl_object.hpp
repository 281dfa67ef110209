// Owners for GL names. The context that made them must be current when they die.
#pragma once

#include <epoxy/gl.h>

#include <utility>

namespace tribune::gl {

// `Delete` frees one name. Empty is 0.
template <void (*Delete)(GLuint)>
class Object {
  public:
    Object() = default;
    explicit Object(GLuint id) : id_(id) {}
    Object(Object&& o) noexcept : id_(std::exchange(o.id_, 0)) {}
    Object& operator=(Object&& o) noexcept {
        if (this != &o) {
            if (id_ != 0) Delete(id_);
            id_ = std::exchange(o.id_, 0);
        }
        return *this;
    }
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;
    ~Object() {
        if (id_ != 0) Delete(id_);
    }

    [[nodiscard]] GLuint id() const { return id_; }
    explicit operator bool() const { return id_ != 0; }

  private:
    GLuint id_ = 0;
};

inline void delete_texture(GLuint id) { glDeleteTextures(1, &id); }
inline void delete_buffer(GLuint id) { glDeleteBuffers(1, &id); }
inline void delete_framebuffer(GLuint id) { glDeleteFramebuffers(1, &id); }
inline void delete_vertex_array(GLuint id) { glDeleteVertexArrays(1, &id); }
inline void delete_query(GLuint id) { glDeleteQueries(1, &id); }
inline void delete_program(GLuint id) { glDeleteProgram(id); }
inline void delete_shader(GLuint id) { glDeleteShader(id); }

using Texture = Object<delete_texture>;
using Buffer = Object<delete_buffer>;
using Framebuffer = Object<delete_framebuffer>;
using VertexArray = Object<delete_vertex_array>;
using Query = Object<delete_query>;
using Program = Object<delete_program>;
using Shader = Object<delete_shader>;

inline Texture make_texture(GLenum target) {
    GLuint id = 0;
    glCreateTextures(target, 1, &id);
    return Texture(id);
}
inline Buffer make_buffer() {
    GLuint id = 0;
    glCreateBuffers(1, &id);
    return Buffer(id);
}
inline Framebuffer make_framebuffer() {
    GLuint id = 0;
    glCreateFramebuffers(1, &id);
    return Framebuffer(id);
}
inline VertexArray make_vertex_array() {
    GLuint id = 0;
    glCreateVertexArrays(1, &id);
    return VertexArray(id);
}
inline Query make_query(GLenum target) {
    GLuint id = 0;
    glCreateQueries(target, 1, &id);
    return Query(id);
}

// Linear, clamped: what every texture of ours wants.
inline void set_linear(const Texture& t) {
    glTextureParameteri(t.id(), GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTextureParameteri(t.id(), GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTextureParameteri(t.id(), GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTextureParameteri(t.id(), GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

// A point in the stream of GL commands that the CPU may wait for.
class Fence {
  public:
    Fence() = default;
    Fence(Fence&& o) noexcept : sync_(std::exchange(o.sync_, nullptr)) {}
    Fence& operator=(Fence&& o) noexcept {
        if (this != &o) {
            if (sync_ != nullptr) glDeleteSync(sync_);
            sync_ = std::exchange(o.sync_, nullptr);
        }
        return *this;
    }
    Fence(const Fence&) = delete;
    Fence& operator=(const Fence&) = delete;
    ~Fence() {
        if (sync_ != nullptr) glDeleteSync(sync_);
    }

    void set() {
        if (sync_ != nullptr) glDeleteSync(sync_);
        sync_ = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
    }
    // Returns when the GPU is past it; at once when never set. False when it took longer than a second.
    bool wait() {
        if (sync_ == nullptr) return true;
        const GLenum result = glClientWaitSync(sync_, GL_SYNC_FLUSH_COMMANDS_BIT, 1'000'000'000);
        if (result != GL_ALREADY_SIGNALED && result != GL_CONDITION_SATISFIED) return false;
        glDeleteSync(std::exchange(sync_, nullptr));
        return true;
    }

  private:
    GLsync sync_ = nullptr;
};

}  // namespace tribune::gl
