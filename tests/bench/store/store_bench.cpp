// bench_store [FOLDER] [SECONDS]: records a second and commit times of the journal on the disk of FOLDER, by rows a
// commit, and through the group committer. SECONDS of work for each. Prints JSON, one figure a line.
#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/committer.hpp"
#include "store/sqlite_journal.hpp"

using namespace tribune;

namespace {

constexpr std::size_t payload_bytes = 300;  // a submitted answer as a record, about

Row row(std::uint64_t sequence) { return {sequence, "submit", std::string(payload_bytes, 'x')}; }

double milliseconds(Nanoseconds t) { return std::chrono::duration<double, std::milli>(t).count(); }

struct Times {
    std::vector<Nanoseconds> all;

    double percentile(double share) {
        if (all.empty()) return 0;
        std::sort(all.begin(), all.end());
        return milliseconds(all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))]);
    }
};

void figure(const std::string& what, double value, const char* unit) {
    fmt::print("{{\"what\": \"{}\", \"value\": {:.3f}, \"unit\": \"{}\"}}\n", what, value, unit);
}

void print(const std::string& what, std::uint64_t rows, Nanoseconds took, Times times) {
    figure(what, static_cast<double>(rows) / (milliseconds(took) / 1000), "records/s");
    figure(what + ", p50", times.percentile(0.5), "ms");
    figure(what + ", p99", times.percentile(0.99), "ms");
}

void direct(Journal& journal, std::size_t batch, Nanoseconds budget) {
    Times times;
    const auto started = monotonic_now();
    std::uint64_t rows = 0;
    while (monotonic_now() - started < budget) {
        std::vector<Row> some;
        for (std::size_t i = 0; i < batch; ++i) some.push_back(row(journal.last_sequence() + 1 + i));
        const auto before = monotonic_now();
        if (!journal.append(some)) std::exit(1);
        times.all.push_back(monotonic_now() - before);
        if (!journal.housekeep()) std::exit(1);
        rows += batch;
    }
    print(fmt::format("append, {} records a commit", batch), rows, monotonic_now() - started, std::move(times));
}

// `in_flight` records wait for their acknowledgement at any time, as that many tables would.
void grouped(Journal& journal, std::size_t in_flight, Nanoseconds budget) {
    std::mutex mutex;
    std::condition_variable acknowledged;
    std::deque<MonotonicTime> sent;
    Times times;
    const auto started = monotonic_now();
    std::uint64_t rows = 0;
    {
        GroupCommitter committer(journal, [&](const CommitReport& report) {
            if (report.error) std::exit(1);
            const auto now = monotonic_now();
            const std::lock_guard lock(mutex);
            for (auto s = report.first; s <= report.last; ++s) {
                times.all.push_back(now - sent.front());
                sent.pop_front();
            }
            acknowledged.notify_one();
        });
        for (auto next = journal.last_sequence() + 1; monotonic_now() - started < budget; ++next, ++rows) {
            std::unique_lock lock(mutex);
            acknowledged.wait(lock, [&] { return sent.size() < in_flight; });
            sent.push_back(monotonic_now());
            lock.unlock();
            if (!committer.submit(row(next))) std::exit(1);
        }
    }
    print(fmt::format("group commit, {} in flight", in_flight), rows, monotonic_now() - started, std::move(times));
}

}  // namespace

int main(int argc, char** argv) {
    const std::string base = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
    const Nanoseconds budget = std::chrono::seconds(argc > 2 ? std::atoi(argv[2]) : 2);
    std::string folder = base + "/bench-store-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) return 1;
    {
        auto journal = SqliteJournal::open(folder + "/journal.db");
        if (!journal) return 1;
        for (const std::size_t batch : {1U, 8U, 64U, 256U}) direct(**journal, batch, budget);
        for (const std::size_t in_flight : {1U, 24U, 200U, 2000U}) grouped(**journal, in_flight, budget);
        const auto rows = (*journal)->last_sequence();
        journal->reset();
        const auto before = monotonic_now();
        journal = SqliteJournal::open(folder + "/journal.db");
        if (!journal) return 1;
        figure(fmt::format("opening a journal of {} records", rows), milliseconds(monotonic_now() - before), "ms");
    }
    std::filesystem::remove_all(folder);
    return 0;
}
