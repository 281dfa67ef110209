// Pages, health, metrics and pictures over HTTP, and pictures over a desk's socket.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "net/client.hpp"
#include "net/pages.hpp"
#include "raw_client.hpp"
#include "test_show.hpp"

namespace tribune::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct Reply {
    int status = 0;
    std::string head;
    std::string body;
    [[nodiscard]] std::string header(const std::string& name) const {
        const auto at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos) return {};
        const auto start = at + name.size() + 4;
        return head.substr(start, head.find("\r\n", start) - start);
    }
};

Reply ask(RawClient& client, const std::string& path, const std::string& extra = "",
          const std::string& method = "GET") {
    client.send_raw(method + " " + path + " HTTP/1.1\r\nHost: " + client.host() + "\r\n" + extra + "\r\n");
    Reply r;
    r.head = client.read_head() + "\r\n";
    if (r.head.size() < 13) return r;
    r.status = std::stoi(r.head.substr(9, 3));
    const auto size = r.header("content-length");
    if (!size.empty() && method != "HEAD") r.body = client.read_bytes(std::stoul(size));
    return r;
}
Reply ask(int port, const std::string& path, const std::string& extra = "", const std::string& method = "GET") {
    RawClient client(port);
    return ask(client, path, extra, method);
}
std::string bearer(const std::string& key) { return "Authorization: Bearer " + key + "\r\n"; }

// A folder as the pages' build leaves it.
struct Folder {
    Folder() : path(fs::temp_directory_path() / ("tribune-pages-" + random_hex(8))) {
        fs::create_directories(path / "assets");
        for (const char* name :
             {"index.html", "table.html", "tally.html", "desk-producer.html", "secret.txt", "assets/app-1.js"}) {
            std::ofstream(path / name) << std::string(300, 'a') << name;
        }
        std::ofstream(path / "assets" / "large.js") << std::string(3'000'000, 'x');
    }
    ~Folder() { fs::remove_all(path); }
    fs::path path;
};

ServerOptions with_pages(const Folder& folder) {
    ServerOptions options;
    auto pages = load_pages(folder.path.string());
    REQUIRE(pages);
    options.pages = *std::move(pages);
    return options;
}

TEST_CASE("pages come from memory with their rules for the browser") {
    const Folder folder;
    TestShow show(with_pages(folder));
    for (const auto& [path, file] : std::map<std::string, std::string>{{"/", "index.html"},
                                                                       {"/table/7", "table.html"},
                                                                       {"/table/9999", "table.html"},
                                                                       {"/tally/cam1", "tally.html"},
                                                                       {"/tally/cam%20two", "tally.html"},
                                                                       {"/desk/producer", "desk-producer.html"},
                                                                       {"/desk/producer?x=1", "desk-producer.html"},
                                                                       {"/assets/app-1.js", "assets/app-1.js"}}) {
        CAPTURE(path);
        const auto reply = ask(show.port(), path);
        CHECK(reply.status == 200);
        CHECK(reply.body.ends_with(file));
        CHECK(reply.header("x-content-type-options") == "nosniff");
        CHECK(reply.header("referrer-policy") == "no-referrer");
        CHECK(reply.header("content-security-policy").starts_with("default-src 'none'; script-src 'self';"));
        CHECK(reply.header("content-security-policy").find("ws://127.0.0.1:" + std::to_string(show.port())) !=
              std::string::npos);
        CHECK(reply.header("access-control-allow-origin").empty());
    }
    CHECK(ask(show.port(), "/").header("content-type") == "text/html; charset=utf-8");
    CHECK(ask(show.port(), "/assets/app-1.js").header("content-type") == "text/javascript; charset=utf-8");
}

TEST_CASE("nothing but the listed paths exists") {
    const Folder folder;
    TestShow show(with_pages(folder));
    for (const char* path : {"/secret.txt",
                             "/assets/../secret.txt",
                             "/assets/..%2fsecret.txt",
                             "/../../etc/passwd",
                             "/assets/",
                             "/assets",
                             "/%2e%2e/%2e%2e/etc/passwd",
                             "/table/",
                             "/table/0",
                             "/table/07",
                             "/table/7x",
                             "/table/99999",
                             "/table/N",
                             "/tally/",
                             "/tally/cam1/secret.txt",
                             "/desk/",
                             "/desk/none",
                             "/index.html",
                             "/assets/app-1.js/",
                             "/assets/app-1.js%00.html",
                             "/api/none",
                             "/ws",
                             "//etc/passwd",
                             "/table/7/../../secret.txt"}) {
        CAPTURE(path);
        const auto reply = ask(show.port(), path, bearer("key-of-observer"));
        CHECK(reply.status != 200);
        CHECK(reply.body.find("aaa") == std::string::npos);
        CHECK(reply.body.find("root:") == std::string::npos);
    }
}

