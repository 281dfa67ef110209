// A font of simple proportions, so that tests of pure rooms need no font engine: half an em a letter.
#pragma once

#include "base/text_spec.hpp"

namespace tribune {

class FakeMeasure : public TextMeasure {
  public:
    TextMetrics measure(const TextSpec& spec) override {
        double letters = 0;
        for (const char c : spec.text) {
            if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++letters;
        }
        return {letters * 0.5, 0.02, -0.72, letters * 0.5 - 0.02, 0.2};
    }
    double cap_height(const Font&) override { return 0.7; }
};

}  // namespace tribune
