// A folder of one's own, a small show, and waiting for what another thread or process does.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>

#include "app/authority.hpp"
#include "base/time.hpp"

namespace tribune::test {

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "tribune-app-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = std::filesystem::canonical(name);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const std::string& name, const std::string& content) const {
        std::ofstream(path_ / name) << content;
        return path_ / name;
    }

  private:
    std::filesystem::path path_;
};

inline Setup small_setup() {
    Setup setup;
    setup.title = "Essai";
    setup.tables = 3;
    setup.faces = {{FaceName("north")}, {FaceName("south")}};
    SourceConfig one;
    one.name = SourceName("cam1");
    one.url = "lavfi:testsrc2";
    SourceConfig two = one;
    two.name = SourceName("cam2");
    setup.sources = {one, two};
    setup.opening_source = SourceName("cam1");
    setup.opening_question = "Quoi ?";
    setup.opening_round = true;
    return setup;
}

inline Actor actor(Role role, int table = 0) {
    return {role, table == 0 ? std::string(to_string(role)) : "table/" + std::to_string(table), TableNumber{table}};
}

inline Submit answer(int number, const std::string& text, int table = 1) {
    Submit submit;
    submit.id = *parse_uuid("0190b4ae-7f1c-7abc-8def-" + std::to_string(100000000000 + number));
    submit.device = DeviceId("tablet");
    submit.table = {table};
    submit.round = 1;
    submit.text = text;
    return submit;
}

// An authority with the small show loaded; its round 1 is open.
inline Authority opened() {
    Authority authority(std::make_shared<const ShowState>());
    if (!authority.decide(actor(Role::machine), LoadShow{small_setup()}, {}, 0))
        throw std::runtime_error("the small show is bad");
    return authority;
}

// Runs `step` until `holds`; false after ten seconds.
inline bool step_until(const std::function<void()>& step, const std::function<bool()>& holds) {
    const auto until = monotonic_now() + std::chrono::seconds(10);
    while (!holds()) {
        if (monotonic_now() > until) return false;
        step();
    }
    return true;
}

}  // namespace tribune::test
