// The device behind one open descriptor: what it answers to each ioctl.
#pragma once

#include <linux/videodev2.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace v4l2_shim {

class Device {
  public:
    // A memfd to be the descriptor: mmap, munmap, dup and close are then the kernel's own.
    explicit Device(bool non_blocking);
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    ~Device();

    [[nodiscard]] int fd() const { return fd_; }  // the caller's to close
    [[nodiscard]] bool is(int fd) const;

    // 0, or the errno to fail with; `wait_until` (nanoseconds, monotonic) comes with EAGAIN where the caller has to
    // block until then and ask again.
    int answer(unsigned long request, void* argument, std::int64_t& wait_until);

  private:
    int set_format(v4l2_format& format);
    int make_buffers(v4l2_requestbuffers& wanted);
    int take(v4l2_buffer& buffer, std::int64_t& wait_until);
    void describe(v4l2_buffer& buffer, std::uint32_t index) const;
    void draw(std::uint32_t index, std::int64_t frame);
    [[nodiscard]] v4l2_pix_format format() const;
    [[nodiscard]] std::int64_t due(std::int64_t frame) const;

    int fd_ = -1;
    ino_t inode_ = 0;
    bool non_blocking_;
    std::uint32_t width_ = 320;
    std::uint32_t height_ = 240;
    v4l2_fract time_per_frame_{1, 30};

    std::uint8_t* memory_ = nullptr;
    std::size_t mapped_ = 0;
    std::uint32_t buffers_ = 0;
    std::deque<std::uint32_t> queued_;
    bool streaming_ = false;
    std::int64_t started_ = 0;
    std::int64_t next_frame_ = 0;
};

std::int64_t now();  // nanoseconds, monotonic

}  // namespace v4l2_shim
