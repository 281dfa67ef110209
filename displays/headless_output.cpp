// Nothing is shown: the picture is drawn, counted, and there for previews and snapshots.
#include <fmt/format.h>

#include "displays/output.hpp"

namespace tribune {
namespace {

class HeadlessOutput final : public Output {
  public:
    explicit HeadlessOutput(Size size) : size_(size) {}

    Status present(Painter& painter, std::size_t picture, std::uint64_t) override {
        const auto version = painter.version(picture);
        if (version == version_) ++unchanged_;
        version_ = version;
        return {};
    }
    void report(OutputReport& out) const override {
        out.unchanged = unchanged_;
        out.detail = fmt::format("{}×{}, not shown anywhere", size_.width, size_.height);
    }

  private:
    Size size_;
    std::uint64_t version_ = 0;
    std::uint64_t unchanged_ = 0;
};

}  // namespace

extern const OutputKind headless_output_kind;
const OutputKind headless_output_kind{
    "headless", [](const OutputSpec& spec, const OutputContext&) -> Result<std::unique_ptr<Output>> {
        return std::unique_ptr<Output>(std::make_unique<HeadlessOutput>(spec.size));
    }};

}  // namespace tribune
