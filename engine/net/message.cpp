#include "net/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "show/codec.hpp"
#include "show/voice_views.hpp"
#include "voice/hygiene.hpp"

namespace tribune::net {
namespace {

using nlohmann::json;

constexpr int depth_bound = 8;
constexpr std::size_t name_bound = 64;
constexpr std::size_t wish_bound = 64;
constexpr double fps_bound = 15;
constexpr int width_bound = 3840;

// How deep arrays and objects nest. Checked before parsing, so that depth costs no memory.
bool too_deep(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > depth_bound) return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

// Reads fields one after the other; the first fault stays.
class Fields {
  public:
    explicit Fields(const json& object) : object_(object) {}

    std::string text(const char* name, std::size_t most, bool required = true) {
        const json* field = find(name, required);
        if (field == nullptr) return {};
        if (!field->is_string() || field->get_ref<const std::string&>().size() > most) {
            fault(fmt::format("{} must be a text of at most {} bytes", name, most));
            return {};
        }
        return field->get<std::string>();
    }
    std::int64_t integer(const char* name, std::int64_t least, std::int64_t most, bool required = true) {
        const json* field = find(name, required);
        if (field == nullptr) return least;
        // Unsigned first: what is beyond an int64 would read as negative.
        const bool huge =
            field->is_number_unsigned() &&
            field->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        const auto value = field->is_number_integer() && !huge ? field->get<std::int64_t>() : least - 1;
        if (value < least || value > most) {
            fault(fmt::format("{} must be a whole number from {} to {}", name, least, most));
            return least;
        }
        return value;
    }
    const json* find(const char* name, bool required = true) {
        const auto at = object_.find(name);
        if (at != object_.end() && !at->is_null()) return &*at;
        if (required) fault(fmt::format("{} is missing", name));
        return nullptr;
    }
    void fault(std::string what) {
        if (!fault_) fault_ = std::move(what);
    }
    [[nodiscard]] std::optional<Error> error() const {
        if (!fault_) return std::nullopt;
        return Error{"bad_message", fmt::format("Not understood: {}.", *fault_)};
    }

