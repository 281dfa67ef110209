#include "net/server.hpp"

#include <fmt/format.h>
#include <libwebsockets.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/log.hpp"
#include "base/queue.hpp"
#include "net/control.hpp"
#include "net/http.hpp"
#include "net/hub.hpp"
#include "net/listening.hpp"
#include "net/lws_log.hpp"
#include "net/service_loop.hpp"
#include "net/turns.hpp"
#include "show/rights.hpp"

namespace tribune {
namespace {

using net::Close;
using net::Closing;
using net::Session;

constexpr unsigned user_timeout_ms = 4000;      // what is sent must be acknowledged by then
constexpr int send_buffer = 65536;              // of the kernel, a connection
constexpr std::size_t piece_bytes = 1024;       // a message arrives in pieces of this size at most
constexpr std::size_t whole_bytes = 1U << 22U;  // and leaves in one piece: what the kernel does not take is copied
constexpr std::size_t own_descriptors = 64;     // of this process beside connections
constexpr rlim_t most_descriptors = 1U << 20U;  // libwebsockets makes a table of as many as there may be
constexpr std::size_t pictures_waiting = 256;   // answers to picture requests; the newest is dropped beyond
constexpr std::size_t prints_waiting = 64;
constexpr std::size_t moves_waiting = 256;   // what operators did; the newest is dropped beyond
constexpr std::size_t stages_waiting = 256;  // reports of processes; the newest is dropped beyond
constexpr std::size_t header_bytes = 4096;
constexpr unsigned header_seconds = 8;
constexpr Nanoseconds tick_step = std::chrono::milliseconds(500) / net::Hub::tick_parts;
constexpr std::size_t steps_waiting = 1024;  // states on their way to control surfaces; the newest is dropped beyond
constexpr std::uint64_t control_ticks = 10 * net::Hub::tick_parts;  // between two looks after the control ports
constexpr Nanoseconds farewell = std::chrono::milliseconds(200);    // for last words

// libwebsockets' own checks of quiet connections are off: the hub pings, and theirs keep a list in order that grows with
// the connections and is walked for every message.
constexpr lws_retry_bo_t no_checks{};

// The context takes the limit as it is when it is made: told another one, libwebsockets looks a connection up by walking
// along all of them, for every event. Returns how many connections there may be.
std::size_t raise_descriptor_limit(std::size_t wanted) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
    const rlim_t need = wanted + own_descriptors;
    if (limit.rlim_cur < need || limit.rlim_cur > most_descriptors) {
        limit.rlim_cur = std::min<rlim_t>(need, limit.rlim_max);
        setrlimit(RLIMIT_NOFILE, &limit);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= need) return wanted;
    const std::size_t have = limit.rlim_cur > 2 * own_descriptors ? limit.rlim_cur - own_descriptors : own_descriptors;
    log::warning("few_descriptors", "{} connections wanted, {} possible: raise the limit of open files.", wanted, have);
    return have;
}

}  // namespace

std::optional<Move> move_of(const Record& record) {
    const Role role = record.actor.role;
    // What facilitators do is told by the deeds.
    if (role == Role::machine || role == Role::facilitator || !net::is_desk(role)) return std::nullopt;
    return Move{record.actor, std::string(kind_of(record.command).name), subject_of(record.command),
                faces_of(record.command), record.stamp.at};
}

class Server::Impl final : public net::Service {
  public:
    Impl(ServerOptions options, ServerHost& host)
        : options_(std::move(options)), host_(host), hub_(options_, host, *this), http_(hub_, host, options_.pages),
          results_(2 * options_.limits.pending), pictures_(pictures_waiting) {}
    ~Impl() override { stop(); }

