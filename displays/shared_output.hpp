// What a program needs to read a face of a "shared" output: connect to FOLDER/NAME.face, take the message, open its
// descriptor with FrameRingReader. Another message comes whenever the face gets another size.
#pragma once

#include <cstdint>
#include <string>

#include "base/ids.hpp"

namespace tribune {

inline constexpr std::uint32_t shared_face_message = 1;  // payload: the face's name; one descriptor: the ring

std::string shared_face_socket(const std::string& folder, const OutputName& output);

}  // namespace tribune
