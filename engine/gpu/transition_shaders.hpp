// Transition shaders (the format of show/transition_file.hpp) as GL programs, each compiled once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gpu/shader_library.hpp"
#include "plan/frame_plan.hpp"
#include "plan/transition_drawer.hpp"

namespace tribune::gl {

// A compiled shader and where its uniforms are.
struct TransitionProgram {
    struct Parameter {
        std::string name;
        GLenum type = GL_FLOAT;
        GLint at = -1;
    };
    Program program;
    GLint canvas, place, whole, seen, opaque, progress, ratio;
    std::vector<Parameter> parameters;  // those that the shader really uses

    // What the look leaves out is 0.
    void set_values(const ShaderLook& look) const;
};

// Thread: the context's. At most most_programs are kept; then all are made anew as they are asked for.
class TransitionShaders {
  public:
    static constexpr std::size_t most_programs = 512;
    // Units of the three pictures that a shader sees: from, to, and a ramp for samplers of its own.
    static constexpr GLint from_unit = 0, to_unit = 1, ramp_unit = 2;

    // Error shader_*: of our own half.
    static Result<TransitionShaders> create(const ShaderLibrary& shaders);

    // Null when it cannot be had: then the problem is in problems(), and in the log once.
    const TransitionProgram* program(const ShaderLook& look);

    // Codes: no_transition (the show has no such shader), bad_transition (it does not compile).
    [[nodiscard]] const std::vector<TransitionProblem>& problems() const { return problems_; }

    // A grey ramp, dark on the left: it makes luma shaders a wipe and moves displaced pictures evenly.
    [[nodiscard]] GLuint ramp() const { return ramp_.id(); }

  private:
    TransitionShaders(ShaderLibrary shaders, Shader vertex);
    Result<TransitionProgram> build(const ShaderLook& look) const;
    void forget_all();

    ShaderLibrary shaders_;
    Shader vertex_;
    Texture ramp_;
    std::map<std::string, std::optional<TransitionProgram>> programs_;  // by text; none: it failed
    std::vector<TransitionProblem> problems_;
};

}  // namespace tribune::gl
