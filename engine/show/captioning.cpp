#include <fmt/format.h>

#include <algorithm>

#include "show/apply.hpp"
#include "show/edits.hpp"

namespace tribune {
namespace {

SceneName scene_of(const CaptionName& name) { return SceneName(name.text); }

Error unknown_caption(const CaptionName& name) {
    return {"unknown_caption", fmt::format("There is no caption \"{}\".", name.text)};
}

auto place_of(const std::vector<Caption>& list, const CaptionName& name) {
    return std::find_if(list.begin(), list.end(), [&](const Caption& c) { return c.name == name; });
}

Result<const CaptionTemplate*> template_of(const ShowState& state, const Caption& caption) {
    if (const auto* found = state.setup->caption_template(caption.template_name)) return found;
    std::string known;
    for (const auto& t : state.setup->caption_templates) known += (known.empty() ? "" : ", ") + t.name;
    return Error{"unknown_template",
                 fmt::format("There is no caption template \"{}\": choose one of {}.", caption.template_name, known)};
}

Status check_caption(const ShowState& state, const Caption& caption) {
    const auto& name = caption.name.text;
    if (name.empty() || name.size() > longest_caption_name || caption.label.size() > longest_caption_name)
        return Error{"bad_caption",
                     fmt::format("A caption's name and label have 1 to {} bytes.", longest_caption_name)};
    TRIBUNE_TRY(const CaptionTemplate* look, template_of(state, caption));
    for (const auto& [field, words] : caption.words) {
        if (look->field(field) == nullptr)
            return Error{"bad_caption",
                         fmt::format("The template \"{}\" has no field \"{}\".", look->name, field.text)};
        if (words.size() > longest_caption_words)
            return Error{"bad_caption",
                         fmt::format("A field takes at most {} bytes: shorten it.", longest_caption_words)};
    }
    return {};
}

// By any bus, overlay or scene; those that have gone for good do not count.
bool in_use(const ShowState& state, const CaptionName& name, ShowTime at) {
    const Stage& stage = state.stage;
    const SceneName scene = scene_of(name);
    const auto on = [&](const Bus& bus) { return bus.scene == scene || (bus.mix && bus.mix->from == scene); };
    const auto holds = [&](const Layer& layer) {
        const auto* content = std::get_if<CaptionContent>(&layer.content);
        return content != nullptr && content->caption == name;
    };
    return on(stage.program) || stage.preview == scene ||
           std::any_of(stage.faces.begin(), stage.faces.end(),
                       [&](const auto& face) { return face.second.own && on(*face.second.own); }) ||
           std::any_of(stage.overlays.begin(), stage.overlays.end(),
                       [&](const Overlay& o) { return o.scene == scene && o.shown.level(at) > 0; }) ||
           std::any_of(state.scenes->scenes.begin(), state.scenes->scenes.end(), [&](const auto& one) {
               return std::any_of(one.second.layers.begin(), one.second.layers.end(), holds);
           });
}

Nanoseconds turn_length(const CaptionTemplate& look, bool on) {
    return std::chrono::milliseconds(on ? look.in_ms : look.out_ms);
}

// Those of its slot leave the faces that a caption comes to.
void make_way(ShowState& state, const Caption& coming, const std::string& slot, const std::vector<FaceName>& faces,
              ShowTime at) {
    if (slot.empty()) return;
    for (auto& overlay : state.stage.overlays) {
        const Caption* other = state.captions->caption(CaptionName(overlay.scene.text));
        const auto* look = other == nullptr ? nullptr : state.setup->caption_template(other->template_name);
        if (look == nullptr || look->slot != slot || other->name == coming.name || !overlay.shown.on) continue;
        std::vector<FaceName> kept;
        if (!faces.empty()) {
            for (const auto& face : state.setup->faces) {
                const auto has = [&](const std::vector<FaceName>& list) {
                    return std::find(list.begin(), list.end(), face.name) != list.end();
                };
                if ((overlay.faces.empty() || has(overlay.faces)) && !has(faces)) kept.push_back(face.name);
            }
        }
        if (kept.empty()) {
            overlay.shown = overlay.shown.turned(false, turn_length(*look, false), at);
        } else {
            overlay.faces = std::move(kept);
        }
    }
}

}  // namespace

const CaptionField* CaptionTemplate::field(const FieldName& wanted) const {
    const auto at = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.name == wanted; });
    return at == fields.end() ? nullptr : &*at;
}

