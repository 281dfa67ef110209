#include "app/load_show.hpp"

#include <fmt/format.h>

#include "app/caption_files.hpp"
#include "app/data_folder.hpp"
#include "app/render/look.hpp"
#include "app/transition_files.hpp"
#include "show/show_file.hpp"

namespace tribune {
namespace {

std::string resolved(const std::filesystem::path& path, const std::filesystem::path& folder) {
    return path.is_relative() ? std::filesystem::absolute(folder / path).lexically_normal().string() : path.string();
}

// Files named in a show file lie beside it.
void resolve_files(Setup& setup, const std::filesystem::path& folder) {
    for (auto& source : setup.sources) {
        if (!source.live) source.url = resolved(source.url, folder);
    }
    setup.media = resolved(setup.media, folder);
    if (!setup.recording.folder.empty()) setup.recording.folder = resolved(setup.recording.folder, folder);
}

}  // namespace

Result<Setup> read_show(const std::filesystem::path& file, const std::filesystem::path& assets) {
    TRIBUNE_TRY(const std::string text, read_file(file));
    auto captions = find_captions(file, assets);
    auto known = captions.good;
    for (const auto& bad : captions.bad) known.push_back({std::filesystem::path(bad.file).stem().string()});
    auto parsed = parse_show_file(text, palette_names(assets), known);
    if (auto* setup = std::get_if<Setup>(&parsed)) {
        resolve_files(*setup, file.parent_path());
        TRIBUNE_CHECK(load_look(assets, *setup));
        auto transitions = find_transitions(file, assets);
        setup->transitions = std::move(transitions.good);
        setup->caption_templates = std::move(captions.good);
        setup->faults = std::move(transitions.bad);
        setup->faults.insert(setup->faults.end(), captions.bad.begin(), captions.bad.end());
        return std::move(*setup);
    }
    std::string message;
    for (const auto& fault : std::get<std::vector<ShowFault>>(parsed)) {
        message += fmt::format("{}{}:{}:{}: {}", message.empty() ? "" : "\n", file.string(), fault.line, fault.column,
                               fault.message);
    }
    return Error{"bad_show", std::move(message)};
}

std::vector<std::string> missing_files(const std::filesystem::path& file, const Setup& setup) {
    std::vector<std::string> warnings;
    for (const auto& source : setup.sources) {
        std::error_code failed;
        if (source.live || std::filesystem::is_regular_file(source.url, failed)) continue;
        const bool there = std::filesystem::exists(source.url, failed);
        warnings.push_back(fmt::format(
            "{}: warning: the file of source \"{}\" {}: {}. Its slate shows until the file is there; a url without "
            "a leading / is looked for beside the show file.",
            file.string(), source.name.text, there ? "is no file" : "is missing", source.url));
    }
    return warnings;
}

Result<Setup> load_show(const RunOptions& options) {
    TRIBUNE_TRY(Setup setup, read_show(options.show_file, options.assets));
    if (options.size) {
        for (auto& face : setup.faces) face.size = *options.size;
    }
    if (options.headless) {
        for (auto& output : setup.outputs) {
            if (output.kind == "window") output.kind = "headless";
        }
        for (auto& output : setup.sound_outputs) {
            if (output.kind == "device") output.kind = "none";
        }
    }
    return setup;
}

}  // namespace tribune
