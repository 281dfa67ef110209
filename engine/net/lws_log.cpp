#include "net/lws_log.hpp"

#include <libwebsockets.h>

#include <mutex>
#include <string_view>

#include "base/log.hpp"

namespace tribune::net {

void quiet_libwebsockets() {
    static std::once_flag once;
    std::call_once(once, [] {
        lws_set_log_level(LLL_ERR, [](int, const char* line) {
            std::string_view text(line);
            while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
            log::write(log::Level::warning, "libwebsockets", text);
        });
    });
}

}  // namespace tribune::net
