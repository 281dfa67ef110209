#include "net/http.hpp"

#include <fmt/format.h>
#include <libwebsockets.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "show/codec.hpp"

namespace tribune::net {
namespace {

constexpr std::size_t chunk_bytes = 16384;
constexpr int answer_seconds = 20;  // for a client to take its answer
constexpr std::string_view json_mime = "application/json";
constexpr std::string_view print_prefix = "/api/print/";
constexpr std::string_view transition_prefix = "/api/transitions/", transition_suffix = ".glsl";

std::string header(lws* wsi, lws_token_indexes token) {
    const int length = lws_hdr_total_length(wsi, token);
    if (length <= 0) return {};
    std::string text(static_cast<std::size_t>(length) + 1, '\0');
    if (lws_hdr_copy(wsi, text.data(), length + 1, token) < 0) return {};
    text.resize(static_cast<std::size_t>(length));
    return text;
}

// The host as the client wrote it, when it can stand in a header of ours.
std::string host_of(lws* wsi) {
    std::string host = header(wsi, WSI_TOKEN_HOST);
    const bool clean = std::all_of(host.begin(), host.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || std::strchr(".:-[]", c) != nullptr;
    });
    return clean ? host : std::string();
}

// No code but ours, nothing from elsewhere, no framing; the socket goes back where the page came from.
std::string content_policy(lws* wsi) {
    const std::string host = host_of(wsi);
    const std::string sockets = host.empty() ? "" : fmt::format(" ws://{0} wss://{0}", host);
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
           "media-src 'self'; worker-src 'self'; manifest-src 'self'; connect-src 'self'" +
           sockets +
           "; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
}

bool accepts_gzip(lws* wsi) { return header(wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING).find("gzip") != std::string::npos; }

// Headers of one answer, written into a fixed buffer; `ok` turns false when one did not fit.
class Headers {
  public:
    Headers(lws* wsi, unsigned status) : wsi_(wsi) { ok_ = lws_add_http_header_status(wsi, status, &at_, end()) == 0; }
    void add(const char* name, std::string_view value) {
        ok_ = ok_ && lws_add_http_header_by_name(wsi_, reinterpret_cast<const unsigned char*>(name),
                                                 reinterpret_cast<const unsigned char*>(value.data()),
                                                 static_cast<int>(value.size()), &at_, end()) == 0;
    }
    [[nodiscard]] bool send(bool last) {
        ok_ = ok_ && lws_finalize_http_header(wsi_, &at_, end()) == 0;
        const auto size = static_cast<std::size_t>(at_ - start());
        const auto mode = last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP_HEADERS;
        return ok_ && lws_write(wsi_, start(), size, mode) == static_cast<int>(size);
    }

  private:
    unsigned char* start() { return buffer_.data() + LWS_PRE; }
    unsigned char* end() { return buffer_.data() + buffer_.size(); }

    lws* wsi_;
    std::array<unsigned char, LWS_PRE + 3072> buffer_{};
    unsigned char* at_ = start();
    bool ok_ = true;
};

int complete(Exchange& e) {
    if (e.closes) return -1;
    return lws_http_transaction_completed(e.wsi) != 0 ? -1 : 0;
}

Exchange*& exchange_in(void* slot) { return *static_cast<Exchange**>(slot); }

}  // namespace

bool origin_allowed(lws* wsi, const std::vector<std::string>& others) {
    if (lws_hdr_total_length(wsi, WSI_TOKEN_ORIGIN) <= 0) return true;
    const std::string origin = header(wsi, WSI_TOKEN_ORIGIN);
    const std::string host = host_of(wsi);
    if (!host.empty() && (origin == "http://" + host || origin == "https://" + host)) return true;
    return std::find(others.begin(), others.end(), origin) != others.end();
}

int HttpFloor::request(lws* wsi, void* slot, std::string_view path) {
    if (slot == nullptr) return -1;
    dropped(slot);  // of the request before on this connection
    ++hub_.counters().http_requests;
    auto made = std::make_unique<Exchange>();
    Exchange& e = *made;
    e.id = ++last_;
    e.wsi = wsi;
    exchange_in(slot) = &e;
    exchanges_.emplace(e.id, std::move(made));
    lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, answer_seconds);

    e.head = lws_hdr_total_length(wsi, WSI_TOKEN_HEAD_URI) > 0;
    if (!e.head && lws_hdr_total_length(wsi, WSI_TOKEN_GET_URI) <= 0) {
        e.closes = true;  // a body may follow that nobody reads
        fail(e, HTTP_STATUS_METHOD_NOT_ALLOWED, "method", "Only GET and HEAD are answered here.");
    } else {
        route(e, path);
    }
    if (e.ready) lws_callback_on_writable(wsi);
    return 0;
}

