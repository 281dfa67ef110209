// What surfaces sent that could not be done, for the desks: the newest of each kind, few of them. Service thread.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "base/result.hpp"
#include "net/limits.hpp"
#include "show/actual.hpp"

namespace tribune::net {

class SurfaceFaults {
  public:
    // `from` says which surface: "osc 192.0.2.7". The first of its kind is logged, too, within a rate.
    void note(const std::string& from, const Error& error);
    [[nodiscard]] const std::deque<SurfaceFault>& newest_first() const { return list_; }

  private:
    static constexpr double logged_a_second = 1;
    static constexpr double logged_at_once = 30;

    std::deque<SurfaceFault> list_;
    TokenBucket logged_{logged_a_second, logged_at_once, monotonic_now()};
};

}  // namespace tribune::net
