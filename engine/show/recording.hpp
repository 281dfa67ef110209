// What is recorded: views, each with the hall's sound, each into files of its own.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace tribune {

inline constexpr std::array<std::string_view, 2> recording_containers{"mkv", "mp4"};
inline constexpr std::array<std::string_view, 4> recording_codecs{"h264", "h265", "prores", "ffv1"};

// How, of the show file.
struct RecordingSetup {
    std::string folder;            // where to; empty: recordings, in the data folder
    std::string codec{"h264"};     // one of recording_codecs
    std::string container{"mkv"};  // one of recording_containers
    bool operator==(const RecordingSetup&) const = default;
};

struct ViewRecording {
    std::string view;  // show/views.hpp
    ShowTime since;
    bool operator==(const ViewRecording&) const = default;
};
inline constexpr std::size_t most_recordings = 8;

// Records a view from now on: all that a face shows, or what is clean of overlays. Empty: the first face that follows
// program.
struct StartRecord {
    std::string view;
    bool operator==(const StartRecord&) const = default;
};
// Empty: all that is recorded.
struct StopRecord {
    std::string view;
    bool operator==(const StopRecord&) const = default;
};

}  // namespace tribune
