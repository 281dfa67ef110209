// HTTP and WebSocket of one listener: pages, tables, desks. Everything of libwebsockets happens on one service
// thread inside; the methods below may be called from any thread and only put something into a bounded queue.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/stages.hpp"
#include "base/time.hpp"
#include "net/limits.hpp"
#include "net/pages.hpp"
#include "show/actual.hpp"
#include "show/command.hpp"
#include "show/state.hpp"

namespace tribune {

// A picture of a face, a source or a view (program, preview, multiview, scene/NAME) as it is now.
struct PictureRequest {
    enum class Of : std::uint8_t { face = 0, source, view, media };  // media: a file of the bin; no name: their list
    enum class Encoding : std::uint8_t { jpeg = 1, png };

    Of of = Of::face;
    std::string name;  // of the newest state, or of the media folder
    int width = 0;     // wanted, height by its aspect; 0 = its own
    Encoding encoding = Encoding::jpeg;
    auto operator<=>(const PictureRequest&) const = default;
};
bool has_picture(const ShowState& state, PictureRequest::Of of, const std::string& name);

// Something to print, as a PDF.
struct PrintRequest {
    enum class Of : std::uint8_t { seat_cards = 0, tables, voice };

    Of of = Of::seat_cards;
    std::string host;  // "192.0.2.10:8080", by which the asker found this server; may be empty
};

// The authority and the painter, as the server knows them. Called on the service thread; must not block, throw,
// or call Server::stop. Each call is answered once through the Server, from any thread, even from inside the call.
class ServerHost {
  public:
    virtual ~ServerHost() = default;
    // The actor may do this (role table); answer with Server::result. False: busy, then no answer follows.
    virtual bool request(std::uint64_t token, Actor actor, Command command) = 0;
    // Answer with Server::picture_ready, within Limits::picture.
    virtual void picture(std::uint64_t token, PictureRequest request) = 0;
    // Answer with Server::printed, within twenty seconds; the asker may see all keys of tables.
    virtual void print(std::uint64_t token, PrintRequest request) = 0;
};

// OSC over UDP (docs/osc.md).
struct OscOptions {
    std::optional<int> port;             // null: nobody is heard; 0: any free one
    std::vector<std::string> senders;    // who may speak: "192.0.2.7", or as an operator: "192.0.2.7=lea"
    std::vector<std::string> listeners;  // who is told: "192.0.2.7:9001"
};

// Controllers of hand, as raw MIDI devices (docs/operators.md).
struct MidiOptions {
    std::string nodes;  // folder of device nodes: "/dev/snd"; empty: only what the show file names by path
    std::string names = "/proc/asound";  // where the system tells what the devices call themselves
};

// Somebody's command as it was carried out, for those who work beside them.
struct Move {
    Actor by;
    std::string command;                         // its name
    std::string subject;                         // what it was about; may be empty
    std::optional<std::vector<FaceName>> faces;  // that it named: none of them, all; null: it is not about faces
    ShowTime at;
    bool operator==(const Move&) const = default;
};
// Null: nothing that desks are told of, such as a table's answer or what the program does by itself.
std::optional<Move> move_of(const Record& record);

struct SurfaceReport {
    std::vector<SurfaceHealth> surfaces;
    std::vector<SurfaceFault> faults;
};

struct ServerOptions {
    std::string address = "127.0.0.1";  // IPv4; 0.0.0.0 for all interfaces
    int port = 8080;                    // 0: any free one
    Pages pages;
    std::map<std::string, std::string> keys;  // key's name ("producer", "table/7", "operator/lea") to key
    std::vector<std::string> origins;         // beside the server's own: "https://room.example.org"
    std::optional<int> obs_port;              // of obs-websocket; 0: any free one; null: not spoken
    OscOptions osc;
    std::optional<MidiOptions> midi;  // null: no controller is opened
    std::vector<std::string> tally;   // receivers of TSL UMD (docs/tally.md): "tsl50://192.0.2.10:8901"
    std::string data_folder;          // on the disk whose room is told; empty: none is
    Limits limits;
};

class Server {
  public:
    // Listens from here on; clients are told to try later until journal(), state_changed() and on_disk() were called.
    // Errors: port_in_use, bad_address, cannot_listen.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, ServerHost& host);
    ~Server();  // stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] int port() const;
    // 0 while obs-websocket is not spoken: its port is tried again every few seconds, the pages do without.
    [[nodiscard]] int obs_port() const;
    [[nodiscard]] int osc_port() const;  // 0: OSC is not heard

    // Which journal the states come from, and how to tell its time. Another epoch makes all clients connect anew.
    void journal(std::string epoch, ShowClock clock);
    // Other keys from now on. Who came with one that is no more is told so and closed.
    void keys(std::map<std::string, std::string> keys);
    // What desks are to hear of; the newest few are kept for those who come later.
    void moved(Move move);
    // States and health: the newest wins.
    void state_changed(std::shared_ptr<const ShowState> state);
    void actual(std::shared_ptr<const Actual> actual);
    void levels(std::shared_ptr<const SoundLevels> levels);
    // For facilitators, as a message; the newest wins.
    void suggestions(std::string message);
    // How long a process's stages take, for monitoring.
    void stages(std::string process, std::vector<StageTimes> times);
    // What came up to this sequence is on disk. A state may be ahead of it; what a table is told to be its own is not.
    void on_disk(std::uint64_t sequence);
    // The journal sequence of what was asked, or why not; retry_after_ms > 0: the client sends it again then.
    void result(std::uint64_t token, Result<std::uint64_t> sequence, int retry_after_ms = 0);
    void picture_ready(std::uint64_t token, Result<Bytes> picture);
    // A PDF, or why there is none.
    void printed(std::uint64_t token, Result<Bytes> pdf);

    [[nodiscard]] NetHealth health() const;
    // Controllers and ports for surfaces, and what they sent that could not be done.
    [[nodiscard]] SurfaceReport surfaces() const;
    // Grows many times a second while the service thread serves: the same number for longer means that it hangs.
    [[nodiscard]] std::uint64_t turns() const;

    // Closes all connections and the listener. Answers that come later are dropped.
    void stop();

  private:
    class Impl;
    explicit Server(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
