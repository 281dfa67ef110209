#include "capture/frame_output.hpp"

extern "C" {
#include <libavutil/imgutils.h>
}

#include <algorithm>
#include <array>
#include <string_view>

#include "base/source_faults.hpp"
#include "capture/av_error.hpp"
#include "capture/pixel_formats.hpp"

namespace tribune {
namespace {

// Address space of one ring; memory is taken only as slots are used.
constexpr std::size_t ring_budget = 256U << 20U;
constexpr int most_slots = 24;
constexpr int least_slots = 6;
// Slots kept from decoders: for readers' pins, and for frames that must be copied.
constexpr int reserved_slots = 4;
// Decoders read and write a little past the picture.
constexpr std::size_t decoder_padding = 64 + 16;
constexpr int decoder_align = 64;

// Decoders that never write again to a picture they gave out. Others (GIF, PNG animation, screen codecs) draw the
// next picture over the last one when they believe nobody has it.
constexpr std::array<std::string_view, 9> direct_decoders{"h264", "hevc", "mpeg2video", "mpeg4",   "mpeg1video",
                                                          "vp8",  "vp9",  "mjpeg",      "rawvideo"};

bool may_write_directly(const AVCodecContext& context) {
    const std::string_view name = context.codec->name;
    return (context.codec->capabilities & AV_CODEC_CAP_DR1) != 0 &&
           std::find(direct_decoders.begin(), direct_decoders.end(), name) != direct_decoders.end();
}

Error ring_full() { return {"ring_full", "All frame memory is in use: a frame was dropped."}; }

}  // namespace

struct FrameOutput::Ring {
    FrameRingWriter writer;
    int most_direct;
    std::atomic<int> direct{0};  // slots that decoders hold

    Ring(FrameRingWriter w, int slots) : writer(std::move(w)), most_direct(slots - reserved_slots) {}
};

// Lives as long as the decoder, or anybody, references the buffer.
struct FrameOutput::DirectBuffer {
    std::shared_ptr<Ring> ring;
    std::shared_ptr<RingSlot> slot;
    bool published = false;

    DirectBuffer(std::shared_ptr<Ring> r, std::shared_ptr<RingSlot> s) : ring(std::move(r)), slot(std::move(s)) {
        ++ring->direct;
    }
    DirectBuffer(const DirectBuffer&) = delete;
    DirectBuffer& operator=(const DirectBuffer&) = delete;
    ~DirectBuffer() { --ring->direct; }

    static void release(void* opaque, std::uint8_t*) { delete static_cast<DirectBuffer*>(opaque); }
};

std::shared_ptr<FrameOutput::Ring> FrameOutput::ring_for(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    if (ring_ && bytes <= ring_->writer.slot_bytes()) return ring_;
    const int slots =
        std::clamp(static_cast<int>(ring_budget / std::max<std::size_t>(bytes, 1)), least_slots, most_slots);
    auto writer = FrameRingWriter::create(
        {.slots = slots, .slot_bytes = bytes, .generation = generation_ + 1, .lock_step = lock_step_});
    if (!writer) return nullptr;
    ++generation_;
    ring_ = std::make_shared<Ring>(std::move(*writer), slots);
    return ring_;
}

int FrameOutput::get_buffer(AVCodecContext* context, AVFrame* frame, int flags) {
    const auto format = static_cast<AVPixelFormat>(frame->format);
    if (!same_format(format) || !may_write_directly(*context))
        return avcodec_default_get_buffer2(context, frame, flags);

    int width = frame->width;
    int height = frame->height;
    std::array<int, AV_NUM_DATA_POINTERS> align{};
    avcodec_align_dimensions2(context, &width, &height, align.data());
    std::array<int, 4> strides{};
    // Widened until every plane's rows are aligned: decoders want chroma rows in step with luma rows.
    for (;;) {
        if (av_image_fill_linesizes(strides.data(), format, width) < 0) return AVERROR(EINVAL);
        if (std::all_of(strides.begin(), strides.end(), [](int s) { return s % decoder_align == 0; })) break;
        width += width & ~(width - 1);
    }
    std::array<std::ptrdiff_t, 4> wide{};
    std::copy(strides.begin(), strides.end(), wide.begin());
    std::array<std::size_t, 4> sizes{};
    if (av_image_fill_plane_sizes(sizes.data(), format, height, wide.data()) < 0) return AVERROR(EINVAL);
    std::array<std::size_t, 4> offsets{};
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < sizes.size() && sizes.at(i) > 0; ++i) {
        offsets.at(i) = bytes;
        bytes += (sizes.at(i) + decoder_padding + decoder_align - 1) / decoder_align * decoder_align;
    }
    const auto ring = ring_for(bytes);
    if (!ring || ring->direct >= ring->most_direct) return avcodec_default_get_buffer2(context, frame, flags);
    auto slot = ring->writer.acquire();
    if (!slot) return avcodec_default_get_buffer2(context, frame, flags);

