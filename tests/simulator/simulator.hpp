#pragma once

#include "simulator/call.hpp"
#include "simulator/clock.hpp"
#include "simulator/fault.hpp"
#include "simulator/modifications.hpp"
#include "simulator/organisation.hpp"
#include "simulator/reply.hpp"
#include "simulator/stats.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace simulator {

/// The jobs API and its remote control, without the network. Any thread.
class Simulator {
public:
    Simulator(Options options, Clock clock, std::vector<Fault> faults = {});

    /// Answers a call of the API. Counts nothing.
    Reply answer(const Request& request);

    /// Answers `/simulator/clock`, `options`, `fault`, `folder`, `stats` and `reset`.
    Reply control(const Request& request);

    /// Whether the request carries a key at all.
    [[nodiscard]] bool has_key(const Request& request) const;

    Stats& stats() { return m_stats; }

private:
    Reply set_clock(const Request& request);
    Reply set_options(const Request& request);
    Reply set_fault(const Request& request);
    std::optional<Reply> refusal(const Request& request) const;
    Reply undisturbed(const Call& call);
    Reply execute(const Organisation& organisation, const Job& job);
    std::optional<Fault> pop_fault(const Call& call, std::optional<std::size_t> job_number);
    [[nodiscard]] std::optional<std::size_t> number_of(const Call& call) const;
    [[nodiscard]] Organisation organisation() const;

    mutable std::mutex m_mutex;
    Options m_options;
    Clock m_clock;
    std::vector<Trigger> m_triggers;
    std::vector<Fault> m_faults;
    Modifications m_modifications;
    Stats m_stats;
};

} // namespace simulator
