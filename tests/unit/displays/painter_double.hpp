// A painter whose picture the test fills: its upper half in one colour, its lower half in another.
#pragma once

#include <vector>

#include "plan/painter.hpp"

namespace tribune {

class PainterDouble : public Painter {
  public:
    explicit PainterDouble(Size size) : size_(size) { fill(0xffff0000, 0xff0000ff); }

    void fill(std::uint32_t upper, std::uint32_t lower) {
        pixels_.assign(static_cast<std::size_t>(size_.width * size_.height), upper);
        std::fill(pixels_.begin() + static_cast<std::ptrdiff_t>(pixels_.size() / 2), pixels_.end(), lower);
        ++version_;
    }

    Status paint(const FramePlan&) override { return {}; }
    ImageView pixels(std::size_t) override {
        return {reinterpret_cast<const std::uint8_t*>(pixels_.data()), size_.width * 4, size_};
    }
    [[nodiscard]] std::uint32_t framebuffer(std::size_t) const override { return 0; }
    [[nodiscard]] std::uint64_t version(std::size_t) const override { return version_; }
    void prepare(const std::vector<ShaderLook>&) override {}
    [[nodiscard]] std::vector<TransitionProblem> transition_problems() const override { return {}; }
    [[nodiscard]] std::string description() const override { return "double"; }

  private:
    Size size_;
    std::vector<std::uint32_t> pixels_;
    std::uint64_t version_ = 0;
};

inline FramePlan plan_with_faces(const std::vector<std::string>& names) {
    FramePlan plan;
    for (const auto& name : names) plan.faces.push_back({FaceName{name}, 0});
    return plan;
}

}  // namespace tribune
