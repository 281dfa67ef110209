// All clients of one server and what they are told. Lives on the service thread; of libwebsockets it uses only
// the connection's handle, to ask for its turn to write.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "net/keys.hpp"
#include "net/limits.hpp"
#include "net/message.hpp"
#include "net/metrics.hpp"
#include "net/outgoing.hpp"
#include "net/pictures.hpp"
#include "net/server.hpp"
#include "net/voice_feeds.hpp"

struct lws;

namespace tribune::net {

// Close codes of docs/protocol.md.
enum class Close : std::uint16_t {
    normal = 1000,
    protocol = 1002,
    policy = 1008,
    too_large = 1009,
    try_later = 1013,
};

struct Closing {
    Close code = Close::policy;
    std::string_view reason;  // a literal
};

// One WebSocket.
struct Session {
    Session(std::uint64_t number, lws* handle, const ClientLimits& l, MonotonicTime now)
        : id(number), wsi(handle), limits(&l), rate(l.per_second, l.burst, now),
          flood(l.flood_per_second, l.flood_burst, now), opened(now), heard(now) {}

    std::uint64_t id;
    lws* wsi;
    const ClientLimits* limits;
    TokenBucket rate;
    TokenBucket flood;
    bool greeted = false;
    Actor actor;
    std::string key;  // that it came with
    std::string device;
    std::string incoming;  // pieces of the message that is coming in
    OutQueue out;
    std::vector<std::pair<std::uint64_t, Uuid>> in_flight;  // token, and for a submission its id
    bool state_due = false;  // newest view of its kind, newest health, newest lamps: rendered when it is its turn
    bool actual_due = false;
    bool levels_due = false;
    bool tally_due = false;
    bool moves_due = false;
    bool seating_due = false;
    VoiceDue voice;
    std::optional<LookingMessage> looking;  // facilitators
    bool ping_due = false;
    bool pinged = false;
    bool cut = false;       // being dropped, or closing: nothing more is written
    bool in_front = false;  // its place in the lanes of net/turns.hpp
    bool in_crowd = false;
    std::optional<Closing> closing;  // once all is sent
    MonotonicTime opened;
    MonotonicTime heard;
    std::optional<MonotonicTime> waiting;  // for its turn to write, since then
};

// What the service does for the hub.
class Service {
  public:
    virtual ~Service() = default;
    virtual void want_turn(Session& session) = 0;  // soon: next() until there is nothing, and then its closing
    virtual void cut(lws* wsi) = 0;                // drops the connection soon, from outside its callback
    virtual void answer_http(std::uint64_t waiter, const Result<Bytes>& picture) = 0;
    virtual void pictures_wanted() = 0;                      // tick_pictures() from now on, until it says idle
    virtual void later_desk_state(Nanoseconds delay) = 0;    // flush_desks() then
    virtual void later_tally(Nanoseconds delay) = 0;         // light_tally() then
    virtual void learn(std::uint64_t session, bool on) = 0;  // touched() then, once
};

class Hub final : private PictureDesk::Ends {
  public:
    Hub(const ServerOptions& options, ServerHost& host, Service& service);

    // --- from connections ---
    Session* opened(lws* wsi);
    void closed(Session& session);
    // One whole message. A Closing: close now.
    std::optional<Closing> received(Session& session, std::string_view message);
    // By its number; null when it is gone.
    [[nodiscard]] Session* find(std::uint64_t session);
    // What to send next on its turn; null: nothing.
    SharedMessage next(Session& session);
    [[nodiscard]] bool has_more(const Session& session) const;

    // A control was touched while this one learned.
    void touched(std::uint64_t session, const Touch& touch);

    // --- from the host ---
    void set_keys(const Keys& keys);
    void moved(Move move);
    void set_journal(std::string epoch, ShowClock clock);
    void set_state(std::shared_ptr<const ShowState> state);
    void set_on_disk(std::uint64_t sequence);
    void set_actual(std::shared_ptr<const Actual> actual);
    // To facilitators.
    void set_suggestions(std::string_view message);
    // To the desks that mix, the newest only: who is slow misses some.
    void set_levels(std::shared_ptr<const SoundLevels> levels);
    void set_stages(const std::string& process, std::vector<StageTimes> times) { stages_[process] = std::move(times); }
    void finish(std::uint64_t token, const Result<std::uint64_t>& sequence, int retry_after_ms);
    void picture(std::uint64_t token, const Result<Bytes>& picture);

    // --- from timers ---
    // Hello, pings, the stuck and the dead: of one part of the clients, so that thousands are not pinged at once. Each
    // part is due about twice a second.
    static constexpr std::size_t tick_parts = 10;
    void tick();
    bool tick_pictures();  // false: idle, no need to call again
    void flush_desks();
    void light_tally();  // tells the desks when a lamp goes on or off

