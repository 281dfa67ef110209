// Clips: what a producer asks of them, and the sources that come and go while the show runs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/transport.hpp"
#include "show/setup.hpp"

namespace tribune {

// Several clips in one command start, or stand, on the same frame. Positions are milliseconds from the first picture,
// parts of one included.

// To this position (none: the in point), and wait there.
struct Cue {
    std::vector<SourceName> sources;
    std::optional<double> position_ms;
    bool operator==(const Cue&) const = default;
};

// From where it stands; from its in point when it has ended.
struct Play {
    std::vector<SourceName> sources;
    bool operator==(const Play&) const = default;
};

struct Pause {
    std::vector<SourceName> sources;
    bool operator==(const Pause&) const = default;
};

// How a clip plays; what is left out stays as it is, and the picture with it.
struct SetClip {
    SourceName source;
    std::optional<double> in_ms{};
    std::optional<double> out_ms{};  // 0: the clip's end
    std::optional<double> speed{};
    std::optional<bool> loop{};
    std::optional<ClipEnd> at_end{};
    std::optional<std::string> next{};  // a scene or source, for ClipEnd::next
    std::optional<bool> play_on_take{};
    bool operator==(const SetClip&) const = default;
};

// By the program itself: how long a clip was found to be.
struct ClipOpened {
    SourceName source;
    Nanoseconds duration{0};
    bool operator==(const ClipOpened&) const = default;
};

// By the program itself: a clip has come to its end, and what shows it goes on to what follows.
struct ClipEnded {
    SourceName source;
    bool operator==(const ClipEnded&) const = default;
};

// A file of the media folder, or any address, becomes a source. A clip waits at its first picture.
struct AddSource {
    SourceName name;
    std::string label;
    std::string file;  // in the media folder…
    std::string url;   // …or an address, for the technician
    bool loop = false;
    bool operator==(const AddSource&) const = default;
};

// One that was added while the show ran.
struct RemoveSource {
    SourceName name;
    bool operator==(const RemoveSource&) const = default;
};

inline constexpr std::size_t most_sources = 64;  // each is a process

// Errors: unknown_source, not_a_clip, bad_clip, not_ended, bad_name, name_taken, bad_file, bad_url, too_many_sources,
// source_in_use, source_of_file.

// A show file's setup with the sources that were added before it was read again.
std::shared_ptr<const Setup> with_added(Setup loaded, const Setup& before);

}  // namespace tribune
