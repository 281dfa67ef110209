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

struct RotateOptions {
    RotationWish wish;
    std::uint32_t absent = 0;  // so many, drawn by the seed
    bool json = false;
};

int check_show(const std::string& file);
int stop_show(const std::string& data);
int rehearse_room(const RehearseOptions& options);
int save_snapshot(const SnapshotOptions& options);
int export_answers(const ExportOptions& options);
int lay_out_words(const LayoutCommandOptions& options);
int rotate_people(const RotateOptions& options);
int bench_quad(const BenchOptions& options);
int print_schema();
int print_osc_reference();
int print_show_reference();
int run_process(const ProcessOptions& options);

}  // namespace tribune
