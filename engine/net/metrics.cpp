#include "net/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "net/message.hpp"

namespace tribune::net {
namespace {

using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// Writes families one after the other, each with its help and type once.
class Text {
  public:
    void family(std::string_view name, std::string_view type, std::string_view help) {
        name_ = name;
        fmt::format_to(std::back_inserter(out_), "# HELP tribune_{0} {1}\n# TYPE tribune_{0} {2}\n", name, help, type);
    }
    void sample(double value, Labels labels = {}, std::string_view suffix = {}) {
        fmt::format_to(std::back_inserter(out_), "tribune_{}{}", name_, suffix);
        if (labels.size() > 0) {
            out_ += '{';
            for (const auto& [key, text] : labels) {
                if (out_.back() != '{') out_ += ',';
                fmt::format_to(std::back_inserter(out_), "{}=\"{}\"", key, escaped(text));
            }
            out_ += '}';
        }
        fmt::format_to(std::back_inserter(out_), " {}\n", value);
    }
    template <class N>
    void one(std::string_view name, std::string_view type, std::string_view help, N value) {
        family(name, type, help);
        sample(static_cast<double>(value));
    }
    // One sample an item: `labels` and `value` are called with each.
    template <class Items, class Labelled>
    void each(std::string_view name, std::string_view type, std::string_view help, const Items& items,
              Labelled labelled) {
        family(name, type, help);
        for (const auto& item : items) labelled(*this, item);
    }
    std::string take() { return std::move(out_); }

  private:
    static std::string escaped(std::string_view text) {
        std::string out;
        for (const char c : text) {
            if (c == '\\' || c == '"') out += '\\';
            out += c == '\n' ? ' ' : c;
        }
        return out;
    }

    std::string name_;
    std::string out_;
};

constexpr std::string_view gauge = "gauge";
constexpr std::string_view counter = "counter";

void add_sources(Text& t, const Actual& actual) {
    t.each("source_live", gauge, "1 while the source gives frames.", actual.sources,
           [](Text& o, const SourceHealth& s) {
               o.sample(s.state == SourceState::live ? 1 : 0, {{"source", s.name.text}});
           });
    t.each("source_frames_total", counter, "Frames published.", actual.sources, [](Text& o, const SourceHealth& s) {
        o.sample(static_cast<double>(s.frames), {{"source", s.name.text}});
    });
    t.each("source_frames_per_second", gauge, "Measured over the last second.", actual.sources,
           [](Text& o, const SourceHealth& s) {
               o.sample(s.frames_per_second, {{"source", s.name.text}});
           });
    t.each("source_dropped_total", counter, "Frames decoded and not published.", actual.sources,
           [](Text& o, const SourceHealth& s) {
               o.sample(static_cast<double>(s.dropped), {{"source", s.name.text}});
           });
    t.each("source_reconnects_total", counter, "How often it was opened again.", actual.sources,
           [](Text& o, const SourceHealth& s) {
               o.sample(s.reconnects, {{"source", s.name.text}});
           });
    t.each("source_frame_age_ms", gauge, "Age of the newest frame at the painter, -1: none.", actual.seen,
           [](Text& o, const SourceSeen& s) {
               o.sample(s.frame_age_ms, {{"source", s.name.text}});
           });
}

void add_pictures(Text& t, const Actual& actual) {
    t.each("face_frames_per_second", gauge, "Frames drawn.", actual.faces, [](Text& o, const FaceHealth& f) {
        o.sample(f.frames_per_second, {{"face", f.name.text}});
    });
    t.each("face_words", gauge, "Words on the face's wall, all pages.", actual.faces, [](Text& o, const FaceHealth& f) {
        o.sample(static_cast<double>(f.words), {{"face", f.name.text}});
    });
    t.each("output_ok", gauge, "1 while the output shows its face.", actual.outputs,
           [](Text& o, const OutputHealth& h) {
               o.sample(h.state == "ok" ? 1 : 0, {{"output", h.name.text}, {"face", h.face.text}});
           });
    t.one("render_frames_total", counter, "Frames drawn.", actual.render.frames);
    t.one("render_late_total", counter, "Frames that missed their time.", actual.render.late);
    t.one("render_failed_total", counter, "Frames that kept the last picture.", actual.render.failed);
    t.one("render_frame_ms", gauge, "Mean work a frame over the last second.", actual.render.frame_ms);
    t.one("render_longest_gap_ms", gauge, "Longest gap between frames since the last report.",
          actual.render.longest_gap_ms);
}

void add_processes(Text& t, const Actual& actual) {
    t.each("process_up", gauge, "1 while the process runs.", actual.processes, [](Text& o, const ProcessHealth& p) {
        o.sample(p.state == "running" ? 1 : 0, {{"process", p.name}});
    });
    t.each("process_restarts_total", counter, "Since the engine started.", actual.processes,
           [](Text& o, const ProcessHealth& p) {
               o.sample(p.restarts, {{"process", p.name}});
           });
    t.each("process_memory_bytes", gauge, "Resident memory.", actual.processes, [](Text& o, const ProcessHealth& p) {
        o.sample(static_cast<double>(p.memory_kb) * 1024, {{"process", p.name}});
    });
    t.each("process_descriptors", gauge, "Open files.", actual.processes, [](Text& o, const ProcessHealth& p) {
        o.sample(p.descriptors, {{"process", p.name}});
    });
    t.each("process_threads", gauge, "Threads.", actual.processes, [](Text& o, const ProcessHealth& p) {
        o.sample(p.threads, {{"process", p.name}});
    });
}

void add_journal(Text& t, const JournalHealth& journal) {
    t.one("journal_storage_ok", gauge, "0: nothing is acknowledged any more.", journal.storage_ok ? 1 : 0);
    t.one("journal_sequence", counter, "Last sequence.", journal.sequence);
    t.one("journal_commits_total", counter, "Commits since start.", journal.commits);
    t.one("journal_commit_ms_p99", gauge, "Of the last 1,000 commits.", journal.commit_ms_p99);
    t.one("journal_refused_busy_total", counter, "Commands refused because the queue was full.", journal.refused_busy);
}

// Every octave from 16 µs to 8.6 s; between these bounds a count is told within a factor of two.
constexpr std::size_t first_told = 16, last_told = StageTimes::buckets - 5, told_each = 4;

void add_histogram(Text& t, const std::string& process, const StageTimes& times) {
    const std::string_view stage = name(times.stage);
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < StageTimes::buckets; ++i) {
        below += times.counts.at(i);
        if (i < first_told || i > last_told || i % told_each != 0) continue;
        const auto bound = fmt::format("{:.6g}", std::chrono::duration<double>(StageTimes::upper(i)).count());
        t.sample(static_cast<double>(below), {{"process", process}, {"stage", stage}, {"le", bound}}, "_bucket");
    }
    t.sample(static_cast<double>(below), {{"process", process}, {"stage", stage}, {"le", "+Inf"}}, "_bucket");
    t.sample(std::chrono::duration<double>(times.sum).count(), {{"process", process}, {"stage", stage}}, "_sum");
    t.sample(static_cast<double>(below), {{"process", process}, {"stage", stage}}, "_count");
}

void add_stages(Text& t, const StagesOfProcesses& all, const Actual& actual) {
    const auto each = [&](const auto& tell) {
        for (const auto& p : actual.processes) {
            const auto at = all.find(p.name);
            if (at == all.end()) continue;
            for (const auto& times : at->second) tell(p.name, times);
        }
    };
    t.family("stage_seconds", "histogram", "Time of each stage of the work, since the process started.");
    each([&](const std::string& process, const StageTimes& times) { add_histogram(t, process, times); });
    t.family("stage_ms", gauge, "The same, as percentiles.");
    each([&](const std::string& process, const StageTimes& times) {
        for (const auto& [share, label] : {std::pair(0.5, "0.5"), std::pair(0.99, "0.99")}) {
            t.sample(std::chrono::duration<double, std::milli>(times.percentile(share)).count(),
                     {{"process", process}, {"stage", name(times.stage)}, {"quantile", label}});
        }
    });
}

void add_net(Text& t, const Counters& c) {
    t.one("net_clients", gauge, "Connected clients.", c.health.clients);
    t.one("net_tables", gauge, "Distinct tables connected.", c.health.tables);
    t.one("net_messages_in_total", counter, "Messages received.", c.health.messages_in);
    t.one("net_messages_out_total", counter, "Messages sent.", c.messages_out);
    t.one("net_stored_total", counter, "Answers acknowledged.", c.stored);
    t.one("net_refused_total", counter, "Messages refused.", c.health.refused);
    t.one("net_culled_total", counter, "Clients closed for being slow, silent or loud.", c.health.culled);
    t.one("net_turned_away_total", counter, "Connections refused at the limit.", c.turned_away);
    t.one("net_wrong_keys_total", counter, "Keys that nobody holds.", c.wrong_keys);
    t.one("net_http_requests_total", counter, "HTTP requests.", c.http_requests);
    t.one("net_pictures_sent_total", counter, "Pictures sent to desks.", c.pictures_sent);
    t.one("net_pictures_dropped_total", counter, "Pictures dropped for slow desks.", c.pictures_dropped);
    t.one("net_pending", gauge, "Requests at the authority.", c.pending);
    t.one("net_answers_lost_total", counter, "Answers dropped because the queue was full.", c.answers_lost);
    for (const auto& figure : c.control)
        t.one(figure.name, figure.only_grows ? counter : gauge, figure.help, static_cast<double>(figure.value));
}

}  // namespace

