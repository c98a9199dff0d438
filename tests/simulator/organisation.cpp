#include "simulator/organisation.hpp"

#include "simulator/hash.hpp"
#include "simulator/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace simulator {
namespace {

using namespace std::chrono;

enum Draw : std::uint64_t {
    of_job = 1,
    of_execution,
    of_trigger,
    of_posted,
    of_line,
    of_failure,
    of_start,
    of_precision,
    of_logless
};

bool happens(std::uint64_t hash, unsigned percent) { return below(hash, 100) < percent; }

Guid id_of_job(std::uint64_t seed, std::size_t job) { return guid_of(hash_of(seed, job, of_job)); }

/// .NET drops trailing zeros, so that the digits of a moment vary: these are what is left.
nanoseconds precision(std::uint64_t hash) {
    constexpr std::array<std::int64_t, 8> steps = {1,     1,         100,         1'000,
                                                   1'000, 1'000'000, 100'000'000, 1'000'000'000};
    return nanoseconds{steps[hash_of(hash, of_precision) % steps.size()]};
}

nanoseconds gap_of(const Execution& execution) {
    return execution.duration / (static_cast<std::int64_t>(execution.all_lines) + 1);
}

/// How many lines were written by `now`: found by halving, as their moments never decrease.
std::size_t lines_by(const Execution& execution, Moment now) {
    std::size_t first = 0;
    std::size_t last = execution.all_lines;
    while (first < last) {
        const std::size_t middle = first + (last - first) / 2;
        if (moment_of_line(execution, middle) <= now)
            first = middle + 1;
        else
            last = middle;
    }
    return first;
}

/// One event of each kind, spread over the first month.
OrganisationOptions with_events(OrganisationOptions options) {
    if (!options.eventful || options.jobs == 0) return options;
    const Moment start = start_of(options);
    options.renames.push_back({1, start + days{10}});
    options.disappearances.push_back({options.jobs - 1, start + days{20}});
    options.stays_open.push_back({0, 20, {}});
    options.vanishes.push_back({2, 22, {}});
    return options;
}

bool same_text(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](unsigned char a, unsigned char b) {
        return std::tolower(a) == std::tolower(b);
    });
}

} // namespace

Moment moment_of_line(const Execution& execution, std::size_t line) {
    const nanoseconds gap = gap_of(execution);
    const std::uint64_t hash = hash_of(execution.hash ^ line);
    const auto jitter = nanoseconds{
        static_cast<std::int64_t>(below(hash, static_cast<std::uint64_t>(gap.count())))};
    const nanoseconds slot = gap * (static_cast<std::int64_t>(line) + 1);
    const nanoseconds step = precision(hash);
    // cut to its precision, but never back to where its predecessor may stand
    const nanoseconds cut = std::max((slot + jitter) / step * step, slot);
    return execution.created + cut;
}

Guid id_of_line(const Execution& execution, std::size_t line) {
    return guid_of(hash_of(execution.hash ^ of_line, line));
}

Organisation::Organisation(OrganisationOptions options, Moment now, std::vector<Trigger> triggers)
    : m_options(with_events(std::move(options))),
      m_now(now),
      m_start(start_of(m_options)),
      m_kept_from(m_options.retention ? now - *m_options.retention : Moment::min()),
      m_triggers(std::move(triggers)) {}

std::vector<Job> Organisation::jobs() const {
    std::vector<Job> listed;
    for (std::size_t job = 0; job < m_options.jobs; ++job) {
        const bool gone = std::ranges::any_of(
            m_options.disappearances, [&](auto& e) { return e.job == job && e.at <= m_now; });
        if (!gone) listed.push_back({job, id_of_job(m_options.seed, job), name_of(job)});
    }
    return listed;
}

std::optional<Job> Organisation::find(std::string_view id) const {
    for (Job& job : jobs()) {
        if (same_text(to_text(job.id), id)) return std::move(job);
    }
    return std::nullopt;
}

