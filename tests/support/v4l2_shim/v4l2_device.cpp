#include "support/v4l2_shim/v4l2_device.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "support/v4l2_shim/v4l2_shim.hpp"

namespace v4l2_shim {
namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::uint32_t most_buffers = 8;
constexpr std::uint32_t least_side = 16;
constexpr std::uint32_t most_side = 4096;

template <std::size_t N>
void name(__u8 (&field)[N], const char* text) {
    std::memcpy(field, text, std::min(N - 1, std::strlen(text)));
}

template <class T>
T& as(void* argument) {
    return *static_cast<T*>(argument);
}

}  // namespace

std::int64_t now() {
    timespec t{};
    ::clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * second + t.tv_nsec;
}

Device::Device(bool non_blocking) : fd_(::memfd_create("v4l2_shim", MFD_CLOEXEC)), non_blocking_(non_blocking) {
    struct stat facts {};
    if (fd_ >= 0 && ::fstat(fd_, &facts) == 0) inode_ = facts.st_ino;
}

Device::~Device() {
    if (memory_ != nullptr) ::munmap(memory_, mapped_);
}

bool Device::is(int fd) const {
    struct stat facts {};
    return ::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_ino == inode_;
}

v4l2_pix_format Device::format() const {
    v4l2_pix_format f{};
    f.width = width_;
    f.height = height_;
    f.pixelformat = V4L2_PIX_FMT_YUYV;
    f.field = V4L2_FIELD_NONE;
    f.bytesperline = 2 * width_;
    f.sizeimage = 2 * width_ * height_;
    f.colorspace = V4L2_COLORSPACE_SRGB;
    return f;
}

std::int64_t Device::due(std::int64_t frame) const {
    return started_ + frame * second * time_per_frame_.numerator / time_per_frame_.denominator;
}

// As cameras do: what it cannot give is changed to what it can.
int Device::set_format(v4l2_format& wanted) {
    if (buffers_ > 0) return EBUSY;
    width_ = std::clamp(wanted.fmt.pix.width, least_side, most_side) & ~1U;
    height_ = std::clamp(wanted.fmt.pix.height, least_side, most_side) & ~1U;
    wanted.fmt.pix = format();
    return 0;
}

int Device::make_buffers(v4l2_requestbuffers& wanted) {
    if (wanted.memory != V4L2_MEMORY_MMAP) return EINVAL;
    if (streaming_) return EBUSY;
    queued_.clear();
    if (memory_ != nullptr) ::munmap(memory_, mapped_);
    memory_ = nullptr;
    wanted.count = std::min(wanted.count, most_buffers);
    buffers_ = wanted.count;
    wanted.capabilities = V4L2_BUF_CAP_SUPPORTS_MMAP;
    if (buffers_ == 0) return 0;
    v4l2_buffer last{};
    describe(last, buffers_ - 1);
    mapped_ = std::size_t{last.m.offset} + last.length;
    if (::ftruncate(fd_, static_cast<off_t>(mapped_)) != 0) return ENOMEM;
    void* memory = ::mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0);
    if (memory == MAP_FAILED) return ENOMEM;
    memory_ = static_cast<std::uint8_t*>(memory);
    return 0;
}

void Device::describe(v4l2_buffer& buffer, std::uint32_t index) const {
    const auto page = static_cast<std::uint32_t>(::sysconf(_SC_PAGESIZE));
    const auto length = (format().sizeimage + page - 1) / page * page;
    buffer.index = index;
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    buffer.field = V4L2_FIELD_NONE;
    buffer.length = length;
    buffer.m.offset = index * length;
    buffer.flags = V4L2_BUF_FLAG_MAPPED | V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
}

void Device::draw(std::uint32_t index, std::int64_t frame) {
    v4l2_buffer place{};
    describe(place, index);
    const auto steps = std::max<std::int64_t>(1, width_ / v4l2_shim_bar);
    const auto bar = static_cast<std::uint32_t>(frame % steps * v4l2_shim_bar);
    auto* out = memory_ + place.m.offset;
    for (std::uint32_t y = 0; y < height_; ++y) {
        const auto ground = y < height_ / 2 ? v4l2_shim_upper : v4l2_shim_lower;
        for (std::uint32_t x = 0; x < width_; ++x) {
            *out++ = x >= bar && x < bar + v4l2_shim_bar ? v4l2_shim_bright : ground;
            *out++ = x % 2 == 0 ? v4l2_shim_cb : v4l2_shim_cr;
        }
    }
}

int Device::take(v4l2_buffer& buffer, std::int64_t& wait_until) {
    if (!streaming_) return EINVAL;
    const auto time = now();
    if (queued_.empty() || time < due(next_frame_)) {
        if (!non_blocking_) wait_until = queued_.empty() ? time + second / 100 : due(next_frame_);
        return EAGAIN;
    }
    // What came while every buffer was full is lost.
    const auto kept = static_cast<std::int64_t>(queued_.size()) - 1;
    const auto newest = (time - started_) * time_per_frame_.denominator / (second * time_per_frame_.numerator);
    next_frame_ = std::max(next_frame_, newest - kept);
    const auto index = queued_.front();
    queued_.pop_front();
    draw(index, next_frame_);
    describe(buffer, index);
    buffer.flags |= V4L2_BUF_FLAG_DONE;
    buffer.bytesused = format().sizeimage;
    buffer.sequence = static_cast<std::uint32_t>(next_frame_);
    const auto stamp = due(next_frame_);
    buffer.timestamp.tv_sec = stamp / second;
    buffer.timestamp.tv_usec = stamp % second / 1000;
    ++next_frame_;
    return 0;
}

