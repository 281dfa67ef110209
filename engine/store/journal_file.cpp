#include "store/journal_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/handle.hpp"
#include "base/time.hpp"

namespace tribune {

FileState file_state(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return FileState::absent;
    return info.st_size == 0 ? FileState::empty : FileState::filled;
}

bool wal_header_whole(const std::string& wal_path) {
    const Fd fd{::open(wal_path.c_str(), O_RDONLY | O_CLOEXEC)};
    std::array<std::uint8_t, 32> raw{};
    if (!fd || ::pread(fd.get(), raw.data(), raw.size(), 0) != static_cast<ssize_t>(raw.size())) return false;
    const auto word = [&](std::size_t at, bool big_endian) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            value = value << 8 | raw[at * 4 + (big_endian ? i : 3 - i)];
        }
        return value;
    };
    const std::uint32_t magic = word(0, true);
    if ((magic & ~1U) != 0x377f0682U) return false;
    // The magic's last bit names the byte order in which the checksum adds the words.
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    for (std::size_t i = 0; i < 6; i += 2) {
        a += word(i, (magic & 1U) != 0) + b;
        b += word(i + 1, (magic & 1U) != 0) + a;
    }
    return a == word(6, true) && b == word(7, true);
}

Result<std::string> set_aside(const std::string& path) {
    const std::string aside = fmt::format("{}.damaged-{}", path, unix_milliseconds_now());
    for (const char* suffix : {"-wal", ""}) {
        if (file_state(path + suffix) == FileState::absent) continue;
        if (std::rename((path + suffix).c_str(), (aside + suffix).c_str()) != 0) {
            return Error{"journal_unreadable",
                         fmt::format("{}{} cannot be renamed ({}): allow this program to write in its folder.", path,
                                     suffix, std::strerror(errno))};
        }
    }
    ::unlink((path + "-shm").c_str());  // an index only, rebuilt from the -wal
    TRIBUNE_CHECK(sync_folder_of(path));
    return aside;
}

Status sync_folder_of(const std::string& path) {
    const auto folder = std::filesystem::absolute(path).parent_path();
    const Fd fd{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!fd || ::fsync(fd.get()) != 0) {
        return Error{"journal_unreadable", fmt::format("The folder {} cannot be written ({}): check its disk.",
                                                       folder.string(), std::strerror(errno))};
    }
    return {};
}

}  // namespace tribune
