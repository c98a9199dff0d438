#include "support/catch.hpp"
#include "support/files.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/generated_columns.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/table_columns.hpp"
#include "warehouse/tables.hpp"
#include "warehouse/test_rows.hpp"

#include <algorithm>
#include <regex>
#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

void check_columns_of(Warehouse& warehouse, const TableOutline& table) {
    CAPTURE(table.name);
    const auto& generated = generated_columns();
    std::set<std::string> stored;
    for (const ColumnType& column : warehouse.columns(table.name)) {
        const std::string name = std::string{table.name} + '.' + column.name;
        if (!generated.contains(name)) stored.insert(column.name);
    }
    std::set<std::string> described;
    for (const ColumnOutline& column : table.columns)
        described.emplace(column.name);
    CHECK(described == stored);
    CHECK(described.size() == table.columns.size());
}

template <typename... RowTypes> void check_columns(Warehouse& warehouse) {
    (check_columns_of(warehouse, outline_of<RowTypes>()), ...);
}

/// A row that reads the values of another one as if a database had kept them.
template <typename RowType> RowType read_back(const RowType& row) {
    Row read;
    const auto values = values_of(row);
    const auto table = outline_of<RowType>();
    for (std::size_t i = 0; i < values.size(); ++i)
        read.values.emplace(table.columns[i].name, values[i]);
    return row_as<RowType>(read);
}

WatermarkRow full_watermark() {
    return {.job_key = 7,
            .loaded_through = moment("2026-10-09 03:00:00.000001"),
            .read_through = moment("2026-10-09 03:00:00.000002"),
            .open_executions = 3,
            .oldest_available_at = moment("2026-10-09 03:00:00.000003"),
            .body_order = BodyOrder::oldest_first,
            .whole_through = moment("2026-10-09 03:00:00.000004"),
            .etag = "\"a\"",
            .last_modified = "yesterday",
            .read_settings = "settings",
            .rejected_beyond = "beyond"};
}

} // namespace

TEST_CASE("a table is described with each column that it stores, and no other", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    CHECK(generated_columns().size() >= 10);
    check_columns<PruneMarkRow, JobDayRow, TaskDayRow, SourceDayRow, OrganisationRow, JobRow,
                  DataSourceRow, TransferTaskRow, WatermarkRow, AlertRow, QueuedRunRow, SyncRunRow,
                  SyncJobRow, RejectedRecordRow, HistoryGapRow, MessageShapeRow, MessageShapeJobRow,
                  CalendarDayRow, GivenStartRow, ExecutionRow>(*db.warehouse);
    check_columns_of(*db.warehouse, with_key(outline_of<TaskRunRow>(), "execution_key"));
    check_columns_of(*db.warehouse, with_key(outline_of<Log>(), "execution_key"));
}

TEST_CASE("a column has the name of the member that holds it") {
    // the member is the same for several tables, or its name says more within its table
    const std::set<std::string> other_names = {"execution_id id", "log_id id"};
    static const std::regex described(R"re(\b(key|column|kept|json)\(\s*"(\w+)",([^()]*)\))re");
    static const std::regex last_member(R"(::(\w+)\s*$)");
    const std::string source = read_file(TIDEMARK_REPOSITORY "/etl/warehouse/table_columns.hpp");
    std::size_t columns = 0;
    for (std::sregex_iterator match(source.begin(), source.end(), described), last; match != last;
         ++match, ++columns) {
        const std::string column = (*match)[2];
        const std::string members = (*match)[3];
        CAPTURE(column, members);
        std::smatch member;
        REQUIRE(std::regex_search(members, member, last_member));
        CHECK((member[1] == column || other_names.contains(column + ' ' + member[1].str())));
    }
    CHECK(columns >= 120);
}

TEST_CASE("a row is what its values say") {
    CHECK(read_back(full_watermark()) == full_watermark());
    CHECK(read_back(WatermarkRow{}) == WatermarkRow{});
}

