#pragma once

#include "model/timestamp.hpp"
#include "support/fake_source.hpp"

#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace tidemark::test {

/// Draws from a seed, the same on every machine.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : m_bits(seed) {}
    /// From 0 to `sides` - 1.
    unsigned roll(unsigned sides) { return static_cast<unsigned>(m_bits() % sides); }
    bool one_in(unsigned sides) { return roll(sides) == 0; }
    template <typename T> void shuffle(std::vector<T>& values) {
        for (std::size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[roll(static_cast<unsigned>(i))]);
    }

private:
    std::mt19937 m_bits;
};

/// An organisation of two jobs whose history goes on at random: executions begin, log, end, are
/// rewritten, vanish, come back and are purged; jobs come and go.
class RandomHistory {
public:
    explicit RandomHistory(std::uint32_t seed) : dice(seed) {}

    /// Some hours pass. `only_grows`: nothing that was there is taken away or rewritten.
    void go_on(bool only_grows);

    /// What the API would return now, in some order, in chunks of some size.
    void fill(FakeSource& source);

    [[nodiscard]] Timestamp now() const { return m_now; }

    Dice dice;
    std::map<unsigned, BodyExecution> executions; ///< those that the API returns, by id
    std::set<unsigned> jobs{1, 2};                ///< those that it lists

private:
    void begin();
    void grow(BodyExecution& execution);
    void take_away();

    unsigned m_last_id = 0;
    Timestamp m_now{std::chrono::sys_days{std::chrono::year{2026} / 9 / 1}};
    std::map<unsigned, BodyExecution> m_hidden; ///< vanished, and may come back
};

/// What has to be stored after whole syncs of a history: everything that the API ever returned, as
/// it last did.
class NaiveModel {
public:
    /// A whole sync has read these jobs.
    void sync(const RandomHistory& history, const std::set<unsigned>& jobs_read);

    [[nodiscard]] std::vector<std::string> execution_rows() const;
    [[nodiscard]] std::vector<std::string> log_rows() const;
    [[nodiscard]] std::vector<std::string> watermark_rows() const;

private:
    struct Stored {
        BodyExecution last;
        std::map<unsigned, std::string>
            lines; ///< by their number: kept when they do not come again
        bool lost = false;
    };
    std::map<unsigned, Stored> m_stored;
    std::set<unsigned> m_jobs_read;
};

} // namespace tidemark::test
