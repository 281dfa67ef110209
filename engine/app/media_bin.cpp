#include "app/media_bin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <set>

#include "app/data_folder.hpp"
#include "app/wire.hpp"
#include "base/log.hpp"
#include "base/source_faults.hpp"
#include "capture/media_glance.hpp"

namespace tribune {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int thumbnail_width = 320;
constexpr std::array<std::string_view, 27> kinds{".mp4",  ".m4v", ".mov",  ".mkv", ".webm", ".avi",  ".mpg",
                                                 ".mpeg", ".ts",  ".m2ts", ".mts", ".mxf",  ".flv",  ".ogv",
                                                 ".wmv",  ".dv",  ".gif",  ".png", ".jpg",  ".jpeg", ".webp",
                                                 ".bmp",  ".tif", ".tiff", ".nut", ".apng", ".qoi"};

bool is_media(const fs::path& path) {
    std::string end = path.extension().string();
    std::transform(end.begin(), end.end(), end.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(kinds.begin(), kinds.end(), end) != kinds.end() && path.filename().string().front() != '.';
}

json to_json(const MediaFile& f) {
    return {{"name", f.name},   {"bytes", f.bytes},   {"duration_ms", f.duration_ms},
            {"width", f.width}, {"height", f.height}, {"frames_per_second", f.frames_per_second},
            {"codec", f.codec}, {"code", f.code},     {"reason", f.reason}};
}

MediaFile from_json(const json& j) {
    MediaFile f;
    f.name = text_field(j, "name");
    f.bytes = number_field(j, "bytes");
    f.modified = number_field(j, "modified");
    f.duration_ms = static_cast<std::int64_t>(number_field(j, "duration_ms"));
    f.width = static_cast<int>(number_field(j, "width"));
    f.height = static_cast<int>(number_field(j, "height"));
    if (const auto rate = j.find("frames_per_second"); rate != j.end() && rate->is_number())
        f.frames_per_second = rate->get<double>();
    f.codec = text_field(j, "codec");
    f.code = text_field(j, "code");
    f.reason = text_field(j, "reason");
    f.seen = true;
    return f;
}

bool same_content(const MediaFile& a, const MediaFile& b) {
    return a.name == b.name && a.bytes == b.bytes && a.modified == b.modified;
}

fs::path index_of(const fs::path& cache) { return cache / "bin.json"; }
fs::path open_of(const fs::path& cache) { return cache / "open.json"; }  // the file that is being looked at

}  // namespace

MediaBin::MediaBin(fs::path folder, fs::path cache) : folder_(std::move(folder)), cache_(std::move(cache)) {
    std::error_code ignored;
    fs::create_directories(cache_, ignored);
    if (const auto text = read_file(index_of(cache_))) {
        const auto index = json::parse(*text, nullptr, false);
        if (index.is_array()) {
            for (const auto& item : index) {
                if (item.is_object()) files_.push_back(from_json(item));
            }
        }
    }
    if (const auto text = read_file(open_of(cache_))) {
        const auto item = json::parse(*text, nullptr, false);
        if (item.is_object()) {
            MediaFile file = from_json(item);
            const Error error = fault("breaks_decoder");
            file.code = error.code;
            file.reason = error.message;
            std::erase_if(files_, [&](const MediaFile& f) { return f.name == file.name; });
            files_.push_back(std::move(file));
            save();
        }
        fs::remove(open_of(cache_), ignored);
    }
}

bool MediaBin::look(const std::function<void()>& tick) {
    list_folder();
    MediaFile next;
    {
        const std::lock_guard lock(mutex_);
        const auto at = std::find_if(files_.begin(), files_.end(), [](const MediaFile& f) { return !f.seen; });
        if (at == files_.end()) return false;
        next = *at;
    }
    look_at(std::move(next), tick);
    return true;
}

void MediaBin::list_folder() {
    std::vector<MediaFile> found;
    std::error_code failed;
    for (fs::directory_iterator at(folder_, failed), end; !failed && at != end; at.increment(failed)) {
        std::error_code unreadable;
        if (!at->is_regular_file(unreadable) || !is_media(at->path())) continue;
        MediaFile file;
        file.name = at->path().filename().string();
        file.bytes = at->file_size(unreadable);
        file.modified = static_cast<std::uint64_t>(at->last_write_time(unreadable).time_since_epoch().count());
        if (!unreadable) found.push_back(std::move(file));
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    const std::lock_guard lock(mutex_);
    left_out_ = found.size() > most_files ? found.size() - most_files : 0;
    found.resize(found.size() - left_out_);
    for (auto& file : found) {
        const auto known =
            std::find_if(files_.begin(), files_.end(), [&](const MediaFile& f) { return same_content(f, file); });
        if (known != files_.end()) file = *known;
    }
    if (found == files_) return;
    std::set<fs::path> kept{index_of(cache_), open_of(cache_)};
    for (const auto& file : found) kept.insert(thumbnail_of(file));
    for (fs::directory_iterator at(cache_, failed), end; !failed && at != end; at.increment(failed)) {
        std::error_code ignored;
        if (!kept.contains(at->path())) fs::remove(at->path(), ignored);
    }
    files_ = std::move(found);
}

void MediaBin::look_at(MediaFile file, const std::function<void()>& tick) {
    json mark = to_json(file);
    mark["modified"] = file.modified;
    (void)write_hint(open_of(cache_), mark.dump());
    const auto glance = glance_at((folder_ / file.name).string(), thumbnail_width, tick);
    if (glance) {
        file.duration_ms = std::chrono::duration_cast<std::chrono::milliseconds>(glance->duration).count();
        file.width = glance->size.width;
        file.height = glance->size.height;
        file.frames_per_second = glance->frames_per_second;
        file.codec = glance->codec;
        (void)write_hint(thumbnail_of(file), glance->jpeg);
    } else {
        file.code = glance.error().code;
        file.reason = glance.error().message;
        log::info("media_refused", "{}: {}", file.name, file.reason);
    }
    file.seen = true;
    store(file);
    std::error_code ignored;
    fs::remove(open_of(cache_), ignored);
}

void MediaBin::store(const MediaFile& file) {
    const std::lock_guard lock(mutex_);
    for (auto& known : files_) {
        if (same_content(known, file)) known = file;
    }
    save();
}

void MediaBin::save() const {
    json index = json::array();
    for (const auto& file : files_) {
        if (!file.seen) continue;
        index.push_back(to_json(file));
        index.back()["modified"] = file.modified;
    }
    // What is lost is looked at again.
    (void)write_hint(index_of(cache_), index.dump());
}

fs::path MediaBin::thumbnail_of(const MediaFile& file) const {
    // FNV-1a: the name may hold anything, and another content is another picture.
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : fmt::format("{}/{}/{}", file.name, file.bytes, file.modified))
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return cache_ / fmt::format("{:016x}.jpg", hash);
}

json MediaBin::list() const {
    const std::lock_guard lock(mutex_);
    json files = json::array();
    for (const auto& file : files_) {
        if (file.seen) files.push_back(to_json(file));
    }
    return {{"files", std::move(files)}, {"left_out", left_out_}};
}

Result<std::string> MediaBin::thumbnail(const std::string& name) const {
    fs::path picture;
    {
        const std::lock_guard lock(mutex_);
        const auto at = std::find_if(files_.begin(), files_.end(), [&](const MediaFile& f) { return f.name == name; });
        if (at == files_.end())
            return Error{"unknown_file", "There is no file of this name in the media folder: see /api/media."};
        picture = thumbnail_of(*at);
    }
    auto bytes = read_file(picture);
    if (bytes) return bytes;
    return Error{"no_picture", "There is no picture of this file."};
}

}  // namespace tribune
