#include "app/asset_files.hpp"

#include <fmt/format.h>

#include <map>

#include "app/data_folder.hpp"

namespace tribune {

std::vector<FileFault> read_asset_files(
    const AssetKind& kind, const std::vector<std::filesystem::path>& folders,
    const std::function<Status(const std::string& name, const std::string& text)>& read) {
    namespace fs = std::filesystem;
    std::map<std::string, fs::path> files;
    for (const auto& folder : folders) {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(folder, none))
            if (entry.path().extension() == kind.extension) files[entry.path().stem().string()] = entry.path();
    }
    std::vector<FileFault> faults;
    std::size_t good = 0;
    for (const auto& [name, path] : files) {
        const auto leave_out = [&, file = path.string()](std::string_view code, const std::string& why) {
            faults.push_back({file, std::string(code), fmt::format("{}: left out. {}", file, why)});
        };
        if (good == kind.most) {
            leave_out(kind.code, fmt::format("A show takes {} of these: put some away.", kind.most));
            continue;
        }
        std::error_code failed;
        const auto size = fs::file_size(path, failed);
        if (failed || size > kind.longest) {
            leave_out(kind.code, fmt::format("It is no file, or one of more than {} bytes.", kind.longest));
            continue;
        }
        const auto text = read_file(path);
        const Status done = text ? read(name, *text) : Status(text.error());
        if (done) {
            ++good;
        } else {
            leave_out(done.error().code, done.error().message);
        }
    }
    return faults;
}

}  // namespace tribune
