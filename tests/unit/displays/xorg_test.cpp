// Four displays of a real X server (Xorg with the dummy driver) that are unplugged and come back.
// Skipped where that server is not installed or may not be started.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>

#include "base/handle.hpp"
#include "base/time.hpp"
#include "displays/output.hpp"
#include "displays/pacer.hpp"
#include "support/run_tests.hpp"
#include "unit/displays/painter_double.hpp"

// Last: its macros break other headers.
#include <X11/Xlib.h>
#include <X11/Xutil.h>

namespace tribune {
namespace {

constexpr Size display_size{640, 480};
const std::array<const char*, 4> connectors{"DUMMY0", "DUMMY1", "DUMMY2", "DUMMY3"};
const std::array<std::uint32_t, 4> colours{0xffd02020, 0xff20d020, 0xff2020d0, 0xffd0d020};

// The server, ended with the object.
class XServer {
  public:
    static std::unique_ptr<XServer> start() {
        auto server = std::make_unique<XServer>();
        std::string pattern = (std::filesystem::temp_directory_path() / "tribune-xorg-XXXXXX").string();
        if (!mkdtemp(pattern.data())) return nullptr;
        server->folder_ = pattern;
        std::ofstream(server->folder_ + "/xorg.conf") << R"(
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 512000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0-1000.0
  VertRefresh 5.0-200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "640x480"
    Virtual 4096 2048
  EndSubSection
EndSection
)";
        int fds[2];
        if (pipe(fds) != 0) return nullptr;
        const Fd read_end(fds[0]);
        Fd write_end(fds[1]);
        server->pid_ = fork();
        if (server->pid_ == 0) {
            const int quiet = open("/dev/null", O_WRONLY);
            dup2(quiet, 1);
            dup2(quiet, 2);
            execlp("Xorg", "Xorg", "-displayfd", fmt::format("{}", fds[1]).c_str(), "-config",
                   (server->folder_ + "/xorg.conf").c_str(), "-noreset", "-nolisten", "tcp", "-logfile",
                   (server->folder_ + "/log").c_str(), nullptr);
            _exit(127);
        }
        write_end.reset();
        // The server writes its display number when it is ready.
        pollfd ready{read_end.get(), POLLIN, 0};
        std::array<char, 16> number{};
        if (poll(&ready, 1, 20'000) != 1 || read(read_end.get(), number.data(), number.size() - 1) <= 0) return nullptr;
        setenv("DISPLAY", fmt::format(":{}", std::atoi(number.data())).c_str(), 1);
        return server;
    }
    XServer() = default;
    XServer(const XServer&) = delete;
    XServer& operator=(const XServer&) = delete;
    ~XServer() {
        if (pid_ > 0) {
            kill(pid_, SIGTERM);
            waitpid(pid_, nullptr, 0);
        }
        if (!folder_.empty()) std::filesystem::remove_all(folder_);
    }

  private:
    pid_t pid_ = -1;
    std::string folder_;
};

void xrandr(const std::string& arguments) { REQUIRE(std::system(fmt::format("xrandr {}", arguments).c_str()) == 0); }

void plug(std::size_t display, int place) {
    xrandr(fmt::format("--output {} --mode 640x480 --pos {}x0", connectors[display], place * display_size.width));
}

// Each face in its own colour.
class FourFaces final : public PainterDouble {
  public:
    FourFaces() : PainterDouble(display_size) {
        for (std::size_t i = 0; i < colours.size(); ++i)
            pictures_[i].assign(static_cast<std::size_t>(display_size.width * display_size.height), colours[i]);
    }
    ImageView pixels(std::size_t i) override {
        return {reinterpret_cast<const std::uint8_t*>(pictures_[i].data()), display_size.width * 4, display_size};
    }

