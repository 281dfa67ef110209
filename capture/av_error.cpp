#include "capture/av_error.hpp"

extern "C" {
#include <libavutil/error.h>
}

#include <array>
#include <cerrno>

#include "base/source_faults.hpp"

namespace tribune {
namespace {

struct Entry {
    int number;
    const char* code;
};

constexpr std::array entries{
    Entry{AVERROR(ENOENT), "no_such_file"},
    Entry{AVERROR(EACCES), "no_permission"},
    Entry{AVERROR(EPERM), "no_permission"},
    Entry{AVERROR(EISDIR), "is_folder"},
    Entry{AVERROR(ENODEV), "no_device"},
    Entry{AVERROR(ENXIO), "no_device"},
    Entry{AVERROR(EBUSY), "device_busy"},
    Entry{AVERROR(ENOSPC), "device_bandwidth"},
    Entry{AVERROR(ECONNREFUSED), "connection_refused"},
    Entry{AVERROR(EHOSTUNREACH), "unreachable"},
    Entry{AVERROR(ENETUNREACH), "unreachable"},
    Entry{AVERROR(ETIMEDOUT), "timed_out"},
    Entry{AVERROR_EXIT, "timed_out"},
    Entry{AVERROR_HTTP_UNAUTHORIZED, "not_authorised"},
    Entry{AVERROR_HTTP_FORBIDDEN, "not_allowed"},
    Entry{AVERROR_HTTP_NOT_FOUND, "not_found"},
    Entry{AVERROR_HTTP_BAD_REQUEST, "bad_request"},
    Entry{AVERROR_HTTP_OTHER_4XX, "server_refused"},
    Entry{AVERROR_HTTP_SERVER_ERROR, "server_failed"},
    Entry{AVERROR_EOF, "stream_ended"},
    Entry{AVERROR(EPIPE), "connection_lost"},
    Entry{AVERROR(ECONNRESET), "connection_lost"},
    Entry{AVERROR(EIO), "read_failed"},
    Entry{AVERROR_INVALIDDATA, "not_media"},
    Entry{AVERROR_DEMUXER_NOT_FOUND, "unknown_format"},
    Entry{AVERROR_PROTOCOL_NOT_FOUND, "refused_protocol"},
    Entry{AVERROR(EINVAL), "bad_options"},
    Entry{AVERROR_OPTION_NOT_FOUND, "bad_options"},
    Entry{AVERROR_FILTER_NOT_FOUND, "unknown_filter"},
    Entry{AVERROR_DECODER_NOT_FOUND, "unknown_codec"},
    Entry{AVERROR_PATCHWELCOME, "unknown_codec"},
    Entry{AVERROR(ENOMEM), "no_memory"},
};

}  // namespace

Error av_error(int number) {
    for (const auto& e : entries) {
        if (e.number == number) return fault(e.code);
    }
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(number, text.data(), text.size());
    return fault("read_error", text.data());
}

}  // namespace tribune
