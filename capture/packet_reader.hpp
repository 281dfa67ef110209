// Reads a live input on a thread of its own, so that what was read can wait for its time while more comes in.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "capture/media_input.hpp"

namespace tribune {

class PacketReader {
  public:
    struct Packet {
        Av<AVPacket> packet;
        MonotonicTime arrived;
    };

    // Both outlive it. The interrupt's ticks are the owner's from now on, and so is its deadline.
    PacketReader(MediaInput& input, Interrupt& interrupt);
    ~PacketReader();
    PacketReader(const PacketReader&) = delete;
    PacketReader& operator=(const PacketReader&) = delete;

    // The next packet, waited for until then; none: nothing came. An error, or the end, is the last thing that comes.
    Result<std::optional<Packet>> next(MonotonicTime until);

  private:
    static constexpr std::size_t most_waiting =
        512;  // when so many wait, nothing more is read: the sender's buffer fills

    void run();
    bool put(Packet packet);
    void end(const Error& error);

    MediaInput& input_;
    Interrupt& interrupt_;
    std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    std::deque<Packet> waiting_;
    std::optional<Error> ended_;
    bool stop_ = false;
    std::thread thread_;  // last
};

}  // namespace tribune
