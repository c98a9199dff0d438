#include "warehouse/warehouse.hpp"

namespace tidemark {

bool Batch::empty() const {
    return organisations.empty() && jobs.empty() && data_sources.empty() &&
           transfer_tasks.empty() && new_executions.empty() && changed_executions.empty() &&
           marks.empty() && reattributed.empty() && log_shapes.empty() &&
           removed_transfer_tasks.empty() && removed_data_sources.empty() && sync_runs.empty() &&
           sync_jobs.empty() && rejected.empty() && resolved_rejections.empty() && gaps.empty() &&
           watermarks.empty() && shapes.empty() && shape_jobs.empty() && shape_lines.empty() &&
           calendar.empty();
}

} // namespace tidemark
