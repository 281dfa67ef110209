// How printed things are headed.
#pragma once

#include <string>

namespace tribune {

struct PrintHead {
    std::string title;
    std::string language = "fr";  // one of show_languages
};

}  // namespace tribune
