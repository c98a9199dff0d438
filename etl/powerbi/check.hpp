#pragma once

#include "powerbi/model.hpp"

#include <string>
#include <vector>

namespace tidemark {
class Warehouse;
}

namespace tidemark::powerbi {

/// The faults of a model, one line each with file and line. It finds faults that Power BI reports
/// only when a refresh or a visual fails: duplicate names, relationships without a target, between
/// different types or given twice, unknown names in DAX, unused parameters, unmatched brackets,
/// tables without a source.
std::vector<std::string> check_model(const SemanticModel& model);

/// The views and columns that a model reads and the warehouse lacks, or has with another type.
std::vector<std::string> check_sources(const SemanticModel& model, Warehouse& warehouse);

/// The fields in a report's visuals that the model lacks, and files with invalid JSON.
std::vector<std::string> check_report(const Files& files, const SemanticModel& model);

} // namespace tidemark::powerbi
