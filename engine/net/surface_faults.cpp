#include "net/surface_faults.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "base/time.hpp"

namespace tribune::net {
namespace {

constexpr std::size_t most_faults = 12;  // an older one is forgotten

}  // namespace

void SurfaceFaults::note(const std::string& from, const Error& error) {
    SurfaceFault fault{from, error.code, error.message, 1, unix_milliseconds_now()};
    const auto at = std::find_if(list_.begin(), list_.end(), [&](const SurfaceFault& f) {
        return f.from == fault.from && f.code == fault.code && f.message == fault.message;
    });
    if (at != list_.end()) {
        fault.count = at->count + 1;
        list_.erase(at);
    } else if (logged_.take(monotonic_now())) {
        log::warning(error.code, "{}: {}", from, error.message);
    }
    list_.push_front(std::move(fault));
    if (list_.size() > most_faults) list_.pop_back();
}

}  // namespace tribune::net
