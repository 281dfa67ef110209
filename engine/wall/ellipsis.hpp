// Shortens what would be wider than the wall even in the smallest legible letters.
#pragma once

#include "base/text_spec.hpp"

namespace tribune {

// The text itself when its ink is at most `most_em` wide, else as many of its first user-perceived characters
// (at least one) as fit together with "…". Asks the measure O(log n) times, on its thread.
TextSpec shortened(const TextSpec& spec, double most_em, TextMeasure& measure);

}  // namespace tribune
