// What is prepared at home: the scenes, cues and macros of a show file; private to show/.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <vector>

#include "show/show_file_keys.hpp"

namespace tribune::show_file {

// Layers as they stand in the file; the places in it serve to say what is wrong where.
struct FileLayer {
    Layer layer;
    TextContent text;
    std::vector<std::string> contents;  // the keys that said what it shows: one is wanted
    toml::source_region content_at{};
    bool placed = false;
    bool ring = false;  // of a board
};
struct FileScene {
    SceneName name;
    std::string label;
    std::string layout;
    toml::source_region layout_at{};
    std::vector<FileLayer> layers;
};
struct FileSteps {
    std::vector<Step> list;
    std::vector<toml::source_region> at;
};
struct FileCue {
    RundownCue cue;
    FileSteps steps;
};
struct FileMacro {
    MacroName name;
    std::string label;
    FileSteps steps;
};
struct FileRundown {
    std::vector<FileScene> scenes;
    std::vector<FileCue> cues;
    std::vector<FileMacro> macros;
};

const std::vector<Key<FileScene>>& scene_keys();
const std::vector<Key<FileCue>>& cue_keys();
const std::vector<Key<FileMacro>>& macro_keys();

// Once the parts are read: names, references, what a scene is of.
void finish_scenes(const toml::table& table, FileRundown& file, const std::vector<SourceConfig>& sources,
                   Faults& faults);
void finish_cues(const toml::table& table, FileRundown& file, Faults& faults);

// Into the setup, which is whole but for these; then all cues and macros are tried on it.
void add_rundown(FileRundown file, Setup& setup, const toml::table& table, Faults& faults);

// Their sections of the reference.
void describe_rundown(std::string& out);

}  // namespace tribune::show_file
