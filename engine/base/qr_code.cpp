#include "base/qr_code.hpp"

#include <qrencode.h>

#include <memory>

namespace tribune {

Result<QrCode> qr_code(const std::string& text, QrRepair repair) {
    const QRecLevel level = repair == QrRepair::much ? QR_ECLEVEL_M : QR_ECLEVEL_L;
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(QRcode_encodeString8bit(text.c_str(), 0, level),
                                                               &QRcode_free);
    if (!made) {
        return Error{"bad_qr_text",
                     "A QR code cannot say this: it needs a text, and holds about two thousand letters at most."};
    }
    QrCode code;
    code.width = made->width;
    code.modules.resize(static_cast<std::size_t>(code.width * code.width));
    for (std::size_t i = 0; i < code.modules.size(); ++i) code.modules[i] = (made->data[i] & 1U) != 0;
    return code;
}

}  // namespace tribune
