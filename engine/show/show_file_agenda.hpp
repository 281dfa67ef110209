// The questions of the evening in a show file, what tables are told by itself, what people may say. Private to show/.
#pragma once

#include <string>
#include <vector>

#include "show/setup.hpp"
#include "show/show_file_keys.hpp"
#include "voice/room.hpp"

namespace tribune::show_file {

struct FileQuestion {
    std::string text;
    std::string language;
    double minutes = 0;
    bool close_at_end = false;
    std::vector<std::string> parts;
};
const std::vector<Key<FileQuestion>>& question_keys();
const std::vector<Key<NoticeRules>>& notice_keys();
const std::vector<Key<VoiceSetup>>& voice_keys();

}  // namespace tribune::show_file
