// Many facilitators at work on the same contributions of a real show, over real WebSockets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "support/real_show/real_show.hpp"

namespace tribune::test {

// A facilitator's seat: keeps what the server tells, as the desk's page does.
class FacilitatorSeat {
  public:
    FacilitatorSeat(const RealShow& show, const std::string& nick);

    // The result of a command; what else comes meanwhile is taken in.
    Json command(Json command);
    // Takes in what comes until there are so many deeds and contributions, and all changes are in. False after `most`.
    bool follow(std::size_t contributions, std::size_t deeds, Nanoseconds most);

    [[nodiscard]] const std::map<std::string, Json>& contributions() const { return contributions_; }
    [[nodiscard]] const Json& consolidation() const { return consolidation_; }

  private:
    void take(const Json& message);

    Client client_;
    std::map<std::string, Json> contributions_;
    Json consolidation_;
    bool more_ = true;
    Json result_;
    int requests_ = 0;
};

// Tables send so many contributions, all acknowledged; their ids. Throws std::runtime_error when one is not.
std::vector<std::string> speak(const RealShow& show, std::size_t contributions);

struct Consolidated {
    std::vector<double> result_ms;  // of each command, sent to result
    std::size_t accepted = 0;
    std::size_t refused = 0;  // with a code: what others did made it void
    std::size_t unanswered = 0;
    double seconds = 0;         // all of them at work
    double same_after_ms = -1;  // until all seats show the same; −1: they never did
    bool same = false;
    std::size_t deeds = 0;
    std::size_t undone = 0;       // taken back one after the other, the newest first
    bool as_before = false;       // all contributions stand as they did at first
    std::vector<double> held_ms;  // from a hold's command to its table's being told
    std::size_t held_untold = 0;
};
// So many facilitators at once, each with so many steps taken at random; then all is taken back.
Consolidated consolidate(const RealShow& show, std::size_t facilitators, std::size_t contributions, std::size_t steps,
                         std::size_t holds);

}  // namespace tribune::test