TEST_CASE("a browser that has the page gets no body, one that takes gzip gets it small") {
    const Folder folder;
    TestShow show(with_pages(folder));
    RawClient client(show.port());  // all on one connection
    const auto first = ask(client, "/");
    REQUIRE(!first.header("etag").empty());
    const auto again = ask(client, "/", "If-None-Match: " + first.header("etag") + "\r\n");
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    const auto changed = ask(client, "/", "If-None-Match: \"other\"\r\n");
    CHECK(changed.status == 200);
    const auto small = ask(client, "/", "Accept-Encoding: gzip, br\r\n");
    CHECK(small.header("content-encoding") == "gzip");
    CHECK(small.body.size() < first.body.size());
    CHECK(small.body.starts_with("\x1f\x8b"));
    const auto head = ask(client, "/", "", "HEAD");
    CHECK(head.status == 200);
    CHECK(head.header("content-length") == first.header("content-length"));
    const auto large = ask(client, "/assets/large.js");
    CHECK(large.body == std::string(3'000'000, 'x'));
    CHECK(ask(client, "/healthz").status == 503);
}

TEST_CASE("only GET and HEAD are answered") {
    const Folder folder;
    TestShow show(with_pages(folder));
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"}) {
        CAPTURE(method);
        const auto reply = ask(show.port(), "/", "Content-Length: 4\r\n", method);
        CHECK(reply.status == 405);
        CHECK(reply.header("allow") == "GET, HEAD");
    }
}

TEST_CASE("health is open to all and follows the show") {
    TestShow show;
    auto reply = ask(show.port(), "/healthz");
    CHECK(reply.status == 503);
    CHECK(json::parse(reply.body)["down"] == json{"engine"});
    auto actual = std::make_shared<Actual>();
    show.server().actual(actual);
    RawClient technician(show.port());
    REQUIRE(technician.hello("key-of-technician").is_object());
    REQUIRE(technician.until("actual").is_object());
    reply = ask(show.port(), "/healthz");
    CHECK(reply.status == 200);
    CHECK(json::parse(reply.body)["ok"] == true);
    CHECK(reply.header("cache-control") == "no-store");
}

TEST_CASE("state, metrics and pictures need a key that may see them") {
    TestShow show;
    for (const char* path : {"/metrics", "/api/state", "/api/faces/north.png", "/api/sources/cam1.jpg"}) {
        CAPTURE(path);
        const auto none = ask(show.port(), path);
        CHECK(none.status == 401);
        CHECK(json::parse(none.body)["code"] == "no_key");
        const auto wrong = ask(show.port(), path, bearer("nobody's"));
        CHECK(wrong.status == 403);
        CHECK(json::parse(wrong.body)["code"] == "wrong_key");
        CHECK(json::parse(ask(show.port(), path, bearer("key-of-table-7")).body)["code"] == "forbidden");
        CHECK(json::parse(ask(show.port(), path, bearer("key-of-rehearsal")).body)["code"] == "forbidden");
        for (const char* key : {"key-of-observer", "key-of-producer", "key-of-technician"}) {
            CHECK(ask(show.port(), path, bearer(key)).status == 200);
        }
    }
    const auto state = json::parse(ask(show.port(), "/api/state", bearer("key-of-observer")).body);
    CHECK(state["stage"]["program"]["scene"] == "cam1");
    const auto metrics = ask(show.port(), "/metrics", bearer("key-of-observer"));
    CHECK(metrics.header("content-type").starts_with("text/plain; version=0.0.4"));
    CHECK(metrics.body.find("\ntribune_net_clients 0\n") != std::string::npos);
}

TEST_CASE("a picture comes from the host, or its reason") {
    TestShow show;
    const auto key = bearer("key-of-observer");
    const auto png = ask(show.port(), "/api/faces/north.png", key);
    CHECK(png.header("content-type") == "image/png");
    CHECK(png.body == "JPEG of north");
    CHECK(ask(show.port(), "/api/sources/cam1.jpg?width=320", key).header("content-type") == "image/jpeg");
    CHECK(show.pictures_asked().back().second.width == 320);
    CHECK(ask(show.port(), "/api/sources/cam1.jpg?width=9", key).status == 400);
    CHECK(json::parse(ask(show.port(), "/api/faces/up.png", key).body)["code"] == "unknown_face");
    CHECK(json::parse(ask(show.port(), "/api/sources/north.jpg", key).body)["code"] == "unknown_source");
    CHECK(ask(show.port(), "/api/sources/cam1.png", key).status == 404);
}

TEST_CASE("a painter that says no, or nothing, gives 503") {
    ServerOptions options;
    options.limits.picture = std::chrono::milliseconds(200);
    TestShow show(std::move(options));
    show.keep_pictures(true);
    const auto late = ask(show.port(), "/api/faces/north.png", bearer("key-of-observer"));
    CHECK(late.status == 503);
    CHECK(json::parse(late.body)["code"] == "unavailable");
    {
        // Gone before its picture comes.
        RawClient impatient(show.port());
        impatient.send_raw("GET /api/faces/east.png HTTP/1.1\r\nHost: x\r\n" + bearer("key-of-observer") + "\r\n");
    }
    show.keep_pictures(false);
    CHECK(ask(show.port(), "/api/faces/north.png", bearer("key-of-observer")).status == 200);
}

