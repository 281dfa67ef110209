#include "net/rehearsal.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <unordered_map>
#include <utility>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "net/client.hpp"

namespace tribune {
namespace {

using nlohmann::json;
using Seconds = std::chrono::duration<double>;

constexpr int most_connecting = 128;  // at once: a room does not arrive in one instant
constexpr Nanoseconds resend_after = std::chrono::seconds(5);
constexpr Nanoseconds least_wait = std::chrono::milliseconds(250);
constexpr Nanoseconds most_wait = std::chrono::seconds(5);
constexpr Nanoseconds gather = std::chrono::seconds(60);  // for the whole room to connect
constexpr Nanoseconds step = std::chrono::milliseconds(2);

Nanoseconds nanoseconds(Seconds s) { return std::chrono::duration_cast<Nanoseconds>(s); }

// Counts of delays in steps of 0.1 ms up to a minute.
class Delays {
  public:
    void add(Nanoseconds delay) {
        const auto at = static_cast<std::size_t>(std::max<std::int64_t>(0, delay.count() / 100'000));
        ++counts_[std::min(at, counts_.size() - 1)];
        ++total_;
    }
    [[nodiscard]] double percentile_ms(double part) const {
        const auto wanted = static_cast<std::uint64_t>(std::ceil(part * static_cast<double>(total_)));
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            sum += counts_[i];
            if (sum >= wanted && sum > 0) return static_cast<double>(i + 1) / 10;
        }
        return 0;
    }

  private:
    std::vector<std::uint32_t> counts_ = std::vector<std::uint32_t>(600'000);
    std::uint64_t total_ = 0;
};

struct Answer {
    std::string id;
    std::string text;
    std::uint32_t round = 0;
    MonotonicTime written;
    std::optional<MonotonicTime> sent;  // on this connection
    MonotonicTime not_before;
};

struct Player {
    int table = 0;        // 0: a phone
    SocketId socket = 0;  // 0: not connected, nor trying
    bool greeted = false;
    std::deque<Answer> outbox;  // until stored or refused
    std::size_t in_flight = 0;
    std::size_t most_in_flight = 8;
    Nanoseconds wait = least_wait;
    MonotonicTime connect_at;
};

class Rehearsal final : public SocketEvents {
  public:
    Rehearsal(const RehearsalOptions& options, const std::function<bool(const RehearsalReport&)>& progress)
        : options_(options), progress_(progress), random_(options.seed), lines_(options.lines) {
        std::shuffle(lines_.begin(), lines_.end(), random_);
        players_.resize(static_cast<std::size_t>(options.tables + options.phones));
        for (int i = 0; i < options.tables; ++i) players_[static_cast<std::size_t>(i)].table = i + 1;
    }

    Result<RehearsalReport> play() {
        TRIBUNE_TRY(const Url url, parse_url(options_.url));
        TRIBUNE_TRY(loop_, SocketLoop::open(url, *this, step));
        now_ = monotonic_now();
        last_progress_ = now_;
        begun_ = now_;
        loop_->run();
        loop_.reset();
        if (error_) return *error_;
        if (!round_seen_ && options_.tables > 0 && options_.per_second > 0) {
            return Error{"no_open_round", "No round was open: start one on the show desk, then rehearse."};
        }
        return report();
    }

    // --- SocketEvents ---
    void opened(SocketId socket) override {
        Player& p = *by_socket_.at(socket);
        json hello{{"type", "hello"}, {"proto", 1}, {"key", options_.key}, {"device", device_of(p)}};
        if (p.table != 0) hello["table"] = p.table;
        loop_->send(socket, hello.dump());
    }

    void text(SocketId socket, std::string_view message) override {
        const auto at = by_socket_.find(socket);
        const json m = json::parse(message, nullptr, false);
        if (at == by_socket_.end() || !m.is_object()) return;
        Player& p = *at->second;
        const std::string type = m.value("type", "");
        if (type == "stored") return settle(p, m.value("id", ""), true);
        if (type == "refused") return refused(p, m);
        if (type == "state") return heard_state(m);
        if (type == "welcome") return welcomed(p, m);
        if (type == "error" && !p.greeted) hello_failed(m);
    }

    void closed(SocketId socket, int, std::string_view) override {
        const auto at = by_socket_.find(socket);
        if (at == by_socket_.end()) return;
        Player& p = *at->second;
        by_socket_.erase(at);
        p.socket = 0;
        if (p.greeted) {
            --connected_;
            ++reconnects_;
        } else {
            --connecting_;
            if (!ever_connected_ && error_ == std::nullopt && ++early_failures_ >= 3) {
                fail({"no_answer", "Nothing answers at " + options_.url + ": start the show, or check the address."});
            }
        }
        p.greeted = false;
        p.in_flight = 0;
        for (auto& a : p.outbox) a.sent.reset();
        p.connect_at = now_ + nanoseconds(Seconds(p.wait) * std::uniform_real_distribution(0.5, 1.5)(random_));
        p.wait = std::min(2 * p.wait, most_wait);
    }

    void tick() override {
        now_ = monotonic_now();
        connect_some();
        if (!started_ && now_ - begun_ > gather) {
            if (connected_ == 0) return fail({"no_answer", "Nobody could connect within a minute: is the show ready?"});
            start();  // with those who are there; the others keep trying
        }
        write_answers();
        if (now_ - last_sweep_ >= std::chrono::milliseconds(100)) {
            last_sweep_ = now_;
            for (auto& p : players_) pump(p);
        }
        if (now_ - last_progress_ >= std::chrono::seconds(1)) {
            last_progress_ = now_;
            if (progress_ && !progress_(report())) loop_->finish();
        }
        if (over()) loop_->finish();
    }

  private:
    [[nodiscard]] std::string device_of(const Player& p) const {
        return "rehearsal-" + std::to_string(options_.seed) + "-" + std::to_string(&p - players_.data());
    }

    void connect_some() {
        // Round robin, so that one that fails again and again does not keep the others waiting.
        for (std::size_t n = 0; n < players_.size() && connecting_ < most_connecting; ++n) {
            Player& p = players_[next_to_connect_++ % players_.size()];
            if (p.socket != 0 || now_ < p.connect_at) continue;
            p.socket = loop_->connect();
            by_socket_[p.socket] = &p;
            ++connecting_;
        }
    }

    void welcomed(Player& p, const json& m) {
        p.greeted = true;
        p.wait = least_wait;
        p.most_in_flight = m.value("/limits/in_flight"_json_pointer, p.most_in_flight);
        --connecting_;
        ++connected_;
        ever_connected_ = true;
        if (!started_ && connected_ == players_.size()) start();
        pump(p);
    }

    void hello_failed(const json& m) {
        const std::string code = m.value("code", "");
        if (code == "not_ready" || code == "full") return;  // it closes, and is tried again
        fail({code, m.value("message", "")});
    }

    void heard_state(const json& m) {
        const auto number = "/view/round/number"_json_pointer;
        round_ = m.contains(number) && m[number].is_number_unsigned() ? m[number].get<std::uint32_t>() : 0;
        round_seen_ = round_seen_ || round_ != 0;
        if (started_ && round_ != 0) next_answer_ = std::max(next_answer_, now_);
    }

    // The clock of the rehearsal runs from when the whole room is there.
    void start() {
        started_ = now_;
        next_answer_ = now_;
    }

    [[nodiscard]] bool writing() const { return started_ && now_ - *started_ < nanoseconds(Seconds(options_.seconds)); }

    void write_answers() {
        if (!writing() || options_.tables == 0 || options_.per_second <= 0) return;
        if (round_ == 0) {
            next_answer_ = now_;
            return;
        }
        std::exponential_distribution<double> gap(options_.per_second);
        std::uniform_int_distribution<int> table(0, options_.tables - 1);
        for (; next_answer_ <= now_; next_answer_ = next_answer_ + nanoseconds(Seconds(gap(random_)))) {
            Player& p = players_[static_cast<std::size_t>(table(random_))];
            p.outbox.push_back({new_id(), lines_[written_++ % lines_.size()], round_, next_answer_, {}, next_answer_});
            pump(p);
        }
    }

    // UUIDv7: 48 bits of Unix milliseconds, then random ones (RFC 9562, 5.7).
    std::string new_id() {
        Uuid id;
        const auto ms = static_cast<std::uint64_t>(unix_milliseconds_now());
        for (unsigned i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(ms >> (40U - 8U * i));
        for (std::size_t i = 6; i < 16; ++i) id.bytes[i] = static_cast<std::uint8_t>(random_());
        id.bytes[6] = static_cast<std::uint8_t>(0x70U | (id.bytes[6] & 0x0FU));
        id.bytes[8] = static_cast<std::uint8_t>(0x80U | (id.bytes[8] & 0x3FU));
        return to_string(id);
    }

    // Sends what may be sent, oldest first.
    void pump(Player& p) {
        if (!p.greeted) return;
        for (auto& a : p.outbox) {
            if (a.sent && now_ - *a.sent > resend_after) {
                a.sent.reset();
                --p.in_flight;
            }
            if (p.in_flight >= p.most_in_flight) continue;
            if (a.sent || now_ < a.not_before) continue;
            a.sent = now_;
            ++p.in_flight;
            loop_->send(p.socket, json{{"type", "submit"},
                                       {"id", a.id},
                                       {"round", a.round},
                                       {"text", a.text},
                                       {"language", options_.language}}
                                      .dump());
        }
    }

    void settle(Player& p, const std::string& id, bool stored) {
        const auto at = std::find_if(p.outbox.begin(), p.outbox.end(), [&](const Answer& a) { return a.id == id; });
        if (at == p.outbox.end()) return;
        if (at->sent) --p.in_flight;
        if (stored) {
            ++acked_;
            delays_.add(monotonic_now() - at->written);
        } else {
            ++refused_;
        }
        p.outbox.erase(at);
        pump(p);
    }

    void refused(Player& p, const json& m) {
        const std::string id = m.value("id", "");
        const int retry_ms = m.value("retry_after_ms", 0);
        if (retry_ms <= 0) return settle(p, id, false);
        const auto at = std::find_if(p.outbox.begin(), p.outbox.end(), [&](const Answer& a) { return a.id == id; });
        if (at == p.outbox.end()) return;
        if (at->sent) --p.in_flight;
        at->sent.reset();
        at->not_before = now_ + std::chrono::milliseconds(retry_ms);
    }

    [[nodiscard]] std::uint64_t waiting() const {
        std::uint64_t n = 0;
        for (const auto& p : players_) n += p.outbox.size();
        return n;
    }

    [[nodiscard]] bool over() const {
        if (error_) return true;
        if (!started_ || writing()) return false;
        const auto end = *started_ + nanoseconds(Seconds(options_.seconds + options_.grace_seconds));
        return now_ >= end || acked_ + refused_ == written_;
    }

    void fail(Error error) {
        error_ = std::move(error);
        loop_->finish();
    }

    [[nodiscard]] RehearsalReport report() const {
        return {written_,    acked_,    waiting(), refused_, delays_.percentile_ms(0.5), delays_.percentile_ms(0.99),
                reconnects_, connected_};
    }

    const RehearsalOptions& options_;
    const std::function<bool(const RehearsalReport&)>& progress_;
    std::mt19937_64 random_;
    std::vector<std::string> lines_;
    std::vector<Player> players_;
    std::unique_ptr<SocketLoop> loop_;
    std::unordered_map<SocketId, Player*> by_socket_;
    std::size_t next_to_connect_ = 0;
    int connecting_ = 0;
    int early_failures_ = 0;
    bool ever_connected_ = false;
    std::optional<Error> error_;

    MonotonicTime now_;
    MonotonicTime begun_;
    MonotonicTime last_progress_;
    MonotonicTime last_sweep_;
    std::optional<MonotonicTime> started_;
    MonotonicTime next_answer_;
    std::uint32_t round_ = 0;
    bool round_seen_ = false;

    Delays delays_;
    std::uint64_t written_ = 0;
    std::uint64_t acked_ = 0;
    std::uint64_t refused_ = 0;
    std::uint64_t reconnects_ = 0;
    std::uint32_t connected_ = 0;
};

}  // namespace

std::vector<std::string> script_lines(std::string_view script) {
    constexpr std::string_view blank = " \t\r";
    std::vector<std::string> lines;
    while (!script.empty()) {
        const auto end = script.find('\n');
        std::string_view line = script.substr(0, end);
        script.remove_prefix(end == std::string_view::npos ? script.size() : end + 1);
        line.remove_prefix(std::min(line.find_first_not_of(blank), line.size()));
        if (line.starts_with('#')) continue;
        if (const auto bar = line.find('|'); bar != std::string_view::npos) line.remove_prefix(bar + 1);
        line.remove_prefix(std::min(line.find_first_not_of(blank), line.size()));
        line = line.substr(0, line.find_last_not_of(blank) + 1);
        if (!line.empty()) lines.emplace_back(line);
    }
    return lines;
}

Result<RehearsalReport> rehearse(const RehearsalOptions& options,
                                 const std::function<bool(const RehearsalReport&)>& progress) {
    if (options.lines.empty() && options.tables > 0) {
        return Error{"no_lines", "The script has no lines: give a text file with one answer a line."};
    }
    return Rehearsal(options, progress).play();
}

}  // namespace tribune
