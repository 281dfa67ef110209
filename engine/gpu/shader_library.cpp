#include "gpu/shader_library.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <sstream>

namespace tribune::gl {
namespace {

constexpr int deepest_include = 8;
constexpr std::string_view include_word = "#include";
constexpr std::string_view version_word = "#version";

// Drivers write "2:17(5): error" or "2(17) : error": the file's number in our list, then the line.
std::string with_file_names(std::string_view log, const std::vector<std::string>& files) {
    std::string out;
    std::size_t at = 0;
    while (at < log.size()) {
        const auto end = std::min(log.find('\n', at), log.size());
        const std::string_view line = log.substr(at, end - at);
        at = end + 1;
        unsigned file = 0, number = 0;
        const char* last = line.data() + line.size();
        const auto first = std::from_chars(line.data(), last, file);
        if (first.ec == std::errc{} && first.ptr != last && (*first.ptr == ':' || *first.ptr == '(') &&
            file < files.size()) {
            const auto second = std::from_chars(first.ptr + 1, last, number);
            if (second.ec == std::errc{}) {
                const auto rest = std::string_view(second.ptr, static_cast<std::size_t>(last - second.ptr));
                const auto skip = rest.find(": ");
                out +=
                    fmt::format("{}:{}: {}\n", files[file], number, skip == rest.npos ? rest : rest.substr(skip + 2));
                continue;
            }
        }
        if (!line.empty()) out += std::string(line) + "\n";
    }
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
}

}  // namespace

Result<std::string> ShaderLibrary::read(std::string_view path) const {
    std::ifstream file(folder_ / path, std::ios::binary);
    if (!file) {
        return Error{"shader_missing",
                     fmt::format("the shader {} cannot be read: check that the shader folder is complete",
                                 (folder_ / path).string())};
    }
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Status ShaderLibrary::expand(std::string_view source, int depth, std::vector<std::string>& files,
                             std::string& out) const {
    const auto self = files.size() - 1;
    int line_number = 0;
    std::size_t at = 0;
    while (at < source.size()) {
        const auto end = std::min(source.find('\n', at), source.size());
        const std::string_view line = source.substr(at, end - at);
        at = end + 1;
        ++line_number;
        if (!line.starts_with(include_word)) {
            out.append(line).push_back('\n');
            continue;
        }
        const auto open = line.find('"'), close = line.rfind('"');
        if (open == line.npos || close <= open + 1 || depth >= deepest_include) {
            return Error{"shader_include",
                         fmt::format("{}:{}: write #include \"path\" with the path from the shader folder, "
                                     "at most {} deep",
                                     files[self], line_number, deepest_include)};
        }
        const std::string path(line.substr(open + 1, close - open - 1));
        TRIBUNE_TRY(const std::string text, read(path));
        files.push_back(path);
        out += fmt::format("#line 1 {}\n", files.size() - 1);
        TRIBUNE_CHECK(expand(text, depth + 1, files, out));
        out += fmt::format("#line {} {}\n", line_number + 1, self);
    }
    return {};
}

Result<Shader> ShaderLibrary::compile(GLenum stage, std::string_view name, std::string_view source,
                                      const std::vector<std::string>& defines) const {
    std::vector<std::string> files{std::string(name)};
    std::string body;
    TRIBUNE_CHECK(expand(source, 0, files, body));
    std::string head;
    if (body.starts_with(version_word)) {
        const auto end = body.find('\n') + 1;
        head = body.substr(0, end);
        for (const auto& d : defines) head += "#define " + d + "\n";
        head += "#line 2 0\n";
        body.erase(0, end);
    }
    const std::string whole = head + body;

    Shader shader(glCreateShader(stage));
    const char* text = whole.c_str();
    glShaderSource(shader.id(), 1, &text, nullptr);
    glCompileShader(shader.id());
    GLint good = GL_FALSE;
    glGetShaderiv(shader.id(), GL_COMPILE_STATUS, &good);
    if (good != GL_TRUE) {
        GLint length = 0;
        glGetShaderiv(shader.id(), GL_INFO_LOG_LENGTH, &length);
        std::string log(static_cast<std::size_t>(std::max(length, 1)), '\0');
        GLsizei written = 0;
        glGetShaderInfoLog(shader.id(), length, &written, log.data());
        log.resize(static_cast<std::size_t>(written));
        return Error{"shader_compile", with_file_names(log, files)};
    }
    return shader;
}

Result<Shader> ShaderLibrary::compile_file(GLenum stage, std::string_view path,
                                           const std::vector<std::string>& defines) const {
    TRIBUNE_TRY(const std::string text, read(path));
    return compile(stage, path, text, defines);
}

Result<Program> ShaderLibrary::link(const Shader& vertex, const Shader& fragment, std::string_view name) {
    Program program(glCreateProgram());
    glAttachShader(program.id(), vertex.id());
    glAttachShader(program.id(), fragment.id());
    glLinkProgram(program.id());
    GLint good = GL_FALSE;
    glGetProgramiv(program.id(), GL_LINK_STATUS, &good);
    if (good != GL_TRUE) {
        GLint length = 0;
        glGetProgramiv(program.id(), GL_INFO_LOG_LENGTH, &length);
        std::string log(static_cast<std::size_t>(std::max(length, 1)), '\0');
        GLsizei written = 0;
        glGetProgramInfoLog(program.id(), length, &written, log.data());
        log.resize(static_cast<std::size_t>(written));
        return Error{"shader_link", fmt::format("{}: {}", name, log)};
    }
    glDetachShader(program.id(), vertex.id());
    glDetachShader(program.id(), fragment.id());
    return program;
}

Result<Program> ShaderLibrary::program(std::string_view vertex, std::string_view fragment,
                                       const std::vector<std::string>& defines) const {
    TRIBUNE_TRY(const Shader v, compile_file(GL_VERTEX_SHADER, vertex, defines));
    TRIBUNE_TRY(const Shader f, compile_file(GL_FRAGMENT_SHADER, fragment, defines));
    return link(v, f, fmt::format("{} with {}", vertex, fragment));
}

}  // namespace tribune::gl