  private:
    const json& object_;
    std::optional<std::string> fault_;
};

template <class T>
ClientMessage checked(const Fields& fields, T message) {
    if (auto error = fields.error()) return Fault{*std::move(error), {}, {}};
    return message;
}

ClientMessage parse_hello(const json& object) {
    Fields f(object);
    HelloMessage hello;
    hello.proto = static_cast<int>(f.integer("proto", 0, 1'000'000));
    hello.key = f.text("key", 256);
    hello.device = f.text("device", name_bound, false);
    hello.nick = f.text("nick", name_bound, false);
    f.text("lang", name_bound, false);
    if (f.find("table", false) != nullptr) hello.table = static_cast<int>(f.integer("table", 1, 9999));
    return checked(f, std::move(hello));
}

ClientMessage parse_submit(const json& object) {
    Fields f(object);
    SubmitMessage submit;
    const std::string id = f.text("id", name_bound);
    submit.round = static_cast<std::uint32_t>(f.integer("round", 0, std::numeric_limits<std::uint32_t>::max()));
    submit.text = f.text("text", 4096);
    submit.language = f.text("language", name_bound, false);
    submit.title = f.text("title", 512, false);
    submit.part = static_cast<std::uint32_t>(f.integer("part", 0, most_parts, false));
    if (const std::string kind = f.text("kind", name_bound, false); !kind.empty()) {
        const auto known = parse_contribution_kind(kind);
        if (!known) f.fault("kind must be idea, question, means or criticism");
        submit.kind = known.value_or(submit.kind);
    }
    if (const auto parsed = parse_uuid(id)) {
        submit.id = *parsed;
    } else {
        f.fault("id must be a UUID");
    }
    if (auto error = f.error()) return Fault{*std::move(error), id, {}};
    return submit;
}

ClientMessage parse_command(const json& object) {
    Fields f(object);
    const std::string request = f.text("request", name_bound);
    const json* body = f.find("command");
    if (auto error = f.error()) return Fault{*std::move(error), {}, request};
    auto command = decode_command(*body);
    if (!command) return Fault{command.error(), {}, request};
    return CommandMessage{request, *std::move(command)};
}

ClientMessage parse_pictures(const json& object) {
    Fields f(object);
    PicturesMessage pictures;
    pictures.fps = fps_bound;
    if (const json* fps = f.find("fps", false)) {
        if (fps->is_number() && fps->get<double>() > 0) {
            pictures.fps = std::min(fps_bound, fps->get<double>());
        } else {
            f.fault("fps must be a number from 0 to 15");
        }
    }
    const json* want = f.find("want");
    if (want != nullptr && (!want->is_array() || want->size() > wish_bound)) {
        f.fault(fmt::format("want must be a list of at most {}", wish_bound));
    } else if (want != nullptr) {
        for (const auto& item : *want) {
            if (!item.is_object()) return Fault{{"bad_message", "Not understood: want lists objects."}, {}, {}};
            Fields wish(item);
            const std::string kind = wish.text("kind", name_bound);
            const auto* const none = picture_kinds.begin() + live_picture_kinds;
            const auto* const known = std::find(picture_kinds.begin(), none, kind);
            if (known == none) wish.fault("kind must be face, source or view");
            PictureWish w{static_cast<std::uint8_t>(known - picture_kinds.begin()), wish.text("name", name_bound), 0};
            w.width = static_cast<int>(wish.integer("width", 16, width_bound));
            if (auto error = wish.error()) return Fault{*std::move(error), {}, {}};
            pictures.want.push_back(std::move(w));
        }
    }
    return checked(f, std::move(pictures));
}

ClientMessage parse_seen(const json& object) {
    Fields f(object);
    const auto picture = f.integer("picture", 0, std::numeric_limits<std::uint32_t>::max());
    return checked(f, SeenMessage{static_cast<std::uint32_t>(picture)});
}

ClientMessage parse_learn(const json& object) {
    Fields f(object);
    const json* on = f.find("on");
    if (on != nullptr && !on->is_boolean()) f.fault("on must be true or false");
    return checked(f, LearnMessage{on != nullptr && on->is_boolean() && on->get<bool>()});
}

ClientMessage parse_clock(const json& object) {
    Fields f(object);
    const json* t = f.find("t");
    if (t != nullptr && !t->is_number()) f.fault("t must be a number");
    return checked(f, ClockMessage{t == nullptr ? "0" : t->dump()});
}

ClientMessage parse_own(const json&) { return OwnMessage{}; }

Uuid parse_contribution(Fields& f, const std::string& text) {
    const auto id = parse_uuid(text);
    if (!id) f.fault("contribution must be a UUID");
    return id.value_or(Uuid{});
}

ClientMessage parse_looking(const json& object) {
    Fields f(object);
    LookingMessage looking;
    if (const std::string id = f.text("contribution", name_bound, false); !id.empty())
        looking.contribution = parse_contribution(f, id);
    looking.theme = static_cast<std::uint32_t>(f.integer("theme", 0, std::numeric_limits<std::uint32_t>::max(), false));
    return checked(f, looking);
}

ClientMessage parse_history(const json& object) {
    Fields f(object);
    return checked(f, HistoryMessage{parse_contribution(f, f.text("contribution", name_bound))});
}

struct Kind {
    std::string_view type;
    ClientMessage (*parse)(const json&);
};
constexpr std::array kinds{Kind{"hello", parse_hello},       Kind{"submit", parse_submit},
                           Kind{"own", parse_own},           Kind{"command", parse_command},
                           Kind{"seen", parse_seen},         Kind{"clock", parse_clock},
                           Kind{"pictures", parse_pictures}, Kind{"learn", parse_learn},
                           Kind{"looking", parse_looking},   Kind{"history", parse_history}};

json names_json(const std::vector<FaceName>& faces) {
    json list = json::array();
    for (const auto& face : faces) list.push_back(face.text);
    return list;
}

}  // namespace

std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

ClientMessage parse_client_message(std::string_view text) {
    if (too_deep(text)) return Fault{{"bad_json", "Not understood: nested too deeply."}, {}, {}};
    const json object = json::parse(text, nullptr, false);
    if (object.is_discarded()) return Fault{{"bad_json", "Not understood: this is not JSON in UTF-8."}, {}, {}};
    const auto type = object.is_object() ? object.find("type") : object.end();
    if (!object.is_object() || type == object.end() || !type->is_string()) {
        return Fault{{"bad_message", "Not understood: a message is an object with a type."}, {}, {}};
    }
    for (const auto& kind : kinds) {
        if (type->get_ref<const std::string&>() == kind.type) return kind.parse(object);
    }
    return Fault{{"bad_message", "Not understood: there is no message of this type."}, {}, {}};
}

std::string welcome_json(const Welcome& w) {
    const TextLimits text;
    return dump({{"type", "welcome"},
                 {"proto", protocol_version},
                 {"role", std::string(to_string(w.actor.role))},
                 {"name", w.actor.name},
                 {"may", w.rights.commands},
                 {"faces", names_json(w.rights.faces)},
                 {"table", w.actor.table.value == 0 ? json(nullptr) : json(w.actor.table.value)},
                 {"epoch", w.epoch},
                 {"show_ms", w.show_ms},
                 {"limits",
                  {{"text_code_points", text.code_points},
                   {"text_clusters", text.clusters},
                   {"message_bytes", w.limits.message_bytes},
                   {"in_flight", w.limits.in_flight}}},
                 {"retry_slot_ms", w.retry_slot_ms}});
}

std::string stored_json(const Uuid& id, std::uint64_t sequence) {
    return fmt::format(R"({{"type":"stored","id":"{}","sequence":{}}})", to_string(id), sequence);
}

std::string refused_json(std::string_view id, const Error& error, int retry_after_ms) {
    return dump({{"type", "refused"},
                 {"id", id},
                 {"code", error.code},
                 {"message", error.message},
                 {"retry_after_ms", retry_after_ms}});
}

std::string result_json(std::string_view request, const Error* error, std::uint64_t revision) {
    return dump({{"type", "result"},
                 {"request", request},
                 {"ok", error == nullptr},
                 {"code", error == nullptr ? "" : error->code},
                 {"message", error == nullptr ? "" : error->message},
                 {"revision", revision}});
}

std::string error_json(const Error& error) {
    return dump({{"type", "error"}, {"code", error.code}, {"message", error.message}});
}

std::string clock_json(std::string_view t, std::int64_t show_ms) {
    return fmt::format(R"({{"type":"clock","t":{},"show_ms":{}}})", t, show_ms);
}

std::string state_json(std::uint64_t revision, std::string_view view) {
    return fmt::format(R"({{"type":"state","revision":{},"view":{}}})", revision, view);
}

std::string seating_json(std::string_view view) { return fmt::format(R"({{"type":"seating","seating":{}}})", view); }

std::string own_added_json(const ShowState& state, const Contribution& contribution) {
    return dump({{"type", "own_added"}, {"contribution", own_view(state, contribution)}});
}

std::string own_json(const ShowState& state, const std::vector<const Contribution*>& newest, std::size_t bytes) {
    std::vector<std::string> items;
    std::size_t total = 0;
    for (const auto* c : newest) {
        std::string item = dump(own_view(state, *c));
        if (total + item.size() > bytes) break;
        total += item.size() + 1;
        items.push_back(std::move(item));
    }
    std::reverse(items.begin(), items.end());
    return fmt::format(R"({{"type":"own","contributions":[{}],"left_out":{}}})", fmt::join(items, ","),
                       newest.size() - items.size());
}

std::string history_json(const ShowState& state, const Uuid& contribution) {
    return dump(
        {{"type", "history"}, {"contribution", to_string(contribution)}, {"deeds", history_view(state, contribution)}});
}

std::string actual_json(const Actual& actual) {
    json out = encode(actual);
    out["type"] = "actual";
    return dump(out);
}

std::string levels_json(const SoundLevels& levels) {
    json out = encode(levels);
    out["type"] = "levels";
    return dump(out);
}

std::string moves_json(const std::vector<Move>& newest_first) {
    json list = json::array();
    for (const auto& move : newest_first) {
        list.push_back(
            {{"name", move.by.name},
             {"role", std::string(to_string(move.by.role))},
             {"command", move.command},
             {"subject", move.subject},
             {"faces", move.faces ? names_json(*move.faces) : json(nullptr)},
             {"show_ms", std::chrono::duration_cast<std::chrono::milliseconds>(move.at.since_start).count()}});
    }
    return dump({{"type", "moves"}, {"moves", std::move(list)}});
}

std::string touched_json(const Touch& touch) {
    const Binding binding{touch.control, touch.mode, {}, {}, {}};
    json out = encode(binding);
    return dump({{"type", "touched"}, {"control", out["control"]}, {"mode", out["mode"]}});
}

std::string tally_json(const std::map<SourceName, TallyLight>& lights) {
    json out = json::object();
    for (const auto& [source, light] : lights) {
        out[source.text] = {{"program", names_json(light.program)}, {"preview", light.preview}};
    }
    return dump({{"type", "tally"}, {"lights", std::move(out)}});
}

}  // namespace tribune::net
