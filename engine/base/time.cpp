#include "base/time.hpp"

#include <ctime>

namespace tribune {

MonotonicTime monotonic_now() {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return {std::chrono::seconds(t.tv_sec) + Nanoseconds(t.tv_nsec)};
}

std::int64_t unix_milliseconds_now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace tribune
