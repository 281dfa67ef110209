// Turns the room's answers into words on the faces, beside the frame loop. One layout for all faces that are alike.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <thread>

#include "app/render/look.hpp"
#include "base/queue.hpp"
#include "plan/planner.hpp"
#include "wall/wall_scene.hpp"

namespace tribune {

class WallWorker {
  public:
    // Shows the words of the newest round; a new one begins with an empty wall.
    WallWorker(LookBook looks, const Setup& setup);
    ~WallWorker();
    WallWorker(const WallWorker&) = delete;
    WallWorker& operator=(const WallWorker&) = delete;

    // Any thread; the newest state wins.
    void follow(std::shared_ptr<const ShowState> state);

    // The frame loop's thread: what each face's wall looks like at `now`.
    [[nodiscard]] std::map<FaceName, WallView> views(const ShowState& state, ShowTime now) const;

  private:
    // What makes two walls one: same place, same letters.
    struct Key {
        Size area;
        double smallest_font = 0;
        auto operator<=>(const Key&) const = default;
    };
    struct Wall {
        std::unique_ptr<WallBuilder> builder;
        std::size_t looked_at = 0;         // contributions of the show it has seen…
        std::optional<Contribution> last;  // …and the last of them
        std::uint32_t round = 0;           // whose answers it takes
    };
    using Scenes = std::map<Key, std::shared_ptr<const WallScene>>;
    [[nodiscard]] Key key(const FaceSetup& face, WallPlacement placement) const;

    void run();
    Wall& wall(const Key& key, std::uint32_t round, const SharedList<Contribution>& answers);
    static void add(Wall& wall, const Contribution& answer);
    void update(const ShowState& state);

    const LookBook looks_;
    const WallSetup setup_;
    std::unique_ptr<TextMeasure> measure_;  // worker's thread only, once it runs
    double cap_height_ = 0.7;
    std::map<Key, Wall> walls_;  // worker's thread only
    SnapshotSlot<Scenes> scenes_;
    Mailbox<std::shared_ptr<const ShowState>> box_;
    std::thread thread_;  // last
};

}  // namespace tribune
