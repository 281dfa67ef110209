#include "gpu/shader_library.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/source_dir.hpp"
#include "unit/gpu/gl_fixture.hpp"

using namespace tribune;

namespace {

struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("tribune_shaders_" + std::to_string(::getpid()));
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    void write(const char* name, const char* text) const { std::ofstream(path / name) << text; }
};

constexpr const char* vertex = "#version 450 core\nvoid main() { gl_Position = vec4(0.0); }\n";

}  // namespace

TEST_CASE("a shader's fault is named by file and line", "[gpu]") {
    const test::EglContext context;
    const Folder folder;
    folder.write("v.vert", vertex);
    folder.write("part.glsl", "float half_of(float x) {\n    return x * 0.5;\n}\nfloat broken( { }\n");
    folder.write("own.frag", "#version 450 core\nout vec4 colour;\nvoid main() {\n    colour = nothing;\n}\n");
    folder.write("uses.frag",
                 "#version 450 core\n#include \"part.glsl\"\nout vec4 colour;\nvoid main() { colour = vec4(1.0); }\n");
    folder.write(
        "after.frag",
        "#version 450 core\n#include \"good.glsl\"\nout vec4 colour;\nvoid main() {\n    colour = nothing;\n}\n");
    folder.write("good.glsl", "float a;\n\n\n");
    const gl::ShaderLibrary library(folder.path);

    const auto own = library.program("v.vert", "own.frag", {"UNUSED 1"});
    REQUIRE_FALSE(own);
    CHECK(own.error().code == "shader_compile");
    CHECK(own.error().message.find("own.frag:4: ") != std::string::npos);
    const auto uses = library.program("v.vert", "uses.frag");
    REQUIRE_FALSE(uses);
    CHECK(uses.error().message.find("part.glsl:4: ") != std::string::npos);
    const auto after = library.program("v.vert", "after.frag");
    REQUIRE_FALSE(after);
    CHECK(after.error().message.find("after.frag:5: ") != std::string::npos);
}

TEST_CASE("missing files, endless includes and bad links are errors", "[gpu]") {
    const test::EglContext context;
    const Folder folder;
    folder.write("v.vert", vertex);
    folder.write("loop.frag", "#version 450 core\n#include \"loop.frag\"\n");
    folder.write("bare.frag", "#version 450 core\n#include part\n");
    folder.write("link.frag",
                 "#version 450 core\nin vec3 missing;\nout vec4 c;\nvoid helper();\nvoid main() { helper(); c = "
                 "vec4(missing, 1.0); }\n");
    const gl::ShaderLibrary library(folder.path);
    CHECK(library.program("v.vert", "none.frag").error().code == "shader_missing");
    CHECK(library.program("v.vert", "loop.frag").error().code == "shader_include");
    const auto bare = library.program("v.vert", "bare.frag");
    CHECK(bare.error().code == "shader_include");
    CHECK(bare.error().message.find("bare.frag:2") != std::string::npos);
    CHECK(library.program("v.vert", "link.frag").error().code == "shader_link");
}

TEST_CASE("every shader of the house compiles with its defines", "[gpu]") {
    const test::EglContext context;
    const gl::ShaderLibrary library(test::source_dir() / "shaders");
    for (const char* planes : {"PLANES 1", "PLANES 2", "PLANES 3"})
        CHECK(library.program("layers/place.vert", "layers/video.frag", {planes}));
    CHECK(library.program("layers/place.vert", "layers/fill.frag"));
    CHECK(library.program("text/text.vert", "text/text.frag"));
}
