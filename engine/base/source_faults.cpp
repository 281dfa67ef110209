#include "base/source_faults.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace tribune {
namespace {

constexpr bool refused = true;

constexpr std::array list{
    Fault{"", "It is being opened."},
    // Files and devices.
    Fault{"no_such_file", "The file is not there: check its path."},
    Fault{"is_folder", "This is a folder: name a file in it."},
    Fault{"no_permission", "It may not be read: give this program the right to."},
    Fault{"no_device", "The device is gone: plug it in again."},
    Fault{"device_busy", "The device is in use: stop the other program that uses it."},
    Fault{"device_bandwidth", "The device gets no bandwidth: use another USB port."},
    // The network and the sender.
    Fault{"connection_refused", "Nobody answers at that address: is the sender on?"},
    Fault{"unreachable", "The network does not lead there: check cable and address."},
    Fault{"timed_out", "No answer in time: is the sender on?"},
    Fault{"not_authorised", "The sender wants a name and password: put them in the URL."},
    Fault{"not_allowed", "The sender does not allow it: check name and password."},
    Fault{"not_found", "The sender does not know this path: check the URL."},
    Fault{"bad_request", "The sender does not understand the URL: check it."},
    Fault{"server_refused", "The sender refused: check the URL."},
    Fault{"server_failed", "The sender failed: look at its own log."},
    Fault{"stream_ended", "The stream ended: it is awaited again."},
    Fault{"connection_lost", "The connection broke: it is made again."},
    Fault{"read_failed", "Nothing can be read: check the sender and the network."},
    Fault{"read_error", "Reading failed ({}): it is tried again."},
    Fault{"stalled", "No picture comes, though the connection stands: look at the sender."},
    // What is refused before it is opened, or for what is in it.
    Fault{"refused_protocol",
          "This kind of address is not known: use a file, rtsp, srt, rtmp, udp, tcp, http, /dev/videoN or lavfi.",
          refused},
    Fault{"pattern_reads_files", "A pattern may not read files: give the file as a source of its own.", refused},
    Fault{"unknown_filter", "The pattern names a filter that does not exist: check its spelling.", refused},
    Fault{"bad_options", "It cannot be opened like this: check the URL and its options.", refused},
    Fault{"empty_file", "The file is empty: copy it again.", refused},
    Fault{"web_page", "This is a web page, not a video: check the URL, or log in at the sender first.", refused},
    Fault{"text_file", "This is a text, not a video: check the path.", refused},
    Fault{"not_media", "This is no video, or it is damaged: check the file or the sender.", refused},
    Fault{"unknown_format", "This kind of media is not known: use MP4, MKV or MPEG-TS.", refused},
    Fault{"no_video", "There is no picture in it: choose another file or stream.", refused},
    Fault{"unknown_codec", "This kind of stream cannot be decoded: use H.264.", refused},
    Fault{"unknown_pixels", "Its pixel format cannot be shown: use 8-bit 4:2:0.", refused},
    Fault{"card_failed", "The graphics card cannot decode it: from now on the processor does."},
    Fault{"decode_failed", "No picture in it can be decoded: make the file again.", refused},
    Fault{"breaks_decoder", "It makes the decoder fail: make the file again.", refused},
    Fault{"convert_failed", "A picture could not be converted: send it as 8-bit 4:2:0.", refused},
    Fault{"too_large", "Its pictures are larger than {} million pixels: scale it down.", refused},
    // This machine.
    Fault{"no_memory", "It needs more memory than a source may have: use a smaller picture."},
    Fault{"process_died", "Its process ended; it is being started again."},
};

const Fault* find(std::string_view code) {
    const auto* at = std::find_if(list.begin(), list.end(), [&](const Fault& f) { return f.code == code; });
    return at == list.end() ? nullptr : at;
}

}  // namespace

std::span<const Fault> faults() { return list; }

Error fault(std::string_view code, std::string_view detail) {
    const Fault* known = find(code);
    assert(known != nullptr);
    std::string sentence(known->sentence);
    if (const auto at = sentence.find("{}"); at != std::string::npos) sentence.replace(at, 2, detail);
    return {std::string(code), std::move(sentence)};
}

bool refuses(const Error& error) {
    const Fault* known = find(error.code);
    return known != nullptr && known->refused;
}

}  // namespace tribune
