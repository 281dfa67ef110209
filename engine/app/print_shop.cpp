#include "app/print_shop.hpp"

#include <fmt/format.h>
#include <pthread.h>

#include <utility>
#include <vector>

#include "app/own_address.hpp"
#include "print/address_signs.hpp"
#include "print/seat_cards.hpp"

namespace tribune {
namespace {

constexpr std::size_t most_jobs = 8;

}  // namespace

std::string printed_address(const Setup& setup, const std::string& host, const std::string& guessed) {
    if (!setup.address.empty()) return setup.address;
    const bool found = !host.empty() && (guessed.empty() || !is_own_loop(host));
    return found ? "http://" + host : guessed;
}

Result<std::string> print_job(const PrintJob& job) {
    if (!job.state) return Error{"not_ready", "The show is starting: try again in a moment."};
    const Setup& setup = *job.state->setup;
    const PrintHead head{setup.title, setup.language};
    const std::string address = printed_address(setup, job.request.host, job.guessed);
    if (job.request.of == PrintRequest::Of::voice) {
        const auto key = job.keys.find("audience");
        if (key == job.keys.end()) return Error{"not_ready", "Phones have no key yet: try again in a moment."};
        return print_voice_sign(head, voice_address(address, key->second));
    }
    if (job.request.of == PrintRequest::Of::seat_cards) {
        const auto& rotation = job.state->room.rotation;
        if (!rotation) return print_seat_cards(head, {}, RotationUnit::people);
        return print_seat_cards(head, rotation->plan, rotation->wish.unit);
    }
    std::vector<TableSign> signs;
    for (int table = 1; table <= setup.tables; ++table) {
        const auto key = job.keys.find(fmt::format("table/{}", table));
        if (key == job.keys.end()) continue;  // made a moment later
        signs.push_back({table, fmt::format("{}/table/{}#key={}", address, table, key->second)});
    }
    return print_table_signs(head, signs);
}

PrintShop::PrintShop(std::function<void(std::uint64_t, Result<Bytes>)> done)
    : done_(std::move(done)), jobs_(most_jobs) {
    thread_ = std::thread([this] { run(); });
    pthread_setname_np(thread_.native_handle(), "printing");
}

PrintShop::~PrintShop() {
    jobs_.close();
    (void)jobs_.drain(most_jobs);
    thread_.join();
}

void PrintShop::run() {
    for (auto jobs = jobs_.pop_batch(1); !jobs.empty(); jobs = jobs_.pop_batch(1)) {
        auto pdf = print_job(jobs.front());
        if (pdf) {
            done_(jobs.front().token, std::make_shared<const std::string>(*std::move(pdf)));
        } else {
            done_(jobs.front().token, pdf.error());
        }
    }
}

}  // namespace tribune