TEST_CASE("every kind of value is read as it was written") {
    const RejectedRecordRow record = rejected(3, 0xFFFF'FFFF'FFFF'FFF0);
    CHECK(values_of(read_back(record)) == values_of(record));
    CHECK(read_back(record).rejection == record.rejection);
    const DataSourceRow source{.data_source_key = 1, .max_age_hours = 7.5, .is_retired = true};
    CHECK(read_back(source) == source);
    const CalendarDayRow day{.date = std::chrono::sys_days{std::chrono::days{20'000}}};
    CHECK(read_back(day).date == day.date);
    CHECK(read_back(job(5)) == job(5));
    ExecutionRow row = execution(3);
    row.execution.extra = "{\"a\":1}";
    row.execution.trigger_id = guid(8);
    row.execution.incomplete = true;
    row.created_at_local = local_time_from_text("2026-10-09 05:00:00.000000");
    CHECK(read_back(row).execution == row.execution);
    CHECK(read_back(row).created_at_local == row.created_at_local);
    CHECK(read_back(execution(4)).execution == execution(4).execution);
    TaskRunRow run = task_run(1, TaskOutcome::succeeded, "2026-10-09 03:00:00.000000");
    run.run.kind = TaskKind::import_metadata;
    run.run.row_count = 12;
    run.started_at_local = local_time_from_text("2026-10-09 04:50:00.000001");
    CHECK(read_back(run) == run);
    MessageShapeRow shape{.mask = "a", .outcome = TaskOutcome::failed};
    CHECK(read_back(shape) == shape);
    SyncJobRow sync_job{.outcome = SyncOutcome::partial, .reading = BodyReading::unchanged};
    sync_job.counts.bytes = 5;
    CHECK(read_back(sync_job).outcome == SyncOutcome::partial);
    CHECK(read_back(sync_job).reading == BodyReading::unchanged);
    CHECK(read_back(sync_job).counts == sync_job.counts);
}

TEST_CASE("a value that its column cannot have is an error that names the column") {
    const Row row{.values = {{"job_key", std::int64_t{1}}, {"loaded_through", "soon"}}};
    CHECK_THROWS_WITH(row_as<WatermarkRow>(row),
                      "column 'loaded_through' holds 'soon', which is not a valid value");
}

TEST_CASE("the statements of a table follow from its description") {
    const TableOutline table{"watermark",
                             {{"job_key", OnConflict::key},
                              {"first_seen_at", OnConflict::keep},
                              {"etag", OnConflict::replace},
                              {"duration_ms", OnConflict::replace, true}}};
    CHECK(select_from(table, "WHERE job_key = ?") ==
          "SELECT job_key, first_seen_at, etag FROM watermark WHERE job_key = ?");
    CHECK(insert_into(table, "VALUES (1, 2, 3, 4)") ==
          "INSERT INTO watermark (job_key, first_seen_at, etag, duration_ms) VALUES (1, 2, 3, 4)");
    CHECK(on_conflict(table) == " ON CONFLICT (job_key) DO UPDATE SET etag = excluded.etag,"
                                " duration_ms = excluded.duration_ms");
    CHECK(on_conflict(table, "etag = 'a'") == " ON CONFLICT (job_key) DO UPDATE SET etag = 'a'");
    const TableOutline keys{"gap", {{"job_key", OnConflict::key}, {"at", OnConflict::key}}};
    CHECK(on_conflict(keys) == " ON CONFLICT (job_key, at) DO NOTHING");
}

TEST_CASE("of a record that comes twice the first is kept") {
    const RejectedRecordRow first = rejected(1, 77);
    RejectedRecordRow again = rejected(2, 77);
    again.resolved_at = moment("2026-10-11 00:00:00.000000");
    const auto kept = each_key_once(std::vector{first, again, rejected(3, 78)});
    REQUIRE(kept.size() == 2);
    CHECK(kept[0].rejected_record_key == 1);
    CHECK(kept[0].resolved_at == again.resolved_at);
    CHECK(kept[1].rejected_record_key == 3);
}

TEST_CASE("of rows with one key, the last one's values are kept once") {
    WatermarkRow first = full_watermark();
    WatermarkRow last = full_watermark();
    last.etag = std::nullopt;
    last.open_executions = 4;
    const WatermarkRow other{.job_key = 8};
    CHECK(each_key_once(std::vector{first, other, last}) == std::vector{last, other});
    CHECK(each_key_once(std::vector<WatermarkRow>{}).empty());
}
