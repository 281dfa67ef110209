#include "net/client.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <libwebsockets.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "net/lws_log.hpp"
#include "net/outgoing.hpp"
#include "net/service_loop.hpp"

namespace tribune {
namespace {

constexpr std::size_t piece_bytes = 1024;
constexpr unsigned connect_seconds = 10;

// libwebsockets would look the name up, blocking, for each connection.
Result<std::string> numeric_address(const Url& url) {
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(url.host.c_str(), nullptr, &hints, &found) != 0 || found == nullptr) {
        return Error{"no_host", fmt::format("There is no host named {}: check the address.", url.host)};
    }
    std::array<char, NI_MAXHOST> text{};
    const int named =
        getnameinfo(found->ai_addr, found->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
    freeaddrinfo(found);
    if (named != 0) return Error{"no_host", fmt::format("The host {} has no address.", url.host)};
    return std::string(text.data());
}

void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

lws_context_creation_info client_info(const lws_protocols* protocols, void* user) {
    net::quiet_libwebsockets();
    raise_descriptor_limit();
    lws_context_creation_info info{};
    info.port = CONTEXT_PORT_NO_LISTEN;
    info.protocols = protocols;
    info.user = user;
    info.options = LWS_SERVER_OPTION_DISABLE_IPV6;
    info.timeout_secs = connect_seconds;
    info.connect_timeout_secs = connect_seconds;
    info.gid = -1;
    info.uid = -1;
    return info;
}

lws_client_connect_info connect_info(lws_context* context, const Url& url, const std::string& address) {
    lws_client_connect_info info{};
    info.context = context;
    info.address = address.c_str();
    info.port = url.port;
    info.host = url.host.c_str();
    info.alpn = "http/1.1";
    info.ietf_version_or_minus_one = -1;
    return info;
}

// One GET under way.
struct Get {
    std::string bearer;
    HttpResponse response;
    std::optional<Error> error;
    bool done = false;
    bool timed_out = false;
};

struct Deadline {
    lws_sorted_usec_list_t sul{};  // first: the callback gets its address
    Get* get = nullptr;
};

Get& get_of(lws* wsi) { return *static_cast<Get*>(lws_context_user(lws_get_context(wsi))); }

int on_get(lws* wsi, lws_callback_reasons reason, void*, void* in, std::size_t size) {
    switch (reason) {
        case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER: {
            const auto& bearer = get_of(wsi).bearer;
            auto** at = static_cast<unsigned char**>(in);
            if (bearer.empty()) return 0;
            return lws_add_http_header_by_token(wsi, WSI_TOKEN_HTTP_AUTHORIZATION,
                                                reinterpret_cast<const unsigned char*>(bearer.data()),
                                                static_cast<int>(bearer.size()), at, *at + size);
        }
        case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
            get_of(wsi).response.status = static_cast<int>(lws_http_client_http_response(wsi));
            return 0;
        case LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ:
            get_of(wsi).response.body.append(static_cast<const char*>(in), size);
            return 0;
        case LWS_CALLBACK_RECEIVE_CLIENT_HTTP: {
            std::array<char, LWS_PRE + 16384> buffer{};
            char* at = buffer.data() + LWS_PRE;
            int room = static_cast<int>(buffer.size() - LWS_PRE);
            return lws_http_client_read(wsi, &at, &room) < 0 ? -1 : 0;
        }
        case LWS_CALLBACK_COMPLETED_CLIENT_HTTP:
            get_of(wsi).done = true;
            return -1;  // no further request on this connection
        case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
            get_of(wsi).error = Error{"no_answer", ""};
            get_of(wsi).done = true;
            return 0;
        case LWS_CALLBACK_CLOSED_CLIENT_HTTP:
            if (!get_of(wsi).done) get_of(wsi).error = Error{"bad_answer", ""};
            get_of(wsi).done = true;
            return 0;
        default: return 0;
    }
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
    const Error bad{"bad_url", fmt::format("\"{}\" is no address of a show: write it as http://127.0.0.1:8080.", text)};
    for (const std::string_view scheme : {"http://", "ws://"}) {
        if (!text.starts_with(scheme)) continue;
        text.remove_prefix(scheme.size());
        text = text.substr(0, text.find_first_of("/?#"));
        Url url;
        const auto colon = text.rfind(':');
        url.host = text.substr(0, colon);
        if (colon != std::string_view::npos) {
            const char* end = text.data() + text.size();
            const auto read = std::from_chars(text.data() + colon + 1, end, url.port);
            if (read.ec != std::errc() || read.ptr != end || url.port < 1 || url.port > 65535) return bad;
        }
        if (url.host.empty()) return bad;
        return url;
    }
    return bad;
}

Result<HttpResponse> http_get(const Url& url, const std::string& path, const std::string& key, Nanoseconds deadline) {
    TRIBUNE_TRY(const std::string address, numeric_address(url));
    Get get;
    if (!key.empty()) get.bearer = "Bearer " + key;
    const std::array<lws_protocols, 2> protocols{
        {{"get", on_get, 0, 16384, 0, nullptr, 0}, {nullptr, nullptr, 0, 0, 0, nullptr, 0}}};
    const auto of_context = client_info(protocols.data(), &get);
    lws_context* context = lws_create_context(&of_context);
    if (context == nullptr) return Error{"no_answer", "The network library did not start: free some memory."};
    Deadline timer{{}, &get};
    timer.sul.cb = [](lws_sorted_usec_list_t* sul) {
        Get& late = *reinterpret_cast<Deadline*>(sul)->get;
        late.done = true;
        late.timed_out = true;
    };
    lws_sul_schedule(context, 0, &timer.sul, timer.sul.cb,
                     std::chrono::duration_cast<std::chrono::microseconds>(deadline).count());
    auto info = connect_info(context, url, address);
    info.path = path.c_str();
    info.method = "GET";
    info.protocol = protocols[0].name;
    info.local_protocol_name = protocols[0].name;
    if (lws_client_connect_via_info(&info) == nullptr) {
        get.error = Error{"no_answer", ""};
        get.done = true;
    }
    while (!get.done && lws_service(context, 0) >= 0) {
    }
    lws_sul_schedule(context, 0, &timer.sul, nullptr, LWS_SET_TIMER_USEC_CANCEL);
    const auto outcome = get.error;  // destroying the context closes the connection, and calls back
    const bool timed_out = get.timed_out;
    lws_context_destroy(context);
    const std::string where = fmt::format("http://{}:{}", url.host, url.port);
    if (timed_out) return Error{"timeout", fmt::format("{} took too long to answer: try again.", where)};
    if (outcome && outcome->code == "no_answer") {
        return Error{"no_answer", fmt::format("Nothing answers at {}: start the show, or check the address.", where)};
    }
    if (outcome) return Error{outcome->code, fmt::format("{} broke off its answer: try again.", where)};
    return std::move(get.response);
}

Result<std::string> fetch(const Url& url, const std::string& path, const std::string& key, Nanoseconds deadline) {
    TRIBUNE_TRY(auto response, http_get(url, path, key, deadline));
    if (response.status == 200) return std::move(response.body);
    const auto json = nlohmann::json::parse(response.body, nullptr, false);
    if (json.is_object() && json.contains("code") && json["code"].is_string() && json.contains("message") &&
        json["message"].is_string()) {
        return Error{json["code"].get<std::string>(), json["message"].get<std::string>()};
    }
    return Error{"bad_answer", fmt::format("http://{}:{}{} answered with status {}: is this a Tribune show?", url.host,
                                           url.port, path, response.status)};
}

// --- WebSockets --------------------------------------------------------------------------------------------

class SocketLoop::Impl {
  public:
    Impl(Url url, std::string address, SocketEvents& events, Nanoseconds step)
        : url_(std::move(url)), address_(std::move(address)), events_(events), step_(step) {}
    ~Impl() {
        leaving_ = true;
        if (loop_) loop_->close();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] bool open() {
        protocols_[0] = {"tribune", &Impl::on_event, 0, piece_bytes, 0, nullptr, 0};
        loop_ = net::ServiceLoop::open(client_info(protocols_.data(), this));
        if (loop_) timer_.emplace(*loop_, [this] { tick(); });
        return loop_ != nullptr;
    }

