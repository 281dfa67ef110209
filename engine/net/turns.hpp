// Whose turn it is to write. Those with something of their own, such as an acknowledgement, come all and at once; the
// crowd, which is told the same news, some at a time: thousands of writes in a row would hold back what comes in.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>

#include "net/hub.hpp"

namespace tribune::net {

// Holds sessions by their numbers, so one that ends meanwhile is just not found. Each is in a lane once: a lane is never
// longer than there are sessions.
class Turns {
  public:
    static constexpr std::size_t crowd_at_a_time = 128;  // about a millisecond of writing

    void ask(Session& session) {
        const bool crowd = session.out.empty() && !is_desk(session.actor.role);
        bool& asked = crowd ? session.in_crowd : session.in_front;
        if (asked) return;
        asked = true;
        (crowd ? crowd_ : front_).push_back(session.id);
    }
    [[nodiscard]] bool empty() const { return front_.empty() && crowd_.empty(); }

    // Calls write(Session&) for everyone in front and for a part of the crowd. find(number): the session, or null.
    template <class Find, class Write>
    void serve(Find find, Write write) {
        serve(front_, front_.size(), &Session::in_front, find, write);
        serve(crowd_, std::min(crowd_.size(), crowd_at_a_time), &Session::in_crowd, find, write);
    }

  private:
    template <class Find, class Write>
    static void serve(std::deque<std::uint64_t>& lane, std::size_t count, bool Session::*asked, Find& find,
                      Write& write) {
        for (; count > 0; --count) {
            Session* session = find(lane.front());
            lane.pop_front();
            if (session == nullptr) continue;
            session->*asked = false;
            write(*session);
        }
    }

    std::deque<std::uint64_t> front_;
    std::deque<std::uint64_t> crowd_;
};

}  // namespace tribune::net
