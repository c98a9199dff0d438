#pragma once

namespace tidemark {

/// How many requests may run at once: half as many when the server says that it is asked too much,
/// then one more after each full round of successes. Pure: it only counts.
class Throttle {
public:
    /// `most` is what it begins with and never exceeds; at least 1.
    explicit Throttle(int most);

    [[nodiscard]] int at_once() const { return m_at_once; }

    /// What a request that begins now is to remember.
    [[nodiscard]] int round() const { return m_round; }

    /// A request of that round was told 429 or 503. Several of one round count as one, because they
    /// were sent before any of them was answered.
    void overloaded(int round);

    /// A request was answered as it should be.
    void succeeded();

private:
    int m_most;
    int m_at_once;
    int m_round = 0;
    int m_successes = 0; ///< since the number last changed
};

} // namespace tidemark
