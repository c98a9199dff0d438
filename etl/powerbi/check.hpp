#pragma once

#include "powerbi/model.hpp"

#include <string>
#include <vector>

namespace tidemark {
class Warehouse;
}

namespace tidemark::powerbi {

/// What is wrong with a model in itself, one line each with file and line: what Power BI's own
/// object model does not see until a refresh or a visual fails. Names given twice, relationships to
/// nothing, between types that differ or given twice, names in DAX that are none, parameters that
/// nothing uses, brackets that do not match, tables that are read from nowhere.
std::vector<std::string> check_model(const SemanticModel& model);

/// What a model reads and the warehouse does not have, or has in another type.
std::vector<std::string> check_sources(const SemanticModel& model, Warehouse& warehouse);

/// The fields of a report's visuals that the model does not have, and files that are no JSON.
std::vector<std::string> check_report(const Files& files, const SemanticModel& model);

} // namespace tidemark::powerbi
