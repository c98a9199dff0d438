#pragma once

#include "config/config.hpp"
#include "warehouse/tables.hpp"

#include <string>
#include <vector>

namespace tidemark {
/// How the history of an organisation stands: the figures first, then what needs attention.
struct Standing {
    std::string figures; ///< one line: `7 of 9 sources fresh, 1 late; …`
    std::vector<std::string>
        reasons;                    ///< why all is not well: what `status --strict` ends with 3 for
    std::vector<std::string> notes; ///< what else is worth knowing
    Row coverage;                   ///< of `attribution_coverage`

    [[nodiscard]] bool is_healthy() const { return reasons.empty(); }
};

/// What the figures of a row of `attribution_coverage` say, in one line.
std::string coverage_line(const Row& coverage);

/// The organisation's row of `attribution_coverage`; an empty one when nothing is stored of it.
Row coverage_of(Warehouse& warehouse, const std::string& organisation);

/// The late data sources of an organisation in one line, with why and whether their job is
/// excluded;
/// "" when there are none.
std::string late_line(Warehouse& warehouse, const std::string& organisation);

/// A source that is late or was never loaded, a last sync that failed, did not end or began more
/// than a day before `now`, and a wording that changed, are reasons.
Standing standing_of(Warehouse& warehouse, const Config& config, Timestamp now);

} // namespace tidemark
