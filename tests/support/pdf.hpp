// Reads a PDF file back as others do: Poppler for its words, pages and pictures, ZBar for the codes on them.
#pragma once

#include <string>
#include <vector>

namespace tribune::test {

class Pdf {
  public:
    explicit Pdf(const std::string& bytes);  // into a temporary file
    ~Pdf();
    Pdf(const Pdf&) = delete;
    Pdf& operator=(const Pdf&) = delete;

    [[nodiscard]] int pages() const;
    // "210 x 297", in whole millimetres.
    [[nodiscard]] std::string page_size() const;
    // What stands on a page (from 1), or in a box of it in millimetres, as read from its top left.
    [[nodiscard]] std::string text(int page) const;
    [[nodiscard]] std::string text(int page, double x, double y, double width, double height) const;
    // What the QR codes of a page say, drawn at 100 dots an inch.
    [[nodiscard]] std::vector<std::string> codes(int page) const;

  private:
    std::string folder_;
};

// What the QR codes on a picture (PNG or the like) say.
std::vector<std::string> codes_on(const std::string& picture_file);

}  // namespace tribune::test
