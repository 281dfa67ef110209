// Spans of work written down while they happen, in Chrome's trace-event format, which ui.perfetto.dev opens. Each process
// writes a file of its own; merge() makes one of them. One recording a process, known to all its rooms like the log.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace tribune::trace {

// From record() to its end. A writer's thread takes the spans from a bounded queue (beyond it they are counted as lost)
// and appends them five times a second: a process that is killed loses no more than that. A file ends at 256 MB.
class Recording {
  public:
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;
    ~Recording();  // after all threads that measure

  private:
    friend Result<std::unique_ptr<Recording>> record(const std::filesystem::path& folder, std::string_view process);
    friend void span(const char* name, MonotonicTime begun, MonotonicTime ended, std::uint64_t number);
    class Impl;
    explicit Recording(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Before all else: writes an empty trace, so that a file that cannot be written is known now, and removes what processes
// that are gone left in the folder. Error: no_trace.
Status begin(const std::filesystem::path& folder, const std::filesystem::path& file);

// Makes the folder where it is missing. Call at a process's start, before threads. Error: no_trace.
Result<std::unique_ptr<Recording>> record(const std::filesystem::path& folder, std::string_view process);

// Any thread; one relaxed load and nothing else while nothing is recorded. `name` lives for ever, `number` is shown
// beside it (0: none).
void span(const char* name, MonotonicTime begun, MonotonicTime ended, std::uint64_t number);

// All files of a folder as one, which replaces `file`; the folder is removed. Half a line at a file's end, of a process
// that was killed, is left out. Error: no_trace.
Status merge(const std::filesystem::path& folder, const std::filesystem::path& file);

}  // namespace tribune::trace
