// Chroma and luma keys on rows of pixels.
#pragma once

#include <cstdint>

#include "base/compositing.hpp"

namespace tribune {

// Makes clear what the key says (base/compositing.hpp), and takes its spill out. Premultiplied pixels, in place.
void key_row(std::uint32_t* pixels, int count, const Key& key);

}  // namespace tribune
