#include "plan/shader_look.hpp"

#include <algorithm>

namespace tribune {
namespace {

ShaderLook plain_look(const std::shared_ptr<const Setup>& setup, const TransitionSetup& shader) {
    ShaderLook look{shader.name, {}, std::shared_ptr<const std::string>(setup, &shader.glsl)};
    for (const auto& p : shader.parameters) look.values.push_back({p.name, {p.value.begin(), p.value.end()}});
    return look;
}

}  // namespace

std::shared_ptr<const ShaderLook> shader_look(const std::shared_ptr<const Setup>& setup, const Transition& how) {
    const TransitionSetup* shader = setup->transition(how.name);
    auto look = std::make_shared<ShaderLook>(shader ? plain_look(setup, *shader) : ShaderLook{how.name, {}});
    for (const auto& given : how.values) {
        const auto own = std::find_if(look->values.begin(), look->values.end(),
                                      [&](const ShaderValue& v) { return v.name == given.name; });
        if (own != look->values.end()) own->value.assign(given.value.begin(), given.value.end());
    }
    return look;
}

std::vector<ShaderLook> shader_looks(const std::shared_ptr<const Setup>& setup) {
    std::vector<ShaderLook> looks;
    for (const auto& shader : setup->transitions) looks.push_back(plain_look(setup, shader));
    return looks;
}

}  // namespace tribune
