#pragma once

#include "powerbi/model.hpp"

#include <filesystem>

namespace tidemark {
class Warehouse;
struct WarehouseAddress;
} // namespace tidemark

namespace tidemark::powerbi {

/// A Power BI project (PBIP) that reads this warehouse: a semantic model in TMDL, a report in PBIR,
/// and a `.pbids` file with the connection. The texts depend only on the warehouse and contain no
/// secret.
Files project_files(const Warehouse& warehouse, const WarehouseAddress& address);

/// The semantic model alone, and the report alone.
Files model_files(const Warehouse& warehouse, const WarehouseAddress& address);
Files report_files();

/// Which existing files may be replaced.
enum class Overwrite { unchanged, everything };

/// Writes a project into a folder, creates the folder if necessary, and removes files of an earlier
/// call that the project no longer has. Throws ConfigError, and changes nothing, when the folder
/// contains files that no call wrote, or files that were changed since (Power BI Desktop changes
/// files when it saves). `Overwrite::everything` replaces changed files too, but not a folder with
/// other content.
void write_project(const std::filesystem::path& folder, const Files& files, Overwrite overwrite);

} // namespace tidemark::powerbi
