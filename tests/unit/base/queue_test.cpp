#include "base/queue.hpp"

#include <catch2/catch.hpp>
#include <thread>

using namespace tribune;

TEST_CASE("a full queue refuses and counts; nothing taken is lost or reordered") {
    BoundedQueue<int> queue(3);
    REQUIRE(queue.push(1));
    REQUIRE(queue.push(2));
    REQUIRE(queue.push(3));
    REQUIRE_FALSE(queue.push(4));
    REQUIRE(queue.refused() == 1);
    REQUIRE(queue.pop_batch(2) == std::vector{1, 2});
    queue.close();
    REQUIRE_FALSE(queue.push(5));
    REQUIRE(queue.pop_batch(9) == std::vector{3});
    REQUIRE(queue.pop_batch(9).empty());
}

TEST_CASE("a mailbox keeps the newest and counts what it dropped") {
    Mailbox<int> box;
    REQUIRE_FALSE(box.take());
    box.put(1);
    box.put(2);
    REQUIRE(box.take() == 2);
    REQUIRE(box.dropped() == 1);
}

TEST_CASE("between threads every item arrives once, in order") {
    BoundedQueue<int> queue(16);
    constexpr int count = 20000;
    std::thread writer([&] {
        for (int i = 0; i < count; ++i) {
            while (!queue.push(i)) std::this_thread::yield();
        }
        queue.close();
    });
    int expected = 0;
    for (auto batch = queue.pop_batch(8); !batch.empty(); batch = queue.pop_batch(8)) {
        for (const int i : batch) REQUIRE(i == expected++);
    }
    writer.join();
    REQUIRE(expected == count);
}