void HttpFloor::route(Exchange& e, std::string_view path) {
    if (path == "/healthz") {
        const auto verdict = hub_.verdict();
        return json(e, verdict.down.empty() ? 200 : 503, verdict_json(verdict));
    }
    if (const Page* page = find_page(pages_, path)) return show_page(e, *page);
    const bool api = path == "/metrics" || path.starts_with("/api/");
    if (!api) return fail(e, 404, "not_found", "There is nothing at this address.");
    const auto actor = asker(e);
    if (!actor) return;
    if (path == "/metrics") {
        json(e, 200, hub_.metrics());
        e.mime = "text/plain; version=0.0.4; charset=utf-8";
    } else if (path == "/api/state") {
        if (hub_.state() == nullptr) return fail(e, 503, "not_ready", "The show is starting: try again in a moment.");
        json(e, 200, dump(desk_view(*hub_.state())));
    } else if (path == "/api/media") {
        e.mime = json_mime;
        hub_.wait_picture(e.id, {PictureRequest::Of::media, "", 0, PictureRequest::Encoding::jpeg});
    } else if (path.starts_with(transition_prefix) && path.ends_with(transition_suffix)) {
        show_transition(e, path);
    } else if (path.starts_with(print_prefix)) {
        ask_print(e, path, actor->role);
    } else {
        ask_picture(e, path);
    }
}

void HttpFloor::show_transition(Exchange& e, std::string_view path) {
    if (hub_.state() == nullptr) return fail(e, 503, "not_ready", "The show is starting: try again in a moment.");
    path.remove_prefix(transition_prefix.size());
    path.remove_suffix(std::min(path.size(), transition_suffix.size()));
    const TransitionSetup* transition = hub_.state()->setup->transition(path);
    if (transition == nullptr)
        return fail(e, 404, "unknown_transition", "The show has no transition of this name: see /api/state.");
    json(e, 200, transition->glsl);
    e.mime = "text/plain; charset=utf-8";
}

std::optional<Actor> HttpFloor::asker(Exchange& e) {
    constexpr std::string_view bearer = "Bearer ";
    const std::string shown = header(e.wsi, WSI_TOKEN_HTTP_AUTHORIZATION);
    if (!shown.starts_with(bearer)) {
        fail(e, 401, "no_key", "Show your key: Authorization: Bearer KEY.");
        return std::nullopt;
    }
    const auto actor = hub_.holder(std::string_view(shown).substr(bearer.size()));
    if (!actor) {
        ++hub_.counters().wrong_keys;
        fail(e, 403, "wrong_key", "Nobody holds this key: ask the technician for the right one.");
        return std::nullopt;
    }
    if (!is_desk(actor->role)) {
        fail(e, 403, "forbidden", "This needs the observer's key or a desk's.");
        return std::nullopt;
    }
    return actor;
}

void HttpFloor::ask_print(Exchange& e, std::string_view path, Role role) {
    using Of = PrintRequest::Of;
    static constexpr std::array<std::pair<std::string_view, Of>, 3> things{
        {{"seat-cards.pdf", Of::seat_cards}, {"tables.pdf", Of::tables}, {"voice.pdf", Of::voice}}};
    const auto thing = std::find_if(things.begin(), things.end(),
                                    [&](const auto& t) { return t.first == path.substr(print_prefix.size()); });
    if (thing == things.end()) return fail(e, 404, "not_found", "There is nothing at this address.");
    // The tables' signs hold their keys.
    if (role != Role::director && role != Role::technician)
        return fail(e, 403, "forbidden", "To print, this needs the director's or the technician's key.");
    e.mime = "application/pdf";
    host_.print(e.id, {thing->second, host_of(e.wsi)});
}

void HttpFloor::show_page(Exchange& e, const Page& page) {
    e.ready = true;
    e.policy = content_policy(e.wsi);
    e.mime = page.mime;
    e.etag = page.etag;
    if (header(e.wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH).find(page.etag) != std::string::npos) {
        e.status = HTTP_STATUS_NOT_MODIFIED;
        return;
    }
    e.gzip = page.gzip && accepts_gzip(e.wsi);
    e.body = e.gzip ? page.gzip : page.bytes;
}

void HttpFloor::ask_picture(Exchange& e, std::string_view path) {
    struct Place {
        std::string_view prefix;
        std::string_view suffix;
        PictureRequest::Of of;
        PictureRequest::Encoding encoding;
    };
    using Of = PictureRequest::Of;
    using Encoding = PictureRequest::Encoding;
    static constexpr std::array places{Place{"/api/faces/", ".png", Of::face, Encoding::png},
                                       Place{"/api/faces/", ".jpg", Of::face, Encoding::jpeg},
                                       Place{"/api/sources/", ".jpg", Of::source, Encoding::jpeg},
                                       Place{"/api/views/", ".png", Of::view, Encoding::png},
                                       Place{"/api/views/", ".jpg", Of::view, Encoding::jpeg},
                                       Place{"/api/media/", ".jpg", Of::media, Encoding::jpeg}};
    const auto place = std::find_if(places.begin(), places.end(), [&](const Place& p) {
        return path.starts_with(p.prefix) && path.ends_with(p.suffix) &&
               path.size() > p.prefix.size() + p.suffix.size();
    });
    if (place == places.end()) return fail(e, 404, "not_found", "There is nothing at this address.");
    if (hub_.state() == nullptr) return fail(e, 503, "not_ready", "The show is starting: try again in a moment.");
    const std::string name(
        path.substr(place->prefix.size(), path.size() - place->prefix.size() - place->suffix.size()));
    if (!has_picture(*hub_.state(), place->of, name)) {
        return fail(e, 404, fmt::format("unknown_{}", net::picture_kinds.at(static_cast<std::size_t>(place->of))),
                    "There is no face, source or view of this name in the show: see /api/state.");
    }
    PictureRequest request{place->of, name, 0, place->encoding};
    std::array<char, 16> text{};
    if (const char* width = lws_get_urlarg_by_name(e.wsi, "width=", text.data(), text.size())) {
        const char* end = width + std::strlen(width);
        const auto read = std::from_chars(width, end, request.width);
        if (read.ec != std::errc() || read.ptr != end || request.width < 16 || request.width > 7680) {
            return fail(e, 400, "bad_width", "width must be a whole number from 16 to 7680.");
        }
    }
    e.mime = place->encoding == Encoding::png ? "image/png" : "image/jpeg";
    hub_.wait_picture(e.id, request);
}

