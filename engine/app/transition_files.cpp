#include "app/transition_files.hpp"

#include <fmt/format.h>

#include <map>

#include "app/data_folder.hpp"
#include "show/transition_file.hpp"

namespace tribune {

TransitionFiles find_transitions(const std::filesystem::path& show_file, const std::filesystem::path& assets) {
    namespace fs = std::filesystem;
    std::map<std::string, fs::path> files;
    for (const auto& folder :
         {assets.parent_path() / "shaders" / "transitions", show_file.parent_path() / "transitions"}) {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(folder, none))
            if (entry.path().extension() == ".glsl") files[entry.path().stem().string()] = entry.path();
    }
    TransitionFiles found;
    for (const auto& [name, path] : files) {
        if (found.good.size() == most_transitions) {
            found.bad.push_back(
                {"bad_transition_file", fmt::format("{}: left out, for a show takes {} transitions: put some away.",
                                                    path.string(), most_transitions)});
            continue;
        }
        std::error_code failed;
        const auto size = fs::file_size(path, failed);
        if (failed || size > longest_transition_file) {
            found.bad.push_back(
                {"bad_transition_file", fmt::format("{}: no file, or one of more than {} bytes: it is left out.",
                                                    path.string(), longest_transition_file)});
            continue;
        }
        const auto text = read_file(path);
        auto read = text ? read_transition(name, *text) : Result<TransitionSetup>(text.error());
        if (read) {
            found.good.push_back(*std::move(read));
        } else {
            found.bad.push_back(
                {read.error().code, fmt::format("{}: left out. {}", path.string(), read.error().message)});
        }
    }
    return found;
}

}  // namespace tribune
