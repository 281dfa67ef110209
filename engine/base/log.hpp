// One structured line per event: time, level, process, event code, sentence.
// Never a key, a contribution's text or a network address: ids and lengths only.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace tribune::log {

enum class Level { debug = 1, info, warning, error };

// Call once at a process's start, before threads. `file` empty: standard error only.
void open(std::string_view process, const std::string& file);

// Any thread. `event` is a stable snake_case code. Hostile text is escaped, never interpreted.
void write(Level level, std::string_view event, std::string_view message);

template <class... Args>
void info(std::string_view event, fmt::format_string<Args...> format, Args&&... args) {
    write(Level::info, event, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void warning(std::string_view event, fmt::format_string<Args...> format, Args&&... args) {
    write(Level::warning, event, fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void error(std::string_view event, fmt::format_string<Args...> format, Args&&... args) {
    write(Level::error, event, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace tribune::log
