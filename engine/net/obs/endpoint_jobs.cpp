// How requests are carried out: in a session's order, one after the other unless a batch says otherwise, never waiting
// on the thread.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "net/obs/endpoint.hpp"
#include "net/obs/secrets.hpp"
#include "show/rights.hpp"

namespace tribune::net::obs {
namespace {

constexpr std::size_t most_fresh = 32;  // pictures kept for a moment

// What the commands would leave behind, or what the first that fails says.
Result<std::shared_ptr<const ShowState>> rehearsed(std::shared_ptr<const ShowState> state,
                                                   const std::vector<Command>& commands, ShowTime now,
                                                   const Actor& by) {
    for (const auto& command : commands) {
        const Stamp stamp{state->revision + 1, std::max(now, state->at), 0};
        TRIBUNE_TRY(ShowState next, apply(*state, command, stamp, by));
        state = std::make_shared<const ShowState>(std::move(next));
    }
    return state;
}

}  // namespace

// A batch in a Sleep lets others pass.
bool Endpoint::blocked(const Session& session) const {
    std::size_t asleep = 0;
    for (const auto& job : session.jobs) {
        if (!job.asleep) return true;
        ++asleep;
    }
    return asleep >= limits_.asleep;
}

void Endpoint::pump(Session& session) {
    for (;;) {
        for (auto job = session.jobs.begin(); job != session.jobs.end();) {
            if (!job->asleep && job->waiting == 0) advance(session, *job);
            const bool done = !job->asleep && job->waiting == 0 && job->all_begun();
            if (done) send(session, response(*job));
            job = done ? session.jobs.erase(job) : std::next(job);
        }
        if (session.inbox.empty() || blocked(session)) return;
        session.inbox_bytes -= session.inbox.front().bytes;
        session.jobs.push_back(std::move(session.inbox.front().job));
        session.inbox.pop_front();
    }
}

void Endpoint::advance(Session& session, Job& job) {
    const bool together = job.execution == Execution::frame || job.execution == Execution::parallel;
    if (job.execution == Execution::frame) job.working = state_;
    while (!job.all_begun() && !job.asleep && (together || job.waiting == 0)) begin(session, job, job.begun++);
    if (job.all_begun() || job.asleep) send_gathered(session, job);
}

// All that a batch of one frame asks for becomes one command, so that no frame comes between.
void Endpoint::send_gathered(Session& session, Job& job) {
    if (job.gathered.empty()) return;
    const auto token = next_token();
    pending_[token] = {session.id, job.id, whole_frame};
    Command command =
        job.gathered.size() == 1 ? job.gathered.front().get()->command : Together{std::move(job.gathered)};
    job.gathered.clear();
    if (host_.request(token, session.actor, std::move(command))) {
        ++job.waiting;
        return;
    }
    pending_.erase(token);
    settle_gathered(job, Reply{Code::not_ready, "The server has too much to do: ask again in a moment.", nullptr});
}

void Endpoint::settle_gathered(Job& job, const std::optional<Reply>& failed) {
    for (const auto index : std::exchange(job.gathered_for, {})) {
        Item& item = job.items[index];
        settle(job, item, failed.value_or(item.reply));
    }
}

void Endpoint::settle(Job& job, Item& item, Reply reply) {
    item.reply = std::move(reply);
    if (!item.reply.ok()) ++counters_.refused;
    if (item.reply.code == Code::unknown_type) {
        faults_.note("obs-websocket", {"unknown_request",
                                       fmt::format("A client asked for \"{}\", which is not known here.", item.type)});
    }
    write_variables(job, item);
    if (!item.reply.ok() && job.halts) job.halted = true;
}

void Endpoint::begin(Session& session, Job& job, std::size_t index) {
    Item& item = job.items[index];
    if (item.type.empty())
        return settle(job, item, {Code::missing_type, "The field `requestType` is missing.", nullptr});
    if (!state_) return settle(job, item, {Code::not_ready, "The show is starting: ask again in a moment.", nullptr});
    read_variables(job, item);
    meter_.look(actual_.get(), monotonic_now());
    const Surroundings around{session.messages_in, session.messages_out, meter_.cpu_percent(), meter_.free_disk_mb()};
    const Context context{
        job.working ? *job.working : *state_, show_now(), actual_.get(), session.actor, job.execution, around};
    Outcome outcome = perform(context, item.type, item.data);
    if (auto* reply = std::get_if<Reply>(&outcome)) {
        settle(job, item, std::move(*reply));
    } else if (auto* wanted = std::get_if<Act>(&outcome)) {
        act(session, job, index, std::move(*wanted));
    } else if (const auto* shot = std::get_if<Screenshot>(&outcome)) {
        look_at(session, job, index, *shot);
    } else if (const auto* pause = std::get_if<Pause>(&outcome)) {
        settle(job, item, success());
        job.asleep = monotonic_now() + pause->length;
    } else if (const auto* announce = std::get_if<Announce>(&outcome)) {
        tell({announce->type, announce->intent, announce->data});
        settle(job, item, success());
    }
}

// A list of commands is tried on a copy first: one that would fail keeps all from being sent. They go to the authority
// back to back.
void Endpoint::act(Session& session, Job& job, std::size_t index, Act act) {
    Item& item = job.items[index];
    for (const auto& command : act.commands) {
        if (const auto right = check_rights(*state_->setup, session.actor, command); !right) {
            faults_.note("obs-websocket", right.error());
            return settle(job, item, reply_to(right.error()));
        }
    }
    if (job.working || act.commands.size() > 1) {
        auto after = rehearsed(job.working ? job.working : state_, act.commands, show_now(), session.actor);
        if (!after) return settle(job, item, reply_to(after.error()));
        if (job.working) job.working = *std::move(after);
    }
    item.reply = success(std::move(act.data));
    if (job.working && !act.commands.empty()) {
        for (auto& command : act.commands) job.gathered.push_back(held(std::move(command)));
        job.gathered_for.push_back(index);
        // What others in this batch read of the answer does not hang on the authority.
        return write_variables(job, item);
    }
    for (auto& command : act.commands) {
        const auto token = next_token();
        pending_[token] = {session.id, job.id, index};
        if (host_.request(token, session.actor, std::move(command))) {
            ++item.waiting;
            ++job.waiting;
        } else {
            pending_.erase(token);
            item.reply = {Code::not_ready, "The server has too much to do: ask again in a moment.", nullptr};
            break;
        }
    }
    if (item.waiting == 0) settle(job, item, std::move(item.reply));
}

void Endpoint::finish(std::uint64_t token, const Result<std::uint64_t>& sequence) {
    const auto at = pending_.find(token);
    if (at == pending_.end()) return;
    const Pending pending = at->second;
    pending_.erase(at);
    if (sequence) {
        arrived(pending, Json());
    } else {
        arrived(pending, sequence.error());
    }
    arm();
}

void Endpoint::arrived(const Pending& pending, const Result<Json>& part) {
    const auto who = sessions_.find(pending.session);
    if (who == sessions_.end()) return;
    Session& session = *who->second;
    const auto job = std::find_if(session.jobs.begin(), session.jobs.end(),
                                  [&](const Job& candidate) { return candidate.id == pending.job; });
    if (job == session.jobs.end()) return;
    if (pending.item == whole_frame) {
        --job->waiting;
        settle_gathered(*job, part ? std::optional<Reply>() : reply_to(part.error()));
        return pump(session);
    }
    Item& item = job->items[pending.item];
    if (!part && item.reply.ok()) item.reply = reply_to(part.error());
    if (part && !part->is_null()) item.reply.data = *part;
    --item.waiting;
    --job->waiting;
    if (item.waiting == 0) settle(*job, item, std::move(item.reply));
    pump(session);
}

// --- pictures -----------------------------------------------------------------------------------------------

namespace {

Json image(const std::string& format, const Bytes& picture) {
    return {{"imageData", "data:image/" + format + ";base64," + base64(*picture)}};
}

}  // namespace

void Endpoint::look_at(Session& session, Job& job, std::size_t index, const Screenshot& shot) {
    Item& item = job.items[index];
    const auto now = monotonic_now();
    std::erase_if(fresh_, [&](const auto& kept) { return now - kept.second.at > limits_.picture_fresh; });
    if (const auto kept = fresh_.find(shot.picture); kept != fresh_.end())
        return settle(job, item, success(image(shot.format, kept->second.bytes)));
    item.format = shot.format;
    ++item.waiting;
    ++job.waiting;
    const auto waiter = next_token();
    pending_[waiter] = {session.id, job.id, index};
    awaited_[waiter] = shot.picture;
    pictures_.wait(waiter, shot.picture, now);
}

void Endpoint::picture(std::uint64_t token, const Result<Bytes>& picture) {
    pictures_.ready(token, picture, monotonic_now());
    arm();
}

void Endpoint::answer(std::uint64_t waiter, const Result<Bytes>& picture) {
    const auto awaited = awaited_.extract(waiter);
    const auto at = pending_.extract(waiter);
    if (awaited.empty() || at.empty()) return;
    if (!picture) return arrived(at.mapped(), picture.error());
    if (fresh_.size() < most_fresh) fresh_[awaited.mapped()] = {*picture, monotonic_now()};
    const auto& pending = at.mapped();
    const auto who = sessions_.find(pending.session);
    if (who == sessions_.end()) return;
    for (const auto& job : who->second->jobs) {
        if (job.id == pending.job) return arrived(pending, image(job.items[pending.item].format, *picture));
    }
}

}  // namespace tribune::net::obs
