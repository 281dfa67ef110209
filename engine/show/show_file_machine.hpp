// What a show file says of the machine that runs it: where recordings go, how others find its pages. Private to show/.
#pragma once

#include <string>
#include <vector>

#include "show/recording.hpp"
#include "show/show_file_keys.hpp"

namespace tribune::show_file {

struct FileNetwork {
    std::string address;
};
const std::vector<Key<RecordingSetup>>& recording_keys();
const std::vector<Key<FileNetwork>>& network_keys();

void check_recording(const toml::table& table, const RecordingSetup& recording, Faults& faults);
// Its address ends without a /.
void finish_network(const toml::table& table, FileNetwork& network, Faults& faults);

}  // namespace tribune::show_file
