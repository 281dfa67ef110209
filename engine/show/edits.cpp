#include "show/edits.hpp"

#include <algorithm>
#include <iterator>
#include <type_traits>

#include "show/apply.hpp"
#include "show/rights.hpp"

namespace tribune {
namespace {

// --- Pieces: how one is (look), and how it is made to be (put) ------------------------------------------------

void look(const ShowState& state, ScenePiece& p) {
    if (const Scene* scene = state.scenes->scene(p.key)) p.value = *scene;
}
Status put(ShowState& state, const ScenePiece& is, const ScenePiece& becomes, ShowTime) {
    if (becomes.value) {
        TRIBUNE_CHECK(check_scene_contents(state, becomes.key, becomes.value->layers));
    } else {
        TRIBUNE_CHECK(check_scene_free(state, is.key));
    }
    auto book = std::make_shared<SceneBook>(*state.scenes);
    book->scenes.erase(is.key);
    if (becomes.value) book->scenes[becomes.key] = *becomes.value;
    state.scenes = std::move(book);
    return {};
}

void look(const ShowState& state, ClipPiece& p) {
    const auto at = state.stage.media.find(p.key);
    if (at != state.stage.media.end()) p.value = settings_of(at->second);
}
Status put(ShowState& state, const ClipPiece&, const ClipPiece& becomes, ShowTime now) {
    const auto at = state.stage.media.find(becomes.key);
    if (at != state.stage.media.end() && becomes.value) set_settings(at->second, *becomes.value, now);
    return {};
}

void look(const ShowState& state, ChannelPiece& p) {
    const auto at = state.stage.sound.channels.find(p.key);
    if (at != state.stage.sound.channels.end()) p.value = at->second;
}
Status put(ShowState& state, const ChannelPiece& is, const ChannelPiece& becomes, ShowTime) {
    auto& channels = state.stage.sound.channels;
    channels.erase(is.key);
    if (becomes.value) channels[becomes.key] = *becomes.value;
    return {};
}

void look(const ShowState& state, MasterPiece& p) { p.value = state.stage.sound.master; }
Status put(ShowState& state, const MasterPiece&, const MasterPiece& becomes, ShowTime) {
    state.stage.sound.master = becomes.value.value_or(SoundMaster{});
    return {};
}

void look(const ShowState& state, TransitionPiece& p) { p.value = state.stage.transition; }
Status put(ShowState& state, const TransitionPiece&, const TransitionPiece& becomes, ShowTime) {
    state.stage.transition = becomes.value.value_or(Transition{});
    return {};
}

void look(const ShowState& state, SourcePiece& p) {
    const auto& sources = state.setup->sources;
    const auto at = std::find_if(sources.begin(), sources.end(), [&](const auto& s) { return s.name == p.key; });
    if (at == sources.end()) return;
    p.value = PlacedSource{static_cast<std::uint64_t>(at - sources.begin()), *at, std::nullopt};
    const auto transport = state.stage.media.find(p.key);
    if (transport != state.stage.media.end()) p.value->transport = transport->second;
}
Status put(ShowState& state, const SourcePiece& is, const SourcePiece& becomes, ShowTime now) {
    if (!becomes.value) TRIBUNE_CHECK(check_source_free(state, is.key));
    const auto before = state.setup;
    auto setup = std::make_shared<Setup>(*before);
    std::erase_if(setup->sources, [&](const SourceConfig& s) { return s.name == is.key; });
    if (!becomes.value) std::erase_if(setup->stingers, [&](const StingerSetup& s) { return s.source == is.key; });
    if (becomes.value) {
        const auto index = std::min<std::uint64_t>(becomes.value->index, setup->sources.size());
        setup->sources.insert(setup->sources.begin() + static_cast<std::ptrdiff_t>(index), becomes.value->config);
    }
    state.setup = std::move(setup);
    match_media(state, *before, now);
    if (becomes.value && becomes.value->transport) state.stage.media[becomes.key] = *becomes.value->transport;
    return {};
}

void look(const ShowState& state, CuePiece& p) {
    if (const RundownCue* cue = state.rundown->cue(p.key)) p.value = PlacedCue{state.rundown->index_of(p.key), *cue};
}
Status put(ShowState& state, const CuePiece& is, const CuePiece& becomes, ShowTime) {
    put_cue(state, is.key, becomes.value);
    return {};
}

void look(const ShowState& state, MacroPiece& p) {
    if (const Macro* macro = state.rundown->macro(p.key)) p.value = *macro;
}
Status put(ShowState& state, const MacroPiece& is, const MacroPiece& becomes, ShowTime) {
    auto rundown = std::make_shared<Rundown>(*state.rundown);
    rundown->macros.erase(is.key);
    if (becomes.value) rundown->macros[becomes.key] = *becomes.value;
    state.rundown = std::move(rundown);
    return {};
}

void look(const ShowState& state, CaptionPiece& p) {
    const auto& list = state.captions->list;
    const auto at = std::find_if(list.begin(), list.end(), [&](const Caption& c) { return c.name == p.key; });
    if (at == list.end()) return;
    p.value = PlacedCaption{static_cast<std::uint64_t>(at - list.begin()), *at};
    p.value->caption.change.reset();  // how its words came is nobody's edit
}
Status put(ShowState& state, const CaptionPiece& is, const CaptionPiece& becomes, ShowTime now) {
    return put_caption(state, is.key, becomes.value, now);
}

void look(const ShowState& state, ControlPiece& p) {
    if (const Binding* binding = state.surfaces->named(p.key)) p.value = *binding;
}
Status put(ShowState& state, const ControlPiece& is, const ControlPiece& becomes, ShowTime) {
    auto book = std::make_shared<SurfaceBook>(*state.surfaces);
    std::erase_if(book->bindings, [&](const Binding& b) { return name_of(b.control) == is.key; });
    if (becomes.value) book->put(*becomes.value);
    state.surfaces = std::move(book);
    return {};
}

void look(const ShowState& state, StingerPiece& p) {
    if (const StingerSetup* stinger = state.setup->stinger(p.key.text)) p.value = stinger->cut_ms;
}
Status put(ShowState& state, const StingerPiece& is, const StingerPiece& becomes, ShowTime now) {
    const Stamp stamp{0, now, 0};
    return becomes.value ? apply_to(state, SetStinger{becomes.key, becomes.value}, stamp)
                         : apply_to(state, RemoveStinger{is.key}, stamp);
}

void look(const ShowState& state, MultiviewPiece& p) { p.value = state.stage.multiview; }
Status put(ShowState& state, const MultiviewPiece&, const MultiviewPiece& becomes, ShowTime) {
    state.stage.multiview = becomes.value.value_or(Multiview{});
    return {};
}

std::size_t index_of(const Room& room, std::uint32_t item) {
    const auto same = [&](const AgendaItem& a) { return a.item == item; };
    return static_cast<std::size_t>(std::find_if(room.agenda.begin(), room.agenda.end(), same) - room.agenda.begin());
}
void look(const ShowState& state, AgendaPiece& p) {
    const auto& agenda = state.room.agenda;
    const std::size_t index = index_of(state.room, p.key.item);
    if (index == agenda.size()) return;
    p.key.text = agenda[index].question.text;
    p.value = PlacedQuestion{index, agenda[index].question};
}
Status put(ShowState& state, const AgendaPiece& is, const AgendaPiece& becomes, ShowTime now) {
    const Stamp stamp{0, now, 0};
    const std::uint32_t item = is.key.item;
    Room& room = state.room;
    if (!becomes.value) return apply(room, RemoveAgendaItem{item}, stamp);
    if (index_of(room, item) < room.agenda.size()) {
        TRIBUNE_CHECK(apply(room, SetAgendaItem{item, becomes.value->question}, stamp));
    } else {
        // A new one at the end, under the number that it had.
        TRIBUNE_CHECK(apply(room, SetAgendaItem{0, becomes.value->question}, stamp));
        room.agenda.back().item = item;
    }
    return apply(room, MoveAgendaItem{item, static_cast<std::uint32_t>(becomes.value->index)}, stamp);
}

// --- What each command edits; all others are live ---------------------------------------------------------------

struct Edited {
    Piece before;
    Piece after;
    std::string part;
};

template <class P, class Key>
Edited one(const Key& key, std::string part = "") {
    P piece;
    piece.key = key;
    return {piece, piece, std::move(part)};
}
template <class P, class Key>
Edited renamed(const Key& was, const Key& now, std::string part = "") {
    Edited out = one<P>(was.empty() ? now : was, std::move(part));
    std::get<P>(out.after).key = now;
    return out;
}

// The names of what is set, so that moves of one fader go together and those of two do not.
template <class... T>
std::string parts(const std::pair<std::string_view, const std::optional<T>&>&... given) {
    std::string out;
    const auto add = [&](std::string_view name, bool set) {
        if (set) out += (out.empty() ? "" : " ") + std::string(name);
    };
    (add(given.first, given.second.has_value()), ...);
    return out;
}
template <class T>
std::pair<std::string_view, const std::optional<T>&> part(std::string_view name, const std::optional<T>& value) {
    return {name, value};
}

Edited edited(const SetScene& c) { return one<ScenePiece>(c.name); }
Edited edited(const RemoveScene& c) { return one<ScenePiece>(c.name); }
Edited edited(const SetLayer& c) { return one<ScenePiece>(c.scene, c.layer.name.text); }
Edited edited(const ArrangeScene& c) { return one<ScenePiece>(c.scene); }
Edited edited(const SetClip& c) {
    return one<ClipPiece>(
        c.source, parts(part("in", c.in_ms), part("out", c.out_ms), part("speed", c.speed), part("loop", c.loop),
                        part("at_end", c.at_end), part("next", c.next), part("play_on_take", c.play_on_take)));
}
Edited edited(const SetChannel& c) {
    return one<ChannelPiece>(c.source, parts(part("gain", c.gain_db), part("mute", c.mute), part("solo", c.solo),
                                             part("pan", c.pan), part("delay", c.delay_ms), part("follow", c.follow)));
}
Edited edited(const SetMaster& c) {
    return one<MasterPiece>(SourceName{},
                            parts(part("gain", c.gain_db), part("mute", c.mute), part("limiter", c.limiter)));
}
Edited edited(const SetTransition& c) { return one<TransitionPiece>(SourceName{}, c.transition); }
Edited edited(const AddSource& c) { return one<SourcePiece>(c.name); }
Edited edited(const RemoveSource& c) { return one<SourcePiece>(c.name); }
Edited edited(const SetCue& c) { return renamed<CuePiece>(c.was, c.cue.number, c.cue.number.text); }
Edited edited(const MoveCue& c) { return one<CuePiece>(c.cue); }
Edited edited(const RemoveCue& c) { return one<CuePiece>(c.cue); }
Edited edited(const SetMacro& c) { return renamed<MacroPiece>(c.was, c.macro.name, c.macro.name.text); }
Edited edited(const SetCaption& c) {
    std::string part;
    if (c.words)
        for (const auto& [field, _] : *c.words) part += (part.empty() ? "" : " ") + field.text;
    return one<CaptionPiece>(c.name, c.label || c.template_name || c.before ? "" : part);
}
Edited edited(const RemoveCaption& c) { return one<CaptionPiece>(c.name); }
Edited edited(const RemoveMacro& c) { return one<MacroPiece>(c.macro); }

Edited edited(const BindControl& c) { return one<ControlPiece>(name_of(c.binding.control)); }
Edited edited(const UnbindControl& c) { return one<ControlPiece>(name_of(c.control)); }
Edited edited(const SetStinger& c) { return one<StingerPiece>(c.source, c.cut_ms ? "cut" : ""); }
Edited edited(const RemoveStinger& c) { return one<StingerPiece>(c.source); }
Edited edited(const SetMultiview& c) {
    return one<MultiviewPiece>(SourceName{}, parts(part("safe_areas", c.safe_areas), part("meters", c.meters)));
}
Edited edited(const SetAgendaItem& c) { return one<AgendaPiece>(AgendaKey{c.item, ""}); }
Edited edited(const RemoveAgendaItem& c) { return one<AgendaPiece>(AgendaKey{c.item, ""}); }
Edited edited(const MoveAgendaItem& c) { return one<AgendaPiece>(AgendaKey{c.item, ""}, "place"); }

std::optional<Edited> edited_by(const Command& command) {
    return std::visit(
        [](const auto& c) -> std::optional<Edited> {
            if constexpr (requires { edited(c); }) {
                return edited(c);
            } else {
                return std::nullopt;
            }
        },
        command);
}

void look(const ShowState& state, Piece& piece) {
    std::visit([&](auto& p) { look(state, p); }, piece);
}

bool goes_on(const Edit& last, const Edit& now) {
    return !now.part.empty() && last.command == now.command && last.part == now.part && last.by == now.by &&
           now.at - last.at < one_move && last.after == now.before;
}

// Steps back (done → undone) or forth again: the last one that this person may do.
Status step(ShowState& state, std::vector<Edit> EditHistory::*from, std::vector<Edit> EditHistory::*to, Piece Edit::*is,
            Piece Edit::*becomes, ShowTime now, const Actor& by, const Error& nothing) {
    auto history = std::make_shared<EditHistory>(*state.edits);
    auto& edits = (*history).*from;
    const auto at =
        std::find_if(edits.rbegin(), edits.rend(), [&](const Edit& e) { return may_do(*state.setup, by, e.command); });
    if (at == edits.rend()) return nothing;
    Edit last = std::move(*at);
    edits.erase(std::next(at).base());
    TRIBUNE_CHECK(std::visit(
        [&](const auto& wanted) { return put(state, std::get<std::decay_t<decltype(wanted)>>(last.*is), wanted, now); },
        last.*becomes));
    ((*history).*to).push_back(std::move(last));
    state.edits = std::move(history);
    return {};
}

}  // namespace

void note_edit(const ShowState& before, ShowState& after, const Command& command, const Stamp& stamp, const Actor& by) {
    auto what = edited_by(command);
    // A recording that ends may have made a macro.
    if (const auto* stopped = std::get_if<StopRecording>(&command); stopped != nullptr && stopped->keep)
        what = one<MacroPiece>(before.stage.rundown.recording->macro);
    if (const auto* added = std::get_if<SetAgendaItem>(&command); added != nullptr && added->item == 0)
        what = one<AgendaPiece>(AgendaKey{after.room.last_item, ""});
    if (!what) return;
    look(before, what->before);
    look(after, what->after);
    if (what->before == what->after) return;
    Edit edit{std::string(kind_of(command).name),
              std::move(what->part),
              by.name,
              stamp.at,
              std::move(what->before),
              std::move(what->after)};
    auto history = std::make_shared<EditHistory>(*after.edits);
    const bool one_step = history->undone.empty() && !history->done.empty() && goes_on(history->done.back(), edit);
    std::erase_if(history->undone, [&](const Edit& e) { return may_do(*after.setup, by, e.command); });
    if (one_step) {
        history->done.back().after = std::move(edit.after);
        history->done.back().at = edit.at;
    } else {
        history->done.push_back(std::move(edit));
        if (history->done.size() > most_undo_steps) history->done.erase(history->done.begin());
    }
    after.edits = std::move(history);
}

bool edits_same_part(const Command& one, const Command& other) {
    const auto a = edited_by(one);
    const auto b = edited_by(other);
    return a && b && one.index() == other.index() && !a->part.empty() && a->part == b->part && a->after == b->after;
}

Status apply_to(ShowState& state, const Undo&, const Stamp& stamp, const Doing& doing) {
    return step(state, &EditHistory::done, &EditHistory::undone, &Edit::after, &Edit::before, stamp.at, doing.by,
                {"nothing_to_undo", "Nothing was changed that could be undone."});
}

Status apply_to(ShowState& state, const Redo&, const Stamp& stamp, const Doing& doing) {
    return step(state, &EditHistory::undone, &EditHistory::done, &Edit::before, &Edit::after, stamp.at, doing.by,
                {"nothing_to_redo", "Nothing was undone that could be brought back."});
}

}  // namespace tribune
