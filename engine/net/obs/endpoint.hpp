// All obs-websocket sessions: what they are told and what they ask. Lives on the service thread; of libwebsockets it
// uses only a connection's handle, to ask for its turn to write.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "net/keys.hpp"
#include "net/obs/events.hpp"
#include "net/obs/job.hpp"
#include "net/obs/surroundings.hpp"
#include "net/obs/wire.hpp"
#include "net/outgoing.hpp"
#include "net/pictures.hpp"
#include "net/server.hpp"
#include "net/surface_faults.hpp"

struct lws;

namespace tribune::net::obs {

struct Limits {
    std::size_t sessions = 64;                                   // more are turned away
    std::size_t message_bytes = 256U << 10U;                     // more: closed
    std::size_t queue_bytes = 8U << 20U;                         // waiting to be sent; more: culled
    std::size_t inbox_messages = 4096;                           // waiting for their turn; more: closed
    std::size_t inbox_bytes = 4U << 20U;                         // likewise
    std::size_t asleep = 16;                                     // batches in a Sleep; the next message waits for one
    Nanoseconds identify = std::chrono::seconds(10);             // for a client to say who it is
    Nanoseconds picture = std::chrono::seconds(3);               // for the host to answer
    Nanoseconds picture_fresh = std::chrono::milliseconds(400);  // one picture serves all who ask within it
};

struct Counters {
    std::uint64_t sessions = 0;  // now
    std::uint64_t turned_away = 0;
    std::uint64_t wrong_passwords = 0;
    std::uint64_t messages_in = 0;
    std::uint64_t messages_out = 0;
    std::uint64_t refused = 0;  // requests
    std::uint64_t culled = 0;   // sessions that took too little or sent too much
};

struct Session {
    Session(std::uint64_t number, lws* handle, Encoding e) : id(number), wsi(handle), encoding(e) {}

    std::uint64_t id;
    lws* wsi;
    Encoding encoding;
    std::string challenge;
    bool identified = false;
    Actor actor;
    std::string key_name;  // of the password it came with
    std::uint32_t subscriptions = usual_events;
    MonotonicTime opened;
    std::string incoming;  // pieces of the message that is coming in
    OutQueue out;
    // Asked and not begun: a session's requests are carried out in its order.
    struct Asked {
        Job job;
        std::size_t bytes = 0;
    };
    std::deque<Asked> inbox;
    std::size_t inbox_bytes = 0;
    std::list<Job> jobs;  // begun
    std::uint64_t messages_in = 0;
    std::uint64_t messages_out = 0;
    bool ping_due = false;
    bool cut = false;
    std::optional<Closing> closing;  // once all is sent
};

// What the service does for the endpoint.
class Service {
  public:
    virtual ~Service() = default;
    virtual void want_turn(lws* wsi) = 0;
    virtual void cut(lws* wsi) = 0;
    virtual void call_due_in(Nanoseconds delay) = 0;  // due() then; a later call replaces an earlier one
};

struct Options {
    Keys keys;                      // all there are; those of others are passed over
    std::string folder;             // on the disk of which GetStats tells
    std::uint64_t first_token = 1;  // of requests to the host; counts up from here
    Limits limits;
};

class Endpoint final : private PictureDesk::Ends {
  public:
    Endpoint(Options options, ServerHost& host, SurfaceFaults& faults, Service& service);

    // --- from connections ---
    Session* opened(lws* wsi, Encoding encoding);  // null: there are too many
    void closed(Session& session);
    // One whole message. A Closing: close now.
    std::optional<Closing> received(Session& session, std::string_view message, bool binary);
    SharedMessage next(Session& session);  // null: nothing
    [[nodiscard]] bool has_more(const Session& session) const;

    // --- from the host ---
    // Who came with a password that is no more is told so and closed.
    void set_keys(const Keys& keys);
    void set_clock(ShowClock clock) { clock_ = clock; }
    void set_state(std::shared_ptr<const ShowState> state);
    void set_actual(std::shared_ptr<const Actual> actual) { actual_ = std::move(actual); }
    void set_levels(const SoundLevels& levels);  // to those who want the meters
    void finish(std::uint64_t token, const Result<std::uint64_t>& sequence);
    void picture(std::uint64_t token, const Result<Bytes>& picture);

    // --- from timers ---
    void due();
    void ping();   // a few times a minute: finds the dead
    void leave();  // the show ends: all sessions are told

    [[nodiscard]] const Counters& counters() const { return counters_; }
    [[nodiscard]] const Limits& limits() const { return limits_; }

  private:
    struct Pending {
        std::uint64_t session = 0;
        std::uint64_t job = 0;
        std::size_t item = 0;  // or whole_frame
    };
    static constexpr auto whole_frame = static_cast<std::size_t>(-1);  // all that a batch of one frame gathered
    struct Picture {
        Bytes bytes;
        MonotonicTime at;
    };

    // endpoint.cpp: messages
    void greet(Session& session);
    std::optional<Closing> on_identify(Session& session, const Json& data);
    std::optional<Closing> on_reidentify(Session& session, const Json& data);
    std::optional<Closing> on_job(Session& session, std::variant<Job, Closing> job, std::size_t bytes);
    std::optional<Closing> authenticate(Session& session, const Json& data);
    std::optional<Closing> take(Session& session, std::string_view bytes, bool binary);
    void revoke(Session& session);
    void check_operators();
    void send(Session& session, const Json& message);
    void send(Session& session, const SharedMessage& message);
    void tell(const Event& event);
    void tell_changes(ShowTime now);
    [[nodiscard]] ShowTime show_now() const { return clock_.at(monotonic_now()); }
    void arm();

    // endpoint_jobs.cpp: requests
    void pump(Session& session);
    [[nodiscard]] bool blocked(const Session& session) const;
    void advance(Session& session, Job& job);  // as far as it goes
    void begin(Session& session, Job& job, std::size_t index);
    void settle(Job& job, Item& item, Reply reply);
    void act(Session& session, Job& job, std::size_t index, Act act);
    void send_gathered(Session& session, Job& job);
    void settle_gathered(Job& job, const std::optional<Reply>& failed);
    void look_at(Session& session, Job& job, std::size_t index, const Screenshot& shot);
    void arrived(const Pending& pending, const Result<Json>& part);

    // PictureDesk::Ends
    void ask(const PictureRequest& request, std::uint64_t token) override { host_.picture(token, request); }
    bool send(std::uint64_t, const SharedMessage&) override { return false; }
    void answer(std::uint64_t waiter, const Result<Bytes>& picture) override;
    std::uint64_t next_token() override { return next_token_++; }

    const Limits limits_;
    std::map<std::string, std::string> passwords_;  // by key's name
    const std::string salt_;
    ServerHost& host_;
    SurfaceFaults& faults_;
    Service& service_;
    MachineMeter meter_;

    ShowClock clock_;
    std::shared_ptr<const ShowState> state_;
    std::shared_ptr<const Actual> actual_;
    std::optional<Look> look_;                 // that clients know; null while there are none
    std::optional<MonotonicTime> change_due_;  // when it changes by time alone

    std::unordered_map<std::uint64_t, std::unique_ptr<Session>> sessions_;
    std::unordered_map<std::uint64_t, Pending> pending_;  // by token: commands, and pictures as waiters
    PictureDesk pictures_;
    std::map<std::uint64_t, PictureRequest> awaited_;  // pictures by waiter
    std::map<PictureRequest, Picture> fresh_;
    std::uint64_t next_token_;
    std::uint64_t last_session_ = 0;
    std::uint64_t last_job_ = 0;
    Counters counters_;
};

}  // namespace tribune::net::obs
