// The draw strategy for machines without a GPU: libyuv converts and scales each source straight into the
// pictures, text is blended from kept bitmaps, and only what changed is painted again.
#pragma once

#include <memory>

#include "base/time.hpp"
#include "plan/painter.hpp"
#include "plan/transition_drawer.hpp"

namespace tribune {

struct CpuPainterOptions {
    int threads = 1;  // that share each picture; decoders need cores too
    std::size_t most_text_bytes = std::size_t{96} << 20;
    TransitionDrawer* transitions = nullptr;  // not owned, outlives the painter; null: transition shaders are mixed
    Nanoseconds transition_budget = std::chrono::milliseconds(16);  // in one frame, see cpu/shader_transition.hpp
};

// Counts since the painter was made.
struct CpuPainterCounters {
    std::uint64_t pictures_painted = 0;  // at least in part
    std::uint64_t pixels_painted = 0;
    std::uint64_t frames_scaled = 0;
    std::uint64_t words_rendered = 0;  // by the font engine
    std::size_t text_bytes = 0;        // kept bitmaps
};

// An item that cannot be drawn (a damaged frame, a word too large) is left out and the rest painted: paint()
// then gives the reason. A picture of impossible size keeps what it had. Holds the frames of the last plan.
class CpuPainter final : public Painter {
  public:
    // Error no_fonts when the machine has none.
    static Result<std::unique_ptr<CpuPainter>> create(const CpuPainterOptions& options = {});
    ~CpuPainter() override;

    Status paint(const FramePlan& plan) override;
    ImageView pixels(std::size_t picture) override;
    [[nodiscard]] std::uint32_t framebuffer(std::size_t) const override { return 0; }
    [[nodiscard]] std::uint64_t version(std::size_t picture) const override;
    [[nodiscard]] std::string description() const override { return "cpu (libyuv)"; }

    void prepare(const std::vector<ShaderLook>& transitions) override;
    [[nodiscard]] std::vector<TransitionProblem> transition_problems() const override;

    [[nodiscard]] CpuPainterCounters counters() const;

  private:
    struct Impl;
    explicit CpuPainter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
