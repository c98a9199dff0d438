#pragma once

#include "config/config.hpp"
#include "support/fake_source.hpp"
#include "support/temporary_folder.hpp"
#include "sync/sync.hpp"
#include "warehouse/tables.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tidemark::test {

/// Sets what `world_clock` tells, in UTC: `2026-10-09 06:00:00`.
void set_world_clock(const std::string& moment);
Timestamp world_clock();

/// A warehouse in a temporary folder, a source to fill it from, and a configuration in the wording
/// of the samples.
class SyncWorld {
public:
    /// `sqlite`, or `postgres`: then in a schema of its own of this process's server.
    explicit SyncWorld(std::string_view backend = "sqlite");

    SyncReport sync(const SyncOptions& options = {});
    SyncReport sync_from(Source& other, const SyncOptions& options = {});

    /// All rows of a table or view, each as `column=value` pairs; columns named in `without` left
    /// out.
    std::vector<std::string> dump(std::string_view table,
                                  const std::vector<std::string>& without = {});
    std::vector<Row> rows(std::string_view view);

    /// What `verify --offline` finds, one line for each check that fails.
    std::vector<std::string> damage();

    /// Runs SQL behind the program's back.
    void execute(const std::string& sql);

    [[nodiscard]] std::unique_ptr<Warehouse> open(OpenMode mode = OpenMode::read_only) const {
        return open_warehouse(config.warehouse, mode);
    }

    Config config;
    FakeSource source;

private:
    TemporaryFolder m_folder;
};

/// The bodies that are saved in a folder of tests/: `cases/half-surrogate/night1`.
FakeSource saved_bodies(const std::string& folder);

/// The bodies of a night of tests/samples.
FakeSource sample_night(const std::string& night);

} // namespace tidemark::test
