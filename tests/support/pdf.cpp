#include "support/pdf.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tribune::test {
namespace {

std::string output_of(const std::string& command) {
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run: " + command);
    std::string out;
    std::array<char, 4096> piece{};
    while (const auto size = fread(piece.data(), 1, piece.size(), pipe)) out.append(piece.data(), size);
    pclose(pipe);
    return out;
}

std::string value_of(const std::string& info, const std::string& name) {
    const auto at = info.find(name + ":");
    if (at == std::string::npos) throw std::runtime_error("pdfinfo tells no " + name);
    const auto from = info.find_first_not_of(' ', at + name.size() + 1);
    return info.substr(from, info.find('\n', from) - from);
}

constexpr double dots_per_mm = 72 / 25.4;

}  // namespace

Pdf::Pdf(const std::string& bytes) {
    std::string name = (std::filesystem::temp_directory_path() / "tribune-pdf-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    std::ofstream(folder_ + "/it.pdf", std::ios::binary) << bytes;
}

Pdf::~Pdf() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

int Pdf::pages() const { return std::stoi(value_of(output_of("pdfinfo " + folder_ + "/it.pdf"), "Pages")); }

std::string Pdf::page_size() const {
    double width = 0, height = 0;
    const auto told = value_of(output_of("pdfinfo " + folder_ + "/it.pdf"), "Page size");
    if (std::sscanf(told.c_str(), "%lf x %lf", &width, &height) != 2) throw std::runtime_error(told);
    return fmt::format("{} x {}", std::lround(width / dots_per_mm), std::lround(height / dots_per_mm));
}

std::string Pdf::text(int page) const {
    return output_of(fmt::format("pdftotext -layout -f {0} -l {0} {1}/it.pdf -", page, folder_));
}

std::string Pdf::text(int page, double x, double y, double width, double height) const {
    const auto dots = [](double mm) { return std::lround(mm * dots_per_mm); };
    return output_of(fmt::format("pdftotext -layout -f {0} -l {0} -x {2} -y {3} -W {4} -H {5} {1}/it.pdf -", page,
                                 folder_, dots(x), dots(y), dots(width), dots(height)));
}

std::vector<std::string> Pdf::codes(int page) const {
    output_of(fmt::format("pdftoppm -r 100 -f {0} -l {0} -singlefile -png {1}/it.pdf {1}/page", page, folder_));
    return codes_on(folder_ + "/page.png");
}

std::vector<std::string> codes_on(const std::string& picture_file) {
    std::istringstream lines(output_of(
        fmt::format("zbarimg --quiet --raw --nodbus -Sdisable -Sqrcode.enable '{}' 2>/dev/null", picture_file)));
    std::vector<std::string> codes;
    for (std::string line; std::getline(lines, line);) codes.push_back(line);
    return codes;
}

}  // namespace tribune::test