const Caption* CaptionBook::caption(const CaptionName& name) const {
    const auto at = place_of(list, name);
    return at == list.end() ? nullptr : &*at;
}

Status apply_to(ShowState& state, const SetCaption& c, const Stamp& stamp) {
    const Caption* before = state.captions->caption(c.name);
    Caption caption = before == nullptr ? Caption{c.name, "", "", {}} : *before;
    if (before == nullptr) {
        if (state.has_scene(scene_of(c.name))) {
            return Error{"name_taken",
                         fmt::format("There is a source or scene \"{}\" already: choose another name.", c.name.text)};
        }
        if (!c.template_name) return unknown_caption(c.name);
        if (state.captions->list.size() >= most_captions)
            return Error{"too_many_captions",
                         fmt::format("A show has at most {} captions: remove one.", most_captions)};
    }
    if (c.label) caption.label = *c.label;
    if (c.template_name && *c.template_name != caption.template_name) {
        caption.template_name = *c.template_name;
        caption.change.reset();
        TRIBUNE_TRY(const CaptionTemplate* look, template_of(state, caption));
        std::erase_if(caption.words, [&](const auto& field) { return look->field(field.first) == nullptr; });
    }
    const CaptionWords words_before = caption.words;
    if (c.words) {
        for (const auto& [field, words] : *c.words) {
            if (words.empty()) {
                caption.words.erase(field);
            } else {
                caption.words[field] = words;
            }
        }
    }
    if (before != nullptr && caption.words != words_before) caption.change = CaptionChange{before->words, stamp.at};
    TRIBUNE_CHECK(check_caption(state, caption));
    auto book = std::make_shared<CaptionBook>(*state.captions);
    auto& list = book->list;
    auto at = place_of(list, c.name);
    if (at == list.end()) {
        list.push_back(std::move(caption));
        at = std::prev(list.end());
    } else {
        list[static_cast<std::size_t>(at - list.begin())] = std::move(caption);
    }
    if (c.before && *c.before != c.name) {
        if (!c.before->empty() && place_of(list, *c.before) == list.end()) return unknown_caption(*c.before);
        Caption moved = *at;
        list.erase(at);
        list.insert(c.before->empty() ? list.end() : place_of(list, *c.before), std::move(moved));
    }
    state.captions = std::move(book);
    return {};
}

Status put_caption(ShowState& state, const CaptionName& name, const std::optional<PlacedCaption>& becomes,
                   ShowTime now) {
    const Caption* before = state.captions->caption(name);
    if (!becomes) return before == nullptr ? Status{} : apply_to(state, RemoveCaption{name}, Stamp{0, now, 0});
    Caption caption = becomes->caption;
    TRIBUNE_CHECK(check_caption(state, caption));
    if (before == nullptr && state.has_scene(scene_of(name)))
        return Error{"name_taken", fmt::format("There is a source or scene \"{}\" now: rename it first.", name.text)};
    if (before != nullptr && before->template_name == caption.template_name && before->words != caption.words)
        caption.change = CaptionChange{before->words, now};
    auto book = std::make_shared<CaptionBook>(*state.captions);
    std::erase_if(book->list, [&](const Caption& one) { return one.name == name; });
    const auto index = std::min<std::uint64_t>(becomes->index, book->list.size());
    book->list.insert(book->list.begin() + static_cast<std::ptrdiff_t>(index), std::move(caption));
    state.captions = std::move(book);
    return {};
}

