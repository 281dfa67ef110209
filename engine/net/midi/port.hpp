// MIDI controllers: found when they are plugged in, several at once; what they ask goes to the authority, what is so goes
// to their lamps. Service thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/limits.hpp"
#include "net/midi/device.hpp"
#include "net/midi/learner.hpp"
#include "net/midi/surface.hpp"
#include "net/server.hpp"
#include "net/surface_faults.hpp"

namespace tribune::net::midi {

class Port {
  public:
    // `touched`: who learns is told, once.
    Port(ServiceLoop& loop, MidiOptions options, std::uint64_t first_token, ServerHost& host, SurfaceFaults& faults,
         std::function<void(std::uint64_t session, const Touch&)> touched);

    void set_clock(ShowClock clock) { clock_ = clock; }
    void set_state(std::shared_ptr<const ShowState> state);
    void finish(std::uint64_t token, const Result<std::uint64_t>& sequence);
    // The next control that is touched is told to this session, and does nothing else. One learns at a time: the last.
    void learn(std::uint64_t session, bool on);

    [[nodiscard]] std::vector<SurfaceHealth> health() const;

  private:
    struct Controller {
        explicit Controller(SurfaceName name) : surface(std::move(name)) {}
        SurfaceSetup setup;  // as the show file has it, or of one that it does not know
        std::string path;
        std::unique_ptr<Device> device;  // null: not there
        std::string problem;             // why not
        Parser parser;
        Surface surface;
        std::optional<TokenBucket> rate;
        std::uint64_t messages = 0;
        std::uint64_t dropped = 0;
        std::uint64_t malformed = 0;  // told of
        bool flooding = false;
    };
    struct Learning {
        std::uint64_t session = 0;
        MonotonicTime until;
        Learner learner;
    };

    void look();  // for devices that came or went
    void open(const std::string& name, const SurfaceSetup& setup, const std::string& path);
    void heard(Controller& controller, std::string_view bytes);
    void lost(Controller& controller);
    void ask(Controller& controller, Command command);
    void give_moves();
    void light();
    void end_learning(MonotonicTime now);
    [[nodiscard]] Error named(const Controller& controller, std::string_view code, std::string_view what) const;

    ServiceLoop& loop_;
    const MidiOptions options_;
    ServerHost& host_;
    SurfaceFaults& faults_;
    std::function<void(std::uint64_t, const Touch&)> touched_;
    std::map<std::string, std::unique_ptr<Controller>> controllers_;  // by name
    std::map<std::uint64_t, std::string> asked_;                      // token to controller
    std::optional<Learning> learning_;
    ShowClock clock_;
    std::shared_ptr<const ShowState> state_;
    std::uint64_t next_token_;
    MonotonicTime moved_at_;
    MonotonicTime lit_at_;
    LoopTimer look_timer_;
    LoopTimer move_timer_;
    LoopTimer light_timer_;
    LoopTimer learn_timer_;
};

}  // namespace tribune::net::midi