TEST_CASE("desks watch pictures, a table may not") {
    TestShow show;
    RawClient producer(show.port());
    RawClient observer(show.port());
    RawClient table(show.port());
    REQUIRE(producer.hello("key-of-producer").is_object());
    REQUIRE(observer.hello("key-of-observer").is_object());
    REQUIRE(table.hello("key-of-table-7").is_object());
    const json wish{
        {"type", "pictures"}, {"want", {{{"kind", "face"}, {"name", "north"}, {"width", 320}}}}, {"fps", 15}};
    table.json(wish);
    CHECK(table.until("error")["code"] == "forbidden");
    CHECK(show.pictures_asked().empty());
    producer.json(wish);
    observer.json(wish);
    std::set<std::string> numbers;
    for (int i = 0; i < 5; ++i) {
        Frame f = producer.next();
        while (f.opcode == 1) f = producer.next();
        REQUIRE(f.opcode == 2);
        CHECK(f.payload.substr(0, 8) == std::string("\x01\x00\x05north", 8));
        CHECK(f.payload.substr(12) == "JPEG of north");
        unsigned number = 0;
        for (const char c : f.payload.substr(8, 4)) number = number << 8U | static_cast<unsigned char>(c);
        CHECK(numbers.insert(f.payload.substr(8, 4)).second);
        producer.json({{"type", "seen"}, {"picture", number}});
    }
    json bad = wish;
    bad["want"][0]["name"] = "nowhere";
    producer.json(bad);
    CHECK(producer.until("error")["code"] == "unknown_picture");
}

TEST_CASE("the command line's client says what is wrong in a sentence") {
    TestShow show;
    const auto url = parse_url("http://127.0.0.1:" + std::to_string(show.port()) + "/desk/producer");
    REQUIRE(url);
    const auto picture = fetch(*url, "/api/faces/north.png", "key-of-observer");
    REQUIRE(picture);
    CHECK(*picture == "JPEG of north");
    const auto wrong = fetch(*url, "/api/faces/north.png", "nobody's");
    REQUIRE(!wrong);
    CHECK(wrong.error().code == "wrong_key");
    const auto missing = fetch(*url, "/api/faces/up.png", "key-of-observer");
    REQUIRE(!missing);
    CHECK(missing.error().code == "unknown_face");
    const auto open = http_get(*url, "/healthz", "");
    REQUIRE(open);
    CHECK(open->status == 503);
    show.keep_pictures(true);
    const auto slow = fetch(*url, "/api/faces/north.png", "key-of-observer", std::chrono::milliseconds(200));
    REQUIRE(!slow);
    CHECK(slow.error().code == "timeout");
    show.server().stop();
    const auto gone = fetch(*url, "/healthz", "");
    REQUIRE(!gone);
    CHECK(gone.error().code == "no_answer");
    for (const char* bad : {"", "127.0.0.1", "https://x", "http://", "http://x:0", "http://x:99999", "http://x:8o"}) {
        CHECK(!parse_url(bad));
    }
    CHECK(!load_pages("/nonexistent"));
}

TEST_CASE("what is printed comes from the host, for the director and the technician only") {
    TestShow show;
    for (const char* role : {"director", "technician"}) {
        const auto reply = ask(show.port(), "/api/print/tables.pdf", bearer(std::string("key-of-") + role));
        CHECK(reply.status == 200);
        CHECK(reply.header("content-type") == "application/pdf");
        CHECK(reply.header("cache-control") == "no-store");
        CHECK(reply.body == "PDF for " + RawClient(show.port()).host());
    }
    CHECK(ask(show.port(), "/api/print/voice.pdf", bearer("key-of-director")).status == 200);
    for (const char* role : {"producer", "observer", "facilitator"}) {
        const auto reply = ask(show.port(), "/api/print/tables.pdf", bearer(std::string("key-of-") + role));
        CHECK(reply.status == 403);
        CHECK(json::parse(reply.body)["code"] == "forbidden");
    }
    CHECK(ask(show.port(), "/api/print/tables.pdf").status == 401);
    CHECK(ask(show.port(), "/api/print/tables.pdf", bearer("key-of-table-1")).status == 403);
    const auto none = ask(show.port(), "/api/print/seat-cards.pdf", bearer("key-of-director"));
    CHECK(none.status == 409);
    CHECK(json::parse(none.body)["code"] == "no_rotation");
    CHECK(ask(show.port(), "/api/print/other.pdf", bearer("key-of-director")).status == 404);
}

}  // namespace
}  // namespace tribune::test
