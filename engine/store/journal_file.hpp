// The files of a journal as files: what can be told of them without SQLite, and how they are moved.
#pragma once

#include <string>

#include "base/result.hpp"

namespace tribune {

enum class FileState { absent, empty, filled };
FileState file_state(const std::string& path);

// Whether a -wal file begins with a header that SQLite wrote whole (sqlite.org/fileformat2.html#walformat).
// SQLite takes a -wal without one for empty, in silence.
bool wal_header_whole(const std::string& wal_path);

// Renames the database and its -wal beside it, with a name of the time; gives the database's new path.
Result<std::string> set_aside(const std::string& path);

// Makes a new file or name in `path`'s folder outlive a power cut.
Status sync_folder_of(const std::string& path);

}  // namespace tribune
