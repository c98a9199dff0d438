#include "sync/stored_states.hpp"

#include "warehouse/read_rows.hpp"

namespace tidemark {

StateJudgement judge_stored_states(Warehouse& warehouse, const SourceConfig& source) {
    std::vector<SeenStateCode> seen;
    for (const Row& row : read_rows(warehouse, "state_evidence")) {
        if (row.text("organisation") != source.organisation) continue;
        seen.push_back({.code = row.integer("state_code"),
                        .with_end = row.integer("with_end") != 0,
                        .without_end = row.integer("without_end") != 0});
    }
    return judge_states(seen, source.states);
}

} // namespace tidemark
