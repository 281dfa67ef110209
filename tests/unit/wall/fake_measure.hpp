// A deterministic stand-in for the shaper: proportional advances, real ascenders and descenders.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text_spec.hpp"

namespace tribune {

class FakeMeasure : public TextMeasure {
  public:
    TextMetrics measure(const TextSpec& spec) override {
        TextMetrics m;
        double top = 0.54;
        double bottom = 0.01;
        for (const char c : spec.text) {
            const auto byte = static_cast<std::uint8_t>(c);
            if ((byte & 0xC0) == 0x80) continue;
            const auto in = [&](std::string_view set) { return set.find(c) != std::string_view::npos; };
            m.advance += byte >= 0xE0 ? 1.0 : in("iljt'I.,") ? 0.3 : in("mwMW") ? 0.88 : in("frs") ? 0.46 : 0.6;
            if (byte >= 0x80 || in("bdfhklt") || (c >= 'A' && c <= 'Z')) top = 0.73;
            if (in("gjpqy,")) bottom = 0.2;
        }
        m.ink_left = 0.04;
        m.ink_right = std::max(0.1, m.advance - 0.04);
        m.ink_top = -top;
        m.ink_bottom = bottom;
        return m;
    }
    double cap_height(const Font&) override { return 0.73; }
};

}  // namespace tribune
