#include "support/v4l2_shim/v4l2_shim.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>

#include "support/v4l2_shim/v4l2_device.hpp"

// The real calls are made by number: this library may be asked before anything else is set up.
namespace {

constexpr int most_times = 64;

struct Shim {
    std::mutex mutex;
    std::array<char, 256> path{};
    std::array<char, 256> fails_while{};  // this file exists; empty: as told by v4l2_shim_fail
    int at_open = 0;
    int at_ioctl = 0;
    int opens = 0;
    std::array<std::int64_t, most_times> opened_at{};
    std::unique_ptr<v4l2_shim::Device> device;  // of the last open; an earlier descriptor has lost its device

    Shim() {
        std::strcpy(path.data(), v4l2_shim_path);
        const char* text = std::getenv("V4L2_SHIM");
        if (text != nullptr && std::sscanf(text, "%255s %255s", path.data(), fails_while.data()) < 1) {
            std::fputs("V4L2_SHIM is not understood\n", stderr);
            std::abort();
        }
    }

    // Under the mutex.
    void look_at_file() {
        if (fails_while[0] == '\0') return;
        at_open = 0;
        at_ioctl = 0;
        if (::access(fails_while.data(), F_OK) != 0) return;
        at_open = ENODEV;
        at_ioctl = ENODEV;
        const int file = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, fails_while.data(), O_RDONLY | O_CLOEXEC, 0));
        if (file < 0) return;
        std::array<char, 32> words{};
        if (::read(file, words.data(), words.size() - 1) > 0) {
            std::sscanf(words.data(), "%d %d", &at_open, &at_ioctl);
        }
        ::close(file);
    }
};

Shim& shim() {
    static Shim made;
    return made;
}

int failed(int error) {
    errno = error;
    return -1;
}

int open_device(Shim& s, int flags) {
    const std::lock_guard lock(s.mutex);
    s.opened_at.at(static_cast<std::size_t>(s.opens++ % most_times)) = v4l2_shim::now();
    s.look_at_file();
    if (s.at_open != 0) return failed(s.at_open);
    auto device = std::make_unique<v4l2_shim::Device>((flags & O_NONBLOCK) != 0);
    if (device->fd() < 0) return failed(EMFILE);
    s.device = std::move(device);
    return s.device->fd();
}

int open_any(const char* path, int flags, mode_t mode) {
    auto& s = shim();
    if (path != nullptr && std::strcmp(path, s.path.data()) == 0) return open_device(s, flags);
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

mode_t mode_of(int flags, va_list& rest) {
    const bool given = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
    return given ? va_arg(rest, mode_t) : 0;
}

}  // namespace

extern "C" {

void v4l2_shim_fail(int at_open, int at_ioctl) {
    auto& s = shim();
    const std::lock_guard lock(s.mutex);
    s.at_open = at_open;
    s.at_ioctl = at_ioctl;
}

int v4l2_shim_opens() {
    auto& s = shim();
    const std::lock_guard lock(s.mutex);
    return s.opens;
}

long long v4l2_shim_opened_at(int n) {
    auto& s = shim();
    const std::lock_guard lock(s.mutex);
    return s.opened_at.at(static_cast<std::size_t>(n % most_times));
}

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_any(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_any(path, flags | O_LARGEFILE, mode);
}

int ioctl(int fd, unsigned long request, ...) noexcept {
    va_list rest;
    va_start(rest, request);
    void* argument = va_arg(rest, void*);
    va_end(rest);
    // FFmpeg's numbers may come with their sign bit spread.
    request &= 0xffffffffUL;
    while (_IOC_TYPE(request) == 'V') {
        auto& s = shim();
        std::int64_t wait_until = 0;
        {
            const std::lock_guard lock(s.mutex);
            if (!s.device || !s.device->is(fd)) break;
            s.look_at_file();
            const int error = s.at_ioctl != 0 ? s.at_ioctl : s.device->answer(request, argument, wait_until);
            if (error == 0) return 0;
            if (wait_until == 0) return failed(error);
        }
        const timespec until{wait_until / 1'000'000'000, wait_until % 1'000'000'000};
        ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    }
    return static_cast<int>(::syscall(SYS_ioctl, fd, request, argument));
}
}
