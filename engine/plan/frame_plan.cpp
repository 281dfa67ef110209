// The contract is all values: this file only proves that the header stands alone.
#include "plan/frame_plan.hpp"
