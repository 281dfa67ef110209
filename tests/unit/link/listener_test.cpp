#include "link/listener.hpp"

#include <poll.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <fstream>

using namespace tribune;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// A fresh folder, removed at the end.
struct Folder {
    fs::path path;
    Folder() {
        std::string name = (fs::temp_directory_path() / "tribune-link-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(path); }
    [[nodiscard]] std::string socket() const { return (path / "run" / "engine.sock").string(); }
};

void wait_for_peer(const Listener& listener) {
    pollfd p{listener.fd(), POLLIN, 0};
    REQUIRE(::poll(&p, 1, 10'000) == 1);
}

}  // namespace

TEST_CASE("peers find the listener, and each knows the other") {
    const Folder folder;
    auto listener = Listener::open(folder.socket());
    REQUIRE(listener);
    REQUIRE((fs::status(folder.path / "run").permissions() & fs::perms::mask) == fs::perms::owner_all);
    REQUIRE_FALSE(listener->accept()->has_value());
    auto client = connect_to(folder.socket());
    REQUIRE(client);
    wait_for_peer(*listener);
    auto accepted = listener->accept();
    REQUIRE(accepted);
    REQUIRE(accepted->has_value());
    REQUIRE((*accepted)->peer()->pid == ::getpid());
    REQUIRE(client->send(7, "hello"));
    REQUIRE((*accepted)->receive_one(monotonic_now() + 10s)->payload == "hello");
}

TEST_CASE("a living listener is not replaced, a dead one's socket is") {
    const Folder folder;
    {
        auto first = Listener::open(folder.socket());
        REQUIRE(first);
        REQUIRE(Listener::open(folder.socket()).error().code == "address_in_use");
        fs::rename(folder.socket(), folder.socket() + ".kept");  // as after kill -9: the file stays, nobody listens
    }
    fs::rename(folder.socket() + ".kept", folder.socket());
    REQUIRE(connect_to(folder.socket()).error().code == "not_listening");
    REQUIRE(Listener::open(folder.socket()));
    REQUIRE_FALSE(fs::exists(folder.socket()));
}

TEST_CASE("a listener does not remove the socket of its successor") {
    const Folder folder;
    auto first = Listener::open(folder.socket());
    fs::remove(folder.socket());
    const auto second = Listener::open(folder.socket());
    REQUIRE(second);
    first = Error{"gone", "gone"};
    REQUIRE(connect_to(folder.socket()));
}

TEST_CASE("paths too long, folders open to others and foreign files are refused with a sentence") {
    const Folder folder;
    const auto long_path = folder.path / std::string(120, 'p');
    REQUIRE(Listener::open(long_path).error().code == "path_too_long");
    REQUIRE(connect_to(long_path).error().code == "path_too_long");
    fs::create_directory(folder.path / "run");
    fs::permissions(folder.path / "run", fs::perms::owner_all | fs::perms::others_exec);
    REQUIRE(Listener::open(folder.socket()).error().code == "folder_open");
    fs::permissions(folder.path / "run", fs::perms::owner_all);
    std::ofstream(folder.socket()) << "precious";
    REQUIRE(Listener::open(folder.socket()).error().code == "cannot_listen");
    REQUIRE(fs::file_size(folder.socket()) == 8);
}
