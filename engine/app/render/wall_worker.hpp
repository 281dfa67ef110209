// Turns the room's answers into words on the faces, beside the frame loop. One layout for all faces that are alike.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "app/render/look.hpp"
#include "base/queue.hpp"
#include "plan/planner.hpp"
#include "voice/shown.hpp"
#include "wall/wall_scene.hpp"

namespace tribune {

class WallWorker {
  public:
    // Shows the words of the newest round, of what the room is shown of it; a new one begins with an empty wall.
    WallWorker(LookBook looks, const Setup& setup);
    ~WallWorker();
    WallWorker(const WallWorker&) = delete;
    WallWorker& operator=(const WallWorker&) = delete;

    // Any thread; the newest state wins. `wanted`: the walls that are to be laid out.
    void follow(std::shared_ptr<const ShowState> state, const std::vector<PlannedWall>& wanted);

    // The frame loop's thread: what each wall laid out so far looks like at `now`.
    [[nodiscard]] std::map<WallKey, WallView> views(ShowTime now) const;
    // What the room says most on these walls, the heaviest first; null before the first.
    [[nodiscard]] std::shared_ptr<const std::vector<std::string>> top_words() const { return words_.get(); }

  private:
    static constexpr std::size_t most_walls = 24;  // kept, used or not
    struct Wall {
        std::unique_ptr<WallBuilder> builder;
        ShownFollower shown;
        std::vector<TermRule> rules;
        std::uint32_t round = 0;  // whose answers it takes
    };
    using Scenes = std::map<WallKey, std::shared_ptr<const WallScene>>;

    void run();
    Wall& wall(const WallKey& key, std::uint32_t round, const Room& room);
    static void take(Wall& wall, const Room& room, const ShownChange& change);
    void update(const ShowState& state, const std::set<WallKey>& wanted);

    const LookBook looks_;
    const WallSetup setup_;
    std::unique_ptr<TextMeasure> measure_;  // worker's thread only, once it runs
    std::map<WallKey, Wall> walls_;         // worker's thread only
    SnapshotSlot<Scenes> scenes_;
    SnapshotSlot<std::vector<std::string>> words_;
    struct Task {
        std::shared_ptr<const ShowState> state;
        std::set<WallKey> wanted;
    };
    Mailbox<Task> box_;
    std::thread thread_;  // last
};

}  // namespace tribune
