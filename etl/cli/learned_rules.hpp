#pragma once

#include "config/config.hpp"
#include "templates/learning.hpp"
#include "warehouse/warehouse.hpp"

#include <filesystem>
#include <string>

namespace tidemark {

/// What the newest stored messages of the configuration's organisation teach, beside the rules of
/// `known`, which tell the rest.
Learned learn_from(Warehouse& warehouse, const Config& config, const AttributionConfig& known);

/// The attribution of a configuration without what stands in this file.
AttributionConfig without_file(const AttributionConfig& attribution,
                               const std::filesystem::path& file);

/// Writes learned rules to a file, all at once. Throws ConfigError for a file that is there and was
/// not written by this, or was edited since: what a person wrote is never replaced; Error when it
/// cannot be written.
void write_learned(const std::filesystem::path& file, const std::string& text);

/// The same file's refusal, before anything was learned.
void refuse_edited(const std::filesystem::path& file);

} // namespace tidemark