Status apply_to(ShowState& state, const RemoveCaption& c, const Stamp& stamp) {
    if (state.captions->caption(c.name) == nullptr) return unknown_caption(c.name);
    if (in_use(state, c.name, stamp.at)) {
        return Error{"caption_in_use",
                     fmt::format("The caption \"{}\" is on a face, in preview or in a scene: take it off there first.",
                                 c.name.text)};
    }
    auto book = std::make_shared<CaptionBook>(*state.captions);
    std::erase_if(book->list, [&](const Caption& one) { return one.name == c.name; });
    state.captions = std::move(book);
    std::erase_if(state.stage.overlays, [&](const Overlay& o) { return o.scene == scene_of(c.name); });
    return {};
}

Status apply_to(ShowState& state, const ShowCaption& c, const Stamp& stamp) {
    const Caption* caption = state.captions->caption(c.name);
    if (caption == nullptr) return unknown_caption(c.name);
    TRIBUNE_TRY(const CaptionTemplate* look, template_of(state, *caption));
    TRIBUNE_CHECK(check_faces(state, c.faces));
    if (c.on) make_way(state, *caption, look->slot, c.faces, stamp.at);
    return turn_overlay(state, scene_of(c.name), c.on, turn_length(*look, c.on), c.faces, stamp.at);
}

Status apply_to(ShowState& state, const NextCaption& c, const Stamp& stamp) {
    const auto& list = state.captions->list;
    const Overlay* last = nullptr;
    for (const auto& overlay : state.stage.overlays) {
        const bool newer = last == nullptr || overlay.shown.start >= last->shown.start;
        const Caption* caption = state.captions->caption(CaptionName(overlay.scene.text));
        const auto* look = caption == nullptr ? nullptr : state.setup->caption_template(caption->template_name);
        if (overlay.shown.on && newer && look != nullptr && !look->slot.empty()) last = &overlay;
    }
    if (last == nullptr)
        return Error{"no_caption_on_air", "No caption that has a next one is on air: show one by its name."};
    const auto slot_of = [&](const Caption& caption) {
        const auto* look = state.setup->caption_template(caption.template_name);
        return look == nullptr ? std::string() : look->slot;
    };
    const auto at = static_cast<std::size_t>(place_of(list, CaptionName(last->scene.text)) - list.begin());
    const std::string slot = slot_of(list[at]);
    const std::vector<FaceName> faces = last->faces;
    for (std::size_t i = 1; i <= list.size(); ++i) {
        const auto& next = list[(at + (c.back ? list.size() - i : i)) % list.size()];
        if (slot_of(next) == slot) return apply_to(state, ShowCaption{next.name, true, faces}, stamp);
    }
    return {};
}

void match_captions(ShowState& state, const Setup& before) {
    auto setup = std::make_shared<Setup>(*state.setup);
    auto book = std::make_shared<CaptionBook>(*state.captions);
    auto& list = book->list;
    for (const auto& old : before.captions) {
        const auto now = place_of(setup->captions, old.name);
        const auto kept = place_of(list, old.name);
        // One that nobody touched goes with its entry in the file.
        if (now == setup->captions.end() && kept != list.end() && *kept == old) list.erase(kept);
    }
    for (const auto& caption : setup->captions) {
        const auto old = place_of(before.captions, caption.name);
        if (old != before.captions.end() && *old == caption) continue;
        const auto kept = place_of(list, caption.name);
        if (kept == list.end()) {
            list.push_back(caption);
        } else {
            list[static_cast<std::size_t>(kept - list.begin())] = caption;
        }
    }
    for (const auto& caption : list) {
        if (setup->caption_template(caption.template_name) != nullptr) continue;
        if (const auto* old = before.caption_template(caption.template_name)) setup->caption_templates.push_back(*old);
    }
    state.setup = std::move(setup);
    state.captions = std::move(book);
}

}  // namespace tribune
