// The authority at work: what comes from the followers is decided, journalled, handed to all followers and
// acknowledged. One thread, one loop; the disk and the packing of snapshots have threads of their own.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "app/authority.hpp"
#include "app/clips.hpp"
#include "app/data_folder.hpp"
#include "app/engine_process.hpp"
#include "app/hub.hpp"
#include "app/key_watch.hpp"
#include "app/packed_state.hpp"
#include "app/rotation_desk.hpp"
#include "app/supervisor.hpp"
#include "base/queue.hpp"
#include "link/wake.hpp"
#include "store/committer.hpp"
#include "store/snapshot_taker.hpp"
#include "store/sqlite_journal.hpp"

namespace tribune {

class Engine {
  public:
    // Opens the journal, brings the state back, starts or adopts the other processes.
    static Result<std::unique_ptr<Engine>> start(const RunOptions& options, const DataFolder& folder,
                                                 const Setup& setup, const Keys& keys);
    ~Engine();

    void run_once(Nanoseconds at_most);
    // Ends the other processes, then writes the last snapshot.
    void stop();

    // Why the show cannot be: pages or pictures did not come up after some tries. Never of a show that an earlier
    // engine has left running: that one waits.
    [[nodiscard]] std::optional<Error> cannot_start() const;

    // Where the pages are; 0 until the net process has told.
    [[nodiscard]] int port() const { return port_; }
    // Likewise of obs-websocket; 0 also when it cannot listen.
    [[nodiscard]] int obs_port() const { return obs_port_; }

  private:
    Engine(const RunOptions& options, DataFolder folder, Keys keys, std::unique_ptr<Journal> journal,
           std::shared_ptr<const ShowState> state, ShowClock clock, Listener listener);

    // Decisions
    Status load(const Setup& setup);
    Status decide(const Actor& actor, Command command, std::uint64_t connection, std::uint64_t token);
    Result<Record> apply(const Actor& actor, Command command);
    void fan_out(const Record& record);
    void answer(std::uint64_t connection, std::uint64_t token, const Result<std::uint64_t>& sequence,
                int retry_after_ms = 0);
    void on_request(Connection& from, const nlohmann::json& body);
    void on_commits();
    void roll_back();

    // While nothing can be written: pictures act all the same, all else is refused.
    Status act_unwritten(const std::shared_ptr<const ShowState>& before, Durability durability, const Error& why,
                         std::uint64_t connection, std::uint64_t token);
    void try_to_write();
    void written_again();

    // Followers
    bool on_hello(Connection& from, const nlohmann::json& hello);
    void on_message(Connection& from, Message message);
    void on_status(Connection& from, const nlohmann::json& body);
    void on_recording(const Connection& from, const std::vector<RecordingHealth>& told);
    void on_ring(Connection& from, const nlohmann::json& body, Message& message);
    void on_picture_request(Connection& from, const nlohmann::json& body);
    void pass_stages(const std::string& process, nlohmann::json body);
    void pass_levels(const Connection& from, const std::string& packed);
    void on_picture(nlohmann::json body);
    void on_process_died(const std::string& name);
    void send_state(Connection& to);
    void send_state_to_all();
    void send_on_disk(Connection& to);
    void publish_actual();
    void mind_clips();
    void mind_cues();
    void mind_room();
    void mind_sources();
    void mind_keys();
    [[nodiscard]] std::vector<ChildSpec> children() const;
    [[nodiscard]] nlohmann::json config_for(const Connection& to) const;
    [[nodiscard]] std::string phones_address() const;

    struct Failure {  // of a process that has said why it cannot work
        Error why;
        MonotonicTime first;
    };
    struct Trial {  // what is written to see whether the disk takes anything: the pictures as they are
        Record record;
        std::shared_ptr<const ShowState> after;
    };
    struct Waiting {  // an answer that waits for its record's commit
        std::uint64_t sequence = 0;
        std::uint64_t connection = 0;
        std::uint64_t token = 0;
    };
    struct Ring {
        nlohmann::json body;
        Fd fd;
    };
    struct PictureRoute {
        std::uint64_t connection = 0;
        std::uint64_t token = 0;
    };
    static constexpr std::size_t most_picture_routes = 256;  // beyond it the oldest is given up: its asker times out

    RunOptions options_;
    DataFolder folder_;
    KeyWatch keys_;
    ShowClock clock_;
    std::unique_ptr<Journal> journal_;
    Authority authority_;
    PollLoop loop_;
    Wake wake_;
    BoundedQueue<CommitReport> reports_{GroupCommitter::queue_bound + 16};  // never more than records in flight
    std::deque<Waiting> waiting_;
    std::uint64_t told_on_disk_ = 0;
    Clips clips_;
    RotationDesk rotations_;
    std::vector<SourceConfig> started_for_;     // the sources whose processes run
    std::vector<ViewRecording> recording_for_;  // and the recordings
    std::map<std::string, Ring> rings_;         // by source and medium
    std::map<std::uint64_t, PictureRoute> picture_routes_;
    std::uint64_t next_picture_ = 1;
    Actual actual_;
    bool actual_changed_ = true;
    MonotonicTime actual_sent_;
    int port_ = 0;
    int obs_port_ = 0;
    std::set<std::string> worked_;             // processes that were seen at work
    std::map<std::string, Failure> failures_;  // of those that never were
    std::optional<Error> not_kept_;            // why, while the last commit failed
    bool rollback_due_ = false;                // the state is ahead of what the disk holds
    bool stage_owed_ = false;                  // the pictures are not those of the journal
    std::optional<Trial> trial_;               // under way; while it is, nothing else is written
    MonotonicTime tried_;
    MonotonicTime cues_wait_;  // until then: what was due could not be done
    PackedState packed_;
    MonotonicTime packed_at_;
    MonotonicTime began_ = monotonic_now();
    std::unique_ptr<GroupCommitter> committer_;
    std::unique_ptr<SnapshotTaker> snapshots_;
    std::unique_ptr<Hub> hub_;
    std::unique_ptr<Supervisor> supervisor_;
};

}  // namespace tribune
