#include "support/catch.hpp"
#include "sync/queue.hpp"

#include <atomic>
#include <thread>

using namespace tidemark;

TEST_CASE("a value that is heavier than the queue allows is alone until the next is asked for") {
    BoundedQueue<int> queue(8, 100);
    std::atomic<bool> heavy_returned = false;
    std::thread reader([&] {
        queue.push(1, 60);
        queue.push(2, 500);
        heavy_returned = true;
        queue.push(3, 60);
        queue.close();
    });
    CHECK(queue.pop(0) == std::vector{1});
    CHECK(queue.pop(0) == std::vector{2});
    CHECK_FALSE(heavy_returned); // it is still being written
    CHECK(queue.pop(0) == std::vector{3});
    CHECK(heavy_returned);
    CHECK(queue.pop(0).empty());
    reader.join();
}

TEST_CASE("a queue that is closed takes nothing, and lets nobody wait") {
    BoundedQueue<int> queue(8, 100);
    bool heavy_pushed = true;
    bool light_pushed = true;
    std::thread reader([&] {
        heavy_pushed = queue.push(1, 500);
        light_pushed = queue.push(2, 1);
    });
    CHECK(queue.pop(0) == std::vector{1});
    queue.close(); // the writer failed, and asks for no more
    reader.join();
    CHECK_FALSE(heavy_pushed);
    CHECK_FALSE(light_pushed);
}

TEST_CASE("values that wait are popped together, as far as they are light") {
    BoundedQueue<int> queue(8, 100);
    queue.push(1, 30);
    queue.push(2, 30);
    queue.push(3, 0);
    queue.push(4, 40);
    queue.close();
    CHECK(queue.pop(60) == std::vector{1, 2, 3});
    CHECK(queue.pop(10) == std::vector{4}); // a heavier one is popped by itself
    CHECK(queue.pop(10).empty());
}

TEST_CASE("what was popped together counts until the next is asked for") {
    BoundedQueue<int> queue(8, 100);
    queue.push(1, 30);
    queue.push(2, 30);
    CHECK(queue.pop(60) == std::vector{1, 2});
    std::atomic<bool> pushed = false;
    std::thread reader([&] {
        queue.push(3, 50);
        pushed = true;
        queue.close();
    });
    CHECK_FALSE(pushed); // 110 are too many
    CHECK(queue.pop(60) == std::vector{3});
    reader.join();
    CHECK(pushed);
}
