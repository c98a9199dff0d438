#pragma once

#include "warehouse/rows.hpp"

#include <nlohmann/json_fwd.hpp>

namespace tidemark::postgres {

// Rows of the small tables as JSON objects, by the names of their columns.
nlohmann::json json_row(const OrganisationRow& row);
nlohmann::json json_row(const JobRow& row);
nlohmann::json json_row(const DataSourceRow& row);
nlohmann::json json_row(const TransferTaskRow& row);
nlohmann::json json_row(const SyncRunRow& row);
nlohmann::json json_row(const SyncJobRow& row);
nlohmann::json json_row(const HistoryGapRow& row);
nlohmann::json json_row(const RejectedRecordRow& row);
nlohmann::json json_row(const WatermarkRow& row);

} // namespace tidemark::postgres
