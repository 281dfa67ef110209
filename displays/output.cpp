#include "displays/output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/log.hpp"

namespace tribune {

// The list is made by CMakeLists.txt; each kind's file defines NAME_output_kind.
#define TRIBUNE_OUTPUT_KIND(name) extern const OutputKind name##_output_kind;
#include "output_kinds.inc"
#undef TRIBUNE_OUTPUT_KIND

std::span<const OutputKind* const> output_kinds() {
#define TRIBUNE_OUTPUT_KIND(name) &name##_output_kind,
    static constexpr std::array kinds{
#include "output_kinds.inc"
    };
#undef TRIBUNE_OUTPUT_KIND
    return kinds;
}

std::string_view to_string(OutputState state) {
    switch (state) {
        case OutputState::ok: return "ok";
        case OutputState::lost: return "lost";
        case OutputState::failed: return "failed";
    }
    return "";
}

namespace {

Result<std::size_t> picture_for(const OutputSpec& spec, const FramePlan& plan) {
    if (spec.view.empty()) {
        for (const auto& face : plan.faces)
            if (face.face == spec.face) return face.picture;
        return Error{"no_face", fmt::format("There is no face \"{}\" in the show.", spec.face.text)};
    }
    for (const auto& view : plan.views)
        if (view.name == spec.view && plan.pictures[view.picture].size == spec.size) return view.picture;
    return Error{"no_view", fmt::format("There is no view \"{}\" in the show any more.", spec.view)};
}

}  // namespace

Result<Outputs> Outputs::make(const std::vector<OutputSpec>& specs, OutputContext context) {
    const auto tiled = [](const OutputSpec& s) { return s.kind == "window" && s.display.empty(); };
    context.tiles = static_cast<int>(std::count_if(specs.begin(), specs.end(), tiled));
    Outputs out;
    out.gl_ = context.gl;
    for (const auto& spec : specs) {
        const auto kinds = output_kinds();
        const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto* k) { return k->name == spec.kind; });
        if (kind == kinds.end()) {
            std::string known;
            for (const auto* k : kinds) known += fmt::format("{}\"{}\"", known.empty() ? "" : ", ", k->name);
            return Error{"unknown_output_kind", fmt::format("Output \"{}\" has the unknown kind \"{}\"; use one of {}.",
                                                            spec.name.text, spec.kind, known)};
        }
        TRIBUNE_TRY(auto output, (*kind)->make(spec, context));
        if (tiled(spec)) ++context.tile;
        out.outputs_.push_back({spec, std::move(output), {}, 0});
    }
    out.choose_clock();
    return out;
}

void Outputs::present(Painter& painter, const FramePlan& plan) {
    for (auto& held : outputs_) {
        const auto picture = picture_for(held.spec, plan);
        const Status done =
            picture ? held.output->present(painter, *picture, plan.frame_index) : Status(picture.error());
        if (done) {
            held.failure.clear();
            ++held.frames;
        } else if (held.failure != done.error().message) {
            held.failure = done.error().message;
            log::warning("output_failed", "Output {}: {}", held.spec.name.text, held.failure);
        }
    }
    // The clock master first: the others then fall into the refresh that has just begun.
    for (auto& held : outputs_)
        if (held.output->can_be_clock()) held.output->show();
    for (auto& held : outputs_)
        if (!held.output->can_be_clock()) held.output->show();
    if (gl_) static_cast<void>(gl_->make_current());
}

void Outputs::displays_changed(const DisplayList& displays) {
    for (auto& held : outputs_) held.output->displays_changed(displays);
    choose_clock();
}

std::vector<OutputReport> Outputs::reports() const {
    std::vector<OutputReport> out;
    for (const auto& held : outputs_) {
        OutputReport report{held.spec.name, held.spec.face, held.spec.kind, OutputState::ok, {}, held.frames, 0, 0,
                            held.spec.view};
        held.output->report(report);
        if (!held.failure.empty()) {
            report.state = OutputState::failed;
            report.detail = held.failure;
        }
        out.push_back(std::move(report));
    }
    return out;
}

void Outputs::choose_clock() {
    bool chosen = false;
    for (auto& held : outputs_) {
        const bool clock = !chosen && held.output->can_be_clock();
        held.output->be_clock(clock);
        chosen = chosen || clock;
    }
}

}  // namespace tribune
