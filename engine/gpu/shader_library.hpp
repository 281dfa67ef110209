// GLSL files to programs. A file may say `#include "path"` (from the shader folder) at the start of a line.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gpu/gl_object.hpp"

namespace tribune::gl {

// Thread: the context's.
class ShaderLibrary {
  public:
    explicit ShaderLibrary(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // Compiles and links the two files, with `#define NAME VALUE` lines after #version.
    // Errors, all with file and line where there is one: shader_missing, shader_include, shader_compile, shader_link.
    Result<Program> program(std::string_view vertex, std::string_view fragment,
                            const std::vector<std::string>& defines = {}) const;

    // The same from text that is not a file; `name` stands in messages.
    Result<Shader> compile(GLenum stage, std::string_view name, std::string_view source,
                           const std::vector<std::string>& defines) const;

    // The same from a file.
    Result<Shader> compile_file(GLenum stage, std::string_view path,
                                const std::vector<std::string>& defines = {}) const;

    // `name` stands in messages. Error shader_link.
    static Result<Program> link(const Shader& vertex, const Shader& fragment, std::string_view name);

  private:
    Result<std::string> read(std::string_view path) const;
    Status expand(std::string_view source, int depth, std::vector<std::string>& files, std::string& out) const;

    std::filesystem::path folder_;
};

}  // namespace tribune::gl
