#include "app/render/picture_service.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "show/views.hpp"

namespace tribune {
namespace {

constexpr Nanoseconds still_picture_after = std::chrono::milliseconds(800);
constexpr Nanoseconds give_up_after = std::chrono::seconds(2);  // a source without a picture, a face that is gone
constexpr Nanoseconds hurry_every = std::chrono::milliseconds(200);
constexpr int tallest = 8192;
constexpr std::string_view view_prefix = "view/";

// What shape a view has: its face's, and the multiview that of a control room's display.
Size shape_of(const Setup& setup, std::string_view view) {
    if (view == multiview_view) return {16, 9};
    const auto shown = face_of_view(view);
    const FaceSetup* face = shown ? setup.face(shown->face) : nullptr;
    return face == nullptr ? setup.faces.front().size : face->size;
}

}  // namespace

PictureService::PictureService() : previews_({}, [this](const EncodedPicture& picture) { encoded(picture); }) {}

void PictureService::wish(const PictureWish& wish, const ShowState& state) {
    const bool known = wish.kind == "face"     ? state.setup->face(FaceName(wish.name)) != nullptr
                       : wish.kind == "source" ? state.setup->source(SourceName(wish.name)) != nullptr
                                               : wish.kind == "view" && is_view(state, wish.name);
    if (!known) return refuse(wish.token, "There is no face, source or view of this name.");
    PictureAsk ask;
    ask.name = wish.kind + "/" + wish.name;
    ask.at_most = wish.width > 0 ? Size{wish.width, tallest} : Size{};
    ask.encoding = wish.format == "png" ? PictureEncoding::png : PictureEncoding::jpeg;
    bool taken = false;
    {
        const std::lock_guard lock(mutex_);
        taken = waiting_ < most_askers;
        if (taken) {
            askers_[ask].push_back({wish.token, monotonic_now()});
            ++waiting_;
        }
    }
    if (!taken) return refuse(wish.token, "Too many pictures are asked for: ask again in a second.");
    previews_.ask(ask, ask.encoding == PictureEncoding::png);
}

void PictureService::answer_through(Follower* follower) {
    const std::lock_guard lock(mutex_);
    follower_ = follower;
}

void PictureService::answer(const nlohmann::json& body) {
    const std::lock_guard lock(mutex_);
    if (follower_ != nullptr) (void)follower_->send(Wire::picture, body);
}

void PictureService::refuse(std::uint64_t token, const std::string& message) {
    answer({{"token", token}, {"ok", false}, {"code", "no_such_picture"}, {"message", message}});
}

void PictureService::encoded(const EncodedPicture& picture) {
    std::vector<Asker> askers;
    {
        const std::lock_guard lock(mutex_);
        const auto at = askers_.find(picture.ask);
        if (at == askers_.end()) return;
        askers.swap(at->second);
        askers_.erase(at);
        waiting_ -= askers.size();
    }
    for (const auto& asker : askers) {
        if (picture.bytes.empty()) {
            refuse(asker.token, "The picture could not be encoded.");
        } else {
            answer({{"token", asker.token}, {"ok", true}, {"bytes", nlohmann::json::binary(picture.bytes)}});
        }
    }
}

std::vector<std::uint64_t> PictureService::take_given_up(MonotonicTime now) {
    std::vector<std::uint64_t> tokens;
    const std::lock_guard lock(mutex_);
    for (auto& [ask, askers] : askers_) {
        std::erase_if(askers, [&](const Asker& asker) {
            if (now - asker.since <= give_up_after) return false;
            tokens.push_back(asker.token);
            return true;
        });
    }
    std::erase_if(askers_, [](const auto& entry) { return entry.second.empty(); });
    waiting_ -= tokens.size();
    return tokens;
}

// A picture that does not change is still owed to those who just came.
void PictureService::hurry(MonotonicTime now) {
    if (now - hurried_ < hurry_every) return;
    hurried_ = now;
    for (const auto token : take_given_up(now)) refuse(token, "There is no picture of it now: ask again later.");
    std::vector<PictureAsk> late;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [ask, askers] : askers_) {
            if (now - askers.front().since > still_picture_after) late.push_back(ask);
        }
    }
    for (const auto& ask : late) previews_.ask(ask, true);
}

std::vector<ViewWish> PictureService::views_due(const Setup& setup, const std::vector<ViewWish>& drawn,
                                                MonotonicTime now) {
    std::vector<ViewWish> due;
    if (setup.faces.empty()) return due;
    const Size face = setup.faces.front().size;
    std::map<std::string, int> widths;  // of the largest that is asked for
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [ask, askers] : askers_) {
            if (!ask.name.starts_with(view_prefix)) continue;
            int& width = widths[ask.name.substr(view_prefix.size())];
            width = std::max(width, ask.at_most.empty() ? face.width : std::min(ask.at_most.width, face.width));
        }
    }
    for (const auto& [name, width] : widths) {
        // One that is drawn for an output anyway is made smaller.
        if (std::any_of(drawn.begin(), drawn.end(), [&n = name](const ViewWish& w) { return w.name == n; })) continue;
        // Drawn for this occasion only, so always new.
        if (!previews_.wants(std::string(view_prefix) + name, ++drawn_views_, now)) continue;
        const Size shape = shape_of(setup, name);
        const int height =
            std::max(2, static_cast<int>(std::lround(static_cast<double>(width) * shape.height / shape.width)));
        due.push_back({name, {width, height}});
    }
    return due;
}

void PictureService::offer(Painter& painter, const FramePlan& plan, const std::map<SourceName, SourceView>& sources,
                           MonotonicTime now) {
    hurry(now);
    for (const auto& face : plan.faces) {
        const std::string name = "face/" + face.face.text;
        const auto version = painter.version(face.picture);
        if (previews_.wants(name, version, now)) previews_.offer(name, painter.pixels(face.picture), version, now);
    }
    for (const auto& view : plan.views) {
        const std::string name = std::string(view_prefix) + view.name;
        if (previews_.wants(name, ++drawn_views_, now))
            previews_.offer(name, painter.pixels(view.picture), drawn_views_, now);
    }
    for (const auto& [source, view] : sources) {
        const std::string name = "source/" + source.text;
        if (view.frame && previews_.wants(name, view.frame->sequence, now)) previews_.offer(name, view.frame, now);
    }
}

}  // namespace tribune
