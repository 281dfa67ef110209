#include "cpu/workers.hpp"

namespace tribune {

Workers::Workers(int threads) {
    for (int i = 1; i < threads; ++i)
        threads_.emplace_back([this, worker = static_cast<std::size_t>(i)] { work(worker); });
}

Workers::~Workers() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    start_.notify_all();
    for (auto& t : threads_) t.join();
}

void Workers::run(std::size_t parts, const std::function<void(std::size_t, std::size_t)>& job) {
    if (parts <= 1 || threads_.empty()) {
        for (std::size_t i = 0; i < parts; ++i) job(i, 0);
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        job_ = &job;
        parts_ = parts;
        next_ = 0;
        idle_ = 0;
        ++generation_;
    }
    start_.notify_all();
    take_parts(0);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return idle_ == threads_.size(); });
}

void Workers::work(std::size_t worker) {
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex_);
    for (;;) {
        start_.wait(lock, [&] { return stop_ || generation_ != seen; });
        if (stop_) return;
        seen = generation_;
        lock.unlock();
        take_parts(worker);
        lock.lock();
        if (++idle_ == threads_.size()) done_.notify_one();
    }
}

void Workers::take_parts(std::size_t worker) {
    for (auto i = next_++; i < parts_; i = next_++) (*job_)(i, worker);
}

}  // namespace tribune
