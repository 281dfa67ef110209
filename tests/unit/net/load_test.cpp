// Figures of this room: hidden, since they take a while (test_net "[load]"). Only losses fail.
#include <malloc.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>
#include <string>

#include "net/rehearsal.hpp"
#include "test_show.hpp"

namespace tribune::test {
namespace {

RehearsalOptions room(int port, int tables, int phones, double per_second, double seconds) {
    RehearsalOptions options;
    options.url = "http://127.0.0.1:" + std::to_string(port);
    options.key = "key-of-rehearsal";
    options.tables = tables;
    options.phones = phones;
    options.per_second = per_second;
    options.seconds = seconds;
    options.grace_seconds = 30;
    options.lines = {"Un toit d'abord, pour chacun et pour longtemps", "Écouter celles et ceux qui vivent ici"};
    return options;
}

long resident_kb() {
    malloc_trim(0);
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
    }
    return 0;
}

void measure(int tables, double per_second) {
    TestShow show;
    const auto report = rehearse(room(show.port(), tables, 0, per_second, 5));
    REQUIRE(report);
    std::cout << tables << " tables, " << per_second << "/s wanted: " << report->sent << " sent, " << report->acked
              << " acknowledged, p50 " << report->p50_ms << " ms, p99 " << report->p99_ms << " ms\n";
    CHECK(report->lost == 0);
}

TEST_CASE("acknowledgements a second, client and server on one machine", "[.][load]") {
    for (const double rate : {100, 1000, 2000, 5000}) {
        measure(24, rate);
        measure(500, rate);
    }
}

TEST_CASE("memory of five thousand connections, both ends in this process", "[.][load]") {
    TestShow show;
    const long before = resident_kb();
    long full = 0;
    const auto report = rehearse(room(show.port(), 100, 4900, 400, 5), [&](const RehearsalReport& r) {
        if (r.connected == 5000 && full == 0) full = resident_kb();
        return true;
    });
    REQUIRE(report);
    std::cout << "5,000 connections: " << static_cast<double>(full - before) / 5000 << " kB each, both ends; "
              << report->acked << " acknowledged of " << report->sent << ", p99 " << report->p99_ms << " ms\n";
    CHECK(report->lost == 0);
    CHECK(full > 0);
}

}  // namespace
}  // namespace tribune::test
