// How well insults are found when they are dressed up, and how often a text that insults nobody is flagged. The same on
// every machine: the mutations are drawn from a fixed seed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "voice/flags.hpp"

namespace tribune::test {

std::string name_of(Flag flag);
FlagLists flag_lists();                      // those of assets/words
std::vector<std::string> civil_sentences();  // tests/data/french_sentences.txt

struct Mutation {
    std::string kind;
    std::string entry;  // of the list
    std::string text;   // clean: a sentence with the entry in it, dressed up
};
std::vector<Mutation> mutations(const FlagLists& lists);

struct FlagRate {
    std::string kind;
    std::size_t of = 0;
    std::size_t flagged = 0;
    std::vector<std::string> examples;  // of recall: missed; of civil sentences: flagged

    [[nodiscard]] double rate() const { return of == 0 ? 0 : static_cast<double>(flagged) / static_cast<double>(of); }
};
std::vector<FlagRate> recall(const Flagger& flagger, const FlagLists& lists);  // by kind of mutation, then "all"
FlagRate false_flags(const Flagger& flagger);

}  // namespace tribune::test
