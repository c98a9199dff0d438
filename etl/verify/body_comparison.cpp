#include "verify/body_comparison.hpp"

#include "sync/execution_versions.hpp"

#include <utility>

namespace tidemark {
namespace {

/// Executions are compared when their JSON is larger than this.
constexpr std::size_t compared_at_once = 2U << 20U;

/// The stored rows without the lines that did not come again.
Execution as_received(const ExecutionRow& row, std::vector<Log> stored, const Execution& received) {
    std::unordered_set<Guid> came;
    for (const Log& log : received.logs)
        came.insert(log.id);
    std::erase_if(stored, [&](const Log& log) { return !came.contains(log.id); });
    Execution execution = row.execution;
    execution.logs = std::move(stored);
    normalize(execution);
    return execution;
}

} // namespace

BodyComparison::BodyComparison(const JobPlan& plan, const StoredJob& stored,
                               const SourceConfig& source, Warehouse& warehouse)
    : m_plan(plan),
      m_stored(stored),
      m_warehouse(warehouse),
      m_splitter(source.max_execution_bytes,
                 [this](const ArrayElement& element) {
                     add(element);
                     return true;
                 }),
      m_parser(plan.job.id, source.timezone, source.states) {
    for (const KnownRejection& rejection : plan.history.rejections)
        m_known_rejections.insert(rejection.content_hash);
    for (const Guid& id : stored.damaged)
        m_tally.differences[id] = Difference::damaged;
}

bool BodyComparison::bytes(std::string_view chunk) { return m_splitter.feed(chunk); }

bool BodyComparison::end() {
    compare_received();
    return m_splitter.closed();
}

void BodyComparison::add(const ArrayElement& element) {
    ++m_tally.executions;
    ParsedExecution parsed = m_parser.parse(element);
    const bool gone = parsed.execution && was_pruned(m_plan, m_warehouse, *parsed.execution);
    for (const Rejection& rejection : parsed.rejections) {
        if (!gone) add(rejection);
    }
    if (!parsed.execution) {
        const auto head = m_parser.head(element);
        if (head && m_plan.is_settled(head->id, head->created_at)) m_tally.settled = true;
        return;
    }
    m_tally.log_lines += static_cast<std::int64_t>(parsed.execution->logs.size());
    if (m_versions.add(*parsed.execution)) m_received.push_back(std::move(*parsed.execution));
    m_received_bytes += element.json.size();
    if (m_received_bytes >= compared_at_once) compare_received();
}

void BodyComparison::add(const Rejection& rejection) {
    if (m_known_rejections.contains(rejection.content_hash)) {
        ++m_tally.rejected;
    } else if (rejection.execution_id) {
        m_tally.differences[*rejection.execution_id] = Difference::rejected;
    } else {
        ++m_tally.unreadable;
    }
}

void BodyComparison::compare_received() {
    const auto stored = find_known(m_warehouse, m_received, &Execution::id);
    for (const Execution& execution : m_received) {
        if (!m_versions.counts(execution)) continue;
        const auto known = stored.find(execution.id);
        compare(execution, known == stored.end() ? nullptr : &known->second);
    }
    m_received.clear();
    m_received_bytes = 0;
}

void BodyComparison::compare(const Execution& received, const KnownExecution* known) {
    if (m_stored.damaged.contains(received.id)) return;
    // what was found of a version that this one beats does not count any more
    const auto before = m_tally.differences.find(received.id);
    const bool rejected =
        before != m_tally.differences.end() && before->second == Difference::rejected;
    if (known == nullptr && m_plan.pruned.cover(received)) return;
    if (known == nullptr) return note(received, Difference::missing);
    if (known->job_key != m_plan.job_key) {
        if (m_known_rejections.contains(received.content_hash)) {
            ++m_tally.rejected;
        } else {
            note(received, Difference::rejected);
        }
    } else if (!is_unchanged(m_plan, *known, received)) {
        note(received, known->open ? Difference::moved_on : Difference::changed);
    } else if (!matches_received(received, *known)) {
        note(received, Difference::damaged);
    } else if (!rejected) {
        m_tally.differences.erase(received.id);
    }
}

bool BodyComparison::matches_received(const Execution& received, const KnownExecution& known) {
    const auto merged = m_stored.merged.find(received.id);
    if (merged == m_stored.merged.end()) return true;
    const auto stored =
        as_received(merged->second, m_warehouse.logs(known.execution_key), received);
    return stored.content_hash == received.content_hash;
}

void BodyComparison::note(const Execution& received, Difference difference) {
    m_tally.differences[received.id] = difference;
    // what is missing is stored by any sync that reads the body whole, however old it is
    if (difference == Difference::missing) return;
    if (m_plan.is_settled(received.id, received.created_at)) m_tally.settled = true;
}

} // namespace tidemark
