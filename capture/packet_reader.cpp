#include "capture/packet_reader.hpp"

#include <pthread.h>

#include "base/stages.hpp"
#include "capture/av_error.hpp"

namespace tribune {

PacketReader::PacketReader(MediaInput& input, Interrupt& interrupt) : input_(input), interrupt_(interrupt) {
    interrupt_.read_elsewhere(true);
    thread_ = std::thread([this] { run(); });
}

PacketReader::~PacketReader() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    interrupt_.until({});
    thread_.join();
    interrupt_.read_elsewhere(false);
}

Result<std::optional<PacketReader::Packet>> PacketReader::next(MonotonicTime until) {
    std::unique_lock lock(mutex_);
    const auto patience = std::max(until - monotonic_now(), Nanoseconds{0});
    changed_.wait_for(lock, patience, [&] { return !waiting_.empty() || ended_; });
    if (waiting_.empty()) {
        if (ended_) return *ended_;
        return std::optional<Packet>();
    }
    std::optional<Packet> packet(std::move(waiting_.front()));
    waiting_.pop_front();
    lock.unlock();
    changed_.notify_all();
    return packet;
}

void PacketReader::run() {
    pthread_setname_np(pthread_self(), "reader");
    for (;;) {
        Av<AVPacket> packet(av_packet_alloc());
        if (!packet) return end(av_error(AVERROR(ENOMEM)));
        StageSpan span(WorkStage::read);
        const auto read = input_.read(*packet);
        if (!read) return end(read.error());
        if (*read == MediaInput::Read::end) return end(av_error(AVERROR_EOF));
        if (*read == MediaInput::Read::nothing_yet) {
            span.forget();
            if (interrupt_.asked()) return end(av_error(AVERROR_EXIT));
            continue;
        }
        if (!put({std::move(packet), monotonic_now()})) return;
    }
}

bool PacketReader::put(Packet packet) {
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stop_ || waiting_.size() < most_waiting; });
        if (stop_) return false;
        waiting_.push_back(std::move(packet));
    }
    changed_.notify_all();
    return true;
}

void PacketReader::end(const Error& error) {
    {
        const std::lock_guard lock(mutex_);
        ended_ = error;
    }
    changed_.notify_all();
}

}  // namespace tribune
