// Cards to hand out at the door: where its holder sits in each round.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.hpp"
#include "print/print_head.hpp"
#include "voice/rotation.hpp"

namespace tribune {

// Cards on one A4 page: eight (A7) while their rounds fit, else four (A6).
std::size_t seat_cards_on_page(std::size_t rounds);

// A PDF of one card a person of the plan (a group, when groups move), with cutting marks. Cut as a stack, the piles of
// a page, laid on one another from its top left in reading order, are all cards in order. Pure; takes about 0.6 ms a
// card, so not for a thread that others wait for. Errors: no_rotation (nobody sits anywhere), print_failed.
Result<std::string> print_seat_cards(const PrintHead& head, const RotationPlan& plan, RotationUnit unit);

}  // namespace tribune
