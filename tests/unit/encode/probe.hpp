// What ffprobe says of a film file, and whether ffmpeg plays all of it.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace tribune::test {

inline std::string output_of(const std::string& command) {
    struct Close {
        void operator()(std::FILE* f) const { pclose(f); }
    };
    const std::unique_ptr<std::FILE, Close> pipe(popen(command.c_str(), "r"));
    std::string text;
    std::array<char, 4096> part{};
    while (pipe && std::fgets(part.data(), part.size(), pipe.get()) != nullptr) text += part.data();
    return text;
}

// What a decoder complains of; empty: it plays.
inline std::string complaints(const std::filesystem::path& file) {
    return output_of(fmt::format("ffmpeg -v error -nostdin -xerror -i '{}' -f null - 2>&1", file.string()));
}

struct Played {
    long frames = 0;
    double video_end = 0;  // seconds
    double sound_end = 0;
    std::string codecs;  // "h264 aac"
};
inline Played played(const std::filesystem::path& file) {
    const auto ask = [&](const char* stream, const char* what) {
        return output_of(
            fmt::format("ffprobe -v error -count_packets -select_streams {} -show_entries {} -of csv=p=0 '{}'", stream,
                        what, file.string()));
    };
    const auto last = [](const std::string& lines) {
        const auto end = lines.find_last_not_of(",\n");
        const auto begin = lines.rfind('\n', end);
        return end == std::string::npos ? 0.0
                                        : std::stod(lines.substr(begin == std::string::npos ? 0 : begin + 1, end));
    };
    Played out;
    const auto frames = ask("v:0", "stream=nb_read_packets");
    out.frames = frames.empty() ? 0 : std::stol(frames);
    out.video_end = last(ask("v:0", "packet=pts_time"));
    out.sound_end = last(ask("a:0", "packet=pts_time"));
    for (const char* stream : {"v:0", "a:0"}) {
        auto name = ask(stream, "stream=codec_name");
        name = name.substr(0, name.find_first_of(",\n"));
        out.codecs += (out.codecs.empty() ? "" : " ") + name;
    }
    return out;
}

}  // namespace tribune::test
