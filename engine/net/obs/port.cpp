#include "net/obs/port.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <optional>
#include <utility>

#include "net/listening.hpp"

namespace tribune::net::obs {
namespace {

constexpr std::size_t piece_bytes = 4096;
constexpr unsigned user_timeout_ms = 8000;  // what is sent must be acknowledged by then
constexpr unsigned header_seconds = 8;
constexpr std::array<const char*, encodings> subprotocols{"obswebsocket.json", "obswebsocket.msgpack"};

// Pings of our own go out now and then, and nobody has to answer them: a script may not read for minutes.
constexpr lws_retry_bo_t no_checks{};

int closing_callback(lws* wsi, Closing closing) {
    lws_close_reason(wsi, static_cast<lws_close_status>(closing.code),
                     reinterpret_cast<unsigned char*>(closing.reason.data()), closing.reason.size());
    return -1;
}

}  // namespace

Port::Port(ServiceLoop& loop, Options options, ServerHost& host, SurfaceFaults& faults)
    : loop_(loop), endpoint_(std::move(options), host, faults, *this), timer_(loop, [this] { endpoint_.due(); }) {}

Result<std::unique_ptr<Port>> Port::open(ServiceLoop& loop, const std::string& address, int port, Options options,
                                         ServerHost& host, SurfaceFaults& faults) {
    std::unique_ptr<Port> made(new Port(loop, std::move(options), host, faults));
    TRIBUNE_CHECK(made->listen(address, port));
    return made;
}

Status Port::listen(const std::string& address, int port) {
    TRIBUNE_CHECK(check_address(address, port, "--obs-port"));
    // The first is also that of a client which offers none.
    for (std::size_t i = 0; i < encodings; ++i)
        protocols_[i] = {
            subprotocols[i], &Port::on_socket, sizeof(void*), piece_bytes, static_cast<unsigned>(i), this, 0};
    lws_context_creation_info info{};
    info.vhost_name = "obs-websocket";
    info.port = port;
    info.iface = address == "0.0.0.0" ? nullptr : address.c_str();
    info.protocols = protocols_.data();
    info.server_string = "tribune";
    info.alpn = "http/1.1";
    info.options =
        LWS_SERVER_OPTION_DISABLE_IPV6 | LWS_SERVER_OPTION_VALIDATE_UTF8 | LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND;
    info.retry_and_idle_policy = &no_checks;
    info.timeout_secs = header_seconds;
    info.keepalive_timeout = static_cast<int>(header_seconds);
    lws_vhost* vhost = lws_create_vhost(loop_.context(), &info);
    if (vhost == nullptr)
        return Error{"cannot_listen", fmt::format("obs-websocket cannot listen on {}:{}.", address, port)};
    number_ = lws_get_vhost_listen_port(vhost);
    return {};
}

int Port::on_socket(lws* wsi, lws_callback_reasons reason, void* user, void* in, std::size_t size) {
    Session** slot = static_cast<Session**>(user);
    const auto port = [&]() -> Port& { return *static_cast<Port*>(lws_get_protocol(wsi)->user); };
    switch (reason) {
        case LWS_CALLBACK_FILTER_NETWORK_CONNECTION:
            setsockopt(static_cast<int>(reinterpret_cast<std::intptr_t>(in)), IPPROTO_TCP, TCP_USER_TIMEOUT,
                       &user_timeout_ms, sizeof(user_timeout_ms));
            return 0;
        case LWS_CALLBACK_HTTP:  // a browser's address bar
            lws_return_http_status(wsi, HTTP_STATUS_NOT_FOUND, nullptr);
            return -1;
        case LWS_CALLBACK_ESTABLISHED:
            *slot = port().endpoint_.opened(wsi, static_cast<Encoding>(lws_get_protocol(wsi)->id));
            return *slot == nullptr ? -1 : 0;
        case LWS_CALLBACK_CLOSED:
            if (slot != nullptr && *slot != nullptr) port().endpoint_.closed(*std::exchange(*slot, nullptr));
            return 0;
        case LWS_CALLBACK_RECEIVE: return port().receive(wsi, **slot, {static_cast<const char*>(in), size});
        case LWS_CALLBACK_SERVER_WRITEABLE: return port().write(wsi, **slot);
        default: return 0;
    }
}

int Port::receive(lws* wsi, Session& session, std::string_view piece) {
    const std::size_t rest = lws_remaining_packet_payload(wsi);
    if (session.incoming.size() + piece.size() + rest > endpoint_.limits().message_bytes)
        return closing_callback(wsi, {CloseCode::undecodable, "This message is too large."});
    session.incoming += piece;
    if (rest != 0 || lws_is_final_fragment(wsi) == 0) return 0;
    const std::string message = std::exchange(session.incoming, {});
    auto closing = endpoint_.received(session, message, lws_frame_is_binary(wsi) != 0);
    return closing ? closing_callback(wsi, *std::move(closing)) : 0;
}

int Port::write(lws* wsi, Session& session) {
    if (std::exchange(session.ping_due, false)) {
        std::array<unsigned char, LWS_PRE + 1> ping{};
        if (lws_write(wsi, ping.data() + LWS_PRE, 1, LWS_WRITE_PING) < 0) return -1;
    } else if (const auto message = endpoint_.next(session)) {
        const auto kind = message->binary() ? LWS_WRITE_BINARY : LWS_WRITE_TEXT;
        if (lws_write(wsi, message->payload(), message->size(), kind) < 0) return -1;
    } else if (session.closing) {
        return closing_callback(wsi, *session.closing);
    }
    if (endpoint_.has_more(session)) lws_callback_on_writable(wsi);
    return 0;
}

}  // namespace tribune::net::obs
