#include "show/show_file_machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <span>

namespace tribune::show_file {
namespace {

constexpr std::size_t longest_address = 200;

// http(s)://HOST[:PORT][/FOLDER], and nothing that would end a link.
bool is_address(std::string_view text) {
    const auto host = text.find("://");
    const auto scheme = text.substr(0, host);
    if (host == std::string_view::npos || (scheme != "http" && scheme != "https")) return false;
    const auto rest = text.substr(host + 3);
    return text.size() <= longest_address && !rest.empty() && rest.front() != '/' && rest.front() != ':' &&
           std::all_of(rest.begin(), rest.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 ||
                      std::string_view("-._~:/[]%").find(static_cast<char>(c)) != std::string_view::npos;
           });
}

}  // namespace

const std::vector<Key<RecordingSetup>>& recording_keys() {
    using T = RecordingSetup;
    static const std::vector<Key<T>> keys{
        text_key("folder", "\"/media/disk/recordings\"",
                 "Where recordings go; recordings, in the data folder, when left out.", &T::folder),
        text_key("codec", "\"h264\"", "h264, h265, prores (ProRes 422) or ffv1 (lossless).", &T::codec),
        text_key("container", "\"mkv\"", "mkv or mp4 (fragmented; h264 and h265 only).", &T::container),
    };
    return keys;
}

const std::vector<Key<FileNetwork>>& network_keys() {
    using T = FileNetwork;
    static const std::vector<Key<T>> keys{
        text_key("address", "\"http://192.0.2.10:8080\"",
                 "Where tablets and phones find the pages: on signs, in QR codes. This machine's first address and "
                 "port when left out.",
                 &T::address),
    };
    return keys;
}

void check_recording(const toml::table& table, const RecordingSetup& recording, Faults& faults) {
    const auto check = [&](const char* key, std::string_view value, std::span<const std::string_view> known) {
        if (std::find(known.begin(), known.end(), value) != known.end()) return;
        faults.add(table["recording"][key].node()->source(),
                   fmt::format("{} cannot be \"{}\": {}", key, value, advice(value, known)));
    };
    check("codec", recording.codec, recording_codecs);
    check("container", recording.container, recording_containers);
    if (recording.container == "mp4" && (recording.codec == "prores" || recording.codec == "ffv1"))
        faults.add(table["recording"].node()->source(),
                   fmt::format("mp4 does not hold {}: write container = \"mkv\".", recording.codec));
}

void finish_network(const toml::table& table, FileNetwork& network, Faults& faults) {
    const auto* given = table["network"]["address"].node();
    if (given == nullptr) return;
    if (!is_address(network.address)) {
        faults.add(given->source(),
                   fmt::format("address cannot be \"{}\": write http://HOST:PORT or https://HOST.", network.address));
    }
    network.address.erase(network.address.find_last_not_of('/') + 1);
}

}  // namespace tribune::show_file
