// A folder of its own for each test, and rows to put in.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "store/journal.hpp"
#include "store/sqlite_journal.hpp"

namespace tribune::test {

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tribune-store-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string journal() const { return path_ + "/journal.db"; }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

inline Row make_row(std::uint64_t sequence, std::size_t size = 120) {
    return {sequence, "submit", std::string(size, static_cast<char>('a' + sequence % 26)) + std::to_string(sequence)};
}

inline std::vector<Row> make_rows(std::uint64_t first, std::size_t count, std::size_t size = 120) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < count; ++i) rows.push_back(make_row(first + i, size));
    return rows;
}

// Any bytes, zero among them.
inline Row random_row(std::uint64_t sequence, std::mt19937& random) {
    std::string payload(std::uniform_int_distribution<std::size_t>(0, 9000)(random), '\0');
    for (auto& c : payload) c = static_cast<char>(random() & 255U);
    return {sequence, random() % 2 == 0 ? "submit" : "cut", std::move(payload)};
}

inline std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void put_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

inline std::vector<Row> all_rows(Journal& journal) {
    auto rows = journal.read_from(1, 1'000'000);
    return rows ? *std::move(rows) : std::vector<Row>{};
}

// The files as a `kill -9` at this moment would leave them.
inline void copy_as_killed(const std::string& from, const std::string& to) {
    for (const char* suffix : {"", "-wal"}) {
        if (std::filesystem::exists(from + suffix)) {
            std::filesystem::copy_file(from + suffix, to + suffix, std::filesystem::copy_options::overwrite_existing);
        }
    }
}

}  // namespace tribune::test
