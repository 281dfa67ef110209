#include "print/address_signs.hpp"

#include <string_view>

#include "base/qr_code.hpp"
#include "print/paper.hpp"
#include "print/printed_words.hpp"

namespace tribune {
namespace {

constexpr double fold = paper_height / 2;
constexpr double margin = 14;
constexpr double code_side = 84;

// As people type it: the scheme is what browsers add by themselves.
std::string_view typed(std::string_view address) {
    constexpr std::string_view plain = "http://";
    return address.starts_with(plain) ? address.substr(plain.size()) : address;
}

void heading(Paper& paper, const PrintHead& head, double y) {
    paper.mark({margin, y}, 9);
    paper.text({margin + 12.5, y + 6.4}, head.title,
               {5.4, 600, black, PaperAlign::left, paper_width - 2 * margin - 12.5});
}

void draw_table(Paper& paper, const PrintHead& head, const TableSign& sign, const QrCode& code) {
    const auto& words = printed_words(head.language);
    const std::string number = std::to_string(sign.table);
    std::string label(words.table);
    label.front() = static_cast<char>(label.front() - 'a' + 'A');

    // To the hall: the number alone.
    paper.turned({paper_width / 2, fold / 2}, [&] {
        heading(paper, head, margin - 2);
        paper.text({paper_width / 2, 46}, label, {11, 500, grey, PaperAlign::centre});
        paper.large({margin, 53, paper_width - 2 * margin, fold - 53 - margin - 2}, number, 800, PaperAlign::centre);
    });

    // To those who sit here: the number, and the page of their tablet.
    heading(paper, head, fold + margin - 2);
    const double left = paper_width - margin - code_side + 6;  // the code's quiet zone reaches into the margin
    paper.text({margin, fold + 46}, label, {8, 500, grey});
    paper.large({margin, fold + 52, left - 2 * margin + 2, 62}, number, 800, PaperAlign::left);
    paper.code({left, fold + 24}, code_side, code);
    const double module = code_side / (code.width + 2 * qr_quiet_zone);
    const double from = left + qr_quiet_zone * module;
    const double wide = code_side - 2 * qr_quiet_zone * module;
    const double y = fold + 24 + code_side - qr_quiet_zone * module + 2.5;
    const double high = paper.paragraph({from, y, wide, 0}, words.scan_table, {3.8, 500, black});
    paper.paragraph({from, y + high + 1.2, wide, 0}, typed(sign.address), {2.5, 400, grey});

    for (const double x : {0.0, paper_width - 6}) paper.line({x, fold}, {x + 6, fold}, 0.2, grey);
}

}  // namespace

Result<std::string> print_table_signs(const PrintHead& head, std::span<const TableSign> signs) {
    if (signs.empty()) return Error{"no_tables", "The show has no table: give it some with tables = N, then print."};
    Paper paper(head.title);
    for (const auto& sign : signs) {
        TRIBUNE_TRY(const QrCode code, qr_code(sign.address, QrRepair::much));
        draw_table(paper, head, sign, code);
        paper.end_page();
    }
    return paper.finish();
}

Result<std::string> print_voice_sign(const PrintHead& head, const std::string& address) {
    TRIBUNE_TRY(const QrCode code, qr_code(address, QrRepair::much));
    const auto& words = printed_words(head.language);
    Paper paper(head.title);
    constexpr double wide = paper_width - 2 * margin;
    heading(paper, head, margin);
    paper.paragraph({margin, 36, wide, 0}, words.voice_headline, {17, 800, black});
    constexpr double side = 150;
    constexpr double top = 84;
    paper.code({(paper_width - side) / 2, top}, side, code);
    constexpr double middle = paper_width / 2;
    paper.text({middle, 244}, words.voice_scan, {6, 500, black, PaperAlign::centre, wide});
    paper.text({middle, 260}, words.voice_or_type, {4.6, 400, grey, PaperAlign::centre, wide});
    paper.text({middle, 270}, typed(address), {6.5, 600, black, PaperAlign::centre, wide});
    paper.end_page();
    return paper.finish();
}

}  // namespace tribune
