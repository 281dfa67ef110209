#include "displays/shared_output.hpp"

#include <fmt/format.h>

#include <cstring>
#include <optional>

#include "displays/output.hpp"
#include "link/frame_ring.hpp"
#include "link/listener.hpp"

namespace tribune {
namespace {

constexpr std::size_t most_readers = ring_most_readers;
constexpr int slots = 6;

class SharedOutput final : public Output {
  public:
    SharedOutput(OutputSpec spec, Listener listener) : spec_(std::move(spec)), listener_(std::move(listener)) {}

    Status present(Painter& painter, std::size_t picture, std::uint64_t) override {
        TRIBUNE_CHECK(welcome());
        const auto version = painter.version(picture);
        if (ring_ && version == version_) {
            ++unchanged_;
            return {};
        }
        const ImageView view = painter.pixels(picture);
        if (view.size.empty()) return Error{"no_picture", "The face has no picture yet."};
        if (!ring_ || view.size != size_) TRIBUNE_CHECK(make_ring(view.size));
        const auto slot = ring_->acquire();
        if (!slot)
            return Error{"no_free_slot", "Readers hold all pictures of this face; they must let go of old ones."};
        FrameDescription frame;
        frame.format = PixelFormat::bgra;
        frame.range = ColourRange::full;
        frame.size = view.size;
        frame.planes = layout_.planes;
        for (int y = 0; y < view.size.height; ++y) {
            std::memcpy(slot->memory().data() +
                            static_cast<std::size_t>(y) * static_cast<std::size_t>(layout_.planes[0].stride),
                        view.data + static_cast<std::ptrdiff_t>(y) * view.stride,
                        static_cast<std::size_t>(view.size.width) * 4);
        }
        frame.arrived = monotonic_now();
        TRIBUNE_CHECK(ring_->publish(*slot, frame));
        version_ = version;
        return {};
    }

    void report(OutputReport& out) const override {
        out.unchanged = unchanged_;
        out.detail = fmt::format("{}×{}, {} readers", size_.width, size_.height, readers_.size());
    }

  private:
    Status make_ring(Size size) {
        layout_ = lay_out_planes(PixelFormat::bgra, size);
        TRIBUNE_TRY(auto ring, FrameRingWriter::create({slots, layout_.bytes, ++generation_}));
        if (ring_) ring.continue_after(ring_->sequence());
        ring_.emplace(std::move(ring));
        size_ = size;
        std::erase_if(readers_, [&](Channel& reader) { return !send_ring(reader); });
        return {};
    }

    bool send_ring(Channel& reader) {
        const int fd = ring_->fd();
        return reader.send(shared_face_message, spec_.shows(), {&fd, 1});
    }

    // Lets in who waits, lets go who has left.
    Status welcome() {
        std::erase_if(readers_, [](Channel& reader) { return !reader.receive(); });
        TRIBUNE_TRY(auto waiting, listener_.accept());
        if (waiting && readers_.size() < most_readers && (!ring_ || send_ring(*waiting)))
            readers_.push_back(std::move(*waiting));
        return {};
    }

    OutputSpec spec_;
    Listener listener_;
    std::vector<Channel> readers_;
    std::optional<FrameRingWriter> ring_;
    PlaneLayout layout_;
    Size size_;
    std::uint64_t generation_ = 0;
    std::uint64_t version_ = 0;
    std::uint64_t unchanged_ = 0;
};

}  // namespace

std::string shared_face_socket(const std::string& folder, const OutputName& output) {
    return fmt::format("{}/{}.face", folder, output.text);
}

extern const OutputKind shared_output_kind;
const OutputKind shared_output_kind{
    "shared", [](const OutputSpec& spec, const OutputContext& context) -> Result<std::unique_ptr<Output>> {
        TRIBUNE_TRY(auto listener, Listener::open(shared_face_socket(context.shared_folder, spec.name)));
        return std::unique_ptr<Output>(std::make_unique<SharedOutput>(spec, std::move(listener)));
    }};

}  // namespace tribune