std::vector<Execution> Organisation::executions(std::size_t job) const {
    std::vector<Execution> found;
    const Moment from = std::max(m_start, m_kept_from);
    const auto slots_before = from <= m_start ? 0 : (from - m_start) / m_options.interval - 1;
    for (auto number = static_cast<std::size_t>(std::max<std::int64_t>(0, slots_before));;
         ++number) {
        const Moment created = created_at(m_options, m_start, job, number);
        if (created > m_now) break;
        if (created < from || vanished(job, number, created)) continue;
        found.push_back(scheduled(job, number));
    }
    for (const Trigger& trigger : m_triggers) {
        if (trigger.job != job) continue;
        if (const auto execution = triggered(trigger)) found.push_back(*execution);
    }
    std::ranges::stable_sort(found, {}, &Execution::created);
    return found;
}

Status Organisation::status(std::size_t job) const {
    const auto all = executions(job);
    const bool runs =
        std::ranges::any_of(all, [](const Execution& e) { return e.state == State::running; });
    if (runs) return Status::running;
    const bool waits = std::ranges::any_of(m_triggers, [&](const Trigger& trigger) {
        return trigger.job == job && trigger.queued <= m_now &&
               (!m_options.pickup || trigger.queued + *m_options.pickup > m_now);
    });
    return waits ? Status::pending : Status::idle;
}

Execution Organisation::scheduled(std::size_t job, std::size_t number) const {
    const std::uint64_t hash = hash_of(m_options.seed, job, number, of_execution);
    Execution execution = planned(job, hash, created_at(m_options, m_start, job, number));
    if (happens(hash_of(hash, of_start), m_options.trigger_percent)) {
        execution.trigger = guid_of(hash_of(hash, of_trigger));
    }
    observe(execution, never_ends(job, number));
    return execution;
}

std::optional<Execution> Organisation::triggered(const Trigger& trigger) const {
    if (!m_options.pickup) return std::nullopt;
    const Moment created = floor<seconds>(trigger.queued + *m_options.pickup);
    if (created > m_now || created < m_kept_from) return std::nullopt;
    Execution execution =
        planned(trigger.job, hash_of(trigger.id.high, trigger.id.low, of_posted), created);
    execution.trigger = trigger.id;
    observe(execution, false);
    return execution;
}

Execution Organisation::planned(std::size_t job, std::uint64_t hash, Moment created) const {
    Execution execution;
    execution.hash = hash_of(hash, job);
    execution.id = guid_of(execution.hash);
    execution.created = created;
    execution.duration = duration_of(m_options, hash);
    execution.fails = happens(hash_of(hash, of_failure), m_options.fail_percent);
    const bool logless = happens(hash_of(hash, of_logless), m_options.logless_percent);
    execution.all_lines = logless ? 0 : m_options.logs;
    return execution;
}

/// Fills in what is known of it by now.
void Organisation::observe(Execution& execution, bool never_ends) const {
    const Moment end = execution.created + execution.duration;
    if (!never_ends && end <= m_now) {
        execution.ended = end;
        execution.state = execution.fails ? State::failed : State::completed;
        execution.lines = execution.all_lines;
        return;
    }
    const std::size_t most = never_ends ? execution.all_lines / 2 : execution.all_lines;
    execution.lines = std::min(most, lines_by(execution, m_now));
}

bool Organisation::never_ends(std::size_t job, std::size_t number) const {
    const auto is_it = [&](const ExecutionEvent& e) { return e.job == job && e.number == number; };
    return std::ranges::any_of(m_options.stays_open, is_it) ||
           std::ranges::any_of(m_options.vanishes, is_it);
}

bool Organisation::vanished(std::size_t job, std::size_t number, Moment created) const {
    return std::ranges::any_of(m_options.vanishes, [&](const ExecutionEvent& e) {
        return e.job == job && e.number == number && e.at.value_or(created + hours{36}) <= m_now;
    });
}

std::string Organisation::name_of(std::size_t job) const {
    std::string name =
        job == 0 ? "ODX – nightly “all” sources" : fmt::format("Nightly load {}", job + 1);
    for (const JobEvent& event : m_options.renames) {
        if (event.job == job && event.at <= m_now) name += " (renamed)";
    }
    return name;
}

} // namespace simulator
