// SIGINT and SIGTERM as a flag. One at a time in a process.
#pragma once

namespace tribune {

class StopSignals {
  public:
    StopSignals();  // from here on the signals only raise the flag; SIGPIPE is ignored
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;
    [[nodiscard]] bool raised() const;
};

}  // namespace tribune
