// Looks for contributions that say the same, beside the process that serves: suggestions for facilitators.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/queue.hpp"
#include "show/state.hpp"
#include "wall/likeness.hpp"

namespace tribune {

class LikenessWorker {
  public:
    // `told` is called on the worker's thread with the message for facilitators, whenever it is another.
    LikenessWorker(std::filesystem::path words, std::function<void(std::string message)> told);
    ~LikenessWorker();
    LikenessWorker(const LikenessWorker&) = delete;
    LikenessWorker& operator=(const LikenessWorker&) = delete;

    // Any thread; the newest state wins.
    void follow(std::shared_ptr<const ShowState> state) { box_.put(std::move(state)); }

  private:
    static constexpr std::size_t most_told = 40;

    void run();
    void update(const ShowState& state);
    void begin_anew(const ShowState& state);
    void look_at(const Room& room, const Contribution& contribution);
    [[nodiscard]] std::string message(const Room& room) const;

    const std::filesystem::path words_;
    const std::function<void(std::string)> told_;
    // The worker's thread only.
    std::vector<std::string> codes_;  // the languages that are loaded
    std::vector<LanguageWords> languages_;
    std::map<std::uint32_t, Likeness> rounds_;
    std::map<Uuid, std::string> seen_;  // what of each is compared now
    std::size_t contributions_ = 0;     // of the room that were looked at
    std::size_t deeds_ = 0;
    Uuid last_;  // of these contributions: another there means another room
    std::string last_told_;
    Mailbox<std::shared_ptr<const ShowState>> box_;
    std::thread thread_;  // last
};

}  // namespace tribune
