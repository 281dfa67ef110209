#include "base/persistent.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>

#include "base/ids.hpp"

using namespace tribune;

TEST_CASE("a shared list behaves like a vector, and copies never see later changes") {
    std::mt19937 random(7);
    SharedList<int> list;
    std::vector<int> model;
    std::vector<std::pair<SharedList<int>, std::vector<int>>> snapshots;
    for (int step = 0; step < 3000; ++step) {
        if (model.empty() || random() % 3 != 0) {
            list.push_back(step);
            model.push_back(step);
        } else {
            const auto at = random() % model.size();
            list.replace(at, -step);
            model[at] = -step;
        }
        if (step % 500 == 0) snapshots.emplace_back(list, model);
    }
    snapshots.emplace_back(list, model);
    for (const auto& [seen, wanted] : snapshots) {
        REQUIRE(seen.size() == wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) REQUIRE(seen[i] == wanted[i]);
    }
}

TEST_CASE("a shared map behaves like a map, and copies never see later changes") {
    std::mt19937 random(11);
    SharedMap<std::string, int> map;
    std::map<std::string, int> model;
    std::vector<std::pair<SharedMap<std::string, int>, std::map<std::string, int>>> snapshots;
    for (int step = 0; step < 5000; ++step) {
        const auto key = std::to_string(random() % 900);
        map.set(key, step);
        model[key] = step;
        if (step % 1000 == 0) snapshots.emplace_back(map, model);
    }
    snapshots.emplace_back(map, model);
    for (const auto& [seen, wanted] : snapshots) {
        REQUIRE(seen.size() == wanted.size());
        for (int k = 0; k < 900; ++k) {
            const auto key = std::to_string(k);
            const auto at = wanted.find(key);
            const int* value = seen.find(key);
            REQUIRE((value != nullptr) == (at != wanted.end()));
            if (value != nullptr) REQUIRE(*value == at->second);
        }
    }
}

TEST_CASE("uuids go to text and back") {
    const auto id = parse_uuid("0190b4ae-7f1c-7abc-8def-0123456789ab");
    REQUIRE(id);
    REQUIRE(to_string(*id) == "0190b4ae-7f1c-7abc-8def-0123456789ab");
    REQUIRE(parse_uuid("0190B4AE-7F1C-7ABC-8DEF-0123456789AB") == id);
    REQUIRE_FALSE(parse_uuid("0190b4ae7f1c7abc8def0123456789ab"));
    REQUIRE_FALSE(parse_uuid("0190b4ae-7f1c-7abc-8def-0123456789ag"));
    REQUIRE_FALSE(parse_uuid(""));
}