    auto* memory = slot->memory().data();
    auto* opaque = new DirectBuffer(ring, std::move(slot));
    frame->buf[0] = av_buffer_create(memory, bytes, DirectBuffer::release, opaque, 0);
    if (frame->buf[0] == nullptr) {
        delete opaque;
        return AVERROR(ENOMEM);
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        frame->data[i] = sizes.at(i) > 0 ? memory + offsets.at(i) : nullptr;
        frame->linesize[i] = strides.at(i);
    }
    frame->extended_data = frame->data;
    return 0;
}

Status FrameOutput::announce(const std::shared_ptr<Ring>& ring) {
    if (announced_ == ring) return {};
    ring->writer.continue_after(sequence_);
    announced_ = ring;
    sink_.ring_ready(ring->writer.fd(), ring->writer.generation());
    return {};
}

Status FrameOutput::convert(const AVFrame& frame, PixelFormat target, RingSlot& slot, FrameDescription& d) {
    std::array<std::uint8_t*, 4> data{};
    std::array<int, 4> strides{};
    for (std::size_t i = 0; i < 3; ++i) {
        if (d.planes.at(i).stride == 0) continue;
        data.at(i) = slot.memory().data() + d.planes.at(i).offset;
        strides.at(i) = d.planes.at(i).stride;
    }
    const auto from = static_cast<AVPixelFormat>(frame.format);
    if (same_format(from) == target) {
        std::array<const std::uint8_t*, 4> source{frame.data[0], frame.data[1], frame.data[2], nullptr};
        av_image_copy(data.data(), strides.data(), source.data(), frame.linesize, from, frame.width, frame.height);
        return {};
    }
    const AVPixelFormat to = to_av(target);
    scaler_.reset(sws_getCachedContext(scaler_.release(), frame.width, frame.height, from, frame.width, frame.height,
                                       to, SWS_BILINEAR | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
    if (!scaler_) return fault("unknown_pixels");
    const auto coefficients = [](ColourMatrix m) {
        return sws_getCoefficients(m == ColourMatrix::bt709    ? SWS_CS_ITU709
                                   : m == ColourMatrix::bt2020 ? SWS_CS_BT2020
                                                               : SWS_CS_ITU601);
    };
    const int from_full = range_of(frame) == ColourRange::full ? 1 : 0;
    const int to_full = d.range == ColourRange::full ? 1 : 0;
    sws_setColorspaceDetails(scaler_.get(), coefficients(matrix_of(frame)), from_full, coefficients(d.matrix), to_full,
                             0, 1 << 16, 1 << 16);
    if (sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, data.data(), strides.data()) !=
        frame.height) {
        return fault("convert_failed");
    }
    return {};
}

Status FrameOutput::publish(const AVFrame& frame, const FrameFacts& facts) {
    FrameDescription d;
    d.size = {frame.width, frame.height};
    const auto same = same_format(frame.format);
    d.format = same ? *same : conversion_target(frame.format);
    d.matrix = matrix_of(frame);
    // Converted 4:2:0 is limited range whatever it came from; everything else keeps its own.
    d.range = same || d.format == PixelFormat::bgra ? range_of(frame) : ColourRange::limited;
    if (d.format == PixelFormat::bgra) d.range = ColourRange::full;
    d.pixel_aspect = facts.pixel_aspect;
    d.rotation = facts.rotation;
    d.presentation = facts.presentation;
    d.due = facts.due;
    d.stays = facts.stays;

    // In the ring already? Only get_buffer makes buffers of one piece that begin at a slot of the current ring.
    std::shared_ptr<Ring> ring = ring_for(1);
    DirectBuffer* direct = nullptr;
    if (same && ring && frame.buf[0] != nullptr && frame.buf[1] == nullptr &&
        ring->writer.contains(frame.buf[0]->data)) {
        direct = static_cast<DirectBuffer*>(av_buffer_get_opaque(frame.buf[0]));
    }
    std::shared_ptr<RingSlot> slot;
    if (direct != nullptr && !direct->published) {
        slot = direct->slot;
        for (std::size_t i = 0; i < 3; ++i) {
            if (plane_shape(d.format, d.size, static_cast<int>(i)).rows == 0) continue;
            d.planes.at(i) = {static_cast<std::size_t>(frame.data[i] - slot->memory().data()), frame.linesize[i]};
        }
    } else {
        const auto layout = lay_out_planes(d.format, d.size);
        ring = ring_for(layout.bytes);
        if (!ring) return fault("no_memory");
        slot = ring->writer.acquire();
        if (!slot) return ring_full();
        d.planes = layout.planes;
        TRIBUNE_CHECK(convert(frame, d.format, *slot, d));
    }
    d.arrived = monotonic_now();
    TRIBUNE_CHECK(announce(ring));
    TRIBUNE_CHECK(ring->writer.publish(*slot, d));
    sequence_ = ring->writer.sequence();
    if (direct != nullptr && slot == direct->slot) {
        direct->published = true;
        ++direct_frames_;
    }
    return {};
}

bool FrameOutput::wait_taken(MonotonicTime deadline) const {
    return !announced_ || announced_->writer.wait_taken(deadline);
}

}  // namespace tribune
