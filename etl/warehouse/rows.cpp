#include "warehouse/rows.hpp"

namespace tidemark {

std::string_view to_text(SyncOutcome outcome) {
    switch (outcome) {
    case SyncOutcome::running: return "running";
    case SyncOutcome::succeeded: return "succeeded";
    case SyncOutcome::partial: return "partial";
    case SyncOutcome::interrupted: return "interrupted";
    case SyncOutcome::failed: break;
    }
    return "failed";
}

SyncCounts& SyncCounts::operator+=(const SyncCounts& other) {
    executions_new += other.executions_new;
    executions_changed += other.executions_changed;
    executions_unchanged += other.executions_unchanged;
    rejected += other.rejected;
    logs += other.logs;
    bytes += other.bytes;
    return *this;
}

} // namespace tidemark
