#include "app/likeness_worker.hpp"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <exception>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "app/word_lists.hpp"
#include "base/log.hpp"

namespace tribune {
namespace {

constexpr std::array<std::string_view, 4> rungs{"exact", "fingerprint", "stems", "trigrams"};

// All of them are under one theme already.
bool is_gathered(const Room& room, const std::vector<Uuid>& contributions) {
    const auto theme = room.consolidation.standing(contributions.front()).theme;
    return theme != 0 && std::all_of(contributions.begin(), contributions.end(),
                                     [&](const Uuid& id) { return room.consolidation.standing(id).theme == theme; });
}

}  // namespace

LikenessWorker::LikenessWorker(std::filesystem::path words, std::function<void(std::string)> told)
    : words_(std::move(words)), told_(std::move(told)), thread_([this] { run(); }) {}

LikenessWorker::~LikenessWorker() {
    box_.close();
    thread_.join();
}

void LikenessWorker::run() {
    pthread_setname_np(pthread_self(), "likeness");
    while (auto state = box_.wait()) {
        try {
            update(**state);
        } catch (const std::exception& thrown) {  // costs this look, and nothing else
            log::error("likeness_failed", "No suggestions: {}", thrown.what());
        }
    }
}

void LikenessWorker::begin_anew(const ShowState& state) {
    codes_ = state.setup->languages;
    languages_ = load_languages(words_, codes_);
    rounds_.clear();
    seen_.clear();
    contributions_ = 0;
    deeds_ = 0;
}

void LikenessWorker::look_at(const Room& room, const Contribution& contribution) {
    auto& round = rounds_.try_emplace(contribution.round, languages_).first->second;
    const auto state = state_of(room, contribution);
    const bool compared = state != ContributionState::held && state != ContributionState::retracted;
    const std::string text = compared ? text_of(room, contribution) : "";
    auto& seen = seen_[contribution.id];
    if (seen == text) return;
    if (!seen.empty()) round.remove(contribution.id);
    if (!text.empty()) round.add(contribution.id, text, contribution.language);
    seen = text;
}

void LikenessWorker::update(const ShowState& state) {
    const Room& room = state.room;
    const auto& all = room.contributions;
    const auto& deeds = room.consolidation.deeds;
    const bool same_past = contributions_ <= all.size() && deeds_ <= deeds.size() &&
                           (contributions_ == 0 || all[contributions_ - 1].id == last_);
    if (!same_past || codes_ != state.setup->languages) begin_anew(state);
    for (; contributions_ < all.size(); ++contributions_) look_at(room, all[contributions_]);
    if (contributions_ > 0) last_ = all[contributions_ - 1].id;
    for (; deeds_ < deeds.size(); ++deeds_) {
        for (const auto& change : deeds[deeds_].standings) {
            if (const Contribution* contribution = room.find(change.key)) look_at(room, *contribution);
        }
    }
    std::string now = message(room);
    if (now == last_told_) return;
    told_(now);
    last_told_ = std::move(now);
}

// Of the newest round first.
std::string LikenessWorker::message(const Room& room) const {
    nlohmann::json list = nlohmann::json::array();
    for (auto round = rounds_.rbegin(); round != rounds_.rend() && list.size() < most_told; ++round) {
        for (const auto& one : round->second.suggestions(most_told)) {
            if (list.size() == most_told) break;
            if (is_gathered(room, one.contributions)) continue;
            nlohmann::json ids = nlohmann::json::array();
            for (const auto& id : one.contributions) ids.push_back(to_string(id));
            list.push_back({{"rung", rungs[static_cast<std::size_t>(one.rung) - 1]},
                            {"score", one.score},
                            {"contributions", std::move(ids)}});
        }
    }
    return nlohmann::json{{"type", "suggestions"}, {"suggestions", std::move(list)}}.dump();
}

}  // namespace tribune
