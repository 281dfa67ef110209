#include "support/fault_shim/fault_shim.hpp"

#include <dlfcn.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>

namespace {

struct Fault {
    int nth = 0;  // 0: none
    bool for_ever = false;
    int error = 0;
    int milliseconds = 0;
    std::string path_part;
    std::string only_while = {};  // this file exists
    int seen = 0;
    int failed = 0;
};

struct Faults {
    std::mutex mutex;
    std::array<Fault, 2> all;

    Faults() {
        const char* text = std::getenv("FAULT_SHIM");
        if (text == nullptr) return;
        std::array<char, 8> operation{};
        std::array<char, 8> often{};
        std::array<char, 256> path_part{};
        std::array<char, 256> only_while{};
        Fault fault;
        if (std::sscanf(text, "%7s %d %7s %d %d %255s %255s", operation.data(), &fault.nth, often.data(), &fault.error,
                        &fault.milliseconds, path_part.data(), only_while.data()) < 6) {
            std::fputs("FAULT_SHIM is not understood\n", stderr);
            std::abort();
        }
        fault.for_ever = std::strcmp(often.data(), "ever") == 0;
        fault.path_part = path_part.data();
        fault.only_while = only_while.data();
        all[std::strcmp(operation.data(), "write") == 0 ? 1 : 0] = fault;
    }
};

Faults& faults() {
    static Faults made;
    return made;
}

bool concerns(const std::string& path_part, int fd) {
    std::array<char, 512> path{};
    const auto link = "/proc/self/fd/" + std::to_string(fd);
    const auto length = ::readlink(link.c_str(), path.data(), path.size() - 1);
    return length > 0 && std::strstr(path.data(), path_part.c_str()) != nullptr;
}

// The errno to fail with, or 0.
int strike(fault_shim_operation operation, int fd) {
    int error = 0;
    int milliseconds = 0;
    {
        const std::lock_guard lock(faults().mutex);
        auto& fault = faults().all[operation];
        if (fault.nth == 0 || !concerns(fault.path_part, fd)) return 0;
        if (!fault.only_while.empty() && ::access(fault.only_while.c_str(), F_OK) != 0) return 0;
        ++fault.seen;
        if (fault.for_ever ? fault.seen < fault.nth : fault.seen != fault.nth) return 0;
        error = fault.error;
        milliseconds = fault.milliseconds;
        if (error != 0) ++fault.failed;
    }
    if (milliseconds > 0) {
        const timespec pause{milliseconds / 1000, milliseconds % 1000 * 1000000L};
        ::nanosleep(&pause, nullptr);
    }
    return error;
}

template <class Function>
Function real(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

void fault_shim_set(fault_shim_operation operation, int nth, bool for_ever, int error, int milliseconds,
                    const char* path_part) {
    const std::lock_guard lock(faults().mutex);
    faults().all[operation] = {nth, for_ever, error, milliseconds, path_part, {}, 0, 0};
}

int fault_shim_seen(fault_shim_operation operation) {
    const std::lock_guard lock(faults().mutex);
    return faults().all[operation].seen;
}

int fault_shim_failed(fault_shim_operation operation) {
    const std::lock_guard lock(faults().mutex);
    return faults().all[operation].failed;
}

int fsync(int fd) {
    static const auto next = real<int (*)(int)>("fsync");
    if (const int error = strike(fault_shim_sync, fd); error != 0) {
        errno = error;
        return -1;
    }
    return next(fd);
}

int fdatasync(int fd) {
    static const auto next = real<int (*)(int)>("fdatasync");
    if (const int error = strike(fault_shim_sync, fd); error != 0) {
        errno = error;
        return -1;
    }
    return next(fd);
}

ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
    static const auto next = real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    if (const int error = strike(fault_shim_write, fd); error != 0) {
        errno = error;
        return -1;
    }
    return next(fd, data, size, at);
}
}
