#include "verify/stored_content.hpp"

#include "interrupt.hpp"
#include "warehouse/typed_rows.hpp"

namespace tidemark {

StoredContent stored_content(const ExecutionRow& row) {
    Execution execution = row.execution;
    normalize(execution);
    if (execution.content_hash == row.execution.content_hash) return StoredContent::intact;
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
