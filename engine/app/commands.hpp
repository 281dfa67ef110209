// What the subcommands do. Each returns the exit status and says on standard error what went wrong.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/bench_quad.hpp"
#include "app/process_options.hpp"
#include "base/geometry.hpp"
#include "voice/rotation.hpp"

namespace CLI {
class App;
}

namespace tribune {

// A key from --key, --key-file, or TRIBUNE_KEY. A file may be keys.json (then `name` is looked up) or the key alone.
struct KeyOptions {
    std::string key;
    std::string file;
};
void add_key_options(CLI::App& command, KeyOptions& options);

struct KeysOptions {
    std::string data;
    std::string renew;  // a key's name; empty: none is renewed
    std::string show;   // likewise
};
struct RehearseOptions {
    std::string url;
    KeyOptions key;
    int tables = 24;
    int phones = 0;
    double rate = 4;
    double seconds = 60;
    std::string script;
    std::uint64_t seed = 1;
    bool json = false;
};
struct SnapshotOptions {
    std::string url;
    KeyOptions key;
    std::string face = "north";
    std::string output;
};
struct PrintOptions {
    std::string what;  // seat-cards, tables, voice
    std::string url;
    KeyOptions key;
    std::string output;
};
struct ExportOptions {
    std::string data;
    std::string format = "json";
    std::string output;
};
struct BenchOptions {
    QuadOptions quad;
    bool json = false;
};
struct LayoutCommandOptions {
    std::string words;
    Size size;
    bool json = false;
};

// What a caption template looks like: `at` seconds after it was brought on.
struct CaptionCommandOptions {
    std::string file;
    std::vector<std::string> words;  // FIELD=WORDS
    Size size{1920, 1080};
    std::string palette = "night";
    std::string language = "fr";
    std::string behind = "busy";  // bright, dark, busy
    double at = 5;
    int seconds_left = 272;  // of a countdown
    std::string output;
};

struct RotateOptions {
    RotationWish wish;
    std::uint32_t absent = 0;  // so many, drawn by the seed
    bool json = false;
};

int draw_caption(const CaptionCommandOptions& options);
int check_show(const std::string& file);
int stop_show(const std::string& data);
int manage_keys(const KeysOptions& options);
int rehearse_room(const RehearseOptions& options);
int save_snapshot(const SnapshotOptions& options);
int save_print(const PrintOptions& options);
int export_answers(const ExportOptions& options);
int lay_out_words(const LayoutCommandOptions& options);
int rotate_people(const RotateOptions& options);
int bench_quad(const BenchOptions& options);
int print_schema();
int print_osc_reference();
int print_show_reference();
int print_caption_reference();
int run_process(const ProcessOptions& options);

}  // namespace tribune
