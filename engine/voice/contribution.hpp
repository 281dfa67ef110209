// What tables and phones send, as it was stored. What becomes of it later is in voice/consolidation.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace tribune {

enum class ContributionKind : std::uint32_t { idea = 1, question, means, criticism };

// What the authority noticed in a text (voice/flags.hpp): a hint for facilitators, never a verdict.
enum class Flag : std::uint32_t { insult = 1, spelled_apart, look_alike, personal_data, link };

// Who sends something: a table's tablet or a phone. Stamped by the server, whatever the device says.
struct Speaker {
    DeviceId device;
    TableNumber table;  // 0: a phone
    bool operator==(const Speaker&) const = default;
};

// Never changed; later steps (hold, gather, a second wording) are entities of their own.
struct Contribution {
    Uuid id;  // made on the device
    DeviceId device;
    TableNumber table;  // 0: a phone
    std::uint32_t round = 0;
    std::string text;      // clean (voice/hygiene.hpp)
    std::string language;  // BCP 47, "" = told by its words
    ShowTime at;
    std::int64_t unix_ms = 0;    // a label, never an order
    std::uint64_t sequence = 0;  // its place in the journal
    bool late = false;           // came after its round was closed
    ContributionKind kind = ContributionKind::idea;
    std::uint32_t part = 0;     // the sub-question it answers, from 1; 0: the question as a whole
    std::string title{};        // short, clean; may be empty
    std::vector<Flag> flags{};  // in their order, each once

    bool operator==(const Contribution&) const = default;
};

// --- Commands ---------------------------------------------------------------------------------------------

// An answer. The same id with the same content is the same answer; with other content it is refused.
// It names the round it was written in, so that one kept on a tablet through a network loss still counts.
struct Submit {
    Uuid id;
    DeviceId device;
    TableNumber table;  // 0: a phone, while those may contribute
    std::uint32_t round = 0;
    std::string text;
    std::string language;
    ContributionKind kind = ContributionKind::idea;
    std::uint32_t part = 0;
    std::string title{};
    std::vector<Flag> flags{};  // by the authority
    bool operator==(const Submit&) const = default;
};

}  // namespace tribune
