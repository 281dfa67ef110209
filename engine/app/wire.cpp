#include "app/wire.hpp"

#include <sys/stat.h>

#include <fmt/format.h>

#include <algorithm>

#include "show/codec.hpp"

namespace tribune {

bool send(Channel& channel, Wire kind, const nlohmann::json& body, std::span<const int> fds) {
    return channel.send(static_cast<std::uint32_t>(kind), pack(body), fds);
}

std::string text_field(const nlohmann::json& body, const char* name) {
    const auto at = body.find(name);
    return at != body.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::uint64_t number_field(const nlohmann::json& body, const char* name) {
    const auto at = body.find(name);
    return at != body.end() && at->is_number_unsigned() ? at->get<std::uint64_t>() : 0;
}

bool flag_field(const nlohmann::json& body, const char* name) {
    const auto at = body.find(name);
    return at != body.end() && at->is_boolean() && at->get<bool>();
}

const nlohmann::json& object_field(const nlohmann::json& body, const char* name) {
    static const nlohmann::json nothing = nlohmann::json::object();
    const auto at = body.find(name);
    return at != body.end() && at->is_object() ? *at : nothing;
}

std::string kind_of_process(const std::string& name) { return name.substr(0, name.find('/')); }

OutputName recording_feed(const std::string& view) {
    std::string name = fmt::format("{}-{}", recording_sound, view);
    std::replace(name.begin(), name.end(), '/', '-');
    return OutputName(std::move(name));
}

std::string build_id() {
    struct stat info {};
    if (stat("/proc/self/exe", &info) != 0) return "unknown";
    return fmt::format("{}-{}-{}", info.st_dev, info.st_ino, info.st_mtim.tv_sec);
}

nlohmann::json encode(const PictureWish& wish) {
    return {{"token", wish.token},
            {"kind", wish.kind},
            {"name", wish.name},
            {"format", wish.format},
            {"width", static_cast<std::uint64_t>(wish.width)}};
}

PictureWish decode_picture_wish(const nlohmann::json& body) {
    return {number_field(body, "token"), text_field(body, "kind"), text_field(body, "name"), text_field(body, "format"),
            static_cast<int>(std::min<std::uint64_t>(number_field(body, "width"), 8192))};
}

nlohmann::json encode(const std::vector<StageTimes>& times) {
    auto list = nlohmann::json::array();
    for (const auto& one : times) {
        list.push_back({{"stage", name(one.stage)},
                        {"sum_ns", static_cast<std::uint64_t>(one.sum.count())},
                        {"counts", one.counts}});
    }
    return {{"stages", std::move(list)}};
}

std::vector<StageTimes> decode_stage_times(const nlohmann::json& body) {
    std::vector<StageTimes> times;
    const auto list = body.find("stages");
    if (list == body.end() || !list->is_array()) return times;
    for (const auto& item : *list) {
        if (!item.is_object()) continue;
        const auto stage = stage_named(text_field(item, "stage"));
        const auto counts = item.find("counts");
        if (!stage || counts == item.end() || !counts->is_array() || counts->size() != StageTimes::buckets) continue;
        StageTimes one;
        one.stage = *stage;
        one.sum = Nanoseconds(static_cast<std::int64_t>(number_field(item, "sum_ns")));
        for (std::size_t i = 0; i < StageTimes::buckets; ++i) {
            const auto& count = (*counts)[i];
            if (count.is_number_unsigned()) one.counts.at(i) = count.get<std::uint64_t>();
        }
        times.push_back(one);
    }
    return times;
}

}  // namespace tribune