    Status open();
    void stop();
    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] const net::ControlPorts& control() const { return *control_; }
    [[nodiscard]] NetHealth health() const {
        const std::lock_guard lock(health_mutex_);
        return health_;
    }

    [[nodiscard]] std::uint64_t turns() const { return turns_; }

    [[nodiscard]] SurfaceReport surfaces() const {
        const std::lock_guard lock(health_mutex_);
        return surfaces_;
    }

    // --- from any thread ---
    void put_keys(net::Keys keys) {
        keys_.put(std::move(keys));
        wake();
    }
    void put_move(Move move) { (void)moves_.push(std::move(move)); }  // told with the state that it made
    void put_journal(std::string epoch, ShowClock clock) {
        journal_.put({std::move(epoch), clock});
        wake();
    }
    void put_state(std::shared_ptr<const ShowState> state) {
        (void)steps_.push(state);
        states_.put(std::move(state));
        wake();
    }
    void put_actual(std::shared_ptr<const Actual> actual) {
        actuals_.put(std::move(actual));
        wake();
    }
    void put_suggestions(std::string message) {
        suggestions_.put(std::move(message));
        wake();
    }
    void put_levels(std::shared_ptr<const SoundLevels> levels) {
        levels_.put(std::move(levels));
        wake();
    }
    void put_stages(std::string process, std::vector<StageTimes> times) {
        if (stages_.push({std::move(process), std::move(times)})) wake();
    }
    void put_on_disk(std::uint64_t sequence) {
        on_disk_.put(sequence);
        wake();
    }
    void put_result(std::uint64_t token, Result<std::uint64_t> sequence, int retry_after_ms) {
        if (!results_.push({token, std::move(sequence), retry_after_ms})) return;
        wake();
    }
    void put_picture(std::uint64_t token, Result<Bytes> picture) {
        if (!pictures_.push({token, std::move(picture)})) return;
        wake();
    }
    void put_printed(std::uint64_t token, Result<Bytes> pdf) {
        if (!printed_.push({token, std::move(pdf)})) return;
        wake();
    }

  private:
    struct Answer {
        std::uint64_t token = 0;
        Result<std::uint64_t> sequence;
        int retry_after_ms = 0;
    };
    struct Picture {
        std::uint64_t token = 0;
        Result<Bytes> bytes;
    };
    // --- net::Service ---
    void want_turn(Session& session) override { turns_to_write_.ask(session); }
    void cut(lws* wsi) override { lws_set_timeout(wsi, PENDING_TIMEOUT_LAGGING, LWS_TO_KILL_ASYNC); }
    void answer_http(std::uint64_t waiter, const Result<Bytes>& picture) override { http_.answer(waiter, picture); }
    void pictures_wanted() override {
        if (!std::exchange(picturing_, true)) picture_timer_->start(net::PictureDesk::step);
    }
    void later_desk_state(Nanoseconds delay) override { desk_timer_->start(delay); }
    void later_tally(Nanoseconds delay) override { tally_timer_->start(delay); }
    void learn(std::uint64_t session, bool on) override { control_->learn(session, on); }

    static Impl& of(lws* wsi) { return *static_cast<Impl*>(lws_context_user(lws_get_context(wsi))); }
    static int on_http(lws* wsi, lws_callback_reasons reason, void* user, void* in, std::size_t size);
    static int on_socket(lws* wsi, lws_callback_reasons reason, void* user, void* in, std::size_t size);
    int admit(lws_sockfd_type fd);
    int check_upgrade(lws* wsi);
    int receive(lws* wsi, Session& session, std::string_view piece);
    bool write_turns();
    bool write(Session& session);
    int writeable(Session& session);
    static int close(Session& session, Closing closing);

    void wake() {
        if (awake_.exchange(true)) return;  // that wake drains what we put, too
        const std::lock_guard lock(serving_mutex_);
        if (serving_) lws_cancel_service(loop_->context());
    }
    void woken();
    void drain();
    void tick();
    void tick_pictures();
    void run();

    ServerOptions options_;
    ServerHost& host_;
    net::Hub hub_;
    net::HttpFloor http_;
    std::array<lws_protocols, 3> protocols_{};

    std::unique_ptr<net::ServiceLoop> loop_;
    std::unique_ptr<net::ControlPorts> control_;  // while the loop is
    std::mutex serving_mutex_;                    // guards serving_: no late wake reaches a loop that ends
    bool serving_ = false;
    std::thread thread_;
    std::atomic<bool> stopping_{false};
    std::atomic<bool> awake_{false};
    std::atomic<std::uint64_t> turns_{0};
    int port_ = 0;

    // Inputs.
    Mailbox<net::Keys> keys_;
    BoundedQueue<Move> moves_{moves_waiting};
    Mailbox<std::pair<std::string, ShowClock>> journal_;
    Mailbox<std::shared_ptr<const ShowState>> states_;
    BoundedQueue<std::shared_ptr<const ShowState>> steps_{steps_waiting};
    Mailbox<std::shared_ptr<const Actual>> actuals_;
    Mailbox<std::shared_ptr<const SoundLevels>> levels_;
    Mailbox<std::string> suggestions_;
    Mailbox<std::uint64_t> on_disk_;
    BoundedQueue<Answer> results_;  // never full while the host answers each request once
    BoundedQueue<Picture> pictures_;
    BoundedQueue<Picture> printed_{prints_waiting};
    BoundedQueue<std::pair<std::string, std::vector<StageTimes>>> stages_{stages_waiting};

    // Service thread.
    std::optional<net::LoopTimer> tick_timer_;
    std::optional<net::LoopTimer> picture_timer_;
    std::optional<net::LoopTimer> desk_timer_;
    std::optional<net::LoopTurn> write_turn_;
    net::Turns turns_to_write_;
    std::optional<net::LoopTimer> farewell_timer_;
    std::optional<net::LoopTimer> tally_timer_;
    bool picturing_ = false;
    bool leaving_ = false;
    std::size_t connections_ = 0;
    std::size_t most_connections_ = 0;

    mutable std::mutex health_mutex_;  // guards both
    NetHealth health_;
    SurfaceReport surfaces_;
};

