#include "source/throttle.hpp"

#include <algorithm>

namespace tidemark {

Throttle::Throttle(int most) : m_most(std::max(most, 1)), m_at_once(m_most) {}

void Throttle::overloaded(int round) {
    if (round != m_round) return;
    m_at_once = std::max(m_at_once / 2, 1);
    m_successes = 0;
    ++m_round;
}

void Throttle::succeeded() {
    if (++m_successes < m_at_once || m_at_once == m_most) return;
    ++m_at_once;
    m_successes = 0;
}

} // namespace tidemark