int Device::answer(unsigned long request, void* argument, std::int64_t& wait_until) {
    switch (request) {
        case VIDIOC_QUERYCAP: {
            auto& c = as<v4l2_capability>(argument);
            c = {};
            name(c.driver, "v4l2_shim");
            name(c.card, "Moving bar");
            name(c.bus_info, "platform:v4l2_shim");
            c.device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
            c.capabilities = c.device_caps | V4L2_CAP_DEVICE_CAPS;
            return 0;
        }
        case VIDIOC_ENUMINPUT: {
            auto& input = as<v4l2_input>(argument);
            if (input.index != 0) return EINVAL;
            input = {};
            name(input.name, "Camera");
            input.type = V4L2_INPUT_TYPE_CAMERA;
            return 0;
        }
        case VIDIOC_G_INPUT: as<int>(argument) = 0; return 0;
        case VIDIOC_S_INPUT: return as<int>(argument) == 0 ? 0 : EINVAL;
        case VIDIOC_ENUM_FMT: {
            auto& f = as<v4l2_fmtdesc>(argument);
            if (f.index != 0 || f.type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return EINVAL;
            name(f.description, "YUYV 4:2:2");
            f.flags = 0;
            f.pixelformat = V4L2_PIX_FMT_YUYV;
            return 0;
        }
        case VIDIOC_ENUM_FRAMESIZES: {
            auto& s = as<v4l2_frmsizeenum>(argument);
            if (s.index != 0 || s.pixel_format != V4L2_PIX_FMT_YUYV) return EINVAL;
            s.type = V4L2_FRMSIZE_TYPE_STEPWISE;
            s.stepwise = {least_side, most_side, 2, least_side, most_side, 2};
            return 0;
        }
        case VIDIOC_ENUM_FRAMEINTERVALS: {
            auto& i = as<v4l2_frmivalenum>(argument);
            if (i.index != 0 || i.pixel_format != V4L2_PIX_FMT_YUYV) return EINVAL;
            i.type = V4L2_FRMIVAL_TYPE_CONTINUOUS;
            i.stepwise = {{1, 240}, {1, 1}, {1, 1}};
            return 0;
        }
        case VIDIOC_G_FMT:
        case VIDIOC_S_FMT:
        case VIDIOC_TRY_FMT: {
            auto& f = as<v4l2_format>(argument);
            if (f.type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return EINVAL;
            if (request == VIDIOC_S_FMT) return set_format(f);
            const auto asked = f.fmt.pix;
            f.fmt.pix = format();
            if (request == VIDIOC_G_FMT) return 0;
            f.fmt.pix.width = std::clamp(asked.width, least_side, most_side) & ~1U;
            f.fmt.pix.height = std::clamp(asked.height, least_side, most_side) & ~1U;
            f.fmt.pix.bytesperline = 2 * f.fmt.pix.width;
            f.fmt.pix.sizeimage = f.fmt.pix.bytesperline * f.fmt.pix.height;
            return 0;
        }
        case VIDIOC_G_PARM:
        case VIDIOC_S_PARM: {
            auto& p = as<v4l2_streamparm>(argument);
            if (p.type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return EINVAL;
            const auto asked = p.parm.capture.timeperframe;
            if (request == VIDIOC_S_PARM && asked.numerator > 0 && asked.denominator > 0) time_per_frame_ = asked;
            p.parm.capture = {};
            p.parm.capture.capability = V4L2_CAP_TIMEPERFRAME;
            p.parm.capture.timeperframe = time_per_frame_;
            return 0;
        }
        case VIDIOC_REQBUFS: return make_buffers(as<v4l2_requestbuffers>(argument));
        case VIDIOC_QUERYBUF:
        case VIDIOC_QBUF: {
            auto& b = as<v4l2_buffer>(argument);
            if (b.index >= buffers_) return EINVAL;
            describe(b, b.index);
            if (request == VIDIOC_QUERYBUF) return 0;
            if (std::find(queued_.begin(), queued_.end(), b.index) != queued_.end()) return EINVAL;
            b.flags |= V4L2_BUF_FLAG_QUEUED;
            queued_.push_back(b.index);
            return 0;
        }
        case VIDIOC_DQBUF: return take(as<v4l2_buffer>(argument), wait_until);
        case VIDIOC_STREAMON:
            if (buffers_ == 0) return EINVAL;
            if (!streaming_) {
                streaming_ = true;
                started_ = now();
                next_frame_ = 1;  // the first is exposed for one frame time
            }
            return 0;
        case VIDIOC_STREAMOFF:
            streaming_ = false;
            queued_.clear();
            return 0;
        default: return ENOTTY;
    }
}

}  // namespace v4l2_shim
