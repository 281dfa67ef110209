// The keys as keys.json has them, also when it is changed while the show runs: a key that is taken away or renewed is void
// within a second. One thread.
#pragma once

#include <filesystem>
#include <optional>

#include "app/data_folder.hpp"
#include "base/time.hpp"

namespace tribune {

class KeyWatch {
  public:
    KeyWatch(const DataFolder& folder, Keys keys);

    [[nodiscard]] const Keys& keys() const { return keys_; }
    // Looks at the file, a few times a second at most. True: the keys are others now. A file that cannot be read changes
    // nothing, and is told in the log.
    bool look(MonotonicTime now, const Setup& setup);

  private:
    using Version = std::optional<std::filesystem::file_time_type>;
    [[nodiscard]] Version version() const;

    DataFolder folder_;
    Keys keys_;
    Version seen_;
    MonotonicTime looked_;
};

}  // namespace tribune
