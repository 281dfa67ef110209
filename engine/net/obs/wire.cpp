#include "net/obs/wire.hpp"

#include <exception>
#include <utility>

namespace tribune::net::obs {
namespace {

constexpr int depth_bound = 32;

// Builds the value and gives up where it nests too deep.
class Bounded final : public nlohmann::detail::json_sax_dom_parser<Json> {
  public:
    using Base = nlohmann::detail::json_sax_dom_parser<Json>;
    explicit Bounded(Json& into) : Base(into, false) {}
    bool start_object(std::size_t size) { return ++depth_ <= depth_bound && Base::start_object(size); }
    bool end_object() {
        --depth_;
        return Base::end_object();
    }
    bool start_array(std::size_t size) { return ++depth_ <= depth_bound && Base::start_array(size); }
    bool end_array() {
        --depth_;
        return Base::end_array();
    }

  private:
    int depth_ = 0;
};

}  // namespace

std::optional<Json> decode(Encoding encoding, std::string_view bytes) {
    Json value;
    try {
        Bounded builder(value);
        const auto format = encoding == Encoding::json ? Json::input_format_t::json : Json::input_format_t::msgpack;
        if (!Json::sax_parse(bytes, &builder, format)) return std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt;  // such as a list that announces more items than memory has
    }
    return value;
}

std::string encode(Encoding encoding, const Json& message) {
    if (encoding == Encoding::json) return message.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string out;
    Json::to_msgpack(message, nlohmann::detail::output_adapter<char>(out));
    return out;
}

Json message(Op op, Json data) { return {{"op", static_cast<int>(op)}, {"d", std::move(data)}}; }

}  // namespace tribune::net::obs
