#pragma once

#include "config/config.hpp"
#include "parse/array_splitter.hpp"
#include "parse/execution_parser.hpp"
#include "sync/execution_versions.hpp"
#include "sync/plan.hpp"

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tidemark {

/// The stored executions of one job.
struct StoredJob {
    std::int64_t executions = 0;
    std::int64_t log_lines = 0;
    /// Executions with another content hash than stored because lines were merged; without their
    /// log lines. `damaged` has another hash without such a reason.
    std::unordered_map<Guid, ExecutionRow> merged;
    std::unordered_set<Guid> damaged;
};

/// The difference between an execution of the source and of the warehouse.
enum class Difference {
    missing,  ///< it is not stored
    moved_on, ///< it was open when it was stored and has changed since, which is expected
    changed,  ///< it had ended when it was stored, and the source returns other content now
    damaged,  ///< its stored rows were changed afterwards
    rejected, ///< a part of it cannot be loaded and is not recorded as rejected yet
};

/// The result of comparing a body.
struct BodyTally {
    std::int64_t executions = 0; ///< in the body, repetitions included
    std::int64_t log_lines = 0;
    std::int64_t rejected = 0; ///< records that cannot be loaded and are recorded as rejected
    std::unordered_map<Guid, Difference> differences;
    std::int64_t unreadable = 0; ///< not recorded as rejected, and without a readable id
    bool settled = false; ///< at least one difference is too old for a normal sync to compare
};

/// Compares the body of one job with the stored executions while it arrives.
class BodyComparison {
public:
    /// All references must outlive this object.
    BodyComparison(const JobPlan& plan, const StoredJob& stored, const SourceConfig& source,
                   Warehouse& warehouse);

    /// See `LogReader::bytes`.
    bool bytes(std::string_view chunk);

    /// Compares the remaining executions. Returns whether the array was closed.
    bool end();

    [[nodiscard]] const BodyTally& tally() const { return m_tally; }

private:
    void add(const ArrayElement& element);
    void add(const Rejection& rejection);
    void compare_received();
    void compare(const Execution& received, const KnownExecution* known);
    [[nodiscard]] bool matches_received(const Execution& received, const KnownExecution& known);
    void note(const Execution& received, Difference difference);

    const JobPlan& m_plan;
    const StoredJob& m_stored;
    Warehouse& m_warehouse;
    ArraySplitter m_splitter;
    ExecutionParser m_parser;
    ExecutionVersions m_versions;
    BodyTally m_tally;
    std::unordered_set<std::uint64_t> m_known_rejections; ///< hashes
    std::vector<Execution> m_received;                    ///< not compared yet
    std::size_t m_received_bytes = 0;                     ///< of their JSON
};

} // namespace tidemark
