// Transition shaders for a machine that paints without GL: run on software GL, in a thread of its own so that the GL of
// windows, if there is any, never meets it.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "plan/transition_drawer.hpp"

namespace tribune {

class TransitionWorker final : public TransitionDrawer {
  public:
    // `shaders` is the folder with layers/. GL is looked for with the first prepare().
    explicit TransitionWorker(std::filesystem::path shaders) : shaders_(std::move(shaders)) {}
    ~TransitionWorker() override;
    TransitionWorker(const TransitionWorker&) = delete;
    TransitionWorker& operator=(const TransitionWorker&) = delete;

    // Waits for the shader, which software GL stops when it loops for ever. False without GL, and while shaders are
    // being made ready.
    bool draw(const ShaderLook& look, float progress, const ImageView& from, const ImageView& to, std::uint8_t* out,
              int out_stride) override;
    // Returns at once. In place of what is not ready yet.
    void prepare(std::vector<ShaderLook> looks) override;
    // With no_gl for all when there is no GL.
    [[nodiscard]] std::vector<TransitionProblem> problems() const override;

  private:
    struct Job {
        const ShaderLook& look;
        float progress;
        const ImageView& from;
        const ImageView& to;
        std::uint8_t* out;
        int out_stride;
    };
    void work();

    std::filesystem::path shaders_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;  // the thread
    std::condition_variable done_;  // whoever draws
    // Under the mutex:
    bool end_ = false;
    bool idle_ = false;  // the thread waits for a job
    std::optional<Job> job_;
    std::optional<bool> drawn_;  // the job's answer
    std::vector<ShaderLook> unready_;
    std::vector<TransitionProblem> problems_;
    std::thread thread_;
};

}  // namespace tribune
