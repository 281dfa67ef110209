// A PDF of A4 pages in the making; private to print/. Lengths in millimetres, y down. One thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/geometry.hpp"
#include "base/qr_code.hpp"
#include "base/result.hpp"

namespace tribune {

inline constexpr double paper_width = 210;
inline constexpr double paper_height = 297;

struct Ink {
    double red = 0;
    double green = 0;
    double blue = 0;
};
inline constexpr Ink black{0.08, 0.09, 0.12};  // the house's night: soft on white, black on a printer without colours
inline constexpr Ink grey{0.42, 0.43, 0.46};   // 5.6:1 on white
inline constexpr Ink pale{0.78, 0.79, 0.81};   // lines only

enum class PaperAlign { left, centre, right };

struct TextLook {
    double size = 4;  // of an em
    int weight = 400;
    Ink ink = black;
    PaperAlign align = PaperAlign::left;
    double most_width = 0;  // set smaller, then cut with an ellipsis; 0: as wide as it gets
};

class Paper {
  public:
    // `title` of the document.
    explicit Paper(const std::string& title);
    ~Paper();
    Paper(const Paper&) = delete;
    Paper& operator=(const Paper&) = delete;

    // On its baseline; `at.x` is its left, middle or right. Returns how wide it came out.
    double text(Point at, std::string_view text, const TextLook& look);
    [[nodiscard]] double width_of(std::string_view text, const TextLook& look);
    // As large as the box takes, its ink at the box's top; across, at its left or in its middle.
    void large(const Rect& box, std::string_view text, int weight, PaperAlign align = PaperAlign::left);
    // In lines as wide as the box, from its top; broken anywhere where a word is longer. Returns how high it came out.
    double paragraph(const Rect& box, std::string_view text, const TextLook& look);

    void line(Point from, Point to, double width, const Ink& ink);
    void box(const Rect& box, double radius, const Ink& ink);
    // With its quiet zone inside the square.
    void code(Point top_left, double side, const QrCode& code);
    // The house's mark.
    void mark(Point top_left, double side);
    // Upside down about this point, for what is folded.
    void turned(Point about, const std::function<void()>& draw);

    void end_page();
    // The file's bytes; nothing is drawn after. Error print_failed.
    Result<std::string> finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tribune
