// Makes PDF files on a thread of its own, one after the other.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "base/queue.hpp"
#include "base/result.hpp"
#include "net/server.hpp"

namespace tribune {

struct PrintJob {
    std::uint64_t token = 0;
    PrintRequest request;
    std::shared_ptr<const ShowState> state;   // null: none is there yet
    std::map<std::string, std::string> keys;  // key's name to key
    std::string guessed;                      // where the pages are, as far as the machine knows
};

// The address that codes on paper begin with: the show file's; else the one by which the asker found the server,
// unless that is their own machine's loop; else the machine's first.
std::string printed_address(const Setup& setup, const std::string& host, const std::string& guessed);

// Pure. Errors: not_ready, and those of engine/print/.
Result<std::string> print_job(const PrintJob& job);

class PrintShop {
  public:
    // `done` is called on the shop's thread, once for each job that was taken, until the shop ends.
    explicit PrintShop(std::function<void(std::uint64_t token, Result<Bytes> pdf)> done);
    ~PrintShop();  // ends the job at hand, drops the others
    PrintShop(const PrintShop&) = delete;
    PrintShop& operator=(const PrintShop&) = delete;

    // False: too much is waiting already. Any thread; never blocks.
    [[nodiscard]] bool order(PrintJob job) { return jobs_.push(std::move(job)); }

  private:
    void run();

    std::function<void(std::uint64_t, Result<Bytes>)> done_;
    BoundedQueue<PrintJob> jobs_;
    std::thread thread_;
};

}  // namespace tribune