    SocketId connect() {
        const SocketId id = ++last_;
        auto info = connect_info(loop_->context(), url_, address_);
        const std::string host = fmt::format("{}:{}", url_.host, url_.port);
        info.host = host.c_str();
        info.path = "/ws";
        info.protocol = "tribune";
        // The number, not an address: a late callback then finds nobody rather than freed memory.
        info.opaque_user_data = reinterpret_cast<void*>(id);
        sockets_[id];
        lws* wsi = lws_client_connect_via_info(&info);
        // A failure may already have been told, or is to be told on the next tick.
        if (const auto at = sockets_.find(id); at != sockets_.end()) {
            at->second.wsi = wsi;
            if (wsi == nullptr) stillborn_.push_back(id);
        }
        lws_cancel_service(loop_->context());  // it looks after the time limit of this one
        return id;
    }

    void send(SocketId id, std::string_view text) {
        const auto at = sockets_.find(id);
        if (at == sockets_.end() || !at->second.open) return;
        if (!at->second.out.push(net::text_message(text), static_cast<std::size_t>(-1))) return;
        lws_callback_on_writable(at->second.wsi);
    }

    void close(SocketId id) {
        const auto at = sockets_.find(id);
        if (at == sockets_.end() || !at->second.open) return;
        at->second.closing = true;
        lws_callback_on_writable(at->second.wsi);
    }

