#pragma once

#include <chrono>
#include <stdexcept>
#include <thread>

namespace tidemark::test {

/// Asks every millisecond whether something is so, for at most this long. Returns whether it was.
template <typename IsSo>
bool becomes_so(IsSo is_so, std::chrono::seconds patience = std::chrono::seconds{60}) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
}

/// Waits until something is so, which it soon is. Throws std::runtime_error after a minute.
template <typename IsSo> void wait_until(IsSo is_so) {
    if (!becomes_so(is_so)) throw std::runtime_error("waited for a minute, in vain");
}

} // namespace tidemark::test
