#pragma once

#include "config/config.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"
#include "warehouse/warehouse.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::test {

/// A folder with a configuration in the wording of the samples, for the program to run in.
class Workspace : public TemporaryFolder {
public:
    /// `warehouse`: a URL; its schema is `schema`, where there are schemas.
    Workspace(const std::string& base_url, const std::string& warehouse,
              const std::string& schema = "tidemark");

    /// `sqlite`, or `postgres`: then in a schema of its own of this process's server.
    static Workspace on(std::string_view backend, const std::string& base_url);

    Ran run(const std::vector<std::string>& arguments) const;

    /// From now on each sync keeps what came in the folder `archive`.
    void keep_archive() const;

    /// From now on other data sources come out of the names of tasks.
    void change_rules() const;

    [[nodiscard]] std::unique_ptr<Warehouse> open(OpenMode mode = OpenMode::read_only) const;

    WarehouseConfig warehouse;
};

} // namespace tidemark::test
