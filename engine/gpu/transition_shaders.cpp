#include "gpu/transition_shaders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/log.hpp"

namespace tribune::gl {
namespace {

constexpr std::string_view own_prefix = "tribune_";
constexpr std::array<std::string_view, 2> given{"progress", "ratio"};
constexpr int ramp_steps = 256;
constexpr GLsizei longest_uniform = 256;

// The shader between our head and our foot; its lines count from its own first one.
std::string wrapped(const std::string& glsl) {
    return "#version 330 core\n#include \"layers/transition_head.glsl\"\n#line 1 0\n" + glsl +
           "\n#include \"layers/transition_main.glsl\"\n";
}

bool is_parameter(std::string_view name) {
    return !name.starts_with(own_prefix) && std::find(given.begin(), given.end(), name) == given.end();
}

std::vector<TransitionProgram::Parameter> parameters_of(const Program& program) {
    std::vector<TransitionProgram::Parameter> out;
    GLint count = 0;
    glGetProgramiv(program.id(), GL_ACTIVE_UNIFORMS, &count);
    for (GLint i = 0; i < count; ++i) {
        std::array<char, longest_uniform> name{};
        GLsizei length = 0;
        GLint size = 0;
        GLenum type = GL_FLOAT;
        glGetActiveUniform(program.id(), static_cast<GLuint>(i), longest_uniform, &length, &size, &type, name.data());
        const std::string text(name.data(), static_cast<std::size_t>(length));
        if (is_parameter(text)) out.push_back({text, type, glGetUniformLocation(program.id(), name.data())});
    }
    return out;
}

Texture make_ramp() {
    std::array<std::uint8_t, ramp_steps> grey{};
    for (std::size_t i = 0; i < grey.size(); ++i) grey[i] = static_cast<std::uint8_t>(i);
    Texture ramp = make_texture(GL_TEXTURE_2D);
    glTextureStorage2D(ramp.id(), 1, GL_R8, ramp_steps, 1);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glTextureSubImage2D(ramp.id(), 0, 0, 0, ramp_steps, 1, GL_RED, GL_UNSIGNED_BYTE, grey.data());
    const GLint all_grey[] = {GL_RED, GL_RED, GL_RED, GL_ONE};
    glTextureParameteriv(ramp.id(), GL_TEXTURE_SWIZZLE_RGBA, all_grey);
    set_linear(ramp);
    return ramp;
}

}  // namespace

void TransitionProgram::set_values(const ShaderLook& look) const {
    const GLuint p = program.id();
    for (const auto& [name, type, at] : parameters) {
        std::array<float, 4> f{};
        for (const auto& v : look.values)
            if (v.name == name) std::copy_n(v.value.begin(), std::min(v.value.size(), f.size()), f.begin());
        std::array<GLint, 4> i{};
        std::transform(f.begin(), f.end(), i.begin(), [](float v) {
            constexpr float most = 1e9F;  // what no int can hold is no number for a shader either
            return static_cast<GLint>(std::clamp(v == v ? v : 0.0F, -most, most));
        });
        switch (type) {
            case GL_FLOAT: glProgramUniform1fv(p, at, 1, f.data()); break;
            case GL_FLOAT_VEC2: glProgramUniform2fv(p, at, 1, f.data()); break;
            case GL_FLOAT_VEC3: glProgramUniform3fv(p, at, 1, f.data()); break;
            case GL_FLOAT_VEC4: glProgramUniform4fv(p, at, 1, f.data()); break;
            case GL_BOOL:
            case GL_INT: glProgramUniform1iv(p, at, 1, i.data()); break;
            case GL_INT_VEC2: glProgramUniform2iv(p, at, 1, i.data()); break;
            case GL_INT_VEC3: glProgramUniform3iv(p, at, 1, i.data()); break;
            case GL_INT_VEC4: glProgramUniform4iv(p, at, 1, i.data()); break;
            case GL_SAMPLER_2D: glProgramUniform1i(p, at, TransitionShaders::ramp_unit); break;
            default: break;  // the show's reader lets no other type through
        }
    }
}

Result<TransitionShaders> TransitionShaders::create(const ShaderLibrary& shaders) {
    TRIBUNE_TRY(Shader vertex, shaders.compile_file(GL_VERTEX_SHADER, "layers/transition.vert"));
    return TransitionShaders(shaders, std::move(vertex));
}

TransitionShaders::TransitionShaders(ShaderLibrary shaders, Shader vertex)
    : shaders_(std::move(shaders)), vertex_(std::move(vertex)), ramp_(make_ramp()) {}

Result<TransitionProgram> TransitionShaders::build(const ShaderLook& look) const {
    if (!look.glsl) {
        return Error{"no_transition",
                     fmt::format("This show has no transition \"{}\" any more; a mix is shown instead: "
                                 "choose another.",
                                 look.name)};
    }
    const auto program = [&]() -> Result<Program> {
        TRIBUNE_TRY(const Shader fragment,
                    shaders_.compile(GL_FRAGMENT_SHADER, look.name + ".glsl", wrapped(*look.glsl), {}));
        return shaders_.link(vertex_, fragment, look.name + ".glsl");
    };
    auto made = program();
    if (!made) {
        return Error{"bad_transition", fmt::format("The transition \"{}\" cannot be run and a mix is shown instead: "
                                                   "mend its file, or choose another. {}",
                                                   look.name, made.error().message)};
    }
    const auto at = [&](const char* name) { return glGetUniformLocation(made->id(), name); };
    const GLuint id = made->id();
    glProgramUniform1i(id, at("tribune_from"), from_unit);
    glProgramUniform1i(id, at("tribune_to"), to_unit);
    TransitionProgram out{{},
                          at("tribune_canvas"),
                          at("tribune_place"),
                          at("tribune_whole"),
                          at("tribune_seen"),
                          at("tribune_opaque"),
                          at("progress"),
                          at("ratio"),
                          {}};
    out.parameters = parameters_of(*made);
    out.program = *std::move(made);
    return out;
}

const TransitionProgram* TransitionShaders::program(const ShaderLook& look) {
    // A missing one has no text to be known by; no text is empty, for it has a function.
    const std::string key = look.glsl ? *look.glsl : "\n" + look.name;
    auto kept = programs_.find(key);
    if (kept == programs_.end()) {
        if (programs_.size() >= most_programs) forget_all();
        auto made = build(look);
        if (!made) {
            log::error(made.error().code, "{}", made.error().message);
            problems_.push_back({look.name, made.error()});
        }
        kept = programs_.emplace(key, made ? std::optional(*std::move(made)) : std::nullopt).first;
    }
    return kept->second ? &*kept->second : nullptr;
}

void TransitionShaders::forget_all() {
    programs_.clear();
    problems_.clear();
}

}  // namespace tribune::gl
