// The other end: WebSockets to a Tribune server, thousands on one thread, and single HTTP requests. For the
// simulated room, the command line and tests; plain TCP only, like the server.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace tribune {

struct Url {
    std::string host;
    int port = 80;
};
// http://HOST:PORT or ws://HOST:PORT, with or without a path (which is dropped). Error: bad_url.
Result<Url> parse_url(std::string_view text);

struct HttpResponse {
    int status = 0;
    std::string body;
};
// GET, waiting for at most `deadline`. `key` may be empty. Any status is a result.
// Errors: no_answer (nobody listens there), timeout, bad_answer.
Result<HttpResponse> http_get(const Url& url, const std::string& path, const std::string& key,
                              Nanoseconds deadline = std::chrono::seconds(10));

// The body of a 200; any other status becomes the Error that the server sent ("wrong_key", "unknown_face").
Result<std::string> fetch(const Url& url, const std::string& path, const std::string& key,
                          Nanoseconds deadline = std::chrono::seconds(10));

using SocketId = std::uint64_t;

// Called on the thread that is in SocketLoop::run. Any method of the loop may be called from inside.
class SocketEvents {
  public:
    virtual ~SocketEvents() = default;
    virtual void opened(SocketId socket) = 0;
    virtual void text(SocketId socket, std::string_view message) = 0;
    // Once for each connect(), also when it never opened (code 0). The socket is gone.
    virtual void closed(SocketId socket, int code, std::string_view reason) = 0;
    // About every `step` of the loop.
    virtual void tick() = 0;
};

// One thread: all methods from the one that made it.
class SocketLoop {
  public:
    // Finds the host's address once. Errors: no_host, no_loop.
    static Result<std::unique_ptr<SocketLoop>> open(const Url& url, SocketEvents& events,
                                                    Nanoseconds step = std::chrono::milliseconds(2));
    ~SocketLoop();
    SocketLoop(const SocketLoop&) = delete;
    SocketLoop& operator=(const SocketLoop&) = delete;

    // Starts to connect to /ws, protocol tribune.
    SocketId connect();
    // Queued without bound: the caller keeps few in flight. Nothing happens on a socket that is gone.
    void send(SocketId socket, std::string_view text);
    void close(SocketId socket);

    void run();     // until finish()
    void finish();  // from inside an event

  private:
    class Impl;
    explicit SocketLoop(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
