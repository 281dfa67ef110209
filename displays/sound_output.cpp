#include "displays/sound_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tribune {

// The list is made by CMakeLists.txt; each kind's file defines NAME_sound_kind.
#define TRIBUNE_SOUND_KIND(name) extern const SoundKind name##_sound_kind;
#include "sound_kinds.inc"
#undef TRIBUNE_SOUND_KIND

std::span<const SoundKind* const> sound_kinds() {
#define TRIBUNE_SOUND_KIND(name) &name##_sound_kind,
    static constexpr std::array kinds{
#include "sound_kinds.inc"
    };
#undef TRIBUNE_SOUND_KIND
    return kinds;
}

Result<std::unique_ptr<SoundOutput>> make_sound_output(const SoundSpec& spec) {
    const auto kinds = sound_kinds();
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto* k) { return k->name == spec.kind; });
    if (kind != kinds.end()) return (*kind)->make(spec);
    std::string known;
    for (const auto* k : kinds) known += fmt::format("{}\"{}\"", known.empty() ? "" : ", ", k->name);
    return Error{"unknown_sound_kind", fmt::format("Sound output \"{}\" has the unknown kind \"{}\"; use one of {}.",
                                                   spec.name.text, spec.kind, known)};
}

}  // namespace tribune
