#pragma once

#include "simulator/moment.hpp"

namespace simulator {

/// The simulated clock: stands still, or goes on from where it was set.
class Clock {
public:
    Clock(Moment now, bool ticking)
        : m_set_to(now), m_set_at(std::chrono::steady_clock::now()), m_ticking(ticking) {}

    [[nodiscard]] Moment now() const {
        if (!m_ticking) return m_set_to;
        return m_set_to + (std::chrono::steady_clock::now() - m_set_at);
    }

    void set(Moment now) { *this = Clock{now, m_ticking}; }

private:
    Moment m_set_to;
    std::chrono::steady_clock::time_point m_set_at;
    bool m_ticking;
};

} // namespace simulator
