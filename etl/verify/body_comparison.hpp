#pragma once

#include "config/config.hpp"
#include "parse/array_splitter.hpp"
#include "parse/execution_parser.hpp"
#include "sync/body_versions.hpp"
#include "sync/plan.hpp"

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tidemark {

/// What the warehouse holds of one job.
struct StoredJob {
    std::int64_t executions = 0;
    std::int64_t log_lines = 0;
    /// Those that do not hash to what they were stored with, without their log lines.
    std::unordered_map<Guid, ExecutionRow> merged;
    std::unordered_set<Guid> damaged;
};

/// How an execution that the source returns, and the warehouse, differ.
enum class Difference {
    missing,  ///< it is not stored
    moved_on, ///< it was open when it was stored, and is another now: what is to be expected
    changed,  ///< it had ended when it was stored, and the source says something else now
    damaged,  ///< its stored rows are not those that were stored
    rejected, ///< a part of it cannot be loaded, and that is not on record yet
};

/// What comparing a body came to.
struct BodyTally {
    std::int64_t executions = 0; ///< in the body, each time that it stands there
    std::int64_t log_lines = 0;
    std::int64_t rejected = 0; ///< records that cannot be loaded, and are on record
    std::unordered_map<Guid, Difference> differences;
    std::int64_t unreadable = 0; ///< not on record, and not even their id is known
    bool settled = false;        ///< one of the differences is older than what a sync compares
};

/// Compares one job's body with what is stored, as it arrives.
class BodyComparison {
public:
    /// All references outlive it.
    BodyComparison(const JobPlan& plan, const StoredJob& stored, const SourceConfig& source,
                   Warehouse& warehouse);

    /// As `LogReader::bytes`.
    bool bytes(std::string_view chunk);

    /// Compares what is left. Returns whether the array was closed.
    bool end();

    [[nodiscard]] const BodyTally& tally() const { return m_tally; }

private:
    void add(const ArrayElement& element);
    void add(const Rejection& rejection);
    [[nodiscard]] bool was_pruned(const Execution& execution);
    void compare_received();
    void compare(const Execution& received, const KnownExecution* known);
    [[nodiscard]] bool matches_received(const Execution& received, const KnownExecution& known);
    void note(const Execution& received, Difference difference);

    const JobPlan& m_plan;
    const StoredJob& m_stored;
    Warehouse& m_warehouse;
    ArraySplitter m_splitter;
    ExecutionParser m_parser;
    BodyVersions m_versions;
    BodyTally m_tally;
    std::unordered_set<std::uint64_t> m_known_rejections; ///< hashes
    std::vector<Execution> m_received;                    ///< not compared yet
    std::size_t m_received_bytes = 0;                     ///< of their JSON
};

} // namespace tidemark
