#include "capture/sandbox.hpp"

#include <fmt/format.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <vector>

#include "base/log.hpp"

namespace tribune {
namespace {

constexpr std::array forbidden{SYS_socket, SYS_socketpair, SYS_connect,           SYS_bind,
                               SYS_listen, SYS_execve,     SYS_execveat,          SYS_ptrace,
                               SYS_bpf,    SYS_mount,      SYS_process_vm_writev, SYS_process_vm_readv};

sock_filter statement(unsigned code, std::uint32_t k) { return {static_cast<std::uint16_t>(code), 0, 0, k}; }
sock_filter jump(unsigned code, std::uint32_t k, std::uint8_t yes, std::uint8_t no) {
    return {static_cast<std::uint16_t>(code), yes, no, k};
}

Status limit(int what, std::size_t value, const char* name) {
    rlimit now{};
    ::getrlimit(static_cast<__rlimit_resource>(what), &now);
    const rlim_t wanted = now.rlim_max == RLIM_INFINITY ? value : std::min<rlim_t>(value, now.rlim_max);
    const rlimit next{wanted, wanted};
    if (::setrlimit(static_cast<__rlimit_resource>(what), &next) == 0) return {};
    return Error{"no_limits", fmt::format("The limit of {} cannot be set: {}.", name, std::strerror(errno))};
}

}  // namespace

Status limit_process(const ProcessLimits& limits) {
    TRIBUNE_CHECK(limit(RLIMIT_AS, limits.address_space, "memory"));
    TRIBUNE_CHECK(limit(RLIMIT_NOFILE, limits.descriptors, "descriptors"));
    if (!limits.core_dumps) TRIBUNE_CHECK(limit(RLIMIT_CORE, 0, "core dumps"));
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return Error{"no_limits", fmt::format("Rights cannot be given up: {}.", std::strerror(errno))};
    }
    return {};
}

Status forbid_network_and_programs(UnixSockets unix_sockets) {
#ifdef __x86_64__
    std::vector<sock_filter> program{
        statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
        jump(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
        statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        // The x32 numbers of the same calls.
        jump(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
    if (unix_sockets == UnixSockets::allowed) {
        // Without a socket of another family there is nothing else to connect. The low word of the first argument
        // is the family; the kernel looks at no more.
        const auto allow = statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        program.push_back(jump(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(SYS_connect), 0, 1));
        program.push_back(allow);
        program.push_back(jump(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(SYS_socket), 0, 4));
        program.push_back(statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)));
        program.push_back(jump(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 0, 1));
        program.push_back(allow);
        program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
    }
    for (const auto call : forbidden) {
        program.push_back(jump(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
        program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
    }
    program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) != 0) {
        return Error{"no_sandbox", fmt::format("The kernel gives no sandbox: {}.", std::strerror(errno))};
    }
    return {};
#else
    (void)unix_sockets;
    log::warning("no_sandbox", "no system call filter on this kind of processor");
    return {};
#endif
}

}  // namespace tribune
