#pragma once

#include "config/config.hpp"
#include "model/time.hpp"
#include "report/report_data.hpp"

#include <filesystem>
#include <string>

namespace tidemark {

/// The report: one HTML page without scripts that needs no network. All texts from messages are
/// escaped.
std::string report_page(const ReportData& data);

/// Writes the report of the configuration's organisation. Replaces the file atomically. Throws
/// Error when the warehouse fails, lacks its schema, or the file cannot be written.
void write_report(const Config& config, const std::filesystem::path& file, Timestamp now);

} // namespace tidemark