Status Server::Impl::open() {
    TRIBUNE_CHECK(net::check_address(options_.address, options_.port, "--port"));
    net::quiet_libwebsockets();
    most_connections_ = raise_descriptor_limit(options_.limits.clients);

    protocols_[0] = {"http", &Impl::on_http, sizeof(void*), 0, 0, nullptr, 0};
    protocols_[1] = {"tribune", &Impl::on_socket, sizeof(void*), piece_bytes, 1, nullptr, whole_bytes};

    lws_context_creation_info info{};
    info.port = options_.port;
    info.iface = options_.address == "0.0.0.0" ? nullptr : options_.address.c_str();
    info.protocols = protocols_.data();
    info.user = this;
    info.server_string = "tribune";
    info.alpn = "http/1.1";
    info.options = LWS_SERVER_OPTION_DISABLE_IPV6 | LWS_SERVER_OPTION_VALIDATE_UTF8 |
                   LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND | LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
    info.retry_and_idle_policy = &no_checks;
    info.max_http_header_data = header_bytes;
    info.timeout_secs = header_seconds;
    info.keepalive_timeout = static_cast<int>(header_seconds);
    info.gid = -1;
    info.uid = -1;
    loop_ = net::ServiceLoop::open(info);
    if (!loop_) {
        return Error{"cannot_listen",
                     "The network library did not start: install libwebsockets-evlib-ev, or free some "
                     "memory and descriptors."};
    }
    lws_vhost* vhost = lws_create_vhost(loop_->context(), &info);
    if (vhost == nullptr) {
        stop();
        return Error{"cannot_listen", fmt::format("Cannot listen on {}:{}: the port may just have been taken; try "
                                                  "again, or choose another with --port.",
                                                  options_.address, options_.port)};
    }
    port_ = lws_get_vhost_listen_port(vhost);

    tick_timer_.emplace(*loop_, [this] { tick(); });
    picture_timer_.emplace(*loop_, [this] { tick_pictures(); });
    desk_timer_.emplace(*loop_, [this] { hub_.flush_desks(); });
    write_turn_.emplace(*loop_, [this] { return write_turns(); });
    farewell_timer_.emplace(*loop_, [this] { loop_->stop(); });
    control_ = std::make_unique<net::ControlPorts>(
        *loop_, options_, host_,
        [this](std::uint64_t session, const net::Touch& touch) { hub_.touched(session, touch); });
    tally_timer_.emplace(*loop_, [this] { hub_.light_tally(); });
    serving_ = true;  // nobody else knows of this server yet
    thread_ = std::thread([this] { run(); });
    pthread_setname_np(thread_.native_handle(), "websockets");
    return {};
}

