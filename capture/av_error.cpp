#include "capture/av_error.hpp"

extern "C" {
#include <libavutil/error.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

namespace tribune {
namespace {

struct Entry {
    int number;
    const char* code;
    const char* sentence;
};

constexpr std::array entries{
    Entry{AVERROR(ENOENT), "no_such_file", "The file is not there: check its path."},
    Entry{AVERROR(EACCES), "no_permission", "It may not be read: give this program the right to."},
    Entry{AVERROR(EPERM), "no_permission", "It may not be read: give this program the right to."},
    Entry{AVERROR(EISDIR), "no_such_file", "This is a folder: name a file in it."},
    Entry{AVERROR(ENODEV), "no_device", "The device is gone: plug it in again."},
    Entry{AVERROR(ENXIO), "no_device", "The device is gone: plug it in again."},
    Entry{AVERROR(EBUSY), "no_device", "The device is in use: stop the other program that uses it."},
    Entry{AVERROR(ENOSPC), "no_device", "The device gets no bandwidth: use another USB port."},
    Entry{AVERROR(ECONNREFUSED), "connection_refused", "Nobody answers at that address: is the sender on?"},
    Entry{AVERROR(EHOSTUNREACH), "unreachable", "The network does not lead there: check cable and address."},
    Entry{AVERROR(ENETUNREACH), "unreachable", "The network does not lead there: check cable and address."},
    Entry{AVERROR(ETIMEDOUT), "timed_out", "No answer in time: is the sender on?"},
    Entry{AVERROR_EXIT, "timed_out", "No answer in time: is the sender on?"},
    Entry{AVERROR_HTTP_UNAUTHORIZED, "not_authorised", "The sender wants a name and password: put them in the URL."},
    Entry{AVERROR_HTTP_FORBIDDEN, "not_authorised", "The sender does not allow it: check name and password."},
    Entry{AVERROR_HTTP_NOT_FOUND, "not_found", "The sender does not know this path: check the URL."},
    Entry{AVERROR_HTTP_BAD_REQUEST, "server_refused", "The sender does not understand the URL: check it."},
    Entry{AVERROR_HTTP_OTHER_4XX, "server_refused", "The sender refused: check the URL."},
    Entry{AVERROR_HTTP_SERVER_ERROR, "server_refused", "The sender failed: look at its own log."},
    Entry{AVERROR_EOF, "stream_ended", "The stream ended: it is awaited again."},
    Entry{AVERROR(EPIPE), "connection_lost", "The connection broke: it is made again."},
    Entry{AVERROR(ECONNRESET), "connection_lost", "The connection broke: it is made again."},
    Entry{AVERROR(EIO), "connection_lost", "Nothing can be read: check the sender and the network."},
    Entry{AVERROR_INVALIDDATA, "not_media", "This is no video, or it is damaged: check the file or the sender."},
    Entry{AVERROR_DEMUXER_NOT_FOUND, "not_media", "This kind of media is not known: use MP4, MKV or MPEG-TS."},
    Entry{AVERROR_PROTOCOL_NOT_FOUND, "refused_protocol", "This kind of address is not allowed here."},
    Entry{AVERROR(EINVAL), "not_media", "It cannot be opened like this: check the URL and its options."},
    Entry{AVERROR_OPTION_NOT_FOUND, "not_media", "It cannot be opened like this: check the URL and its options."},
    Entry{AVERROR_FILTER_NOT_FOUND, "not_media", "The pattern names a filter that does not exist: check its spelling."},
    Entry{AVERROR_DECODER_NOT_FOUND, "unknown_codec", "This codec cannot be decoded: use H.264."},
    Entry{AVERROR_PATCHWELCOME, "unknown_codec", "This kind of stream cannot be decoded: use H.264."},
    Entry{AVERROR(ENOMEM), "no_memory", "It needs more memory than a source may have: use a smaller picture."},
};

constexpr std::array<std::string_view, 7> refusing{"empty_file", "not_media",     "too_large",    "refused_protocol",
                                                   "no_video",   "unknown_codec", "decode_failed"};

}  // namespace

Error av_error(int number) {
    for (const auto& e : entries) {
        if (e.number == number) return {e.code, e.sentence};
    }
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(number, text.data(), text.size());
    return {"connection_lost", fmt::format("Reading failed ({}): it is tried again.", text.data())};
}

bool refuses(const Error& error) { return std::find(refusing.begin(), refusing.end(), error.code) != refusing.end(); }

}  // namespace tribune
