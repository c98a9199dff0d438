#pragma once

#include "config/config.hpp"
#include "learning/learning.hpp"
#include "warehouse/warehouse.hpp"

#include <filesystem>
#include <string>

namespace tidemark {

/// Learns from the newest stored messages of the configured organisation that no rule of `known`
/// matches.
Learned learn_from(Warehouse& warehouse, const Config& config, const AttributionConfig& known);

/// The attribution without the entries from this file.
AttributionConfig without_file(const AttributionConfig& attribution,
                               const std::filesystem::path& file);

/// Writes learned rules to a file. Throws ConfigError when the file exists and was not written by
/// this function, or was edited since; Error when it cannot be written.
void write_learned(const std::filesystem::path& file, const std::string& text);

/// Throws the same ConfigError, before rules are learned.
void refuse_edited(const std::filesystem::path& file);

} // namespace tidemark
