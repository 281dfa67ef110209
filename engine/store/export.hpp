// All contributions, for people and their tools. Reads a journal opened for reading; streams as it goes.
#pragma once

#include <iosfwd>

#include "base/result.hpp"
#include "store/journal.hpp"

namespace tribune {

struct CsvOptions {
    bool byte_order_mark = false;  // some spreadsheets take UTF-8 for Windows-1252 without it
};

// In journal order: sequence, id, table (0: a phone), round, question, part, kind, time (UTC, ISO 8601), language, late, text as
// it was sent, title, then what became of it: state, reason of a hold, theme, likes, outcome, words as they stand. An erased
// text is empty. Errors: restore()'s, and export_failed when the stream does not take it.

// {"title": …, "epoch": …, "contributions": [{…}, …]}, one contribution a line.
Status export_json(Journal& journal, std::ostream& out);

// RFC 4180 with a heading. A text that a spreadsheet would take for a formula (first character = + - @ tab or
// carriage return) gets an apostrophe before it (OWASP, CSV injection).
Status export_csv(Journal& journal, std::ostream& out, const CsvOptions& options = {});

}  // namespace tribune
