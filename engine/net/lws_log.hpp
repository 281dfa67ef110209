#pragma once

namespace tribune::net {

// Only libwebsockets' own errors reach the log: its warnings name peers' addresses. Any thread, any number of times.
void quiet_libwebsockets();

}  // namespace tribune::net
