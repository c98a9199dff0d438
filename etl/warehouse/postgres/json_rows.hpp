#pragma once

#include "warehouse/rows.hpp"

#include <string>
#include <vector>

namespace tidemark::postgres {

// Rows of the small tables as the text of JSON objects, by the names of their columns.
std::string json_row(const OrganisationRow& row);
std::string json_row(const JobRow& row);
std::string json_row(const DataSourceRow& row);
std::string json_row(const TransferTaskRow& row);
std::string json_row(const CalendarDayRow& row);
std::string json_row(const SyncRunRow& row);
std::string json_row(const SyncJobRow& row);
std::string json_row(const HistoryGapRow& row);
std::string json_row(const RejectedRecordRow& row);
std::string json_row(const MessageShapeRow& row);
std::string json_row(const MessageShapeJobRow& row);

/// All of them as the text of a JSON array.
template <typename Row> std::string json_array(const std::vector<Row>& rows) {
    std::string array;
    for (const Row& row : rows)
        array += (array.empty() ? '[' : ',') + json_row(row);
    return array.empty() ? "[]" : array + ']';
}

} // namespace tidemark::postgres