    void run() {
        finished_ = false;
        timer_->start(step_);
        while (!finished_) {
            loop_->run_once();
            for (const auto id : std::exchange(stillborn_, {})) gone(id, 0, "");
        }
    }
    void finish() { finished_ = true; }

  private:
    struct Socket {
        lws* wsi = nullptr;
        net::OutQueue out;
        std::string incoming;
        bool open = false;
        bool closing = false;
        int code = 0;
        std::string reason;
    };
    void tick() {
        timer_->start(step_);
        events_.tick();
    }

    void gone(SocketId id, int code, std::string_view reason) {
        if (sockets_.erase(id) > 0 && !leaving_) events_.closed(id, code, reason);
    }

    static int on_event(lws* wsi, lws_callback_reasons reason, void*, void* in, std::size_t size) {
        auto* self = static_cast<Impl*>(lws_context_user(lws_get_context(wsi)));
        return self == nullptr ? 0 : self->on(wsi, reason, {static_cast<const char*>(in), in == nullptr ? 0 : size});
    }

    int on(lws* wsi, lws_callback_reasons reason, std::string_view in) {
        const auto id = reinterpret_cast<SocketId>(lws_get_opaque_user_data(wsi));
        const auto at = sockets_.find(id);
        if (at == sockets_.end()) return 0;
        Socket& s = at->second;
        switch (reason) {
            case LWS_CALLBACK_CLIENT_ESTABLISHED:
                s.wsi = wsi;
                s.open = true;
                events_.opened(id);
                return 0;
            case LWS_CALLBACK_CLIENT_RECEIVE: return receive(wsi, id, s, in);
            case LWS_CALLBACK_CLIENT_WRITEABLE: return write(wsi, s);
            case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
                if (in.size() >= 2) {
                    s.code = static_cast<unsigned char>(in[0]) << 8 | static_cast<unsigned char>(in[1]);
                    s.reason = in.substr(2);
                }
                return 0;
            case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
                if (s.wsi == nullptr) {  // still inside connect(): told when that has returned
                    stillborn_.push_back(id);
                    return 0;
                }
                gone(id, 0, "");
                return 0;
            case LWS_CALLBACK_CLIENT_CLOSED: {
                const std::string why = s.reason;
                gone(id, s.code, why);
                return 0;
            }
            default: return 0;
        }
    }

    int receive(lws* wsi, SocketId id, Socket& s, std::string_view piece) {
        const bool whole = lws_remaining_packet_payload(wsi) == 0 && lws_is_final_fragment(wsi) != 0;
        const bool binary = lws_frame_is_binary(wsi) != 0;
        if (whole && s.incoming.empty()) {
            if (!binary) events_.text(id, piece);
            return 0;
        }
        s.incoming += piece;
        if (!whole) return 0;
        const std::string message = std::exchange(s.incoming, {});
        if (!binary) events_.text(id, message);
        return 0;
    }

    static int write(lws* wsi, Socket& s) {
        const auto message = s.out.pop();
        if (message && lws_write(wsi, message->payload(), message->size(), LWS_WRITE_TEXT) < 0) return -1;
        if (!s.out.empty()) {
            lws_callback_on_writable(wsi);
        } else if (s.closing) {
            lws_close_reason(wsi, LWS_CLOSE_STATUS_NORMAL, nullptr, 0);
            return -1;
        }
        return 0;
    }

    const Url url_;
    const std::string address_;
    SocketEvents& events_;
    const Nanoseconds step_;
    std::array<lws_protocols, 2> protocols_{};
    std::unique_ptr<net::ServiceLoop> loop_;
    std::optional<net::LoopTimer> timer_;
    std::unordered_map<SocketId, Socket> sockets_;
    std::vector<SocketId> stillborn_;
    SocketId last_ = 0;
    bool finished_ = false;
    bool leaving_ = false;
};

Result<std::unique_ptr<SocketLoop>> SocketLoop::open(const Url& url, SocketEvents& events, Nanoseconds step) {
    TRIBUNE_TRY(std::string address, numeric_address(url));
    auto impl = std::make_unique<Impl>(url, std::move(address), events, step);
    if (!impl->open()) return Error{"no_loop", "The network library did not start: free some memory or descriptors."};
    return std::unique_ptr<SocketLoop>(new SocketLoop(std::move(impl)));
}

SocketLoop::SocketLoop(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SocketLoop::~SocketLoop() = default;
SocketId SocketLoop::connect() { return impl_->connect(); }
void SocketLoop::send(SocketId socket, std::string_view text) { impl_->send(socket, text); }
void SocketLoop::close(SocketId socket) { impl_->close(socket); }
void SocketLoop::run() { impl_->run(); }
void SocketLoop::finish() { impl_->finish(); }

}  // namespace tribune
