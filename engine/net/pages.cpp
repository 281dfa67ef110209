#include "net/pages.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

namespace tribune {
namespace {

namespace fs = std::filesystem;

struct Mime {
    std::string_view extension;
    std::string_view type;
};
constexpr std::array mimes{
    Mime{".html", "text/html; charset=utf-8"},
    Mime{".js", "text/javascript; charset=utf-8"},
    Mime{".css", "text/css; charset=utf-8"},
    Mime{".svg", "image/svg+xml"},
    Mime{".png", "image/png"},
    Mime{".jpg", "image/jpeg"},
    Mime{".ico", "image/x-icon"},
    Mime{".woff2", "font/woff2"},
    Mime{".json", "application/json"},
    Mime{".webmanifest", "application/manifest+json"},
    Mime{".mp3", "audio/mpeg"},
    Mime{".wasm", "application/wasm"},
};
constexpr std::string_view table_pages = "/table/N";
constexpr std::string_view tally_pages = "/tally/NAME";
constexpr std::size_t longest_name = 80;

std::string_view mime_of(const fs::path& file) {
    for (const auto& m : mimes) {
        if (file.extension() == m.extension) return m.type;
    }
    return "application/octet-stream";
}

std::string path_of(const fs::path& file, bool asset) {
    if (asset) return "/assets/" + file.filename().string();
    const std::string name = file.stem().string();
    constexpr std::string_view desk = "desk-";
    if (name == "index") return "/";
    if (name == "table") return std::string(table_pages);
    if (name == "tally") return std::string(tally_pages);
    if (name.starts_with(desk)) return "/desk/" + name.substr(desk.size());
    return "/" + name;
}

Bytes compress(const std::string& bytes) {
    z_stream stream{};
    // 15 + 16: the largest window, with a gzip header.
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) return nullptr;
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    std::string in = bytes;  // zlib's input pointer is not const
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int end = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (end != Z_STREAM_END || out.size() >= bytes.size()) return nullptr;
    return std::make_shared<const std::string>(std::move(out));
}

bool is_table_number(std::string_view text) {
    return !text.empty() && text.size() <= 4 && text[0] != '0' &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether the show has it, the page asks the show.
bool is_source_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && text.find('/') == std::string_view::npos;
}

std::optional<std::string> read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

Page make_page(std::string mime, std::string bytes) {
    Page page;
    page.etag = fmt::format("\"{:016x}-{:x}\"", std::hash<std::string>{}(bytes), bytes.size());
    page.gzip = compress(bytes);
    page.mime = std::move(mime);
    page.bytes = std::make_shared<const std::string>(std::move(bytes));
    return page;
}

Result<Pages> load_pages(const std::string& folder) {
    Pages pages;
    const auto add = [&](const fs::path& dir, bool asset) {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(dir, none)) {
            if (!entry.is_regular_file(none) || (!asset && entry.path().extension() != ".html")) continue;
            if (auto bytes = read_file(entry.path())) {
                pages[path_of(entry.path(), asset)] = make_page(std::string(mime_of(entry.path())), *std::move(bytes));
            }
        }
    };
    add(folder, false);
    add(fs::path(folder) / "assets", true);
    if (pages.empty()) {
        return Error{"no_pages", fmt::format("There are no pages in {}: build them first (make pages).", folder)};
    }
    return pages;
}

const Page* find_page(const Pages& pages, std::string_view path) {
    constexpr std::string_view table = "/table/";
    constexpr std::string_view tally = "/tally/";
    if (path.starts_with(table)) {
        if (!is_table_number(path.substr(table.size()))) return nullptr;
        path = table_pages;
    } else if (path.starts_with(tally)) {
        if (!is_source_name(path.substr(tally.size()))) return nullptr;
        path = tally_pages;
    }
    const auto at = pages.find(path);
    return at == pages.end() ? nullptr : &at->second;
}

}  // namespace tribune
