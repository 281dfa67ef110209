#include "app/key_watch.hpp"

#include <utility>

#include "base/log.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds look_every = std::chrono::milliseconds(400);

}  // namespace

KeyWatch::KeyWatch(const DataFolder& folder, Keys keys)
    : folder_(folder), keys_(std::move(keys)), seen_(version()), looked_(monotonic_now()) {}

KeyWatch::Version KeyWatch::version() const {
    std::error_code failed;
    const auto written = std::filesystem::last_write_time(folder_.keys(), failed);
    return failed ? Version() : Version(written);
}

bool KeyWatch::look(MonotonicTime now, const Setup& setup) {
    if (now - looked_ < look_every) return false;
    looked_ = now;
    const auto newest = version();
    // Moved away: the keys stay, until there is another file.
    if (!newest || newest == seen_) return false;
    seen_ = newest;
    auto keys = load_keys(folder_, setup);
    if (!keys) {
        log::warning("keys_file", "{} The keys stay as they were.", keys.error().message);
        return false;
    }
    seen_ = version();  // what was missing has been added
    if (*keys == keys_) return false;
    keys_ = *std::move(keys);
    log::info("keys_changed", "The keys are others now.");
    return true;
}

}  // namespace tribune
