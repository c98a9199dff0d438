#include "support/sync_world.hpp"

#include "parse/job_parser.hpp"
#include "support/files.hpp"
#include "support/no_progress.hpp"
#include "support/postgres_server.hpp"
#include "verify/offline.hpp"
#include "warehouse/sqlite/connection.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark::test {
namespace {

Timestamp the_moment;

} // namespace

void set_world_clock(const std::string& moment) {
    the_moment = timestamp_from_text(moment + ".000000").value();
}

Timestamp world_clock() { return the_moment; }

SyncWorld::SyncWorld(std::string_view backend) {
    if (backend == "postgres") {
        static int worlds = 0;
        config.warehouse.url = postgres_server().url();
        config.warehouse.schema = fmt::format("world_{}", ++worlds);
    }
    set_world_clock("2026-10-09 06:00:00");
    config.source.base_url = "https://gateway.example";
    config.warehouse.base = m_folder.path();
    config.attribution.rules = {
        {"started", "^Executing transfer task '(?P<task>.+)'$", TaskOutcome::started},
        {"succeeded", "^Transfer task '(?P<task>.+)' completed, (?P<rows>\\d+) rows$",
         TaskOutcome::succeeded},
        {"failed", "^Transfer task '(?P<task>.+)' failed with error: (?P<error>.*)$",
         TaskOutcome::failed},
    };
    config.attribution.sources = {{"Load_GL_Nightly", "Finance"},
                                  {"xfer-07", "Warehouse scanners"}};
    config.attribution.conventions = {{"^(?P<source>.+?) - "}};
}

SyncReport SyncWorld::sync(const SyncOptions& options) { return sync_from(source, options); }

SyncReport SyncWorld::sync_from(Source& other, const SyncOptions& options) {
    NoProgress progress;
    return tidemark::sync(config, other, world_clock, progress, options);
}

std::vector<Row> SyncWorld::rows(std::string_view view) { return read_rows(*open(), view); }

std::vector<std::string> SyncWorld::damage() {
    std::vector<std::string> found;
    for (const CheckResult& check : verify_offline(*open())) {
        if (check.violations > 0)
            found.push_back(fmt::format("{}: {}", check.name, fmt::join(check.first, "; ")));
    }
    return found;
}

void SyncWorld::execute(const std::string& sql) {
    if (config.warehouse.url.starts_with("sqlite:")) {
        sqlite::Connection(m_folder / "tidemark.db", sqlite::Access::existing).execute(sql);
    } else {
        run_sql(config.warehouse.url,
                fmt::format("SET search_path = {}; {}", config.warehouse.schema, sql));
    }
}

std::vector<std::string> SyncWorld::dump(std::string_view table,
                                         const std::vector<std::string>& without) {
    std::vector<std::string> lines;
    for (const Row& row : rows(table)) {
        std::string line;
        for (const auto& [column, value] : row.values) {
            if (std::find(without.begin(), without.end(), column) != without.end()) continue;
            line += fmt::format("{}={};", column, row.text(column));
        }
        lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

FakeSource sample_night(const std::string& night) { return saved_bodies("samples/" + night); }

FakeSource saved_bodies(const std::string& name) {
    const std::string folder = TIDEMARK_REPOSITORY "/tests/" + name;
    FakeSource source;
    source.chunk_bytes = 4096;
    JobListReader jobs;
    jobs.feed(read_file(folder + "/jobs.json"));
    source.listed = jobs.result().entries;
    for (const Job& job : source.listed) {
        source.bodies[job.id] = read_file(folder + "/logs/" + to_text(job.id) + ".json");
    }
    return source;
}

} // namespace tidemark::test
