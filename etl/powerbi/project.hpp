#pragma once

#include "powerbi/model.hpp"

#include <filesystem>

namespace tidemark {
class Warehouse;
struct WarehouseAddress;
} // namespace tidemark

namespace tidemark::powerbi {

/// A Power BI project (PBIP) that reads this warehouse: a semantic model in TMDL, a report in PBIR,
/// and a `.pbids` that only connects. The same warehouse gives the same texts; none of them is
/// secret.
Files project_files(const Warehouse& warehouse, const WarehouseAddress& address);

/// The semantic model alone, and the report alone.
Files model_files(const Warehouse& warehouse, const WarehouseAddress& address);
Files report_files();

/// Whether what stands in the folder may be replaced.
enum class Overwrite { unchanged, everything };

/// Writes a project into a folder, which is created when it is not there, and removes what an
/// earlier call wrote and this one does not. Throws ConfigError, and changes nothing, when the
/// folder holds what no call wrote, or a file that was changed since: Power BI Desktop changes them
/// when it saves. `Overwrite::everything` replaces changed files too, and still no folder that is
/// somebody else's.
void write_project(const std::filesystem::path& folder, const Files& files, Overwrite overwrite);

} // namespace tidemark::powerbi
