// What clients are told of contributions as they come and change: their own, all of them for facilitators, what is asked and
// what was said for everyone. Each client has a place in the room's lists and is brought up to date from there, a piece at a
// time, when it is its turn: nothing queues up, however much happens. Lives on the service thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "net/message.hpp"
#include "net/outgoing.hpp"
#include "show/state.hpp"

namespace tribune::net {

// How much of the room's lists a client was told.
struct VoicePlace {
    std::size_t contributions = 0;
    std::size_t deeds = 0;
    std::size_t likes = 0;
    auto operator<=>(const VoicePlace&) const = default;
};

// What one client is still to be told; a part of its session.
struct VoiceDue {
    bool asks = false;
    bool voices = false;
    bool own = false;                        // what is in own_changed
    std::vector<std::size_t> own_changed{};  // its contributions, by place
    // Facilitators
    std::optional<VoicePlace> place{};  // none: is no facilitator
    bool consolidation = false;
    bool presence = false;
    bool suggestions = false;

    [[nodiscard]] bool any() const { return asks || voices || own || consolidation || presence || suggestions; }
};

class VoiceFeeds {
  public:
    // A state, of which what has sequences up to `on_disk` may be told.
    void set_state(std::shared_ptr<const ShowState> state, std::uint64_t on_disk);
    void forget();  // another journal

    // Null: nothing is due. Whether more of the contributions is to come is in `due.place` and behind().
    SharedMessage next(VoiceDue& due);
    [[nodiscard]] bool behind(const VoicePlace& place) const;

    // At most so often; true: tell it.
    bool asks_changed(MonotonicTime now);
    bool voices_changed(MonotonicTime now);
    bool consolidation_changed(MonotonicTime now);
    void set_suggestions(std::string_view message) { suggestions_ = text_message(message); }
    void set_presence(std::vector<std::pair<std::string, LookingMessage>> people);

    // Contributions that changed since the last call, by place: by deeds at once, by likes.
    std::vector<std::size_t> changed_by_deeds();
    std::vector<std::size_t> changed_by_likes();

  private:
    struct Piece {
        VoicePlace from;
        VoicePlace to;
        SharedMessage message;
    };
    // A message that is made of the newest state when it is first wanted.
    struct Cached {
        std::string made_of;  // its body, to see whether it changed
        SharedMessage message;
        bool stale = true;
        MonotonicTime told{};
    };
    SharedMessage contributions(VoicePlace& place);
    bool changed(Cached& cached, MonotonicTime now, Nanoseconds least, nlohmann::json (*view)(const ShowState&),
                 const char* type);
    [[nodiscard]] std::size_t deeds_on_disk() const;
    [[nodiscard]] std::size_t contributions_on_disk() const;
    void add_changed(const Deed& deed, std::vector<std::size_t>& out) const;

    std::shared_ptr<const ShowState> state_;
    std::uint64_t on_disk_ = 0;
    Cached asks_;
    Cached voices_;
    Cached consolidation_;
    SharedMessage presence_;
    SharedMessage suggestions_;
    std::deque<Piece> pieces_;  // made lately: facilitators who are equally far share them
    std::size_t deeds_seen_ = 0;
    std::size_t likes_seen_ = 0;
};

}  // namespace tribune::net
