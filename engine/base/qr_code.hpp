// A text as a QR code. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace tribune {

// `width` modules a side, row by row from the top left, without a margin.
struct QrCode {
    int width = 0;
    std::vector<bool> modules;  // true: dark

    // False outside, which is the margin.
    [[nodiscard]] bool dark(int x, int y) const {
        return x >= 0 && y >= 0 && x < width && y < width && modules[static_cast<std::size_t>(y * width + x)];
    }
};

// Light modules that readers need around it.
inline constexpr int qr_quiet_zone = 4;

enum class QrRepair : unsigned {
    little = 0,  // 7 % may be lost: for screens, which are clean
    much,        // 15 %: for paper, which is not
};

// Error bad_qr_text: nothing to say, or more than a code holds (about 2,900 bytes, 2,300 with `much`).
Result<QrCode> qr_code(const std::string& text, QrRepair repair);

}  // namespace tribune
