// Plain HTTP: exact paths only, pages from memory, pictures and prints from the host. Service thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "net/hub.hpp"
#include "net/pages.hpp"

namespace tribune::net {

// One request under way.
struct Exchange {
    std::uint64_t id = 0;
    lws* wsi = nullptr;
    bool head = false;    // HEAD: no body
    bool closes = false;  // the connection ends with this answer
    bool ready = false;   // the answer is known…
    bool begun = false;   // …and its headers are sent
    std::size_t sent = 0;

    unsigned status = 200;
    std::string mime;
    std::string etag;  // empty: must not be stored
    Bytes body;        // null: none
    bool gzip = false;
    std::string policy = "default-src 'none'";  // what a browser may do with it
};

class HttpFloor {
  public:
    HttpFloor(Hub& hub, ServerHost& host, const Pages& pages) : hub_(hub), host_(host), pages_(pages) {}

    // The callbacks of libwebsockets; their results go back to it. `slot` is the connection's own memory.
    int request(lws* wsi, void* slot, std::string_view path);
    int writeable(lws* wsi, void* slot);
    void dropped(void* slot);

    // What was asked of the hub (pictures) or the host (prints) under this number.
    void answer(std::uint64_t exchange, const Result<Bytes>& bytes);

  private:
    void route(Exchange& e, std::string_view path);
    void show_page(Exchange& e, const Page& page);
    void show_transition(Exchange& e, std::string_view path);
    void ask_picture(Exchange& e, std::string_view path);
    void ask_print(Exchange& e, std::string_view path, Role role);
    // Whose key it shows; null: it was refused.
    [[nodiscard]] std::optional<Actor> asker(Exchange& e);
    void json(Exchange& e, unsigned status, std::string body);
    void fail(Exchange& e, unsigned status, std::string_view code, std::string_view message);
    int begin(Exchange& e);

    Hub& hub_;
    ServerHost& host_;
    const Pages& pages_;
    std::unordered_map<std::uint64_t, std::unique_ptr<Exchange>> exchanges_;
    std::uint64_t last_ = 0;
};

// Same host and port as the request's own, or one of the list. No Origin: not a browser, its key decides.
[[nodiscard]] bool origin_allowed(lws* wsi, const std::vector<std::string>& others);

}  // namespace tribune::net
