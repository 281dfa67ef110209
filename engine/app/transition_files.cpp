#include "app/transition_files.hpp"

#include "app/asset_files.hpp"
#include "show/transition_file.hpp"

namespace tribune {

TransitionFiles find_transitions(const std::filesystem::path& show_file, const std::filesystem::path& assets) {
    TransitionFiles found;
    found.bad =
        read_asset_files({".glsl", "bad_transition_file", most_transitions, longest_transition_file},
                         {assets.parent_path() / "shaders" / "transitions", show_file.parent_path() / "transitions"},
                         [&](const std::string& name, const std::string& text) -> Status {
                             TRIBUNE_TRY(auto transition, read_transition(name, text));
                             found.good.push_back(std::move(transition));
                             return {};
                         });
    return found;
}

}  // namespace tribune
