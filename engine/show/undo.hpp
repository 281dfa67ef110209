// The commands that take the last edit back and bring it again: show/edits.hpp says what one is.
#pragma once

namespace tribune {

struct Undo {
    bool operator==(const Undo&) const = default;
};
struct Redo {
    bool operator==(const Redo&) const = default;
};

}  // namespace tribune
