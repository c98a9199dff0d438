#pragma once

#include "sync/catalogue.hpp"
#include "sync/report.hpp"

#include <span>
#include <string>

namespace tidemark {

/// The ledger's row of one sync: opened when it begins, closed however it ends. Rows that a killed
/// sync left open are closed as `interrupted` when the next one begins.
class Ledger {
public:
    /// Writes the row, with what the catalogue has that is new. `unfinished` are the rows to close.
    Ledger(Warehouse& warehouse, Catalogue& catalogue, std::span<const SyncRunRow> unfinished,
           Timestamp started_at, bool dry_run);

    [[nodiscard]] Key sync_run_key() const { return m_row.sync_run_key; }

    /// `error`: why it ended before its time.
    void close(const SyncReport& report, Timestamp ended_at,
               const std::optional<std::string>& error = std::nullopt);

private:
    void write(const Batch& batch);

    Warehouse& m_warehouse;
    SyncRunRow m_row;
    bool m_dry_run;
};

} // namespace tidemark
