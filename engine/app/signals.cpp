#include "app/signals.hpp"

#include <csignal>

namespace tribune {
namespace {

// The one thing that a signal handler may touch.
volatile std::sig_atomic_t stop_raised = 0;

void raise_flag(int) { stop_raised = 1; }

void on_stop_signals(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

StopSignals::StopSignals() {
    on_stop_signals(raise_flag);
    std::signal(SIGPIPE, SIG_IGN);
}
StopSignals::~StopSignals() { on_stop_signals(SIG_DFL); }
bool StopSignals::raised() const { return stop_raised != 0; }

}  // namespace tribune
