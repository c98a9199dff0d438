#pragma once

#include "config/config.hpp"
#include "warehouse/tables.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// A line about what needs attention, and the section of the report with the details.
struct Statement {
    std::string text;
    std::string section;
};

/// The state of an organisation's history: figures, and what needs attention.
struct Standing {
    std::string figures;            ///< one line: `7 of 9 sources fresh, 1 late; …`
    std::vector<Statement> reasons; ///< problems: with these `status --strict` ends with 3
    std::vector<std::string> notes; ///< other remarks
    Row coverage;                   ///< of `attribution_coverage`
    std::vector<Row> sources;       ///< of `last_successful_load`
    std::vector<Row> late;          ///< of `late_sources`
    std::vector<Row> syncs;         ///< of `recent_syncs`, the last 14

    [[nodiscard]] bool is_healthy() const { return reasons.empty(); }
};

/// The figures of a row of `attribution_coverage` in one line.
std::string coverage_line(const Row& coverage);

/// The organisation's row of `attribution_coverage`; an empty row when nothing is stored.
Row coverage_of(Warehouse& warehouse, const std::string& organisation);

/// Rows of `late_sources` in one line: each with the reason, and with a remark when its job is
/// excluded; without those that were never loaded. "" when there are none.
std::string late_line(const std::vector<Row>& late_sources);

/// Problems are: a source that is late or was never loaded; a last sync that failed, did not end,
/// or began more than a day before `now`; a changed wording of messages; a task whose last run has
/// no known end, unlike earlier runs.
Standing standing_of(Warehouse& warehouse, const Config& config, Timestamp now);

} // namespace tidemark
