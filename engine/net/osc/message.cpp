#include "net/osc/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>

namespace tribune::net::osc {
namespace {

constexpr std::string_view bundle_head{"#bundle\0", 8};
constexpr std::size_t bundle_head_bytes = 16;  // with its time
constexpr std::size_t most_pattern_steps = 10'000;

Error bad(std::string_view what) { return {"bad_osc", fmt::format("This OSC message is not taken: {}.", what)}; }

// Reads from the front; once something is missing, nothing comes any more.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    template <class Unsigned>
    Unsigned number() {
        Unsigned value = 0;
        for (const char c : take(sizeof(Unsigned))) value = value << 8U | static_cast<unsigned char>(c);
        return value;
    }
    // Ends with a zero, and zeros to a multiple of four bytes.
    std::string text() {
        const auto end = bytes_.find('\0');
        if (end == std::string_view::npos) return fail();
        std::string read(bytes_.substr(0, end));
        pad(take(end / 4 * 4 + 4).substr(end));
        return read;
    }
    Blob blob() {
        const auto size = number<std::uint32_t>();
        const auto content = take(size);
        Blob read(content.begin(), content.end());
        if (size % 4 != 0) pad(take(4 - size % 4));
        return read;
    }
    std::string_view take(std::size_t size) {
        if (failed_ || size > bytes_.size()) {
            failed_ = true;
            return {};
        }
        const auto taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }
    [[nodiscard]] bool empty() const { return bytes_.empty(); }
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    std::string fail() {
        failed_ = true;
        return {};
    }
    void pad(std::string_view zeros) {
        if (zeros.find_first_not_of('\0') != std::string_view::npos) failed_ = true;
    }

    std::string_view bytes_;
    bool failed_ = false;
};

std::optional<Argument> read_argument(char tag, Reader& in) {
    switch (tag) {
        case 'i': return static_cast<std::int32_t>(in.number<std::uint32_t>());
        case 'f': return std::bit_cast<float>(in.number<std::uint32_t>());
        case 's': return in.text();
        case 'b': return in.blob();
        case 'T': return true;
        case 'F': return false;
        case 'h': return static_cast<std::int64_t>(in.number<std::uint64_t>());
        case 'd': return std::bit_cast<double>(in.number<std::uint64_t>());
        default: return std::nullopt;
    }
}

Result<Message> parse_message(std::string_view bytes) {
    Reader in(bytes);
    Message message;
    message.address = in.text();
    if (in.failed() || !message.address.starts_with('/')) return bad("it has no address");
    const auto printable = [](char c) { return c > ' ' && c < 0x7F; };
    if (!std::all_of(message.address.begin(), message.address.end(), printable)) return bad("its address is not ASCII");
    if (in.empty()) return message;  // old senders leave the tags out when there are none
    const std::string tags = in.text();
    if (in.failed() || !tags.starts_with(',')) return bad("it has no type tags");
    if (tags.size() - 1 > most_arguments) return bad("it has too many arguments");
    for (const char tag : std::string_view(tags).substr(1)) {
        auto argument = read_argument(tag, in);
        if (!argument) return bad("it has an argument of an unknown type");
        message.arguments.push_back(*std::move(argument));
    }
    if (in.failed()) return bad("it ends too early, or is not padded with zeros");
    if (!in.empty()) return bad("something follows its last argument");
    return message;
}

Status collect(std::string_view bytes, int depth, std::vector<Message>& into) {
    if (!bytes.starts_with(bundle_head)) {
        if (into.size() >= most_messages) return bad("there are too many messages");
        TRIBUNE_TRY(Message message, parse_message(bytes));
        into.push_back(std::move(message));
        return {};
    }
    if (depth >= most_depth) return bad("its bundles nest too deep");
    Reader in(bytes);
    in.take(bundle_head_bytes);
    if (in.failed()) return bad("its bundle has no time");
    while (!in.empty()) {
        const auto size = in.number<std::uint32_t>();
        const auto element = in.take(size);
        if (in.failed() || size == 0 || size % 4 != 0) return bad("a bundle's element has a wrong size");
        TRIBUNE_CHECK(collect(element, depth + 1, into));
    }
    return {};
}

// --- Writing ------------------------------------------------------------------------------------------------

template <class Unsigned>
void put_number(std::string& out, Unsigned value) {
    for (std::size_t i = sizeof(Unsigned); i > 0; --i) out += static_cast<char>(value >> (8 * (i - 1)) & 255U);
}
void put_text(std::string& out, std::string_view text) {
    out += text;
    out.append(4 - text.size() % 4, '\0');
}

struct Writer {
    std::string& tags;
    std::string& body;
    void operator()(std::int32_t v) const {
        tags += 'i';
        put_number(body, static_cast<std::uint32_t>(v));
    }
    void operator()(float v) const {
        tags += 'f';
        put_number(body, std::bit_cast<std::uint32_t>(v));
    }
    void operator()(const std::string& v) const {
        tags += 's';
        put_text(body, v);
    }
    void operator()(const Blob& v) const {
        tags += 'b';
        put_number(body, static_cast<std::uint32_t>(v.size()));
        body.append(v.begin(), v.end());
        body.append((4 - v.size() % 4) % 4, '\0');
    }
    void operator()(bool v) const { tags += v ? 'T' : 'F'; }
    void operator()(std::int64_t v) const {
        tags += 'h';
        put_number(body, static_cast<std::uint64_t>(v));
    }
    void operator()(double v) const {
        tags += 'd';
        put_number(body, std::bit_cast<std::uint64_t>(v));
    }
};

// --- Patterns -----------------------------------------------------------------------------------------------

bool in_class(std::string_view set, char c) {
    const bool negated = set.starts_with('!');
    if (negated) set.remove_prefix(1);
    bool found = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            found = found || (c >= set[i] && c <= set[i + 2]);
            i += 2;
        } else {
            found = found || c == set[i];
        }
    }
    return found != negated;
}

