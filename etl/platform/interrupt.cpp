#include "platform/interrupt.hpp"

#include <algorithm>
#include <thread>

namespace tidemark {

void wait_for(std::chrono::milliseconds time) {
    constexpr std::chrono::milliseconds step{100};
    const auto until = std::chrono::steady_clock::now() + time;
    for (;;) {
        stop_if_interrupted();
        const auto left = until - std::chrono::steady_clock::now();
        if (left <= std::chrono::steady_clock::duration::zero()) return;
        std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(left, step));
    }
}

} // namespace tidemark