    // --- for HTTP ---
    // Who shows this key.
    [[nodiscard]] std::optional<Actor> holder(std::string_view key) const;
    [[nodiscard]] const ShowState* state() const { return state_.get(); }
    void wait_picture(std::uint64_t waiter, const PictureRequest& request);
    void forget_waiter(std::uint64_t waiter) { pictures_.forget_waiter(waiter); }
    [[nodiscard]] Verdict verdict() const;
    [[nodiscard]] std::string metrics() const;
    Counters& counters() { return counters_; }
    [[nodiscard]] NetHealth health() const { return counters_.health; }

  private:
    struct Pending {
        std::uint64_t session = 0;
        std::optional<Uuid> submission;
        std::string request;
    };

    // conversation.cpp: one for each kind of message
    std::optional<Closing> on(Session& session, const Fault& fault);
    std::optional<Closing> on(Session& session, const HelloMessage& hello);
    std::optional<Closing> on(Session& session, const SubmitMessage& submit);
    std::optional<Closing> on(Session& session, const OwnMessage& own);
    std::optional<Closing> on(Session& session, const CommandMessage& command);
    std::optional<Closing> on(Session& session, const PicturesMessage& pictures);
    std::optional<Closing> on(Session& session, const SeenMessage& seen);
    std::optional<Closing> on(Session& session, const LearnMessage& learn);
    std::optional<Closing> on(Session& session, const ClockMessage& clock);
    std::optional<Closing> on(Session& session, const LookingMessage& looking);
    std::optional<Closing> on(Session& session, const HistoryMessage& history);
    void greet(Session& session);
    void refuse(Session& session, const Uuid& id, const Error& error, int retry_after_ms = 0);
    void fail(Session& session, std::string_view request, const Error& error);
    void send_own(Session& session);
    // False when the host is busy.
    bool ask_host(Session& session, Command command, Pending pending);
    [[nodiscard]] std::int64_t show_ms() const;
    [[nodiscard]] int busy_ms();

    void send(Session& session, std::string_view json);
    bool send(Session& session, const SharedMessage& message);
    void turn(Session& session);
    void look_after(Session& session, MonotonicTime now);
    void cull(Session& session);
    void close_after(Session& session, Closing closing);
    void check_keys();
    void tell_room();
    void tell_seating();
    void tell_voices();
    void tell_own(const std::vector<std::size_t>& changed, bool now);
    void tell_presence();
    [[nodiscard]] static std::string owner_of(const Session& session);
    [[nodiscard]] static std::string owner_of(const Contribution& contribution);
    SharedMessage desk_state();
    SharedMessage actual_message();
    SharedMessage tally_message();
    SharedMessage moves_message();
    void index_contributions(bool tell);

    // PictureDesk::Ends
    void ask(const PictureRequest& request, std::uint64_t token) override;
    bool send(std::uint64_t client, const SharedMessage& picture) override;
    void answer(std::uint64_t waiter, const Result<Bytes>& picture) override;
    std::uint64_t next_token() override { return ++last_token_; }

    const Limits limits_;
    ServerHost& host_;
    Service& service_;
    KeyRing keys_;
    PictureDesk pictures_;
    std::minstd_rand random_;  // spreads retries; nothing else hangs on it

    std::string epoch_;
    ShowClock clock_;
    std::shared_ptr<const ShowState> state_;
    std::optional<std::uint64_t> on_disk_;
    std::shared_ptr<const Actual> actual_;
    StagesOfProcesses stages_;
    MonotonicTime actual_at_;

    // Rendered once, shared by all.
    std::shared_ptr<const Setup> room_setup_;  // what room_message_ was made of
    struct RoomTold {
        std::optional<Round> round;
        std::optional<Notice> notice;
        std::optional<ShowTime> bell;
        bool operator==(const RoomTold&) const = default;
    };
    RoomTold room_told_;
    SharedMessage room_message_;
    std::shared_ptr<const Rotation> seating_;  // what seating_message_ was made of
    SharedMessage seating_message_;
    SharedMessage desk_message_;    // null: render when next needed
    SharedMessage actual_message_;  // likewise
    SharedMessage levels_message_;
    SharedMessage tally_message_;  // likewise
    std::deque<Move> moves_;       // the newest first
    SharedMessage moves_message_;  // likewise
    bool moves_untold_ = false;
    std::map<SourceName, TallyLight> lights_;
    bool desks_due_ = false;
    MonotonicTime desks_at_;

    std::unordered_map<std::uint64_t, std::unique_ptr<Session>> sessions_;
    std::vector<Session*> desks_;
    std::vector<Session*> facilitators_;
    bool presence_stale_ = false;
    VoiceFeeds voices_;
    std::unordered_map<std::string, std::vector<Session*>> owners_;  // live connections of each table and phone
    std::unordered_map<std::string, std::vector<std::size_t>> own_;  // each one's contributions
    std::size_t indexed_ = 0;
    std::optional<Contribution> last_indexed_;
    std::unordered_map<std::uint64_t, Pending> pending_;
    std::uint64_t last_session_ = 0;
    std::size_t tick_part_ = 0;
    std::uint64_t last_token_ = 0;
    Counters counters_;
};

[[nodiscard]] bool is_desk(Role role);
[[nodiscard]] bool hears(Role role);  // gets the levels of sound

}  // namespace tribune::net