void Server::Impl::run() {
    tick_timer_->start(tick_step);
    loop_->run();
}

void Server::Impl::stop() {
    stopping_ = true;
    wake();
    if (thread_.joinable()) thread_.join();
    {
        const std::lock_guard lock(serving_mutex_);
        serving_ = false;
    }
    if (loop_) loop_->close();  // calls back for each connection
}

void Server::Impl::woken() {
    drain();
    if (!stopping_ || std::exchange(leaving_, true)) return;
    if (!control_->leave()) return loop_->stop();
    farewell_timer_->start(farewell);
}

void Server::Impl::drain() {
    awake_ = false;  // first: what is put from here on wakes again
    // Answers first, so that what they are about is among the states that are taken after them.
    const auto results = results_.drain(results_.size());
    const auto pictures = pictures_.drain(pictures_waiting);
    // Taken in this order, a state is never ahead of the journal that it belongs to.
    const auto steps = steps_.drain(steps_waiting);
    auto state = states_.take();
    const auto on_disk = on_disk_.take();
    if (auto keys = keys_.take()) {
        control_->set_keys(*keys);
        hub_.set_keys(*keys);
    }
    for (auto& move : moves_.drain(moves_waiting)) hub_.moved(std::move(move));
    if (auto journal = journal_.take()) {
        control_->set_clock(journal->second);
        hub_.set_journal(std::move(journal->first), journal->second);
    }
    for (const auto& step : steps) control_->step(step);
    if (state) {
        control_->set_state(*state);
        hub_.set_state(*std::move(state));
    }
    if (on_disk) hub_.set_on_disk(*on_disk);
    if (auto actual = actuals_.take()) {
        control_->set_actual(*actual);
        hub_.set_actual(*std::move(actual));
    }
    if (const auto suggestions = suggestions_.take()) hub_.set_suggestions(*suggestions);
    if (auto levels = levels_.take()) {
        control_->set_levels(**levels);
        hub_.set_levels(*std::move(levels));
    }
    for (auto& [process, times] : stages_.drain(stages_waiting)) hub_.set_stages(process, std::move(times));
    for (const auto& a : results) {
        if (a.token < net::ControlPorts::first_token) {
            hub_.finish(a.token, a.sequence, a.retry_after_ms);
        } else {
            control_->finish(a.token, a.sequence);
        }
    }
    for (const auto& p : printed_.drain(prints_waiting)) http_.answer(p.token, p.bytes);
    for (const auto& p : pictures) {
        if (p.token < net::ControlPorts::first_token) {
            hub_.picture(p.token, p.bytes);
        } else {
            control_->picture(p.token, p.bytes);
        }
    }
}

void Server::Impl::tick() {
    ++turns_;
    hub_.counters().answers_lost = results_.refused() + pictures_.refused() + printed_.refused();
    hub_.counters().control = control_->figures();
    hub_.counters().control_faults = control_->faults();
    hub_.counters().control.push_back(
        {"control_steps_lost_total", "States that control surfaces missed.", true, steps_.refused()});
    hub_.tick();
    if (turns_ % control_ticks == 0) control_->tick();
    {
        const std::lock_guard lock(health_mutex_);
        health_ = hub_.health();
        surfaces_ = control_->report();
    }
    lws_cancel_service(loop_->context());  // it looks after its own time limits, too
    tick_timer_->start(tick_step);
}

