#pragma once

#include "model/time.hpp"
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
/// rewritten, vanish, come back and are purged; some appear long after they ran, some are dated by
/// a clock that is ahead; bodies hold several versions of one execution, next to each other or
/// megabytes apart, and change their order; jobs come and go, and are excluded for a while.
class RandomHistory {
public:
    explicit RandomHistory(std::uint32_t seed);

    /// Some hours pass. `only_grows`: nothing that was there is taken away or rewritten.
    void go_on(bool only_grows);

    /// What the API would return now, in some order, in chunks of some size.
    void fill(FakeSource& source);

    [[nodiscard]] Timestamp now() const { return m_now; }

    /// The jobs that are listed and not excluded.
    [[nodiscard]] std::set<unsigned> wanted() const;

    Dice dice;
    std::map<unsigned, BodyExecution> executions;          ///< those that the API returns, by id
    std::set<unsigned> jobs{1, 2};                         ///< those that it lists
    std::set<unsigned> excluded;                           ///< by the configuration
    std::map<unsigned, std::vector<BodyExecution>> bodies; ///< as `fill` made them, by job

private:
    void begin();
    Timestamp time_of_creation();
    void grow(BodyExecution& execution);
    void remove_some();
    std::vector<BodyExecution> versions_of(const BodyExecution& execution);
    void arrange(std::vector<BodyExecution>& body);

    unsigned m_last_id = 0;
    Timestamp m_now{std::chrono::sys_days{std::chrono::year{2026} / 9 / 1}};
    std::map<unsigned, BodyExecution> m_hidden; ///< vanished, and may come back
    bool m_is_large; ///< each body holds an execution that is larger than a chunk
    unsigned m_order = 0;
};

/// What the configuration makes of an execution, beside what the API says of it.
struct Interpretation {
    bool swapped_codes = false; ///< completed is 2 and failed 1, not the other way round
    int hours_west = 0;         ///< of Greenwich, where the reporting days are counted
    int hours_east = 0;         ///< of Greenwich, where the times of the bodies were written
};

/// What has to be stored after whole syncs of a history: everything that the API ever returned, as
/// it last did.
class NaiveModel {
public:
    /// A whole sync has read the bodies of these jobs, their times so many hours east of Greenwich.
    void sync(const RandomHistory& history, const std::set<unsigned>& jobs_read, int hours_east);

    [[nodiscard]] std::vector<std::string>
    execution_rows(const Interpretation& interpretation) const;
    [[nodiscard]] std::vector<std::string> log_rows() const;
    [[nodiscard]] std::vector<std::string> watermark_rows() const;

private:
    struct Stored {
        BodyExecution last;
        std::map<unsigned, std::string>
            lines; ///< by their number: kept when they do not come again
        bool lost = false;
        int hours_east = 0; ///< when it was read last
        [[nodiscard]] std::string created() const;
    };
    std::map<unsigned, Stored> m_stored;
    std::map<unsigned, std::string> m_read_at; ///< when each job was read last
};

} // namespace tidemark::test
