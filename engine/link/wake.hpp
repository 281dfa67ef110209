// Wakes a thread that sits in poll().
#pragma once

#include "base/handle.hpp"

namespace tribune {

class Wake {
  public:
    Wake();

    // Any thread, also a signal handler. Many calls before a drain count as one.
    void wake() const;

    // The polling thread: POLLIN on fd() says that wake() was called; drain() takes it back.
    [[nodiscard]] int fd() const { return event_.get(); }
    void drain() const;

  private:
    Fd event_;
};

}  // namespace tribune
