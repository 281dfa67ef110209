#include "print/printed_words.hpp"

namespace tribune {

const PrintedWords& printed_words(std::string_view language) {
    static constexpr PrintedWords french{
        "Personne",
        "Groupe",
        "Tour",
        "table",
        "libre",
        "secrétaire",
        "vous êtes secrétaire",
        "La page de cette table : visez ce code avec la tablette.",
        "Votre mot compte.\nDites-le d’ici.",
        "Visez ce code avec l’appareil photo de votre téléphone.",
        "Ou tapez cette adresse :",
    };
    static constexpr PrintedWords english{
        "Person",
        "Group",
        "Round",
        "table",
        "free",
        "scribe",
        "you are the scribe",
        "This table’s page: point the tablet at this code.",
        "Your word counts.\nSay it from here.",
        "Point your phone’s camera at this code.",
        "Or type this address:",
    };
    return language == "en" ? english : french;
}

}  // namespace tribune
