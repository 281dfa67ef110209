// The pages, in memory: nothing else can be served, so no path can reach a file.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tribune {

using Bytes = std::shared_ptr<const std::string>;

struct Page {
    std::string mime;
    Bytes bytes;
    Bytes gzip;        // null when it would not be smaller
    std::string etag;  // quoted
};

// From exact path to page. "/table/N" stands for the page of every table, "/tally/NAME" for every source's lamp.
using Pages = std::map<std::string, Page, std::less<>>;

// Reads a folder of built pages: index.html is /, table.html is /table/N, tally.html is /tally/NAME, desk-X.html
// is /desk/X, other NAME.html is /NAME, and assets/NAME is /assets/NAME. Error: no_pages.
Result<Pages> load_pages(const std::string& folder);

Page make_page(std::string mime, std::string bytes);

// The page at this path of a request, or null.
const Page* find_page(const Pages& pages, std::string_view path);

}  // namespace tribune
