// What people are told of contributions and of what becomes of them, as JSON. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "show/state.hpp"

namespace tribune {

// For who sent it: its words as they stand, where it stands and why, likes, theme, what became of it.
nlohmann::json own_view(const ShowState& state, const Contribution& contribution);
// For facilitators: all of it.
nlohmann::json facilitator_view(const ShowState& state, const Contribution& contribution);
// For facilitators: themes, tensions with their weights and what separates the groups, words, counts.
nlohmann::json consolidation_view(const ShowState& state);
// The steps that changed this contribution, the oldest first.
nlohmann::json history_view(const ShowState& state, const Uuid& contribution);
// The newest steps of all, the newest first.
nlohmann::json deeds_view(const ShowState& state, std::size_t most);

// For tables and phones: what is asked of them beside the question; it changes when something opens or closes.
nlohmann::json asks_view(const ShowState& state);
// For tables and phones: what was said lately, themes, what is held and why.
nlohmann::json voices_view(const ShowState& state);
// For the director: votes as they stand.
nlohmann::json polls_view(const ShowState& state);

}  // namespace tribune
