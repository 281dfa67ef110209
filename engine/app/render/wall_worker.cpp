#include "app/render/wall_worker.hpp"

#include <pthread.h>

#include <cmath>

#include "base/log.hpp"
#include "base/stages.hpp"
#include "text/shaper.hpp"
#include "wall/heaviest_terms.hpp"

namespace tribune {

WallWorker::WallWorker(LookBook looks, const Setup& setup) : looks_(std::move(looks)), setup_(setup.wall) {
    auto shaper = Shaper::create();
    if (!shaper) {
        log::error("no_wall", "{}", shaper.error().message);
        return;
    }
    measure_ = *std::move(shaper);
    thread_ = std::thread([this] { run(); });
}

WallWorker::~WallWorker() {
    box_.close();
    if (thread_.joinable()) thread_.join();
}

void WallWorker::follow(std::shared_ptr<const ShowState> state, const std::vector<PlannedWall>& wanted) {
    Task task{std::move(state), {}};
    for (const auto& wall : wanted) task.wanted.insert(wall.key);
    box_.put(std::move(task));
}

void WallWorker::run() {
    pthread_setname_np(pthread_self(), "wall");
    while (auto task = box_.wait()) update(*task->state, task->wanted);
}

// Begins anew for another round, and when what it has seen is not how the room now begins: an engine that was cut off
// may have shown answers that never reached the disk.
WallWorker::Wall& WallWorker::wall(const WallKey& key, std::uint32_t round, const Room& room) {
    Wall& wall = walls_[key];
    if (!wall.builder || wall.round != round || !wall.shown.same_past(room)) {
        WallOptions options;
        options.layout.area = key.area;
        options.layout.smallest = key.smallest_font;
        options.font = looks_.look.font;
        options.palette = looks_.palette;
        options.page_time = Nanoseconds(static_cast<std::int64_t>(setup_.page_seconds * 1e9));
        wall = {std::make_unique<WallBuilder>(options, looks_.languages, *measure_), {}, {}, round};
    }
    return wall;
}

// What a library throws at an answer costs that answer its place on the wall, and nothing else.
void WallWorker::take(Wall& wall, const Room& room, const ShownChange& change) {
    const Contribution& sent = room.contributions[change.index];
    if (sent.round != wall.round) return;
    try {
        if (change.before) wall.builder->remove(sent.id, change.sequence, change.at);
        if (!change.after) return;
        Contribution answer = sent;
        answer.title = change.title;
        answer.text = change.text;
        answer.sequence = change.sequence;
        answer.at = change.at;
        wall.builder->add(answer);
    } catch (const std::exception& thrown) {
        log::error("word_failed", "Answer {} is not on the wall: {}", sent.sequence, thrown.what());
    }
}

void WallWorker::update(const ShowState& state, const std::set<WallKey>& wanted) {
    const StageSpan span(WorkStage::layout, state.revision);
    const auto round = static_cast<std::uint32_t>(state.room.rounds.size());
    // Walls no longer shown are kept for a while: going back to one costs nothing.
    if (walls_.size() > most_walls) std::erase_if(walls_, [&](const auto& w) { return !wanted.contains(w.first); });
    auto scenes = std::make_shared<Scenes>();
    for (const auto& key : wanted) {
        Wall& shown = wall(key, round, state.room);
        shown.shown.follow(state.room, [&](const ShownChange& change) { take(shown, state.room, change); });
        if (const auto& rules = state.room.consolidation.terms; shown.rules != rules) {
            shown.rules = rules;
            const auto& deeds = state.room.consolidation.deeds;
            const bool done = !deeds.empty();
            shown.builder->set_rules(rules, done ? deeds[deeds.size() - 1].sequence : 0,
                                     done ? deeds[deeds.size() - 1].at : ShowTime{});
        }
        (*scenes)[key] = shown.builder->scene();
        // All count the same answers.
        if (key == *wanted.begin()) {
            words_.publish(std::make_shared<const std::vector<std::string>>(
                heaviest_terms(shown.builder->terms(), most_top_words)));
        }
    }
    scenes_.publish(std::move(scenes));
}

std::map<WallKey, WallView> WallWorker::views(ShowTime now) const {
    std::map<WallKey, WallView> views;
    const auto scenes = scenes_.get();
    if (!scenes) return views;
    for (const auto& [key, built] : *scenes) {
        const WallScene& scene = *built;
        const PageView tour = page_view(scene, now);
        WallView view;
        view.revision = scene.revision;
        view.page = (tour.blend > 0.5 ? tour.next : tour.page) + 1;
        view.pages = static_cast<int>(scene.pages.size());
        view.words = scene.words;
        const auto add = [&](int page, double opacity) {
            if (page >= view.pages) return;
            const WallPage& shown = scene.pages[static_cast<std::size_t>(page)];
            TextBatch batch;
            batch.moves = shown.moves;
            batch.now = now;
            batch.opacity = static_cast<float>(opacity);
            batch.settled = shown.settled;
            view.batches.push_back(std::move(batch));
        };
        add(tour.page, tour.next == tour.page ? 1 : 1 - tour.blend);
        // The page that comes on next is there before it is seen: its words are made ready a few at a time.
        if (view.pages > 1) add(tour.next != tour.page ? tour.next : (tour.page + 1) % view.pages, tour.blend);
        view.pages = std::max(view.pages, 1);
        views[key] = std::move(view);
    }
    return views;
}

}  // namespace tribune
