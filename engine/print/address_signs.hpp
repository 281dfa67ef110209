// Signs with a page's address as a QR code: one a table, to be folded and stood up, and one for the hall's phones.
#pragma once

#include <span>
#include <string>

#include "base/result.hpp"
#include "print/print_head.hpp"

namespace tribune {

struct TableSign {
    int table = 0;
    std::string address;  // of its page, key and all
};

// A PDF of one A4 page a table. Folded in the middle it stands: the number alone to one side, the number and the code
// to the other. Pure; about 2 ms a table. Errors: bad_qr_text, no_tables, print_failed.
Result<std::string> print_table_signs(const PrintHead& head, std::span<const TableSign> signs);

// A PDF of one A4 page with the address of the page for phones. Errors: bad_qr_text, print_failed.
Result<std::string> print_voice_sign(const PrintHead& head, const std::string& address);

}  // namespace tribune
