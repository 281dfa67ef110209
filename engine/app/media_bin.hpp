// The media folder as a list: each file's length, size, codec and thumbnail, looked at once and kept in the data
// folder. A file that ends the process that looks at it is not looked at again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace tribune {

struct MediaFile {
    std::string name;  // in the folder
    std::uintmax_t bytes = 0;
    std::uint64_t modified = 0;  // by the file system's clock; only to be compared
    bool seen = false;           // looked at, with or without success
    std::int64_t duration_ms = 0;
    int width = 0;
    int height = 0;
    double frames_per_second = 0;
    std::string codec;
    std::string code;  // why it cannot be shown, empty when it can
    std::string reason;
    bool operator==(const MediaFile&) const = default;
};

class MediaBin {
  public:
    static constexpr std::size_t most_files = 500;  // more are counted, not listed

    // Brings back what was known, and what a process died of.
    MediaBin(std::filesystem::path folder, std::filesystem::path cache);

    // Lists the folder anew, then looks at one file that is new or has changed, if any. `tick`: as in glance_at().
    // True when there was one.
    bool look(const std::function<void()>& tick);

    // Any thread. {"files": [{name, bytes, duration_ms, width, height, frames_per_second, codec, code, reason}],
    // "left_out": 0}; duration_ms 0: a still.
    [[nodiscard]] nlohmann::json list() const;
    // Any thread. A JPEG. Errors: unknown_file, no_picture.
    [[nodiscard]] Result<std::string> thumbnail(const std::string& name) const;

  private:
    void list_folder();
    void look_at(MediaFile file, const std::function<void()>& tick);
    void store(const MediaFile& file);
    void save() const;
    [[nodiscard]] std::filesystem::path thumbnail_of(const MediaFile& file) const;

    const std::filesystem::path folder_;
    const std::filesystem::path cache_;
    mutable std::mutex mutex_;  // guards the two below
    std::vector<MediaFile> files_;
    std::size_t left_out_ = 0;
};

}  // namespace tribune
