// An RTSP camera for tests: pictures come from an ffmpeg process as RTP datagrams and go out over the RTSP
// connection itself. Speaks just enough of the protocol for one client at a time; runs in a process of its own.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "tests/unit/capture/fixtures.hpp"

namespace tribune::test {

class RtspCamera {
  public:
    explicit RtspCamera(int port) {
        const int rtp = free_port(SOCK_DGRAM);
        const auto sdp = fixture_path("camera-" + std::to_string(port) + ".sdp");
        std::filesystem::remove(sdp);
        // The receiver must be there first: the sender stops on a refused datagram.
        const Fd datagrams = bound(SOCK_DGRAM, rtp);
        const Fd listener = bound(SOCK_STREAM, port);
        REQUIRE(::listen(listener.get(), 4) == 0);
        encoder_ = std::make_unique<Child>(ffmpeg(joined(
            joined({"-re"}, joined(pattern("320x180", "25", "3600"), x264_live)),
            {"-f", "rtp", "-sdp_file", sdp.string(), "rtp://127.0.0.1:" + std::to_string(rtp) + "?pkt_size=1300"})));
        pid_ = ::fork();
        REQUIRE(pid_ >= 0);
        if (pid_ == 0) {
            ::signal(SIGPIPE, SIG_IGN);
            serve(listener, datagrams, sdp.string());
            ::_exit(0);
        }
    }
    RtspCamera(const RtspCamera&) = delete;
    RtspCamera& operator=(const RtspCamera&) = delete;
    ~RtspCamera() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    void signal(int s) const { REQUIRE(::kill(pid_, s) == 0); }

  private:
    static Fd bound(int type, int port) {
        Fd socket(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
        const int yes = 1;
        ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        REQUIRE(::bind(socket.get(), static_cast<sockaddr*>(static_cast<void*>(&address)), sizeof address) == 0);
        return socket;
    }

    static void say(const Fd& to, const std::string& text) { ::send(to.get(), text.data(), text.size(), 0); }

    // The media's description, without the datagram's port.
    static std::string description(const std::string& path) {
        std::string text;
        while (text.find("m=video") == std::string::npos || text.find("fmtp") == std::string::npos) {
            ::poll(nullptr, 0, 20);  // ffmpeg writes the file once its encoder is open
            std::ifstream in(path);
            text = {std::istreambuf_iterator<char>(in), {}};
        }
        if (const auto at = text.find("SDP:\n"); at != std::string::npos) text.erase(0, at + 5);
        const auto media = text.find("m=video ") + 8;
        text.replace(media, text.find(' ', media) - media, "0");
        return text + "a=control:trackID=0\r\n";
    }

    // Answers the requests in `inbox`; true when one of them was PLAY.
    static bool answer(const Fd& client, std::string& inbox, const std::string& sdp) {
        bool play = false;
        for (auto end = inbox.find("\r\n\r\n"); end != std::string::npos; end = inbox.find("\r\n\r\n")) {
            const auto request = inbox.substr(0, end);
            inbox.erase(0, end + 4);
            const auto at = request.find("CSeq:");
            const auto sequence = request.substr(at, request.find("\r\n", at) - at);
            std::string reply = "RTSP/1.0 200 OK\r\n" + sequence + "\r\nSession: 1\r\n";
            if (request.starts_with("OPTIONS")) reply += "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n";
            if (request.starts_with("SETUP")) reply += "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";
            std::string body;
            if (request.starts_with("DESCRIBE")) {
                body = sdp;
                reply += "Content-Type: application/sdp\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
            }
            say(client, reply + "\r\n" + body);
            play = play || request.starts_with("PLAY");
        }
        return play;
    }

    static void serve(const Fd& listener, const Fd& datagrams, const std::string& sdp_path) {
        const auto sdp = description(sdp_path);
        Fd client;
        std::string inbox;
        bool playing = false;
        std::array<char, 2048> buffer{};
        for (;;) {
            std::array<pollfd, 3> fds{
                pollfd{listener.get(), POLLIN, 0}, {datagrams.get(), POLLIN, 0}, {client.get(), POLLIN, 0}};
            ::poll(fds.data(), fds.size(), -1);
            if (fds[0].revents != 0) {
                client = Fd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
                inbox.clear();
                playing = false;
                continue;
            }
            if (fds[1].revents != 0) {
                const auto n = ::recv(datagrams.get(), buffer.data(), buffer.size(), 0);
                if (n > 0 && playing) {
                    const std::string head{'$', '\0', static_cast<char>(n >> 8), static_cast<char>(n)};
                    say(client, head + std::string(buffer.data(), static_cast<std::size_t>(n)));
                }
            }
            if (fds[2].revents != 0) {
                const auto n = ::recv(client.get(), buffer.data(), buffer.size(), 0);
                if (n <= 0) {
                    client.reset();
                    playing = false;
                    continue;
                }
                inbox.append(buffer.data(), static_cast<std::size_t>(n));
                playing = answer(client, inbox, sdp) || playing;
            }
        }
    }

    std::unique_ptr<Child> encoder_;
    pid_t pid_ = -1;
};

}  // namespace tribune::test
