#include "support/real_show/speaking_room.hpp"

#include <fmt/format.h>

#include "base/ids.hpp"
#include "store/export.hpp"
#include "store/sqlite_journal.hpp"

#include <sstream>

namespace tribune::test {
namespace {

using std::chrono::milliseconds;

std::string fresh_uuid() {
    const std::string hex = random_hex(16);
    return fmt::format("{}-{}-7{}-8{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(13, 3), hex.substr(17, 3),
                       hex.substr(20, 12));
}

}  // namespace

SpeakingRoom::SpeakingRoom(const RealShow& show, int tables) : url_(show.url()) {
    for (int table = 1; table <= tables; ++table) keys_[table] = show.key(fmt::format("table/{}", table));
    for (int table = 1; table <= tables; ++table) threads_.emplace_back([this, table] { speak(table); });
}

SpeakingRoom::~SpeakingRoom() { finish(); }

void SpeakingRoom::speak(int table) {
    std::unique_ptr<Client> client;
    for (int n = 0; !stop_; ++n) {
        const std::string id = fresh_uuid();
        const std::string text = fmt::format("réponse {} de la table {}", n, table);
        const Json submit{{"type", "submit"}, {"id", id}, {"round", 1}, {"text", text}, {"language", "fr"}};
        for (bool stored = false; !stored;) {
            if (!client || client->closed()) {
                client = std::make_unique<Client>(
                    url_,
                    Json{
                        {"type", "hello"}, {"proto", 1}, {"key", keys_[table]}, {"device", fmt::format("t{}", table)}});
                if (!client->wait_type("welcome", std::chrono::seconds(2))) {
                    client.reset();
                    continue;
                }
            }
            const auto sent = monotonic_now();
            client->send(submit);
            const auto answer =
                client->wait_for([&](const Json& m) { return m.value("id", "") == id; }, milliseconds(1500));
            if (answer && answer->value("type", "") == "stored") {
                stored = true;
                const std::lock_guard lock(mutex_);
                acknowledged_.insert(text);
                exchanges_.push_back({sent, monotonic_now()});
            } else if (answer) {
                eventually([&] { return stop_.load(); }, milliseconds(answer->value("retry_after_ms", 50)));
            }
        }
        // Within the rate of a table, 10 a second.
        eventually([&] { return stop_.load(); }, milliseconds(120));
    }
}

bool SpeakingRoom::wait_for_more(std::size_t answers) {
    const auto wanted = acknowledged() + answers;
    return eventually([&] { return acknowledged() >= wanted; }, std::chrono::seconds(30));
}

void SpeakingRoom::finish() {
    stop_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

std::size_t SpeakingRoom::acknowledged() const {
    const std::lock_guard lock(mutex_);
    return acknowledged_.size();
}

std::optional<Nanoseconds> SpeakingRoom::acknowledged_after(MonotonicTime moment) const {
    const std::lock_guard lock(mutex_);
    std::optional<Nanoseconds> first;
    for (const auto& [sent, stored] : exchanges_) {
        if (sent > moment && (!first || stored - moment < *first)) first = stored - moment;
    }
    return first;
}

std::vector<std::string> SpeakingRoom::exported(RealShow& show) {
    const std::lock_guard lock(mutex_);
    if (!exported_.empty()) return exported_;
    show.stop();
    JournalOptions reading;
    reading.access = JournalOptions::Access::read_only;
    const auto journal = SqliteJournal::open((show.data() / "journal.db").string(), reading);
    if (!journal) throw std::runtime_error(journal.error().message);
    std::ostringstream out;
    if (const auto done = export_json(**journal, out); !done) throw std::runtime_error(done.error().message);
    const Json written = Json::parse(out.str());
    for (const auto& c : written["contributions"]) exported_.push_back(c["text"]);
    return exported_;
}

std::size_t SpeakingRoom::lost(RealShow& show) {
    const auto all = exported(show);
    const std::set<std::string> stored(all.begin(), all.end());
    std::size_t missing = 0;
    for (const auto& text : acknowledged_) missing += stored.contains(text) ? 0U : 1U;
    return missing;
}

std::size_t SpeakingRoom::doubled(RealShow& show) {
    const auto all = exported(show);
    return all.size() - std::set<std::string>(all.begin(), all.end()).size();
}

}  // namespace tribune::test