void HttpFloor::answer(std::uint64_t exchange, const Result<Bytes>& bytes) {
    static constexpr std::array<std::pair<std::string_view, unsigned>, 3> statuses{
        {{"unknown_file", 404}, {"no_rotation", 409}, {"no_tables", 409}}};
    const auto at = exchanges_.find(exchange);
    if (at == exchanges_.end()) return;
    Exchange& e = *at->second;
    if (bytes && *bytes) {
        e.body = *bytes;
        e.ready = true;
    } else {
        const Error none{"unavailable", "There is no picture: try again in a moment."};
        const Error& error = bytes ? none : bytes.error();
        const auto status =
            std::find_if(statuses.begin(), statuses.end(), [&](const auto& s) { return s.first == error.code; });
        fail(e, status == statuses.end() ? 503 : status->second, error.code, error.message);
    }
    lws_callback_on_writable(e.wsi);
}

void HttpFloor::json(Exchange& e, unsigned status, std::string body) {
    e.ready = true;
    e.status = status;
    e.mime = json_mime;
    e.body = std::make_shared<const std::string>(std::move(body));
}

void HttpFloor::fail(Exchange& e, unsigned status, std::string_view code, std::string_view message) {
    json(e, status, dump({{"code", code}, {"message", message}}));
}

int HttpFloor::begin(Exchange& e) {
    e.begun = true;
    Headers headers(e.wsi, e.status);
    headers.add("content-type:", e.mime);
    headers.add("x-content-type-options:", "nosniff");
    headers.add("referrer-policy:", "no-referrer");
    headers.add("permissions-policy:", "camera=(), microphone=(), geolocation=()");
    headers.add("content-security-policy:", e.policy);
    headers.add("cache-control:", e.etag.empty() ? "no-store" : "no-cache");
    if (!e.etag.empty()) headers.add("etag:", e.etag);
    if (!e.etag.empty()) headers.add("vary:", "Accept-Encoding");
    if (e.gzip) headers.add("content-encoding:", "gzip");
    if (e.status == HTTP_STATUS_METHOD_NOT_ALLOWED) headers.add("allow:", "GET, HEAD");
    if (e.status == HTTP_STATUS_UNAUTHORIZED) headers.add("www-authenticate:", "Bearer");
    if (e.status == HTTP_STATUS_SERVICE_UNAVAILABLE) headers.add("retry-after:", "1");
    if (e.closes) headers.add("connection:", "close");
    if (e.body) headers.add("content-length:", std::to_string(e.body->size()));
    const bool bodyless = e.head || !e.body || e.body->empty();
    if (!headers.send(bodyless)) return -1;
    if (bodyless) return complete(e);
    lws_callback_on_writable(e.wsi);
    return 0;
}

int HttpFloor::writeable(lws* wsi, void* slot) {
    if (slot == nullptr || exchange_in(slot) == nullptr) return 0;
    Exchange& e = *exchange_in(slot);
    if (!e.ready) return 0;
    if (!e.begun) return begin(e);
    const std::size_t size = std::min(chunk_bytes, e.body->size() - e.sent);
    if (size == 0) return 0;  // all sent: a turn that nobody asked for
    std::array<unsigned char, LWS_PRE + chunk_bytes> buffer;
    std::memcpy(buffer.data() + LWS_PRE, e.body->data() + e.sent, size);
    e.sent += size;
    const bool last = e.sent == e.body->size();
    const auto mode = last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP;
    if (lws_write(wsi, buffer.data() + LWS_PRE, size, mode) < 0) return -1;
    if (last) return complete(e);
    lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, answer_seconds);
    lws_callback_on_writable(wsi);
    return 0;
}

void HttpFloor::dropped(void* slot) {
    if (slot == nullptr) return;
    auto*& e = exchange_in(slot);
    if (e == nullptr) return;
    hub_.forget_waiter(e->id);
    exchanges_.erase(e->id);
    e = nullptr;
}

}  // namespace tribune::net