void Server::Impl::tick_pictures() {
    picturing_ = hub_.tick_pictures();
    if (picturing_) picture_timer_->start(net::PictureDesk::step);
}

// --- connections -------------------------------------------------------------------------------------------

int Server::Impl::on_http(lws* wsi, lws_callback_reasons reason, void* user, void* in, std::size_t size) {
    switch (reason) {
        case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
            return of(wsi).admit(static_cast<lws_sockfd_type>(reinterpret_cast<std::intptr_t>(in)));
        case LWS_CALLBACK_WSI_CREATE: ++of(wsi).connections_; return 0;
        case LWS_CALLBACK_WSI_DESTROY: --of(wsi).connections_; return 0;
        case LWS_CALLBACK_HTTP: return of(wsi).http_.request(wsi, user, {static_cast<const char*>(in), size});
        case LWS_CALLBACK_HTTP_WRITEABLE: return of(wsi).http_.writeable(wsi, user);
        case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
        case LWS_CALLBACK_CLOSED_HTTP: of(wsi).http_.dropped(user); return 0;
        case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION: return -1;  // a WebSocket of no protocol, or another
        default: return 0;
    }
}

int Server::Impl::on_socket(lws* wsi, lws_callback_reasons reason, void* user, void* in, std::size_t size) {
    Session** slot = static_cast<Session**>(user);
    switch (reason) {
        case LWS_CALLBACK_EVENT_WAIT_CANCELLED: of(wsi).woken(); return 0;
        case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION: return of(wsi).check_upgrade(wsi);
        case LWS_CALLBACK_ESTABLISHED: *slot = of(wsi).hub_.opened(wsi); return 0;
        case LWS_CALLBACK_CLOSED:
            if (slot != nullptr && *slot != nullptr) of(wsi).hub_.closed(*std::exchange(*slot, nullptr));
            return 0;
        case LWS_CALLBACK_RECEIVE: return of(wsi).receive(wsi, **slot, {static_cast<const char*>(in), size});
        case LWS_CALLBACK_RECEIVE_PONG:
            (*slot)->heard = monotonic_now();
            (*slot)->pinged = false;
            return 0;
        case LWS_CALLBACK_SERVER_WRITEABLE: return of(wsi).writeable(**slot);
        case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE: (*slot)->cut = true; return 0;
        default: return 0;
    }
}

int Server::Impl::admit(lws_sockfd_type fd) {
    if (connections_ >= most_connections_) {
        ++hub_.counters().turned_away;
        return 1;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &user_timeout_ms, sizeof(user_timeout_ms));
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof(send_buffer));
    return 0;
}

int Server::Impl::check_upgrade(lws* wsi) {
    std::array<char, 16> path{};
    const int length = lws_hdr_copy(wsi, path.data(), static_cast<int>(path.size()), WSI_TOKEN_GET_URI);
    if (length < 0 || std::string_view(path.data()) != "/ws") {
        lws_return_http_status(wsi, HTTP_STATUS_NOT_FOUND, nullptr);
        return -1;
    }
    if (!net::origin_allowed(wsi, options_.origins)) {
        lws_return_http_status(wsi, HTTP_STATUS_FORBIDDEN, nullptr);
        return -1;
    }
    return 0;
}

int Server::Impl::close(Session& session, Closing closing) {
    session.cut = true;
    std::string reason(closing.reason);
    lws_close_reason(session.wsi, static_cast<lws_close_status>(closing.code),
                     reinterpret_cast<unsigned char*>(reason.data()), reason.size());
    return -1;
}

int Server::Impl::receive(lws* wsi, Session& session, std::string_view piece) {
    if (session.closing) return 0;
    if (lws_frame_is_binary(wsi) != 0) return close(session, {Close::protocol, "binary"});
    const std::size_t rest = lws_remaining_packet_payload(wsi);
    if (session.incoming.size() + piece.size() + rest > session.limits->message_bytes) {
        return close(session, {Close::too_large, "too large"});
    }
    const bool whole = rest == 0 && lws_is_final_fragment(wsi) != 0;
    std::optional<Closing> closing;
    if (whole && session.incoming.empty()) {
        closing = hub_.received(session, piece);
    } else {
        session.incoming += piece;
        if (!whole) return 0;
        const std::string message = std::exchange(session.incoming, {});
        closing = hub_.received(session, message);
    }
    return closing ? close(session, *closing) : 0;
}

