// All that can be wrong with a source, in one list: most of it is found by its capture process.
// assets/words/reasons.json has the sentences in the languages of shows, by their codes.
#pragma once

#include <span>
#include <string_view>

#include "base/result.hpp"

namespace tribune {

struct Fault {
    std::string_view code;      // stable; one code, one sentence
    std::string_view sentence;  // what is wrong and what to do, no address in it; {} where a detail stands
    bool refused = false;       // rather than lost: trying again soon would not help
};

// The first, without a code, is no fault: what is said before anything has happened.
std::span<const Fault> faults();

// The error of a fault in the list.
Error fault(std::string_view code, std::string_view detail = {});

// Errors by which a source is refused.
bool refuses(const Error& error);

}  // namespace tribune
