#include "displays/preview.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "cpu/frame_scaler.hpp"

namespace tribune {
namespace {

constexpr std::size_t most_waiting = 32;
constexpr std::size_t most_asks = 256;  // names and sizes remembered

}  // namespace

Previews::Previews(const PreviewOptions& options, Sink sink)
    : options_(options), sink_(std::move(sink)), jobs_(most_waiting), worker_([this] { work(); }) {}

Previews::~Previews() {
    jobs_.close();
    static_cast<void>(jobs_.drain(most_waiting));
    worker_.join();
}

void Previews::ask(const PictureAsk& what, bool even_if_same) {
    const std::lock_guard lock(mutex_);
    if (asks_.size() >= most_asks && asks_.count(what) == 0) {
        const auto oldest = std::min_element(
            asks_.begin(), asks_.end(), [](const auto& a, const auto& b) { return a.second.made < b.second.made; });
        asks_.erase(oldest);
    }
    Ask& a = asks_[what];
    a.wanted = true;
    a.even_if_same = a.even_if_same || even_if_same;
}

std::vector<PictureAsk> Previews::due(const std::string& name, std::uint64_t version, MonotonicTime now, bool take) {
    const Nanoseconds interval{static_cast<std::int64_t>(1e9 / options_.most_per_second)};
    std::vector<PictureAsk> out;
    const std::lock_guard lock(mutex_);
    for (auto it = asks_.lower_bound({name, {0, 0}, PictureEncoding::jpeg});
         it != asks_.end() && it->first.name == name; ++it) {
        Ask& a = it->second;
        if (!a.wanted || a.in_work || now - a.made < interval || (a.version == version && !a.even_if_same)) continue;
        out.push_back(it->first);
        if (take) a = {false, false, true, version, now};
    }
    return out;
}

bool Previews::wants(const std::string& name, std::uint64_t version, MonotonicTime now) {
    return !due(name, version, now, false).empty();
}

void Previews::offer(const std::string& name, const ImageView& image, std::uint64_t version, MonotonicTime now) {
    for (const auto& ask : due(name, version, now, true)) {
        auto copy = scaled_copy(image, fitted_size(image.size, ask.at_most));
        queue({ask, version, copy ? *std::move(copy) : OwnedImage{}, nullptr});
    }
}

void Previews::offer(const std::string& name, std::shared_ptr<const VideoFrame> frame, MonotonicTime now) {
    for (const auto& ask : due(name, frame->sequence, now, true)) queue({ask, frame->sequence, {}, frame});
}

void Previews::queue(Job job) {
    const PictureAsk ask = job.ask;
    if (jobs_.push(std::move(job))) return;
    const std::lock_guard lock(mutex_);
    if (const auto it = asks_.find(ask); it != asks_.end()) it->second = {true, true, false, {}, it->second.made};
}

void Previews::work() {
    for (;;) {
        auto batch = jobs_.pop_batch(1);
        if (batch.empty()) return;
        EncodedPicture picture = encode(std::move(batch.front()));
        const PictureAsk ask = picture.ask;
        sink_(std::move(picture));
        const std::lock_guard lock(mutex_);
        if (const auto it = asks_.find(ask); it != asks_.end()) it->second.in_work = false;
    }
}

EncodedPicture Previews::encode(Job job) const {
    EncodedPicture out{job.ask, {}, job.version, {}};
    if (job.frame) {
        const VideoFrame& f = *job.frame;
        const bool lying = f.rotation == 90 || f.rotation == 270;
        const Size upright = lying ? Size{f.size.height, f.size.width} : f.size;
        const Size size = fitted_size(upright, job.ask.at_most);
        Workers alone(1);
        FrameScaler scaler(alone.count());
        if (const auto planes =
                scaler.prepare(job.frame, {0, 0, 1, 1}, size, {0, 0, size.width, size.height}, Alpha::straight)) {
            scaler.scale_planes(alone);
            job.image.size = size;
            job.image.pixels.resize(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4);
            convert_to_bgra(*planes, 0, 0, job.image.pixels.data(), size.width * 4, size.width, size.height);
        }
        job.frame.reset();
    }
    auto bytes = job.ask.encoding == PictureEncoding::jpeg ? encode_jpeg(job.image.view(), options_.quality)
                                                           : encode_png(job.image.view());
    if (!bytes) {
        log::warning("preview_failed", "{}: {}", job.ask.name, bytes.error().message);
        return out;
    }
    out.size = job.image.size;
    out.bytes = *std::move(bytes);
    return out;
}

}  // namespace tribune