  private:
    std::array<std::vector<std::uint32_t>, 4> pictures_;
};

std::uint32_t colour_on_screen(int x, int y) {
    const std::unique_ptr<Display, int (*)(Display*)> display(XOpenDisplay(nullptr), XCloseDisplay);
    REQUIRE(display);
    XImage* image = XGetImage(display.get(), DefaultRootWindow(display.get()), x, y, 1, 1, AllPlanes, ZPixmap);
    REQUIRE(image != nullptr);
    const auto pixel = static_cast<std::uint32_t>(XGetPixel(image, 0, 0)) | 0xff000000;
    XDestroyImage(image);
    return pixel;
}

struct Hall {
    Hall() {
        setenv("SDL_VIDEODRIVER", "x11", 1);
        auto opened = Desktop::open();
        REQUIRE(opened);
        desktop = *std::move(opened);
        std::vector<OutputSpec> specs;
        for (std::size_t i = 0; i < 4; ++i) {
            specs.push_back(
                {OutputName{connectors[i]}, FaceName{connectors[i]}, "window", connectors[i], display_size});
            plan.faces.push_back({FaceName{connectors[i]}, i});
        }
        OutputContext context;
        context.desktop = desktop.get();
        auto made = Outputs::make(specs, context);
        REQUIRE(made);
        outputs.emplace(*std::move(made));
    }

    // One turn of the render loop; true when displays changed.
    bool turn() {
        bool changed = false;
        for (const auto& event : desktop->poll()) {
            if (const auto* d = std::get_if<DisplaysChanged>(&event)) {
                outputs->displays_changed(d->displays);
                changed = true;
            }
        }
        outputs->present(painter, plan);
        wait_until(monotonic_now() + std::chrono::milliseconds(2));
        return changed;
    }
    template <class Condition>
    void turn_until(Condition&& reached) {
        const auto deadline = monotonic_now() + std::chrono::seconds(20);
        while (!reached()) {
            if (monotonic_now() >= deadline) {
                std::string state;
                for (const auto& r : outputs->reports())
                    state += fmt::format("{}: {}, {}\n", r.name.text, to_string(r.state), r.detail);
                for (int x = 5; x < 4 * display_size.width; x += display_size.width)
                    state += fmt::format("at {}: {:#x}\n", x, colour_on_screen(x, 5));
                FAIL("not reached in time:\n" << state);
            }
            turn();
        }
    }
    [[nodiscard]] bool lost(std::size_t i) const { return outputs->reports()[i].state == OutputState::lost; }

    std::unique_ptr<Desktop> desktop;
    FourFaces painter;
    FramePlan plan;
    std::optional<Outputs> outputs;
};

}  // namespace

TEST_CASE("each face comes back to its own display, wherever that now lies") {
    for (std::size_t i = 1; i < 4; ++i) xrandr(fmt::format("--addmode {} 640x480", connectors[i]));
    std::array<int, 4> place{0, 1, 2, 3};
    for (std::size_t i = 0; i < 4; ++i) plug(i, place[i]);
    Hall hall;
    const auto right_picture = [&](std::size_t i) {
        const int x = place[i] * display_size.width;
        return colour_on_screen(x + 5, 5) == colours[i] && colour_on_screen(x + 634, 474) == colours[i];
    };
    for (std::size_t i = 0; i < 4; ++i) hall.turn_until([&] { return !hall.lost(i) && right_picture(i); });

    std::mt19937 random(11);
    for (int round = 0; round < 6; ++round) {
        const std::size_t gone = 1 + random() % 3, other = 1 + (gone + random() % 2) % 3;
        xrandr(fmt::format("--output {} --off", connectors[gone]));
        hall.turn_until([&] { return hall.lost(gone); });
        for (std::size_t i = 0; i < 4; ++i) {
            if (i != gone) CHECK_FALSE(hall.lost(i));
        }
        const auto counted = hall.outputs->reports()[gone].frames;
        hall.turn();
        CHECK(hall.outputs->reports()[gone].frames == counted + 1);  // drawn on, unseen

        std::swap(place[gone], place[other]);
        plug(other, place[other]);
        plug(gone, place[gone]);
        for (std::size_t i = 0; i < 4; ++i) {
            INFO("round " << round << " display " << i);
            hall.turn_until([&] { return !hall.lost(i) && right_picture(i); });
        }
    }
}

}  // namespace tribune

int main(int argc, char** argv) {
    const auto server = tribune::XServer::start();
    if (!server || std::system("xrandr --version > /dev/null 2>&1") != 0) {
        std::cerr << "skipped: Xorg with the dummy driver (and xrandr) cannot be started here\n";
        return 77;
    }
    return tribune::test::run_tests(argc, argv);
}
