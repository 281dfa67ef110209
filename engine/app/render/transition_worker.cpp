#include "app/render/transition_worker.hpp"

#include "base/log.hpp"
#include "displays/gl_context.hpp"
#include "gpu/transition_drawer.hpp"

namespace tribune {

TransitionWorker::~TransitionWorker() {
    {
        const std::lock_guard lock(mutex_);
        end_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool TransitionWorker::draw(const ShaderLook& look, float progress, const ImageView& from, const ImageView& to,
                            std::uint8_t* out, int out_stride) {
    std::unique_lock lock(mutex_);
    if (!idle_) return false;
    idle_ = false;
    job_.emplace(Job{look, progress, from, to, out, out_stride});
    wake_.notify_one();
    done_.wait(lock, [&] { return drawn_.has_value(); });
    const bool drawn = *drawn_;
    drawn_.reset();
    return drawn;
}

void TransitionWorker::prepare(std::vector<ShaderLook> looks) {
    if (looks.empty()) return;
    {
        const std::lock_guard lock(mutex_);
        unready_ = std::move(looks);
        idle_ = false;
    }
    if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
    wake_.notify_one();
}

std::vector<TransitionProblem> TransitionWorker::problems() const {
    const std::lock_guard lock(mutex_);
    return problems_;
}

void TransitionWorker::work() {
    const auto no_gl = [this](const Error& why) {
        const std::lock_guard lock(mutex_);
        for (const auto& look : unready_)
            problems_.push_back({look.name, {"no_gl", "This machine mixes instead: " + why.message}});
        log::warning("no_gl", "Transition shaders are mixed: {}", why.message);
    };
    const auto context = GlContext::create_headless();
    if (!context) return no_gl(context.error());
    const auto drawer = GlTransitionDrawer::create(shaders_);
    if (!drawer) return no_gl(drawer.error());
    log::info("transitions_ready", "Transition shaders run on {}.", (*context)->description());
    std::unique_lock lock(mutex_);
    while (!end_) {
        if (!unready_.empty()) {
            std::vector<ShaderLook> one{std::move(unready_.back())};
            unready_.pop_back();
            lock.unlock();
            (*drawer)->prepare(std::move(one));
            lock.lock();
        } else if (job_) {
            const Job job = *job_;
            lock.unlock();
            const bool drawn = (*drawer)->draw(job.look, job.progress, job.from, job.to, job.out, job.out_stride);
            lock.lock();
            job_.reset();
            drawn_ = drawn;
            done_.notify_one();
        } else {
            problems_ = (*drawer)->problems();
            idle_ = true;
            wake_.wait(lock, [&] { return end_ || job_ || !unready_.empty(); });
        }
    }
}

}  // namespace tribune
