// Answers the desks' wishes for pictures: small JPEGs for live views, full PNGs for snapshots.
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "app/follower.hpp"
#include "app/wire.hpp"
#include "displays/preview.hpp"
#include "plan/planner.hpp"

namespace tribune {

class PictureService {
  public:
    PictureService();

    // Where answers go; null: nowhere any more.
    void answer_through(Follower* follower);

    // The follower's thread.
    void wish(const PictureWish& wish, const ShowState& state);

    // The frame loop's thread, before planning: the views that are to be drawn for somebody in this frame, beside those
    // that are `drawn` for outputs.
    std::vector<ViewWish> views_due(const Setup& setup, const std::vector<ViewWish>& drawn, MonotonicTime now);

    // The frame loop's thread, after painting: gives what is wanted.
    void offer(Painter& painter, const FramePlan& plan, const std::map<SourceName, SourceView>& sources,
               MonotonicTime now);

  private:
    struct Asker {
        std::uint64_t token = 0;
        MonotonicTime since;
    };
    static constexpr std::size_t most_askers = 256;  // beyond it the next is refused

    void encoded(const EncodedPicture& picture);
    void answer(const nlohmann::json& body);
    void refuse(std::uint64_t token, const std::string& message);
    void hurry(MonotonicTime now);
    std::vector<std::uint64_t> take_given_up(MonotonicTime now);

    std::mutex mutex_;  // guards the three below
    Follower* follower_ = nullptr;
    std::map<PictureAsk, std::vector<Asker>> askers_;
    std::size_t waiting_ = 0;
    MonotonicTime hurried_;          // frame loop
    std::uint64_t drawn_views_ = 0;  // frame loop: each is a version of its own
    Previews previews_;              // last: its thread uses all above
};

}  // namespace tribune
