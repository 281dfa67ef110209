// Runs transition shaders on pictures in memory, for the painter without GL.
#pragma once

#include <memory>
#include <optional>

#include "gpu/picture_target.hpp"
#include "gpu/transition_layer.hpp"
#include "plan/transition_drawer.hpp"

namespace tribune {

// Everything happens in the calling thread, whose current context (software or not) must be the one it was made in.
class GlTransitionDrawer final : public TransitionDrawer {
  public:
    // Errors: shader_*. `shaders` is the folder with layers/.
    static Result<std::unique_ptr<GlTransitionDrawer>> create(const std::filesystem::path& shaders);

    bool draw(const ShaderLook& look, float progress, const ImageView& from, const ImageView& to, std::uint8_t* out,
              int out_stride) override;
    void prepare(std::vector<ShaderLook> looks) override;
    [[nodiscard]] std::vector<TransitionProblem> problems() const override { return layer_.problems(); }

  private:
    struct Pictures {
        gl::PictureTarget from;
        gl::PictureTarget to;
        gl::PictureTarget out;
    };
    explicit GlTransitionDrawer(gl::TransitionLayer layer) : layer_(std::move(layer)) {}
    bool fit(Size size);

    gl::TransitionLayer layer_;
    gl::VertexArray corners_ = gl::make_vertex_array();
    std::optional<Pictures> pictures_;  // of the last size that was asked for
    std::uint64_t drawn_ = 0;
};

}  // namespace tribune
