// [[operator]], [[midi]] and [[control]] of the show file; private to show/.
#pragma once

#include "show/show_file_keys.hpp"

namespace tribune::show_file {

const std::vector<Key<OperatorSetup>>& operator_keys();
const std::vector<Key<SurfaceSetup>>& surface_keys();
const std::vector<Key<Binding>>& binding_keys();

// What must hold beside the form of single keys.
void check_operators(const toml::table& table, const std::vector<OperatorSetup>& operators,
                     const std::vector<FaceSetup>& faces, Faults& faults);
void check_surfaces(const toml::table& table, const std::vector<SurfaceSetup>& surfaces,
                    const std::vector<OperatorSetup>& operators, Faults& faults);
void finish_bindings(const toml::table& table, std::vector<Binding>& bindings, const std::vector<FaceSetup>& faces,
                     Faults& faults);

// The words of these sections, for the reference.
void describe_rights(std::string& out);
void describe_actions(std::string& out);

}  // namespace tribune::show_file
