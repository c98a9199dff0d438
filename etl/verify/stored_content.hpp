#pragma once

#include "warehouse/warehouse.hpp"

#include <functional>

namespace tidemark {

/// How the rows of a stored execution stand to the content hash that was stored with them.
enum class StoredContent {
    intact,  ///< they hash to it
    merged,  ///< they do not, and need not: the execution was stored more than once, and may keep
             ///< lines that the source no longer returned the last time
    damaged, ///< they do not, though they were stored once: something else changed them
};

/// `row` comes with all of its stored log lines.
StoredContent stored_content(const ExecutionRow& row);

/// Hands over every stored execution, whichever job it is of, with its log lines and without its
/// task runs; one at a time in memory. Throws Error, also for a row that holds no execution.
void each_stored_execution(Warehouse& warehouse,
                           const std::function<void(const ExecutionRow&)>& take);

} // namespace tidemark
