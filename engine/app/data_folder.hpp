// The data folder of a show: journal, keys, log, and where its processes meet.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.hpp"
#include "show/setup.hpp"

namespace tribune {

struct DataFolder {
    std::filesystem::path root;

    [[nodiscard]] std::filesystem::path journal() const { return root / "journal.db"; }
    [[nodiscard]] std::filesystem::path keys() const { return root / "keys.json"; }
    [[nodiscard]] std::filesystem::path log(const std::string& process) const;
    [[nodiscard]] std::filesystem::path run() const { return root / "run"; }       // 0700, sockets and process list
    [[nodiscard]] std::filesystem::path media() const { return root / "media"; }   // thumbnails of the media bin
    [[nodiscard]] std::filesystem::path trace() const { return run() / "trace"; }  // its parts while it is recorded
    [[nodiscard]] std::filesystem::path socket() const { return run() / "engine.sock"; }
    [[nodiscard]] std::filesystem::path processes() const { return run() / "processes.json"; }

    // Makes the folders, closed to others when they are new; `root` becomes absolute, without links. Error data_folder.
    static Result<DataFolder> open(const std::filesystem::path& root);
};

using Keys = std::map<std::string, std::string>;  // key name → key

// Reads keys.json, closes it to others (0600), adds the keys that are missing, one per role, table and operator, and takes
// away those of operators that the show does not have. Error keys_file.
Result<Keys> load_keys(const DataFolder& folder, const Setup& setup);
// A new key in place of this name's. Errors: keys_file, unknown_key.
Status renew_key(const DataFolder& folder, const std::string& name);
// As they are: nothing is added. Error keys_file.
Result<Keys> read_keys(const DataFolder& folder);

// Writes beside, syncs, renames, syncs the folder: after a power cut the old or the new file is there, whole.
Status replace_file(const std::filesystem::path& path, const std::string& content, unsigned mode);
// Without syncing: for what may be lost.
Status write_hint(const std::filesystem::path& path, const std::string& content);
Result<std::string> read_file(const std::filesystem::path& path);

}  // namespace tribune
