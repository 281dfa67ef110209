// The real program in a folder of its own, and what a test needs to speak with it: tables and desks over real
// WebSockets, the faces' pixels frame by frame, the processes to kill.
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/queue.hpp"
#include "base/time.hpp"
#include "link/frame_ring.hpp"
#include "net/client.hpp"
#include "plan/watermark.hpp"

namespace tribune::test {

using Json = nlohmann::json;

// A show file of `sources` (TOML of [[source]] sections) on four shared faces with watermarks.
std::string shared_show(const std::string& sources, const std::string& size = "320x180", int frames_per_second = 30,
                        const std::string& placement = "over");

// Waits until `holds` is true, asking every few milliseconds; false after `most`.
bool eventually(const std::function<bool()>& holds, Nanoseconds most = std::chrono::seconds(20));

// The program under test: $TRIBUNE_PROGRAM, or the one of this build.
std::string program();

class RealShow {
  public:
    // Throws std::runtime_error when the program does not come up, with the end of its log: a test cannot go on.
    // `environment`: "NAME=value" for the program, beside this one's.
    explicit RealShow(const std::string& show_file, std::vector<std::string> arguments = {"--painter", "cpu"},
                      std::vector<std::string> environment = {});
    ~RealShow();  // ends every process of it
    RealShow(const RealShow&) = delete;
    RealShow& operator=(const RealShow&) = delete;

    void start();        // also again after kill_engine()
    void kill_engine();  // SIGKILL; the other processes live on
    void stop();         // SIGTERM and wait; returns when all processes are gone
    // Of the newest process of this name ("render", "net", "capture/cam1"); 0 while there is none.
    [[nodiscard]] pid_t pid(const std::string& name) const;
    [[nodiscard]] pid_t engine() const { return engine_; }
    // SIGKILL, and returns once another one of that name runs. False when none came in time.
    bool kill_and_wait(const std::string& name);

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::string key(const std::string& name) const;
    [[nodiscard]] const std::filesystem::path& data() const { return data_; }
    [[nodiscard]] std::string log() const;      // what the program printed so far
    [[nodiscard]] Json state() const;           // GET /api/state
    [[nodiscard]] std::string metrics() const;  // GET /metrics

  private:
    void give_up(const std::string& why);  // ends what was started, and throws

    std::filesystem::path folder_;
    std::filesystem::path data_;
    std::vector<std::string> arguments_;
    std::vector<std::string> environment_;
    pid_t engine_ = 0;
    int port_ = 0;
};

// One WebSocket on a thread of its own. Any thread may send; received messages are kept until taken.
class Client : SocketEvents {
  public:
    Client(const std::string& url, Json hello);
    ~Client() override;

    void send(const Json& message);
    // The first kept message for which `wanted` holds, removed; nothing after `most`.
    std::optional<Json> wait_for(const std::function<bool(const Json&)>& wanted,
                                 Nanoseconds most = std::chrono::seconds(10));
    std::optional<Json> wait_type(const std::string& type, Nanoseconds most = std::chrono::seconds(10));
    // Sends a command and gives its result.
    Json command(const Json& command);
    [[nodiscard]] bool closed() const;
    [[nodiscard]] int close_code() const;

  private:
    void opened(SocketId socket) override;
    void text(SocketId socket, std::string_view message) override;
    void closed(SocketId socket, int code, std::string_view reason) override;
    void tick() override;

    const std::string url_;
    const Json hello_;
    BoundedQueue<std::string> outgoing_{4096};
    mutable std::mutex mutex_;  // guards all below but the thread
    std::condition_variable changed_;
    std::vector<Json> messages_;
    bool stop_ = false;
    bool closed_ = false;
    int close_code_ = 0;
    int requests_ = 0;
    // Loop thread only.
    std::unique_ptr<SocketLoop> loop_;
    SocketId socket_ = 0;
    bool open_ = false;
    std::thread thread_;
};

// What was seen of one frame of a face.
struct SeenFrame {
    Watermark mark;
    MonotonicTime presented;
    std::uint64_t sequence = 0;   // of all frames the face presented
    std::array<int, 3> middle{};  // blue, green, red in the middle of the upper half
    std::uint64_t picture = 0;    // of points all over the upper half: the same number while the picture stands still
};

// Reads every frame of a shared face on a thread of its own; connects again when the face's process dies.
class FaceReader {
  public:
    FaceReader(const RealShow& show, const std::string& face);
    ~FaceReader();

    [[nodiscard]] std::vector<SeenFrame> frames() const;
    [[nodiscard]] std::size_t count() const;
    // Frames without a readable watermark.
    [[nodiscard]] std::size_t unreadable() const;
    [[nodiscard]] std::optional<SeenFrame> newest() const;
    // Most frame times from one presented frame to the next since `from`: 1 when none was left out. What this reader
    // missed, though it was presented, does not count.
    [[nodiscard]] int longest_gap(MonotonicTime from) const;

  private:
    void run(const std::string& socket);

    mutable std::mutex mutex_;  // guards the three below
    std::vector<SeenFrame> frames_;
    std::size_t unreadable_ = 0;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace tribune::test
