// Failing disks on demand: a shared library whose fsync, fdatasync and pwrite stand before libc's. Link it to a test
// and call fault_shim_set, or preload it into any program with FAULT_SHIM set:
//   LD_PRELOAD=libfault_shim.so FAULT_SHIM="sync 3 ever 5 0 journal.db" program
// with the fields of fault_shim_set in order: operation, nth, "once" or "ever", errno, milliseconds, path part. A
// seventh word is a file: the fault acts only while it exists.
#pragma once

extern "C" {

enum fault_shim_operation { fault_shim_sync = 0, fault_shim_write = 1 };

// From the nth next operation (1 = the next) on files whose path contains `path_part`: wait `milliseconds`, then fail
// with `error` (0: only slow). Once, or for ever. Replaces the operation's earlier fault; nth 0 takes it away.
void fault_shim_set(fault_shim_operation operation, int nth, bool for_ever, int error, int milliseconds,
                    const char* path_part);

// Operations seen on such files since fault_shim_set, and how many of them were made to fail.
int fault_shim_seen(fault_shim_operation operation);
int fault_shim_failed(fault_shim_operation operation);
}