Verdict judge(const ShowState* state, const Actual* actual, bool stale) {
    Verdict v;
    if (state == nullptr || actual == nullptr || stale) v.down.emplace_back("engine");
    if (actual == nullptr) return v;
    if (!actual->journal.storage_ok) v.down.emplace_back("journal");
    for (const auto& p : actual->processes) {
        if (p.state == "running") continue;
        // A source's process may come and go; the others carry the show.
        (p.name.starts_with("capture/") ? v.degraded : v.down).push_back(p.name);
    }
    for (const auto& s : actual->sources) {
        if (s.state != SourceState::live) v.degraded.push_back("source/" + s.name.text);
    }
    for (const auto& o : actual->outputs) {
        if (o.state != "ok") v.degraded.push_back("output/" + o.name.text);
    }
    return v;
}

std::string verdict_json(const Verdict& verdict) {
    return dump({{"ok", verdict.down.empty()}, {"down", verdict.down}, {"degraded", verdict.degraded}});
}

std::string metrics_text(const ShowState* state, const Actual* actual, const StagesOfProcesses& stages,
                         const Counters& counters, const Verdict& verdict) {
    Text t;
    t.one("up", gauge, "1 while the show works.", verdict.down.empty() ? 1 : 0);
    if (state != nullptr) {
        t.one("revision", counter, "Last journal sequence applied.", state->revision);
        t.one("contributions", gauge, "Answers stored.", state->room.contributions.size());
    }
    if (actual != nullptr) {
        add_sources(t, *actual);
        add_pictures(t, *actual);
        add_processes(t, *actual);
        add_journal(t, actual->journal);
        add_stages(t, stages, *actual);
    }
    add_net(t, counters);
    return t.take();
}

}  // namespace tribune::net
