#include "app/show_clock.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "app/wire.hpp"

namespace tribune {

ShowClock choose_clock(const DataFolder& folder, const std::string& epoch, const ShowState& state) {
    std::string boot;
    std::ifstream boot_file("/proc/sys/kernel/random/boot_id");
    std::getline(boot_file, boot);
    const auto hint = folder.run() / "clock.json";
    const auto now = monotonic_now();
    ShowClock clock{state.at.since_start - now.since_boot};
    if (const auto text = read_file(hint)) {
        const auto json = nlohmann::json::parse(*text, nullptr, false);
        if (json.is_object() && text_field(json, "boot") == boot && text_field(json, "epoch") == epoch &&
            json.contains("offset") && json["offset"].is_number_integer()) {
            const ShowClock before{Nanoseconds(json["offset"].get<std::int64_t>())};
            if (before.at(now) >= state.at) clock = before;
        }
    }
    (void)write_hint(hint, nlohmann::json{{"boot", boot}, {"epoch", epoch}, {"offset", clock.offset.count()}}.dump());
    return clock;
}

}  // namespace tribune
