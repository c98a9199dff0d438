#pragma once

#include "config/config.hpp"
#include "model/time.hpp"
#include "report/findings.hpp"

#include <filesystem>
#include <string>

namespace tidemark {

/// The report: one page of HTML that needs no network and no script. Nothing in it comes unescaped
/// from a message.
std::string report_page(const Findings& findings);

/// Writes the report of the configuration's organisation. Readers of the file see the old one or
/// the new one, never a part. Throws Error when the warehouse fails, lacks its schema, or the file
/// cannot be written.
void write_report(const Config& config, const std::filesystem::path& file, Timestamp now);

} // namespace tidemark
