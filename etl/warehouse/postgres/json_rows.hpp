#pragma once

#include "warehouse/rows.hpp"

#include <string>

namespace tidemark::postgres {

// Rows of the small tables as the text of JSON objects, by the names of their columns.
std::string json_row(const OrganisationRow& row);
std::string json_row(const JobRow& row);
std::string json_row(const DataSourceRow& row);
std::string json_row(const TransferTaskRow& row);
std::string json_row(const SyncRunRow& row);
std::string json_row(const SyncJobRow& row);
std::string json_row(const HistoryGapRow& row);
std::string json_row(const RejectedRecordRow& row);
std::string json_row(const WatermarkRow& row);

} // namespace tidemark::postgres
