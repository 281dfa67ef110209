#include "cpu/plane_scaler.hpp"

#include <libyuv.h>

namespace tribune {
namespace {

libyuv::RotationMode turn(int rotation) {
    switch (rotation) {
        case 90: return libyuv::kRotate90;
        case 180: return libyuv::kRotate180;
        case 270: return libyuv::kRotate270;
        default: return libyuv::kRotate0;
    }
}

// libyuv's box filter is exact halving at a half and bilinear from there up; in between it has no fast rows.
void resize(const Plane& source, Size from, std::uint8_t* out, Size to) {
    libyuv::ScalePlane(source.data, source.stride, from.width, from.height, out, to.width, to.width, to.height,
                       libyuv::kFilterBox);
}

std::uint8_t* room_for(std::vector<std::uint8_t>& memory, Size size) {
    memory.resize(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
    return memory.data();
}

}  // namespace

void PlaneScaler::halve(PlaneJob& job, Size stored) {
    for (std::size_t i = 0; job.part.width >= 2 * stored.width && job.part.height >= 2 * stored.height; i ^= 1) {
        const Size half{(job.part.width + 1) / 2, (job.part.height + 1) / 2};
        if (half == job.part) return;
        std::uint8_t* out = room_for(halves_[i], half);
        resize(job.source, job.part, out, half);
        job.source = {out, half.width};
        job.part = half;
    }
}

void PlaneScaler::scale(PlaneJob job, int rotation) {
    const bool lying = rotation == 90 || rotation == 270;
    const Size stored = lying ? Size{job.target.height, job.target.width} : job.target;
    halve(job, stored);
    if (rotation == 0) return resize(job.source, job.part, job.out, stored);
    if (stored != job.part) {  // turned after scaling down: fewer samples move
        std::uint8_t* out = room_for(lying_, stored);
        resize(job.source, job.part, out, stored);
        job.source = {out, stored.width};
    }
    libyuv::RotatePlane(job.source.data, job.source.stride, job.out, job.target.width, stored.width, stored.height,
                        turn(rotation));
}

}  // namespace tribune
