#include "verify/stored_content.hpp"

#include "interrupt.hpp"
#include "warehouse/typed_rows.hpp"

namespace tidemark {

StoredContent stored_content(const ExecutionRow& row) {
    Execution execution = row.execution;
    normalize(execution);
    const std::uint64_t stored = row.execution.content_hash;
    if (execution.content_hash == stored || earlier_content_hash(execution) == stored)
        return StoredContent::intact;
    return row.changed_at == row.first_seen_at ? StoredContent::damaged : StoredContent::merged;
}

void each_stored_execution(Warehouse& warehouse,
                           const std::function<void(const ExecutionRow&)>& take) {
    each_row(warehouse, "execution", [&](const Row& values) {
        stop_if_interrupted();
        ExecutionRow row = execution_row(values);
        row.execution.logs = warehouse.logs(row.execution_key);
        take(row);
    });
}

} // namespace tidemark
