// A few threads that share out the parts of one frame and wait for the next.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tribune {

class Workers {
  public:
    // The caller works too: `threads` 1 starts none.
    explicit Workers(int threads);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    [[nodiscard]] std::size_t count() const { return threads_.size() + 1; }

    // Runs job(index, worker) for every index below `parts`, worker below count(); back when all are done.
    void run(std::size_t parts, const std::function<void(std::size_t, std::size_t)>& job);

  private:
    void work(std::size_t worker);
    void take_parts(std::size_t worker);

    std::mutex mutex_;  // guards generation_, idle_, stop_ and the change of job_ and parts_
    std::condition_variable start_;
    std::condition_variable done_;
    std::uint64_t generation_ = 0;
    std::size_t idle_ = 0;
    bool stop_ = false;
    const std::function<void(std::size_t, std::size_t)>* job_ = nullptr;
    std::size_t parts_ = 0;
    std::atomic<std::size_t> next_{0};
    std::vector<std::thread> threads_;
};

}  // namespace tribune
