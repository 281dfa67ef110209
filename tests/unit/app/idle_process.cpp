// Started by the supervisor's tests in place of a process of the show: does nothing until it is killed, ends at once,
// never rests, or is deaf to SIGTERM when the last word says so.
#include <signal.h>
#include <unistd.h>

#include <string_view>

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[argc - 1]) == "end") return 1;
    if (argc > 1 && std::string_view(argv[argc - 1]) == "stay") signal(SIGTERM, SIG_IGN);
    volatile bool spins = argc > 1 && std::string_view(argv[argc - 1]) == "spin";
    for (;;) {
        if (!spins) pause();
    }
}
