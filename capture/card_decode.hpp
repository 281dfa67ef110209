// Decoding by a graphics card, where this machine has one: VAAPI (Intel, AMD), else NVDEC (NVIDIA). Its pictures are
// fetched from the card (NV12, or P010 of 10 bits) and go on like any other.
#pragma once

#include <optional>

#include "base/result.hpp"
#include "capture/av_handles.hpp"

namespace tribune {

// Whether there is a card here whose driver maps more address space than a source else may have (NVIDIA's does).
bool card_maps_much();

// Makes the decoder, not opened yet, use the first kind of card here that knows its codec; false: there is none, and
// it stays with the processor. What the card cannot do after all (a profile, a size) FFmpeg gives to the processor.
bool decode_on_card(AVCodecContext& context);

// The kind of card that a decoder uses, such as "vaapi"; null: the processor.
const char* card_of(const AVCodecContext& context);

bool on_card(const AVFrame& frame);
// Brings a picture from the card into memory, with all that is known of it. Errors: card_failed, no_memory.
Status fetch(const AVFrame& from_card, AVFrame& into);

}  // namespace tribune
