// The protocols of control surfaces beside the pages: obs-websocket, OSC, MIDI, tally. Service thread, unless said otherwise.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net/keys.hpp"
#include "net/metrics.hpp"
#include "net/midi/port.hpp"
#include "net/obs/port.hpp"
#include "net/osc/port.hpp"
#include "net/server.hpp"
#include "net/surface_faults.hpp"
#include "net/tsl/sender.hpp"

namespace tribune::net {

class ControlPorts {
  public:
    // Opens what the options ask for. What cannot be had is told in the log, and obs-websocket tried again.
    // `touched`: a desk that learns is told which control was touched.
    ControlPorts(ServiceLoop& loop, const ServerOptions& options, ServerHost& host,
                 std::function<void(std::uint64_t session, const Touch&)> touched);

    // Requests to the host have tokens from here on.
    static constexpr std::uint64_t first_token = 1ULL << 62U;

    void set_keys(const Keys& keys);
    void learn(std::uint64_t session, bool on);
    void set_clock(ShowClock clock);
    void step(const std::shared_ptr<const ShowState>& state);       // none is left out…
    void set_state(const std::shared_ptr<const ShowState>& state);  // …or the newest alone will do
    void set_actual(const std::shared_ptr<const Actual>& actual);
    void set_levels(const SoundLevels& levels);
    void finish(std::uint64_t token, const Result<std::uint64_t>& sequence);
    void picture(std::uint64_t token, const Result<Bytes>& picture);
    void tick();  // every few seconds
    // Tells clients that the show ends. False: there are none to wait for.
    bool leave();

    // For monitoring: what is counted, and which ports cannot be had.
    [[nodiscard]] std::vector<ControlFigure> figures() const;
    [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }
    // For the desks.
    [[nodiscard]] SurfaceReport report() const;

    // Any thread. 0: not spoken.
    [[nodiscard]] int obs_port() const { return obs_port_; }
    [[nodiscard]] int osc_port() const { return osc_port_; }

  private:
    void open_obs();
    void open_osc();
    void open_tally();

    ServiceLoop& loop_;
    const ServerOptions& options_;
    ServerHost& host_;
    Keys keys_;
    SurfaceFaults surface_faults_;
    ShowClock clock_;
    std::shared_ptr<const ShowState> state_;
    std::unique_ptr<obs::Port> obs_;
    std::unique_ptr<osc::Port> osc_;
    std::unique_ptr<midi::Port> midi_;
    std::unique_ptr<tsl::Sender> tally_;
    std::string obs_fault_;   // as last told
    std::string obs_detail_;  // why it cannot be had
    std::string osc_detail_;  // likewise
    std::vector<std::string> faults_;
    std::atomic<int> obs_port_{0};
    std::atomic<int> osc_port_{0};
};

}  // namespace tribune::net
