// Where a face's picture goes. One file per kind, listed in CMakeLists.txt; all outputs of this machine together.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "displays/desktop.hpp"
#include "plan/painter.hpp"

namespace tribune {

struct OutputSpec {
    OutputName name;
    FaceName face;  // empty: a view
    std::string kind;
    std::string display;  // window: identity, connector or model (see find_display); "" = tiled on the first display
    Size size;            // of the face or view
    std::string view{};   // one of the plan's

    [[nodiscard]] const std::string& shows() const { return view.empty() ? face.text : view; }
};

enum class OutputState : std::uint8_t { ok = 1, lost, failed };
std::string_view to_string(OutputState state);

struct OutputReport {
    OutputName name;
    FaceName face;
    std::string kind;
    OutputState state = OutputState::ok;
    std::string detail;           // display, size; or why it is lost or failed
    std::uint64_t frames = 0;     // frames presented
    std::uint64_t unchanged = 0;  // of these, those that were there already
    double refresh_hz = 0;        // measured; 0 unknown
    std::string view{};
};

// What outputs are made from. All of it outlives them.
struct OutputContext {
    Desktop* desktop = nullptr;  // null: no windows
    GlContext* gl = nullptr;     // from Desktop::create_gl() when the painter is GL's; null for the CPU's
    std::string shared_folder;   // for sockets of shared outputs
    int tiles = 0;               // tiled windows in all, and which of them is being made
    int tile = 0;
};

// Main thread. A frame is presented by all outputs before any shows it.
class Output {
  public:
    virtual ~Output() = default;

    // Takes the picture over, as far as that goes without waiting for a display. An error costs this frame here.
    virtual Status present(Painter& painter, std::size_t picture, std::uint64_t frame_index) = 0;
    // Makes it seen. May wait for the display of the clock master.
    virtual void show() {}
    // The picture stays whole whatever happens to displays: windows go and come back with theirs.
    virtual void displays_changed(const DisplayList&) {}
    // Whether this output could pace the others by its display, and whether it shall.
    [[nodiscard]] virtual bool can_be_clock() const { return false; }
    virtual void be_clock(bool) {}
    virtual void report(OutputReport& out) const = 0;
};

struct OutputKind {
    std::string_view name;
    Result<std::unique_ptr<Output>> (*make)(const OutputSpec& spec, const OutputContext& context);
};
std::span<const OutputKind* const> output_kinds();

class Outputs {
  public:
    // Errors: unknown_output_kind, and those of the kinds.
    static Result<Outputs> make(const std::vector<OutputSpec>& specs, OutputContext context);

    // Every output gets its face's or view's picture; a failing one never stops the others.
    void present(Painter& painter, const FramePlan& plan);
    void displays_changed(const DisplayList& displays);
    [[nodiscard]] std::vector<OutputReport> reports() const;

  private:
    struct Held {
        OutputSpec spec;
        std::unique_ptr<Output> output;
        std::string failure;  // of the last frame; empty when it went well
        std::uint64_t frames = 0;
    };
    void choose_clock();

    std::vector<Held> outputs_;
    GlContext* gl_ = nullptr;
};

}  // namespace tribune