// `steps`: what is left of the work that one pattern may cost.
bool match(std::string_view pattern, std::string_view address, std::size_t& steps) {
    while (!pattern.empty()) {
        if (steps == 0) return false;
        --steps;
        const char c = pattern.front();
        if (c == '*') {
            for (std::size_t n = 0; n <= address.size(); ++n) {
                if (match(pattern.substr(1), address.substr(n), steps)) return true;
                if (n < address.size() && address[n] == '/') return false;
            }
            return false;
        }
        if (c == '{') {
            const auto end = pattern.find('}');
            if (end == std::string_view::npos) return false;
            auto choices = pattern.substr(1, end - 1);
            for (;;) {
                const auto comma = choices.find(',');
                const auto choice = choices.substr(0, comma);
                if (address.starts_with(choice) && match(pattern.substr(end + 1), address.substr(choice.size()), steps))
                    return true;
                if (comma == std::string_view::npos) return false;
                choices.remove_prefix(comma + 1);
            }
        }
        if (address.empty()) return false;
        if (c == '[') {
            const auto end = pattern.find(']');
            if (end == std::string_view::npos || address.front() == '/' ||
                !in_class(pattern.substr(1, end - 1), address.front()))
                return false;
            pattern.remove_prefix(end);
        } else if (c == '?' ? address.front() == '/' : address.front() != c) {
            return false;
        }
        pattern.remove_prefix(1);
        address.remove_prefix(1);
    }
    return address.empty();
}

}  // namespace

Result<std::vector<Message>> parse(std::string_view datagram) {
    if (datagram.size() > most_bytes) return bad("it is too large");
    if (datagram.empty() || datagram.size() % 4 != 0) return bad("its size is no multiple of four bytes");
    std::vector<Message> messages;
    TRIBUNE_CHECK(collect(datagram, 0, messages));
    return messages;
}

std::string encode(const Message& message) {
    std::string tags(",");
    std::string body;
    for (const auto& argument : message.arguments) std::visit(Writer{tags, body}, argument);
    std::string out;
    put_text(out, message.address);
    put_text(out, tags);
    return out + body;
}

std::vector<std::string> encode_bundles(const std::vector<Message>& messages, std::size_t bytes) {
    constexpr std::string_view at_once{"\0\0\0\0\0\0\0\1", 8};
    std::vector<std::string> bundles;
    for (const auto& message : messages) {
        const std::string element = encode(message);
        if (bundles.empty() || bundles.back().size() + 4 + element.size() > bytes) {
            bundles.emplace_back(bundle_head);
            bundles.back() += at_once;
        }
        put_number(bundles.back(), static_cast<std::uint32_t>(element.size()));
        bundles.back() += element;
    }
    return bundles;
}

bool matches(std::string_view pattern, std::string_view address) {
    std::size_t steps = most_pattern_steps;
    return match(pattern, address, steps);
}

}  // namespace tribune::net::osc
