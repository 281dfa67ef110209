// Which URLs are which kind, and what people read.
#include <catch2/catch.hpp>

#include "base/source_faults.hpp"
#include "capture/av_error.hpp"
#include "capture/av_log.hpp"
#include "capture/source_kind.hpp"
#include "tests/unit/capture/watched_source.hpp"

extern "C" {
#include <libavutil/error.h>
}

using namespace tribune;
using test::source;

TEST_CASE("each URL is of the kind it looks like") {
    REQUIRE((*source_kind(source("rtsp://10.0.0.1/a")))->prefix == "rtsp://");
    REQUIRE((*source_kind(source("/dev/video2")))->prefix == "/dev/video");
    REQUIRE((*source_kind(source("lavfi:testsrc2")))->prefix == "lavfi:");
    REQUIRE((*source_kind(source("clips/opening night.mp4")))->prefix.empty());
    REQUIRE((*source_kind(source("a:b.mp4")))->prefix.empty());
    REQUIRE((*source_kind(source("file:///a.mp4")))->prefix == "file://");
}

TEST_CASE("addresses that could reach further are refused") {
    for (const auto* url :
         {"ftp://a/b", "concat://a", "subfile,,start,0://x", "gopher://a", "lavfi:movie=/etc/passwd"}) {
        const auto kind = source_kind(source(url));
        REQUIRE_FALSE(kind);
        REQUIRE(kind.error() ==
                fault(std::string_view(url).starts_with("lavfi:") ? "pattern_reads_files" : "refused_protocol"));
        REQUIRE(refuses(kind.error()));
    }
    // Only the file protocol is behind a plain path, so these are files that do not exist.
    REQUIRE(std::string_view((*source_kind(source("concat:a|b")))->protocols) == "file");
}

TEST_CASE("every error number gives a code and a sentence") {
    REQUIRE(av_error(AVERROR(ECONNREFUSED)).code == "connection_refused");
    REQUIRE(av_error(AVERROR_INVALIDDATA).code == "not_media");
    REQUIRE(av_error(AVERROR(ENOENT)).code == "no_such_file");
    for (int n = 1; n < 200; ++n) {
        REQUIRE_FALSE(av_error(-n).code.empty());
        REQUIRE(av_error(-n).message.size() > 10);
    }
}

TEST_CASE("log lines lose their addresses and passwords") {
    REQUIRE(without_addresses("plain text") == "plain text");
    REQUIRE(without_addresses("[tcp] rtsp://me:secret@10.0.0.1:554/x failed") == "[tcp] rtsp://… failed");
    REQUIRE(without_addresses("'srt://a?passphrase=b' and http://c") == "'srt://…' and http://…");
}
