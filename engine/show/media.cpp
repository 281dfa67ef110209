#include "show/media.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "show/apply.hpp"

namespace tribune {
namespace {

constexpr double longest_clip_ms = 7 * 24 * 3600 * 1000.0;
constexpr std::size_t longest_name = 32;
constexpr std::size_t longest_label = 100;

Result<Nanoseconds> from_ms(double ms) {
    if (ms >= 0 && ms <= longest_clip_ms) return Nanoseconds{std::llround(ms * 1e6)};
    return Error{"bad_clip", "A position in a clip is 0 or more milliseconds, a week at most."};
}

Status check_source(const ShowState& state, const SourceName& name) {
    if (state.setup->source(name) != nullptr) return {};
    return Error{"unknown_source", fmt::format("There is no source \"{}\".", name.text)};
}

Result<Transport*> clip(ShowState& state, const SourceName& name) {
    TRIBUNE_CHECK(check_source(state, name));
    const auto at = state.stage.media.find(name);
    if (at != state.stage.media.end()) return &at->second;
    return Error{"not_a_clip", fmt::format("\"{}\" is live: only a file can be played.", name.text)};
}

// Calls `change` on each clip named.
template <class F>
Status for_clips(ShowState& state, const std::vector<SourceName>& names, F change) {
    if (names.empty()) return Error{"unknown_source", "No clip is named: say which."};
    for (const auto& name : names) {
        TRIBUNE_TRY(Transport * transport, clip(state, name));
        TRIBUNE_CHECK(change(*transport));
    }
    return {};
}

void place(Transport& t, ClipMotion motion, Nanoseconds position, ShowTime at) {
    t.motion = motion;
    t.position = position;
    t.since = at;
}

void play(Transport& t, ShowTime at) {
    const auto point = clip_point(t, at);
    if (point.state == ClipState::playing) return;
    const auto end = clip_end(t);
    const bool over = point.state == ClipState::ended || (end && point.position >= *end);
    place(t, ClipMotion::playing, over ? t.in : point.position, at);
}

// Where a file begins when its source comes to be.
Transport fresh(const SourceConfig& source, ShowTime at) {
    Transport t;
    t.motion = source.play_on_take ? ClipMotion::cued : ClipMotion::playing;
    t.since = at;
    t.loop = source.loop;
    t.play_on_take = source.play_on_take;
    return t;
}

// The sources that a scene is made of at this time, those of the scenes in it included.
void add_sources(const ShowState& state, const SceneName& scene, ShowTime at, std::size_t depth,
                 std::set<SourceName>& out) {
    for (const auto& layer : state.layers_of(scene, at)) {
        if (!layer.visible) continue;
        if (const auto* source = std::get_if<SourceContent>(&layer.content)) out.insert(source->source);
        const auto* inner = std::get_if<SceneContent>(&layer.content);
        if (inner != nullptr && depth < most_scene_depth) add_sources(state, inner->scene, at, depth + 1, out);
    }
}
std::set<SourceName> sources_of(const ShowState& state, const SceneName& scene, ShowTime at) {
    std::set<SourceName> out;
    add_sources(state, scene, at, 0, out);
    return out;
}

Status check_name(const ShowState& state, const SourceName& name) {
    const bool plain = !name.empty() && name.text.size() <= longest_name &&
                       name.text.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == std::string::npos;
    if (!plain)
        return Error{"bad_name", "A source's name is 1 to 32 letters, digits, - or _, without spaces or accents."};
    if (state.has_scene(SceneName(name.text)))
        return Error{"name_taken",
                     fmt::format("There is a source or scene \"{}\" already: choose another name.", name.text)};
    return {};
}

// A plain name: nothing that leads out of the folder.
bool is_file_name(const std::string& file) {
    return !file.empty() && file.front() != '.' && file.size() <= 255 && file.find('/') == std::string::npos &&
           file.find('\0') == std::string::npos;
}

}  // namespace

// By its own name or in any scene, on air or not.
Status check_source_free(const ShowState& state, const SourceName& name) {
    const Stage& stage = state.stage;
    const SceneName scene(name.text);
    const auto uses = [&](const Bus& bus) {
        return bus.scene == scene || (bus.mix && (bus.mix->from == scene || bus.mix->how.name == name.text));
    };
    const auto holds = [&](const Layer& layer) {
        const auto* source = std::get_if<SourceContent>(&layer.content);
        return source != nullptr && source->source == name;
    };
    const bool in_use =
        uses(stage.program) || stage.preview == scene ||
        (stage.transition.name == name.text && state.setup->stinger(name.text) != nullptr) ||
        std::any_of(stage.faces.begin(), stage.faces.end(),
                    [&](const auto& face) { return face.second.own && uses(*face.second.own); }) ||
        std::any_of(stage.overlays.begin(), stage.overlays.end(), [&](const auto& o) { return o.scene == scene; }) ||
        std::any_of(state.scenes->scenes.begin(), state.scenes->scenes.end(), [&](const auto& one) {
            return std::any_of(one.second.layers.begin(), one.second.layers.end(), holds);
        });
    if (!in_use) return {};
    return Error{"source_in_use", fmt::format("\"{}\" is shown or comes next: take something else first.", name.text)};
}

Transport settings_of(const Transport& transport) {
    Transport settings = transport;
    const Transport unplaced;
    settings.motion = unplaced.motion;
    settings.position = unplaced.position;
    settings.since = unplaced.since;
    settings.duration = unplaced.duration;
    return settings;
}

void set_settings(Transport& transport, const Transport& settings, ShowTime at) {
    if (transport.motion == ClipMotion::playing)
        place(transport, transport.motion, clip_point(transport, at).position, at);
    const Transport stands = transport;
    transport = settings;
    transport.motion = stands.motion;
    transport.position = stands.position;
    transport.since = stands.since;
    transport.duration = stands.duration;
}

Status apply_to(ShowState& state, const Cue& c, const Stamp& stamp) {
    std::optional<Nanoseconds> position;
    if (c.position_ms) {
        TRIBUNE_TRY(position, from_ms(*c.position_ms));
    }
    return for_clips(state, c.sources, [&](Transport& t) -> Status {
        place(t, ClipMotion::cued, position.value_or(t.in), stamp.at);
        return {};
    });
}

Status apply_to(ShowState& state, const Play& c, const Stamp& stamp) {
    return for_clips(state, c.sources, [&](Transport& t) -> Status {
        play(t, stamp.at);
        return {};
    });
}

Status apply_to(ShowState& state, const Pause& c, const Stamp& stamp) {
    return for_clips(state, c.sources, [&](Transport& t) -> Status {
        if (t.motion == ClipMotion::playing) place(t, ClipMotion::paused, clip_point(t, stamp.at).position, stamp.at);
        return {};
    });
}

Status apply_to(ShowState& state, const SetClip& c, const Stamp& stamp) {
    TRIBUNE_TRY(Transport * t, clip(state, c.source));
    // The picture of this moment stays, whatever changes about the time.
    if (t->motion == ClipMotion::playing) place(*t, t->motion, clip_point(*t, stamp.at).position, stamp.at);
    if (c.in_ms) {
        TRIBUNE_TRY(t->in, from_ms(*c.in_ms));
    }
    if (c.out_ms) {
        TRIBUNE_TRY(const auto out, from_ms(*c.out_ms));
        t->out.reset();
        if (out > Nanoseconds{0}) t->out = out;
    }
    if (t->out && *t->out <= t->in) return Error{"bad_clip", "A clip's out point comes after its in point."};
    if (t->duration > Nanoseconds{0} && t->in >= t->duration)
        return Error{"bad_clip", "The in point lies behind the clip's end."};
    if (c.speed) {
        if (!(*c.speed >= slowest_clip && *c.speed <= fastest_clip))
            return Error{"bad_clip",
                         fmt::format("A clip plays at {} to {} times its speed.", slowest_clip, fastest_clip)};
        t->speed = *c.speed;
    }
    if (c.loop) t->loop = *c.loop;
    if (c.at_end) t->at_end = *c.at_end;
    if (c.next) {
        if (!c.next->empty()) {
            TRIBUNE_CHECK(check_scene(state, SceneName(*c.next)));
        }
        t->next = *c.next;
    }
    if (t->at_end == ClipEnd::next && t->next.empty())
        return Error{"bad_clip", "Say what comes next: a scene or a source."};
    if (c.play_on_take) t->play_on_take = *c.play_on_take;
    return {};
}

Status apply_to(ShowState& state, const ClipOpened& c, const Stamp&) {
    TRIBUNE_TRY(Transport * t, clip(state, c.source));
    if (c.duration < Nanoseconds{0}) return Error{"bad_clip", "A clip's length is not negative."};
    t->duration = c.duration;
    return {};
}

Status apply_to(ShowState& state, const ClipEnded& c, const Stamp& stamp) {
    TRIBUNE_TRY(Transport * t, clip(state, c.source));
    const auto point = clip_point(*t, stamp.at);
    if (t->motion != ClipMotion::playing || point.state != ClipState::ended || t->at_end != ClipEnd::next)
        return Error{"not_ended", fmt::format("\"{}\" has not come to its end.", c.source.text)};
    place(*t, ClipMotion::paused, point.position, stamp.at);
    const SceneName next(t->next);
    if (!state.has_scene(next)) return {};  // gone meanwhile: the last picture stays
    Stage& stage = state.stage;
    std::vector<Bus*> buses;
    const auto add = [&](Bus& bus) {
        if (sources_of(state, bus.scene, stamp.at).contains(c.source)) buses.push_back(&bus);
    };
    add(stage.program);
    for (auto& [name, face] : stage.faces) {
        if (face.own) add(*face.own);
    }
    if (buses.empty()) return {};
    const Transition how = begun(state, stage.transition, stamp.at);
    for (Bus* bus : buses) *bus = next_bus(*bus, next, how, stamp.at);
    play_on_take(state, next, stamp.at);
    return {};
}

Status apply_to(ShowState& state, const AddSource& c, const Stamp& stamp) {
    TRIBUNE_CHECK(check_name(state, c.name));
    if (state.setup->sources.size() >= most_sources)
        return Error{"too_many_sources", fmt::format("A show has at most {} sources: remove one.", most_sources)};
    if (c.label.size() > longest_label) return Error{"bad_name", "A label has at most 100 letters."};
    SourceConfig source;
    source.name = c.name;
    source.label = c.label;
    source.added = true;
    if (c.url.empty()) {
        if (!is_file_name(c.file)) return Error{"bad_file", "Name a file of the media folder."};
        source.url = state.setup->media + "/" + c.file;
        source.live = false;
        source.loop = c.loop;
        source.play_on_take = true;
    } else {
        if (!c.file.empty()) return Error{"bad_url", "A source is a file or an address, not both."};
        source.url = c.url;
        source.live = !names_file(c.url);
        source.loop = c.loop;
        source.play_on_take = !source.live;
        if (!source.live && c.url.front() != '/') return Error{"bad_url", "Write a file's whole path, from / on."};
    }
    const auto before = state.setup;
    auto setup = std::make_shared<Setup>(*before);
    setup->sources.push_back(std::move(source));
    state.setup = std::move(setup);
    match_media(state, *before, stamp.at);
    return {};
}

Status apply_to(ShowState& state, const RemoveSource& c, const Stamp& stamp) {
    TRIBUNE_CHECK(check_source(state, c.name));
    if (!state.setup->source(c.name)->added)
        return Error{"source_of_file", fmt::format("\"{}\" stands in the show file: take it out there.", c.name.text)};
    TRIBUNE_CHECK(check_source_free(state, c.name));
    const auto before = state.setup;
    auto setup = std::make_shared<Setup>(*before);
    std::erase_if(setup->sources, [&](const SourceConfig& s) { return s.name == c.name; });
    std::erase_if(setup->stingers, [&](const StingerSetup& s) { return s.source == c.name; });
    state.setup = std::move(setup);
    match_media(state, *before, stamp.at);
    return {};
}

std::shared_ptr<const Setup> with_added(Setup loaded, const Setup& before) {
    for (const auto& source : before.sources) {
        if (source.added && loaded.source(source.name) == nullptr) loaded.sources.push_back(source);
    }
    for (const auto& stinger : before.stingers) {
        const SourceConfig* clip = loaded.source(stinger.source);
        if (clip != nullptr && !clip->live && loaded.stinger(stinger.source.text) == nullptr &&
            loaded.transition(stinger.source.text) == nullptr)
            loaded.stingers.push_back(stinger);
    }
    return std::make_shared<const Setup>(std::move(loaded));
}

void match_media(ShowState& state, const Setup& before, ShowTime at) {
    std::map<SourceName, Transport> media;
    for (const auto& source : state.setup->sources) {
        if (source.live) continue;
        const auto old = state.stage.media.find(source.name);
        const SourceConfig* was = before.source(source.name);
        const bool same = old != state.stage.media.end() && was != nullptr && was->url == source.url;
        Transport& clip = media[source.name] = same ? old->second : fresh(source, at);
        if (!same && state.setup->stinger(source.name.text) != nullptr) be_stinger(clip, at);
    }
    state.stage.media = std::move(media);
}

void play_on_take(ShowState& state, const SceneName& scene, ShowTime at) {
    for (const auto& source : sources_of(state, scene, at)) {
        const auto found = state.stage.media.find(source);
        if (found != state.stage.media.end() && found->second.play_on_take) play(found->second, at);
    }
}

}  // namespace tribune
