// Inputs: sources, and the layers that are drawn.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "net/obs/requests.hpp"
#include "net/obs/view.hpp"

namespace tribune::net::obs {
namespace {

Outcome list_inputs(const Context& context, Fields& fields) {
    const auto kind = fields.optional_text("inputKind");
    Json list = Json::array();
    for (const auto& input : inputs(context.state)) {
        if (kind && *kind != input.kind) continue;
        list.push_back({{"inputName", input.name},
                        {"inputUuid", input_uuid(input.name)},
                        {"inputKind", input.kind},
                        {"unversionedInputKind", input.kind},
                        {"inputKindCaps", 0}});
    }
    return success({{"inputs", std::move(list)}});
}

Outcome list_kinds(const Context&, Fields& fields) {
    (void)fields.optional_flag("unversioned");
    return success({{"inputKinds", input_kinds()}});
}

Outcome default_settings(const Context&, Fields& fields) {
    const auto kind = fields.text("inputKind");
    const auto known = input_kinds();
    if (std::find(known.begin(), known.end(), kind) == known.end())
        return Reply{Code::wrong_input_kind, fmt::format("There is no kind of input \"{}\".", kind), nullptr};
    return success({{"defaultInputSettings", Json::object()}});
}

// The hall's sound does not hang on named devices.
Outcome special_inputs(const Context&, Fields&) {
    return success({{"desktop1", nullptr},
                    {"desktop2", nullptr},
                    {"mic1", nullptr},
                    {"mic2", nullptr},
                    {"mic3", nullptr},
                    {"mic4", nullptr}});
}

Outcome get_settings(const Context& context, Fields& fields) {
    const auto input = read_input(context, fields);
    if (!input) return *fields.fault();
    return success({{"inputSettings", input_settings(context.state, *input)}, {"inputKind", input->kind}});
}

// As obs writes a colour: 0xAABBGGRR.
Colour unpacked(std::int64_t value) {
    const auto share = [&](unsigned shift) {
        return static_cast<float>((static_cast<std::uint64_t>(value) >> shift) & 255U) / 255.0F;
    };
    return {share(0), share(8), share(16), share(24)};
}

// What a kind of layer takes of the settings; false: nothing can be set on it.
struct TakeSettings {
    Fields& settings;
    bool operator()(TextContent& content) const {
        // An empty text is a text: a caption that says nothing.
        if (const auto text = settings.optional_text_or_empty("text")) content.text = *text;
        if (const auto colour = settings.optional_integer("color1", 0, 0xFFFFFFFF)) content.colour = unpacked(*colour);
        return true;
    }
    bool operator()(ColourContent& content) const {
        if (const auto colour = settings.optional_integer("color", 0, 0xFFFFFFFF))
            content.top = content.bottom = unpacked(*colour);
        return true;
    }
    bool operator()(QrContent& content) const {
        if (const auto text = settings.optional_text_or_empty("text")) content.text = *text;
        return true;
    }
    template <class Other>
    bool operator()(Other&) const {
        return false;
    }
};

// "text" is the template's first field; the others go by their names. What is no field of it is left alone.
Outcome set_caption(const Context& context, const Caption& caption, const Json& wanted) {
    SetCaption command;
    command.name = caption.name;
    command.words.emplace();
    const auto* look = context.state.setup->caption_template(caption.template_name);
    for (const auto& [name, value] : wanted.items()) {
        const auto first = first_field(context.state, caption);
        const FieldName field = name == "text" && first ? *first : FieldName(name);
        if (!value.is_string() || look == nullptr || look->field(field) == nullptr) continue;
        (*command.words)[field] = value.get<std::string>();
    }
    return Act{{std::move(command)}, nullptr};
}

Outcome set_settings(const Context& context, Fields& fields) {
    const auto input = read_input(context, fields);
    const Json wanted = fields.object("inputSettings");
    (void)fields.optional_flag("overlay");  // what is left out stays
    if (!input) return *fields.fault();
    if (const Caption* caption = caption_of(context.state, *input)) return set_caption(context, *caption, wanted);
    Fields settings(wanted);
    const Layer* layer = layer_of(context.state, *input);
    Layer next = layer == nullptr ? Layer() : *layer;
    if (layer == nullptr || !std::visit(TakeSettings{settings}, next.content))
        return Reply{Code::not_configurable, "What this input shows is set in the show file.", nullptr};
    if (settings.fault()) return *settings.fault();
    return Act{{SetLayer{input->scene, std::move(next), 0}}, nullptr};
}

// --- Filters ------------------------------------------------------------------------------------------------

Outcome list_filters(const Context& context, Fields& fields) {
    const auto name = fields.optional_text("sourceName");
    const auto uuid = name ? std::nullopt : fields.optional_text("sourceUuid");
    if (!name && !uuid) (void)fields.text("sourceName");
    const bool known = name ? context.state.has_scene(SceneName(*name)) || find_input(context.state, *name)
                            : uuid && (scene_of_uuid(context.state, *uuid) || input_of_uuid(context.state, *uuid));
    if (!known) return not_found("source", name.value_or(uuid.value_or("")));
    return success({{"filters", Json::array()}});
}

Outcome list_filter_kinds(const Context&, Fields&) { return success({{"sourceFilterKinds", Json::array()}}); }

constexpr std::array rows{
    Row{"GetInputList", list_inputs},
    Row{"GetInputKindList", list_kinds},
    Row{"GetInputDefaultSettings", default_settings},
    Row{"GetSpecialInputs", special_inputs},
    Row{"GetInputSettings", get_settings},
    Row{"SetInputSettings", set_settings},
    Row{"GetSourceFilterList", list_filters},
    Row{"GetSourceFilterKindList", list_filter_kinds},
};

}  // namespace

std::optional<Input> read_input(const Context& context, Fields& fields) {
    const auto name = fields.optional_text("inputName");
    const auto uuid = name ? std::nullopt : fields.optional_text("inputUuid");
    if (!name && !uuid) (void)fields.text("inputName");
    if (fields.fault()) return std::nullopt;
    auto input = name ? find_input(context.state, *name) : input_of_uuid(context.state, *uuid);
    if (!input) fields.fail(Code::not_found, not_found("input", name ? *name : *uuid).comment);
    return input;
}

std::span<const Row> input_rows() { return rows; }

}  // namespace tribune::net::obs
