#include "support/catch.hpp"
#include "support/sync_world.hpp"
#include "sync/reattribute.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/generated_columns.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::vector<std::string> tables_of_history = {"organisation",    "job",
                                                    "data_source",     "transfer_task",
                                                    "sync_run",        "sync_job",
                                                    "watermark",       "execution",
                                                    "execution_log",   "task_run",
                                                    "history_gap",     "rejected_record",
                                                    "message_shape",   "message_shape_job",
                                                    "message_template"};

void make_tables(SyncWorld& world, std::int64_t version) {
    const auto warehouse = world.open(OpenMode::create);
    for (const SchemaFile& file : schema_files_of(warehouse->dialect())) {
        if (file.version <= version) warehouse->apply(file, world_clock());
    }
}

bool knows_table(Warehouse& warehouse, std::int64_t version, const std::string& table) {
    const auto files = schema_files_of(warehouse.dialect());
    return std::any_of(files.begin(), files.end(), [&](const SchemaFile& file) {
        return file.version <= version &&
               file.sql.find("CREATE TABLE " + table + " (") != std::string_view::npos;
    });
}

/// What a program of an earlier version would have stored: the columns that it knew.
void copy_known_columns(SyncWorld& from, SyncWorld& to) {
    const auto warehouse = to.open();
    const auto version = warehouse->schema().version;
    const bool is_sqlite = to.config.warehouse.url.starts_with("sqlite:");
    const std::string other = is_sqlite ? "other" : from.config.warehouse.schema;
    std::string sql;
    if (is_sqlite) {
        const auto file = from.config.warehouse.base / "tidemark.db";
        sql = fmt::format("ATTACH '{}' AS other;", file.string());
    }
    for (const std::string& table : tables_of_history) {
        if (!knows_table(*warehouse, version, table)) continue;
        std::vector<std::string> known;
        for (const ColumnType& column : warehouse->columns(table)) {
            if (!generated_columns().contains(table + '.' + column.name))
                known.push_back(column.name);
        }
        // the row of what has no template is there already
        sql += fmt::format("INSERT INTO {0} ({1}) SELECT {1} FROM {2}.{0}{3};", table,
                           fmt::join(known, ", "), other,
                           table == "message_template" ? " WHERE template_key > 0" : "");
    }
    to.execute(sql);
}

void second_night(SyncWorld& world) {
    set_world_clock("2026-10-12 06:00:00");
    world.source = sample_night("night2");
    world.sync({.full = true});
    const auto writer = world.open(OpenMode::existing);
    const auto reader = world.open();
    reattribute(world.config, *writer, *reader, world_clock());
}

/// Without what an earlier version did not know of what no later night returns. Keys are handed out
/// in the order of arrival, and the same in both worlds.
std::vector<std::string> history(SyncWorld& world) {
    std::vector<std::string> rows;
    for (const auto& [table, without] :
         std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"execution", {"changed_at", "source_timezone"}},
             {"execution_log", {}},
             {"task_run", {}},
             {"watermark", {"body_order"}},
             {"job", {}},
             {"last_successful_load", {"age_hours"}},
             {"calendar_day", {}},
             {"message_shape", {"known_since"}}}) {
        for (const std::string& row : world.dump(table, without))
            rows.push_back(table + " " + row);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

/// Up to three rows that only one of the two has.
std::string only_in_one(const std::vector<std::string>& left,
                        const std::vector<std::string>& right) {
    std::vector<std::string> rows;
    std::set_symmetric_difference(left.begin(), left.end(), right.begin(), right.end(),
                                  std::back_inserter(rows));
    rows.resize(std::min<std::size_t>(rows.size(), 3));
    return fmt::format("{}", fmt::join(rows, "\n"));
}

} // namespace

TEST_CASE("a warehouse of each earlier version goes on as if it had always been of this one",
          "[warehouse][sync]") {
    const std::string backend = GENERATE(from_range(backends()));
    SyncWorld today(backend);
    set_world_clock("2026-10-11 06:00:00");
    today.source = sample_night("night1");
    today.sync();
    const auto newest = today.open()->schema().version;
    std::vector<std::unique_ptr<SyncWorld>> upgraded;
    for (std::int64_t version = 1; version < newest; ++version) {
        CAPTURE(backend, version);
        SyncWorld& world = *upgraded.emplace_back(std::make_unique<SyncWorld>(backend));
        make_tables(world, version);
        copy_known_columns(today, world);
        CHECK_THROWS_WITH(require_current_schema(*world.open()),
                          ContainsSubstring("tidemark migrate"));
        migrate(*world.open(OpenMode::existing), world_clock());
        CHECK(world.damage() == std::vector<std::string>{});
    }
    second_night(today);
    const auto expected = history(today);
    REQUIRE(expected.size() > 100);
    std::int64_t version = 1;
    for (const auto& world : upgraded) {
        CAPTURE(backend, version);
        second_night(*world);
        CHECK(only_in_one(history(*world), expected) == "");
        CHECK(world->damage() == std::vector<std::string>{});
        ++version;
    }
}
