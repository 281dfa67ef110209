#include "support/real_show/consolidating.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>

namespace tribune::test {
namespace {

using std::chrono::seconds;

Json hello(const std::string& key, const std::string& device) {
    return {{"type", "hello"}, {"proto", 1}, {"key", key}, {"device", device}};
}

std::string id_of(std::size_t n) { return fmt::format("0190b4ae-7f1c-7abc-8def-{:012x}", n); }

double ms_since(MonotonicTime from) {
    return std::chrono::duration<double, std::milli>(monotonic_now() - from).count();
}

// How a contribution stands, without what goes on by itself.
Json standing_of(const Json& contribution) {
    Json out = contribution;
    out.erase("likes");
    return out;
}
std::map<std::string, Json> standings(const FacilitatorSeat& seat) {
    std::map<std::string, Json> out;
    for (const auto& [id, contribution] : seat.contributions()) out[id] = standing_of(contribution);
    return out;
}

// A step that a facilitator may take: on few contributions, so that they meet.
Json step(std::mt19937& random, const std::vector<std::string>& ids) {
    const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    const std::string one = ids[below(ids.size())];
    const std::string two = ids[below(ids.size())];
    static constexpr const char* reasons[] = {"insult", "hate", "personal_data", "names_person", "advert"};
    switch (below(6)) {
        case 0: return {{"kind", "gather"}, {"contributions", {one, two}}, {"title", "Thème"}};
        case 1: return {{"kind", "gather"}, {"contributions", {one}}, {"theme", below(40) + 1}};
        case 2: return {{"kind", "hold_back"}, {"contributions", {one}}, {"reason", reasons[below(5)]}};
        case 3: return {{"kind", "release"}, {"contributions", {one}}};
        case 4: return {{"kind", "merge_themes"}, {"from", below(40) + 1}, {"into", below(40) + 1}};
        default: return {{"kind", "set_outcome"}, {"contributions", {one}}, {"text", "Entendu"}};
    }
}

void hold_and_release(const RealShow& show, FacilitatorSeat& seat, const std::vector<std::string>& ids,
                      std::size_t holds, Consolidated& out) {
    Client table(show.url(), hello(show.key("table/1"), "tablet"));
    if (!table.wait_type("own")) throw std::runtime_error("the table was not let in");
    const auto told = [&](const std::string& id, const char* state) {
        return table.wait_for([&](const Json& message) {
            if (message.value("type", "") != "own_changed") return false;
            const auto& list = message["contributions"];
            return std::any_of(list.begin(), list.end(),
                               [&](const Json& c) { return c["id"] == id && c["state"] == state; });
        });
    };
    for (std::size_t i = 0; i < holds; ++i) {
        const auto& id = ids[i];
        const auto sent = monotonic_now();
        (void)seat.command(
            {{"kind", "hold_back"}, {"contributions", {id}}, {"reason", "advert"}, {"note", "Sans la marque"}});
        if (told(id, "held")) {
            out.held_ms.push_back(ms_since(sent));
        } else {
            ++out.held_untold;
        }
        (void)seat.command({{"kind", "release"}, {"contributions", {id}}});
        if (!told(id, "shown")) ++out.held_untold;
    }
}

}  // namespace

FacilitatorSeat::FacilitatorSeat(const RealShow& show, const std::string& nick)
    : client_(show.url(), [&] {
          Json first = hello(show.key("facilitator"), nick);
          first["nick"] = nick;
          return first;
      }()) {
    if (!client_.wait_type("welcome")) throw std::runtime_error("a facilitator was not let in");
}

void FacilitatorSeat::take(const Json& message) {
    const std::string type = message.value("type", "");
    if (type == "contributions") {
        for (const auto& contribution : message["contributions"])
            contributions_[contribution["id"].get<std::string>()] = contribution;
        more_ = message["more"].get<bool>();
    } else if (type == "consolidation") {
        consolidation_ = message["consolidation"];
    } else if (type == "result") {
        result_ = message;
    }
}

Json FacilitatorSeat::command(Json command) {
    const std::string request = fmt::format("r{}", ++requests_);
    client_.send({{"type", "command"}, {"request", request}, {"command", std::move(command)}});
    const auto until = monotonic_now() + seconds(20);
    while (monotonic_now() < until) {
        const auto message = client_.wait_for([](const Json&) { return true; }, seconds(5));
        if (!message) continue;
        take(*message);
        if (result_.is_object() && result_.value("request", "") == request) return result_;
    }
    return nullptr;
}

bool FacilitatorSeat::follow(std::size_t contributions, std::size_t deeds, Nanoseconds most) {
    const auto until = monotonic_now() + most;
    const auto there = [&] {
        return contributions_.size() == contributions && !more_ && consolidation_.is_object() &&
               consolidation_["deeds"].get<std::size_t>() == deeds;
    };
    // The last changes may come after the count of deeds: what is still under way comes in well within this.
    constexpr Nanoseconds silence = std::chrono::milliseconds(400);
    while (monotonic_now() < until) {
        const auto message = client_.wait_for([](const Json&) { return true; }, silence);
        if (message) {
            take(*message);
        } else if (there()) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> speak(const RealShow& show, std::size_t contributions) {
    Json first = hello(show.key("rehearsal"), "speaker");
    first["table"] = 1;
    Client tables(show.url(), first);
    if (!tables.wait_type("welcome")) throw std::runtime_error("the tables were not let in");
    std::vector<std::string> ids;
    for (std::size_t n = 0; n < contributions; ++n) ids.push_back(id_of(n + 1));
    const auto send = [&](const std::string& id, std::size_t n) {
        tables.send({{"type", "submit"}, {"id", id}, {"round", 1}, {"text", fmt::format("Une idée numéro {}", n)}});
    };
    constexpr std::size_t window = 32;
    std::size_t sent = 0;
    for (std::size_t stored = 0; stored < contributions;) {
        for (; sent < contributions && sent < stored + window; ++sent) send(ids[sent], sent);
        const auto answer = tables.wait_for([](const Json& m) {
            const std::string type = m.value("type", "");
            return type == "stored" || type == "refused";
        });
        if (!answer) throw std::runtime_error("a contribution was not answered");
        if ((*answer)["type"] == "stored") {
            ++stored;
            continue;
        }
        // Faster than a table may speak: again, when the server says.
        const auto wait = std::chrono::milliseconds(answer->value("retry_after_ms", 0));
        if (wait.count() == 0) throw std::runtime_error("a contribution was refused: " + answer->dump());
        (void)tables.wait_for([](const Json&) { return false; }, wait);
        const auto at = std::find(ids.begin(), ids.end(), (*answer)["id"].get<std::string>());
        send(*at, static_cast<std::size_t>(at - ids.begin()));
    }
    return ids;
}

Consolidated consolidate(const RealShow& show, std::size_t facilitators, std::size_t contributions, std::size_t steps,
                         std::size_t holds) {
    Consolidated out;
    const auto ids = speak(show, contributions);
    std::vector<std::unique_ptr<FacilitatorSeat>> seats;
    for (std::size_t i = 0; i < facilitators; ++i)
        seats.push_back(std::make_unique<FacilitatorSeat>(show, fmt::format("Facilitateur {}", i + 1)));
    for (auto& seat : seats) {
        if (!seat->follow(contributions, 0, seconds(60))) throw std::runtime_error("a facilitator did not see all");
    }
    const auto begun = standings(*seats.front());

    std::mutex mutex;
    std::vector<std::thread> at_work;
    const auto start = monotonic_now();
    for (std::size_t i = 0; i < facilitators; ++i) {
        at_work.emplace_back([&, i] {
            std::mt19937 random(
                static_cast<std::uint32_t>(i + 1));  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
            for (std::size_t n = 0; n < steps; ++n) {
                const auto sent = monotonic_now();
                const Json result = seats[i]->command(step(random, ids));
                const std::lock_guard lock(mutex);
                out.result_ms.push_back(ms_since(sent));
                if (result.is_null()) {
                    ++out.unanswered;
                } else {
                    ++(result["ok"] == true ? out.accepted : out.refused);
                }
            }
        });
    }
    for (auto& thread : at_work) thread.join();
    out.seconds = ms_since(start) / 1000;
    const auto ended = monotonic_now();
    out.deeds = show.state()["room"].value("deeds", std::size_t{0});
    std::atomic<bool> all = true;
    at_work.clear();
    for (auto& seat : seats) {
        at_work.emplace_back([&] {
            if (!seat->follow(contributions, out.deeds, seconds(30))) all = false;
        });
    }
    for (auto& thread : at_work) thread.join();
    out.same_after_ms = all ? ms_since(ended) : -1;
    const auto first = standings(*seats.front());
    out.same = all && std::all_of(seats.begin(), seats.end(), [&](const auto& seat) {
                   return standings(*seat) == first && seat->consolidation() == seats.front()->consolidation();
               });

    for (std::size_t deed = out.deeds; deed > 0; --deed) {
        const Json result = seats[deed % facilitators]->command({{"kind", "undo_deed"}, {"deed", deed}});
        if (result.is_object() && result["ok"] == true) ++out.undone;
    }
    out.as_before =
        seats.front()->follow(contributions, out.deeds + out.undone, seconds(30)) && standings(*seats.front()) == begun;
    if (holds > 0) hold_and_release(show, *seats.front(), ids, holds, out);
    return out;
}

}  // namespace tribune::test
