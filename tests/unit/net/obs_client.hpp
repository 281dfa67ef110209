// An obs-websocket client by hand, over a real socket.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "net/obs/secrets.hpp"
#include "net/obs/wire.hpp"
#include "raw_client.hpp"

namespace tribune::test {

using net::obs::Json;

class ObsClient {
  public:
    // Connects; `subprotocol` empty: offers none.
    explicit ObsClient(int port, const std::string& subprotocol = "obswebsocket.json") : raw_(port) {
        const std::string offer = subprotocol.empty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
        raw_.send_raw("GET / HTTP/1.1\r\nHost: " + raw_.host() +
                      "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                      offer + "\r\n");
        head_ = raw_.read_head();
        raw_.most_pings = 3;
        if (subprotocol == "obswebsocket.msgpack") encoding_ = net::obs::Encoding::msgpack;
    }

    [[nodiscard]] const std::string& head() const { return head_; }
    RawClient& raw() { return raw_; }

    bool send(const Json& message) {
        const int opcode = encoding_ == net::obs::Encoding::msgpack ? 2 : 1;
        return raw_.send_raw(RawClient::frame(opcode, net::obs::encode(encoding_, message)));
    }
    bool send(int op, Json data) { return send({{"op", op}, {"d", std::move(data)}}); }
    // The next message of any kind; null when the connection ends.
    Json next() {
        last_ = raw_.next();
        if (last_.opcode != 1 && last_.opcode != 2) return nullptr;
        binary_ = last_.opcode == 2;
        return net::obs::decode(encoding_, last_.payload).value_or(nullptr);
    }
    // The close code that ends the connection, and why.
    std::pair<int, std::string> closed() {
        while (last_.opcode != 8 && last_.opcode != -1) last_ = raw_.next();
        return {last_.close_code(), last_.payload.size() > 2 ? last_.payload.substr(2) : ""};
    }

    // Hello, Identify, Identified. The data of Identified, null when refused.
    Json identify(const std::string& password = "another-password", Json more = Json::object()) {
        const Json hello = next();
        if (!hello.is_object()) return nullptr;
        const auto& secrets = hello["d"]["authentication"];
        more["rpcVersion"] = 1;
        more["authentication"] = net::obs::expected_answer(password, secrets["salt"].get<std::string>(),
                                                           secrets["challenge"].get<std::string>());
        send(1, std::move(more));
        const Json identified = next();
        return identified.is_object() ? identified["d"] : Json(nullptr);
    }

    // Asks, and waits for its answer; events on the way are kept.
    Json ask(const std::string& type, Json data = nullptr) {
        const std::string id = "r" + std::to_string(++asked_);
        Json d{{"requestType", type}, {"requestId", id}};
        if (!data.is_null()) d["requestData"] = std::move(data);
        send(6, std::move(d));
        return until(7);
    }
    Json batch(Json requests, Json more = Json::object()) {
        more["requestId"] = "b" + std::to_string(++asked_);
        more["requests"] = std::move(requests);
        send(8, std::move(more));
        return until(9);
    }
    // The data of the next message with this op.
    Json until(int op) {
        for (;;) {
            Json message = next();
            if (!message.is_object()) return nullptr;
            if (message["op"] == 5) events.push_back(message["d"]);
            if (message["op"] == op) return message["d"];
        }
    }
    // The next event of this type, kept ones first; those before it are gone.
    Json event(const std::string& type) {
        for (;;) {
            while (!events.empty()) {
                Json first = std::move(events.front());
                events.pop_front();
                if (first["eventType"] == type) return first;
            }
            Json message = next();
            if (!message.is_object()) return nullptr;
            if (message["op"] == 5) events.push_back(message["d"]);
        }
    }
    // Types of all events up to the first of this type.
    std::vector<std::string> types_until(const std::string& last) {
        std::vector<std::string> types;
        while (types.empty() || types.back() != last) {
            if (events.empty()) {
                const Json message = next();
                if (!message.is_object()) return types;
                if (message["op"] == 5) events.push_back(message["d"]);
                continue;
            }
            types.push_back(events.front()["eventType"]);
            events.pop_front();
        }
        return types;
    }

    std::deque<Json> events;
    [[nodiscard]] bool binary() const { return binary_; }

  private:
    RawClient raw_;
    std::string head_;
    net::obs::Encoding encoding_ = net::obs::Encoding::json;
    Frame last_;
    bool binary_ = false;
    int asked_ = 0;
};

inline int code_of(const Json& answer) { return answer.is_object() ? answer["requestStatus"]["code"].get<int>() : -1; }

}  // namespace tribune::test
