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
    CHECK(queue.pop() == 1);
    CHECK(queue.pop() == 2);
    CHECK_FALSE(heavy_returned); // it is still being written
    CHECK(queue.pop() == 3);
    CHECK(heavy_returned);
    CHECK_FALSE(queue.pop());
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
    CHECK(queue.pop() == 1);
    queue.close(); // the writer failed, and asks for no more
    reader.join();
    CHECK_FALSE(heavy_pushed);
    CHECK_FALSE(light_pushed);
}
