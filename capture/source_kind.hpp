// The list of source kinds: which URLs are one, what FFmpeg may use for it, and how it behaves.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/source.hpp"

namespace tribune {

struct KindOption {
    const char* key;
    const char* value;
};

struct SourceKind {
    std::string_view prefix;        // of the URL
    bool keep_prefix = true;        // false: FFmpeg gets what follows it
    const char* demuxer = nullptr;  // null: by content
    const char* protocols = "";     // what FFmpeg may open, nothing else
    const char* demuxers = "";      // what it may find in the content
    bool sniff = false;             // our own look at the first bytes comes first
    bool waits = false;             // frames come when they come: a stall can be seen, decoding is for low delay
    bool polled = false;            // reads are made not to block: FFmpeg's would not come back when it is unplugged
    std::span<const KindOption> options{};

    // It lies on a disk of this machine.
    [[nodiscard]] bool file() const { return protocols == std::string_view("file"); }
};

// The first whose prefix fits, a file when none has one. Error refused_protocol for an unknown scheme.
Result<const SourceKind*> source_kind(const SourceConfig& config);

}  // namespace tribune