bool Server::Impl::write_turns() {
    turns_to_write_.serve([this](std::uint64_t number) { return hub_.find(number); },
                          [this](Session& session) {
                              if (!write(session)) cut(session.wsi);
                          });
    return !turns_to_write_.empty();
}

// Writes as much of what is due as the kernel takes; the rest when it takes more. At once, not when epoll has said that
// it may: asking for that, and asking no more, would cost two system calls beside the one that writes. False: the line is
// broken.
bool Server::Impl::write(Session& session) {
    lws* wsi = session.wsi;
    session.waiting.reset();
    if (session.cut) return true;
    while (lws_partial_buffered(wsi) == 0) {
        if (std::exchange(session.ping_due, false)) {
            // One byte: libwebsockets does not tell of an empty pong.
            std::array<unsigned char, LWS_PRE + 1> ping{};
            if (lws_write(wsi, ping.data() + LWS_PRE, 1, LWS_WRITE_PING) < 0) return false;
        } else if (const auto message = hub_.next(session)) {
            const auto kind = message->binary() ? LWS_WRITE_BINARY : LWS_WRITE_TEXT;
            if (lws_write(wsi, message->payload(), message->size(), kind) < 0) return false;
        } else {
            break;
        }
    }
    if (hub_.has_more(session)) {
        session.waiting = monotonic_now();
        lws_callback_on_writable(wsi);
    }
    return true;
}

int Server::Impl::writeable(Session& session) {
    if (!write(session)) return -1;
    return session.closing && lws_partial_buffered(session.wsi) == 0 ? close(session, *session.closing) : 0;
}

// --- the public face ---------------------------------------------------------------------------------------

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, ServerHost& host) {
    auto impl = std::make_unique<Impl>(std::move(options), host);
    TRIBUNE_CHECK(impl->open());
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
int Server::port() const { return impl_->port(); }
int Server::obs_port() const { return impl_->control().obs_port(); }
int Server::osc_port() const { return impl_->control().osc_port(); }
void Server::journal(std::string epoch, ShowClock clock) { impl_->put_journal(std::move(epoch), clock); }
void Server::keys(std::map<std::string, std::string> keys) { impl_->put_keys(std::move(keys)); }
void Server::moved(Move move) { impl_->put_move(std::move(move)); }
void Server::state_changed(std::shared_ptr<const ShowState> state) { impl_->put_state(std::move(state)); }
void Server::actual(std::shared_ptr<const Actual> actual) { impl_->put_actual(std::move(actual)); }
void Server::suggestions(std::string message) { impl_->put_suggestions(std::move(message)); }
void Server::levels(std::shared_ptr<const SoundLevels> levels) { impl_->put_levels(std::move(levels)); }
void Server::stages(std::string process, std::vector<StageTimes> times) {
    impl_->put_stages(std::move(process), std::move(times));
}
void Server::on_disk(std::uint64_t sequence) { impl_->put_on_disk(sequence); }
void Server::result(std::uint64_t token, Result<std::uint64_t> sequence, int retry_after_ms) {
    impl_->put_result(token, std::move(sequence), retry_after_ms);
}
void Server::picture_ready(std::uint64_t token, Result<Bytes> picture) {
    impl_->put_picture(token, std::move(picture));
}
void Server::printed(std::uint64_t token, Result<Bytes> pdf) { impl_->put_printed(token, std::move(pdf)); }
NetHealth Server::health() const { return impl_->health(); }
SurfaceReport Server::surfaces() const { return impl_->surfaces(); }
std::uint64_t Server::turns() const { return impl_->turns(); }
void Server::stop() { impl_->stop(); }

}  // namespace tribune
