#include "gpu/video_textures.hpp"

#include "unit/gpu/gl_fixture.hpp"

using namespace tribune;
using namespace tribune::test;

namespace {

std::shared_ptr<const VideoFrame> noise(PixelFormat format, Size size, int seed, int padding = 0) {
    return make_frame(
        format, size, [=](int plane, int x, int y) { return (x * 31 + y * 17 + plane * 71 + seed * 113) % 256; },
        padding);
}

// Whether the texture holds the frame's plane, byte for byte.
bool holds(GLuint texture, const VideoFrame& frame, int plane) {
    const auto& layout = *gl::plane_layout(frame.format);
    const auto p = static_cast<std::size_t>(plane);
    const PlaneShape shape = plane_shape(frame.format, frame.size, plane);
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(shape.rows * shape.row_bytes));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glGetTextureImage(texture, 0, layout.layout[p], GL_UNSIGNED_BYTE, static_cast<GLsizei>(bytes.size()), bytes.data());
    for (int y = 0; y < shape.rows; ++y) {
        const auto* want = frame.planes[p].data + y * frame.planes[p].stride;
        if (!std::equal(want, want + shape.row_bytes, bytes.begin() + y * shape.row_bytes)) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("planes arrive byte for byte, by either way", "[gpu]") {
    const EglContext context;
    for (const bool through_buffers : {false, true}) {
        gl::VideoTextures textures(through_buffers);
        int seed = 0;
        for (const auto format :
             {PixelFormat::i420, PixelFormat::nv12, PixelFormat::i422, PixelFormat::i444, PixelFormat::bgra}) {
            for (const Size size : {Size{64, 36}, Size{33, 19}, Size{1, 1}}) {
                for (const int padding : {0, 5}) {
                    textures.begin();
                    const auto frame = noise(format, size, ++seed, padding);
                    const auto planes = textures.get(frame);
                    REQUIRE(planes);
                    for (int p = 0; p < gl::plane_layout(format)->planes; ++p) {
                        CHECK(holds(planes->planes[static_cast<std::size_t>(p)], *frame, p));
                    }
                }
            }
        }
    }
}

TEST_CASE("textures are used again and their number is bounded", "[gpu]") {
    const EglContext context;
    gl::VideoTextures textures(true);
    for (int i = 0; i < 50; ++i) {
        textures.begin();
        const auto frame = noise(PixelFormat::i420, {64, 36}, i);
        const auto planes = textures.get(frame);
        REQUIRE(planes);
        CHECK(holds(planes->planes[0], *frame, 0));
        CHECK(textures.get(frame));  // no second upload
    }
    CHECK(textures.uploads() == 50);
    CHECK(textures.sets() <= 3);

    textures.begin();
    std::vector<std::shared_ptr<const VideoFrame>> many;
    std::size_t refused = 0;
    for (std::size_t i = 0; i < gl::most_texture_sets + 10; ++i) {
        many.push_back(noise(PixelFormat::bgra, {2, 2}, static_cast<int>(i)));
        const auto planes = textures.get(many.back());
        if (planes) continue;
        CHECK(planes.error().code == "too_many_frames");
        ++refused;
    }
    CHECK(refused >= 10);
    for (int i = 0; i < 400; ++i) textures.begin();
    CHECK(textures.sets() == 0);
}

TEST_CASE("frames that are not what they say are refused", "[gpu]") {
    const EglContext context;
    gl::VideoTextures textures(true);
    textures.begin();
    const auto refuses = [&](auto change) {
        auto frame = std::make_shared<VideoFrame>(*noise(PixelFormat::i420, {64, 36}, 1));
        change(*frame);
        const auto planes = textures.get(frame);
        return !planes && planes.error().code == "bad_frame";
    };
    CHECK(refuses([](VideoFrame& f) { f.planes[2].data = nullptr; }));
    CHECK(refuses([](VideoFrame& f) { f.planes[0].stride = 63; }));
    CHECK(refuses([](VideoFrame& f) { f.planes[1].stride = -32; }));
    CHECK(refuses([](VideoFrame& f) { f.size = {0, 36}; }));
    CHECK(refuses([](VideoFrame& f) { f.size = {100000, 100000}; }));
    CHECK(refuses([](VideoFrame& f) { f.format = static_cast<PixelFormat>(99); }));
    CHECK_FALSE(textures.get(nullptr));
}
