// Pictures on their way to others by a transition shader, which somebody else runs (plan/transition_drawer.hpp). What
// costs more than its share of a frame is drawn at half or a quarter of its size and scaled up, or mixed.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "cpu/surface.hpp"
#include "plan/transition_drawer.hpp"

namespace tribune {

// Thread: the painter's.
class ShaderTransitions {
  public:
    // Without a drawer everything is mixed. `budget` is for all transitions of one frame.
    ShaderTransitions(TransitionDrawer* drawer, Nanoseconds budget) : drawer_(drawer), budget_(budget) {}

    // What was drawn for the last frame is let go, and its time is weighed.
    void begin_frame();

    // Valid until the next begin_frame(). Null: mix the two. They must be opaque and of one size.
    const Surface* draw(const TransitionItem& item, const Surface& from, const Surface& to);

    void prepare(const std::vector<ShaderLook>& looks);
    [[nodiscard]] std::vector<TransitionProblem> problems() const;
    // Each side is divided by it; 0: mixed.
    [[nodiscard]] int divisor(const std::string& shader) const;

  private:
    struct Pace {
        std::size_t step = 0;  // in the list of divisors
        float progress = 0;    // of the last frame: less of it is a new take
        Nanoseconds spent{0};  // in this frame
        int late_frames = 0;   // in a row
    };
    bool draw_small(const TransitionItem& item, const Surface& from, const Surface& to, int divisor, Surface& out);
    void too_slow(const std::string& shader);

    TransitionDrawer* drawer_;
    Nanoseconds budget_;
    std::map<std::string, Pace> paces_;  // by shader; as many as the show has
    std::vector<TransitionProblem> slow_;
    std::vector<std::unique_ptr<Surface>> drawn_;
    std::size_t used_ = 0;
    Surface small_from_, small_to_, small_out_;
};

}  // namespace tribune
