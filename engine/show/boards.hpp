// The boards: what the room's voices come to, as pictures. How each is drawn is in plan/boards/.
#pragma once

#include <array>
#include <string_view>

namespace tribune {

struct BoardKind {
    std::string_view name;
    std::string_view help;  // a sentence
};

inline constexpr std::array board_kinds{
    BoardKind{"voices", "What the tables said, word for word, the newest first, page after page."},
    BoardKind{"themes", "The themes and how many voices each gathers."},
    BoardKind{"tensions", "The tension that is weighed, or the newest one: both sides at equal rank."},
    BoardKind{"question", "The question, its sub-questions and the time left, big."},
    BoardKind{"moves", "Where the people of each table go next."},
    BoardKind{"tables", "A light for each table, brighter with each word it said in this round."},
    BoardKind{"results", "The vote that was closed last with its results told, or the one that is open."},
    BoardKind{"outcomes", "What became of it: themes and contributions with their answers."},
    BoardKind{"spotlight", "The contribution in the spotlight, big."},
    BoardKind{"held", "How many contributions are held, for each public reason."},
};

constexpr const BoardKind* board_kind(std::string_view name) {
    for (const auto& kind : board_kinds)
        if (kind.name == name) return &kind;
    return nullptr;
}

}  // namespace tribune
