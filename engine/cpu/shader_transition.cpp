#include "cpu/shader_transition.hpp"

#include <fmt/format.h>
#include <libyuv.h>

#include <algorithm>
#include <array>

#include "base/log.hpp"

namespace tribune {
namespace {

constexpr std::array divisors{1, 2, 4, 0};
constexpr int late_frames_allowed = 2;  // one alone may be the machine's, not the shader's
constexpr std::size_t most_paces = 512;

ImageView view(const Surface& s) { return {s.data(), s.stride(), s.size()}; }

void scale(const Surface& from, Surface& to, libyuv::FilterMode filter) {
    libyuv::ARGBScale(from.data(), from.stride(), from.size().width, from.size().height, to.at(0, 0), to.stride(),
                      to.size().width, to.size().height, filter);
}

void fit(Surface& surface, Size size) {
    if (surface.size() != size) surface = Surface(size);
}

}  // namespace

void ShaderTransitions::begin_frame() {
    drawn_.resize(used_);
    used_ = 0;
    for (auto& [name, pace] : paces_) {
        pace.late_frames = pace.spent > budget_ ? pace.late_frames + 1 : 0;
        pace.spent = {};
        if (pace.late_frames < late_frames_allowed) continue;
        pace.late_frames = 0;
        pace.step = std::min(pace.step + 1, divisors.size() - 1);
        if (divisors[pace.step] == 0) too_slow(name);
    }
}

void ShaderTransitions::too_slow(const std::string& shader) {
    const auto known = [&](const TransitionProblem& p) { return p.name == shader; };
    if (std::any_of(slow_.begin(), slow_.end(), known)) return;
    slow_.push_back({shader,
                     {"transition_slow", fmt::format("The transition \"{}\" is too much for this machine and is mixed: "
                                                     "choose another, or a machine with a graphics card.",
                                                     shader)}});
    log::warning("transition_slow", "{}", slow_.back().error.message);
}

const Surface* ShaderTransitions::draw(const TransitionItem& item, const Surface& from, const Surface& to) {
    if (drawer_ == nullptr || !item.look || !from.opaque() || !to.opaque() || from.size() != to.size()) return nullptr;
    if (nearest_pixels(item.place).size() != from.size()) return nullptr;  // in part off the canvas
    if (paces_.size() >= most_paces) paces_.clear();
    Pace& pace = paces_[item.look->name];
    // Each take tries again how fine it can be.
    if (item.progress < pace.progress && pace.step > 0) --pace.step;
    pace.progress = item.progress;
    const int divisor = divisors[pace.step];
    if (divisor == 0) return nullptr;
    if (used_ == drawn_.size()) drawn_.push_back(std::make_unique<Surface>());
    Surface& out = *drawn_[used_];
    fit(out, from.size());
    const auto begun = monotonic_now();
    const bool done = divisor == 1
                          ? drawer_->draw(*item.look, item.progress, view(from), view(to), out.at(0, 0), out.stride())
                          : draw_small(item, from, to, divisor, out);
    pace.spent += monotonic_now() - begun;
    if (!done) return nullptr;
    ++used_;
    return &out;
}

bool ShaderTransitions::draw_small(const TransitionItem& item, const Surface& from, const Surface& to, int divisor,
                                   Surface& out) {
    const Size size{std::max(1, from.size().width / divisor), std::max(1, from.size().height / divisor)};
    for (Surface* s : {&small_from_, &small_to_, &small_out_}) fit(*s, size);
    scale(from, small_from_, libyuv::kFilterBox);
    scale(to, small_to_, libyuv::kFilterBox);
    if (!drawer_->draw(*item.look, item.progress, view(small_from_), view(small_to_), small_out_.at(0, 0),
                       small_out_.stride()))
        return false;
    scale(small_out_, out, libyuv::kFilterBilinear);
    return true;
}

void ShaderTransitions::prepare(const std::vector<ShaderLook>& looks) {
    if (drawer_ != nullptr) drawer_->prepare(looks);
}

std::vector<TransitionProblem> ShaderTransitions::problems() const {
    auto all = drawer_ == nullptr ? std::vector<TransitionProblem>{} : drawer_->problems();
    all.insert(all.end(), slow_.begin(), slow_.end());
    return all;
}

int ShaderTransitions::divisor(const std::string& shader) const {
    const auto pace = paces_.find(shader);
    return divisors[pace == paces_.end() ? 0 : pace->second.step];
}

}  // namespace tribune
