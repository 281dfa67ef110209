#include "app/data_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/handle.hpp"
#include "base/ids.hpp"

namespace tribune {
namespace {

constexpr std::size_t key_bytes = 16;
constexpr const char* role_keys[] = {"technician", "producer", "director",  "facilitator",
                                     "audience",   "observer", "rehearsal", "obs-websocket"};

constexpr std::string_view operator_key = "operator/";

Error file_error(std::string_view what, const std::filesystem::path& path) {
    return {"file_error", fmt::format("Cannot {} {}: {}.", what, path.string(), std::strerror(errno))};
}

Status write_whole(int fd, std::string_view content) {
    while (!content.empty()) {
        const auto n = ::write(fd, content.data(), content.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return Error{"write_failed", std::strerror(errno)};
        content.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

Status write_keys(const DataFolder& folder, const Keys& keys) {
    return replace_file(folder.keys(), nlohmann::json(keys).dump(2) + "\n", 0600);
}

}  // namespace

std::filesystem::path DataFolder::log(const std::string& process) const {
    std::string name = process;
    for (char& c : name) {
        if (c == '/') c = '-';
    }
    return root / "log" / (name + ".log");
}

Result<DataFolder> DataFolder::open(const std::filesystem::path& root) {
    namespace fs = std::filesystem;
    DataFolder folder;
    std::error_code failed;
    const bool made = fs::create_directories(root, failed);
    if (!failed) folder.root = fs::canonical(root, failed);
    if (!failed && made) fs::permissions(folder.root, fs::perms::owner_all, failed);  // what people wrote is in here
    if (!failed) fs::create_directories(folder.root / "log", failed);
    if (!failed) fs::create_directories(folder.run(), failed);
    if (!failed) fs::permissions(folder.run(), fs::perms::owner_all, failed);
    if (failed) {
        return Error{"data_folder", fmt::format("Cannot use {} as data folder: {}. Choose another with --data.",
                                                root.string(), failed.message())};
    }
    return folder;
}

Status replace_file(const std::filesystem::path& path, const std::string& content, unsigned mode) {
    const auto beside = path.string() + ".new";
    const Fd file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (!file || fchmod(file.get(), mode) != 0) return file_error("write", path);
    if (!write_whole(file.get(), content) || fsync(file.get()) != 0) return file_error("write", path);
    if (std::rename(beside.c_str(), path.c_str()) != 0) return file_error("replace", path);
    const Fd folder(::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder && fsync(folder.get()) != 0) return file_error("sync the folder of", path);
    return {};
}

Status write_hint(const std::filesystem::path& path, const std::string& content) {
    const auto beside = path.string() + ".new";
    const Fd file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file || !write_whole(file.get(), content)) return file_error("write", path);
    if (std::rename(beside.c_str(), path.c_str()) != 0) return file_error("replace", path);
    return {};
}

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    if (in) content << in.rdbuf();
    if (!in) return file_error("read", path);
    return content.str();
}

Result<Keys> read_keys(const DataFolder& folder) {
    Keys keys;
    std::error_code failed;
    if (!std::filesystem::exists(folder.keys(), failed)) return keys;
    std::filesystem::permissions(folder.keys(),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failed);
    TRIBUNE_TRY(const std::string text, read_file(folder.keys()));
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const auto refused =
        Error{"keys_file",
              fmt::format("{} must be an object of names and keys: mend it, or move it away to have new keys made.",
                          folder.keys().string())};
    if (!json.is_object()) return refused;
    for (const auto& [name, key] : json.items()) {
        if (!key.is_string() || key.get_ref<const std::string&>().size() < key_bytes) return refused;
        keys[name] = key.get<std::string>();
    }
    return keys;
}

Result<Keys> load_keys(const DataFolder& folder, const Setup& setup) {
    TRIBUNE_TRY(Keys keys, read_keys(folder));
    const Keys before = keys;
    for (const char* name : role_keys) keys.try_emplace(name, random_hex(key_bytes));
    for (int table = 1; table <= setup.tables; ++table)
        keys.try_emplace(fmt::format("table/{}", table), random_hex(key_bytes));
    std::erase_if(keys, [&](const auto& key) {
        return key.first.starts_with(operator_key) &&
               setup.operator_named(std::string_view(key.first).substr(operator_key.size())) == nullptr;
    });
    for (const auto& who : setup.operators)
        keys.try_emplace(std::string(operator_key) + who.name.text, random_hex(key_bytes));
    if (keys != before) TRIBUNE_CHECK(write_keys(folder, keys));
    return keys;
}

Status renew_key(const DataFolder& folder, const std::string& name) {
    TRIBUNE_TRY(Keys keys, read_keys(folder));
    const auto key = keys.find(name);
    if (key == keys.end()) {
        return Error{"unknown_key", fmt::format("{} has no key \"{}\": `tribune keys {}` lists them.",
                                                folder.keys().string(), name, folder.root.string())};
    }
    key->second = random_hex(key_bytes);
    return write_keys(folder, keys);
}

}  // namespace tribune
