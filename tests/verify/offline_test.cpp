#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/one_job.hpp"
#include "verify/offline.hpp"
#include "warehouse/backends.hpp"

#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// How to break what one check looks at, and nothing else.
struct Corruption {
    std::string check;
    std::string backend; ///< empty: both
    std::string sql;
};

const std::vector<Corruption> corruptions = {
    {"integrity", "sqlite",
     "PRAGMA writable_schema = ON; UPDATE sqlite_schema"
     " SET sql = 'CREATE INDEX task_run_latest ON task_run (transfer_task_key, attempts)'"
     " WHERE name = 'task_run_latest'"},
    {"value_forms", "sqlite",
     "UPDATE execution_log SET logged_at = '2026-10-01T03:00:00' WHERE execution_key = 1"},
    {"value_forms", "sqlite",
     "UPDATE execution SET changed_at = '2026-02-31 03:00:00.000000' WHERE execution_key = 1"},
    {"value_forms", "sqlite", "UPDATE job SET job_id = upper(job_id) || 'A'"},
    {"foreign_keys", "sqlite", "UPDATE transfer_task SET data_source_key = 99"},
    {"foreign_keys", "postgres",
     "SET session_replication_role = replica; UPDATE transfer_task SET data_source_key = 99"},
    {"foreign_keys", "postgres",
     "SET session_replication_role = replica;"
     "INSERT INTO history_gap VALUES (1, '2026-01-01 00:00:00Z', '2026-01-02 00:00:00Z', 99)"},
    {"log_lines", "sqlite",
     "INSERT INTO execution_log (execution_key, log_id, logged_at, severity, message, line_number) "
     "VALUES (99, '00000000-0000-4000-8000-000000000099',"
     " '2026-10-01 03:00:00.000000', 0, 'x', 1)"},
    {"log_lines", "postgres",
     "INSERT INTO execution_log (execution_key, log_id, logged_at, severity, message, line_number) "
     "VALUES (99, '00000000-0000-4000-8000-000000000099',"
     " '2026-10-01 03:00:00.000000Z', 0, 'x', 1)"},
    {"line_numbers", "", "UPDATE execution_log SET line_number = 2 WHERE execution_key = 1"},
    {"line_numbers", "", "UPDATE execution_log SET line_number = line_number + 1"},
    {"line_numbers", "",
     "UPDATE execution_log SET line_number = 3 - line_number WHERE execution_key = 1"},
    {"log_count", "", "UPDATE execution SET log_count = log_count + 1 WHERE execution_key = 1"},
    {"organisations", "",
     "INSERT INTO organisation (organisation_key, name, base_url, reporting_timezone) VALUES (2, "
     "'second', 'https://gateway.example', 'UTC');"
     "UPDATE transfer_task SET organisation_key = 2"},
    {"marks", "", "UPDATE execution SET lost_since = created_at WHERE execution_key = 1"},
    {"marks", "", "UPDATE execution SET abandoned_since = created_at WHERE execution_key = 1"},
    {"ledger", "", "UPDATE sync_run SET outcome = 'running'"},
    {"ledger", "",
     "UPDATE sync_run SET outcome = 'running', ended_at = NULL, duration_ms = NULL;"
     "INSERT INTO sync_run SELECT sync_run_key + 1, organisation_key, started_at, ended_at,"
     " outcome, jobs, jobs_failed, executions_new, executions_changed, executions_unchanged,"
     " rejected, logs, bytes, error, duration_ms, executions_skipped FROM sync_run"},
    {"ledger", "", "UPDATE sync_job SET ended_at = NULL"},
    {"watermarks", "", "UPDATE watermark SET loaded_through = read_through"},
    {"watermarks", "", "UPDATE watermark SET open_executions = open_executions + 1"},
    {"watermarks", "", "UPDATE watermark SET read_through = NULL"},
    {"durations", "", "UPDATE execution SET duration_ms = duration_ms + 1 WHERE execution_key = 1"},
    {"durations", "", "UPDATE task_run SET duration_ms = NULL WHERE execution_key = 1"},
    {"durations", "", "UPDATE sync_run SET duration_ms = duration_ms - 1"},
    {"doubtful_moments", "",
     "UPDATE execution SET doubtful_after = ended_at WHERE execution_key = 1;"
     "UPDATE task_run SET last_succeeded_at = '2999-01-01 00:00:00.000000' WHERE execution_key = "
     "1"},
    {"pruned_logs", "", "UPDATE execution SET logs_pruned_at = created_at WHERE execution_key = 1"},
    {"shape_counts", "", "UPDATE message_shape_job SET line_count = line_count + 1"},
    {"shape_counts", "", "UPDATE message_shape SET line_count = 0"},
    {"shape_counts", "", "DELETE FROM message_shape_job"},
    {"templates", "", "DELETE FROM message_template WHERE template_key > 0"},
    {"calendar", "", "DELETE FROM calendar_day WHERE date_key = 20261002"},
    {"calendar", "", "DELETE FROM calendar_day WHERE date_key = -1"},
    {"content_hash", "",
     "UPDATE execution_log SET message = 'forged' WHERE execution_key = 1"
     " AND message LIKE 'Exec%'"},
    {"content_hash", "", "UPDATE execution SET state_code = 2 WHERE execution_key = 1"},
    {"created_on", "", "UPDATE execution SET created_on = '2026-10-02' WHERE execution_key = 1"},
    {"created_at_local", "",
     "UPDATE execution SET created_at_local = '2026-10-01 04:00:00.000000' WHERE execution_key = "
     "1"},
};

struct SoundWarehouse : OneJob {
    explicit SoundWarehouse(std::string_view backend)
        : OneJob({ended(1, "2026-10-01"), running(2, "2026-10-02"), ended(3, "2026-10-03")},
                 backend) {
        sync();
    }
    std::vector<CheckResult> verify() { return verify_offline(*open()); }
    std::set<std::string> violated() {
        std::set<std::string> names;
        for (const CheckResult& result : verify()) {
            CHECK_FALSE(result.meaning.empty());
            CHECK_FALSE(result.repair.empty());
            CHECK(result.first.empty() == (result.violations == 0));
            if (result.violations > 0) names.insert(result.name);
        }
        return names;
    }
};

} // namespace

TEST_CASE("each broken rule of the tables makes its own check fail and no other", "[verify]") {
    const std::string backend = GENERATE(from_range(backends()));
    std::set<std::string> unbroken;
    {
        SoundWarehouse world(backend);
        CHECK(world.violated().empty());
        for (const CheckResult& result : world.verify())
            unbroken.insert(result.name);
    }
    for (const Corruption& corruption : corruptions) {
        if (!corruption.backend.empty() && corruption.backend != backend) continue;
        // a world in PostgreSQL takes its time: one way to break each rule will do
        if (backend == "postgres" && !unbroken.contains(corruption.check)) continue;
        CAPTURE(backend, corruption.sql);
        SoundWarehouse world(backend);
        world.execute(corruption.sql);
        CHECK(world.violated() == std::set{corruption.check});
        unbroken.erase(corruption.check);
    }
    CHECK(unbroken == std::set<std::string>{}); // every check was seen to fail
}

TEST_CASE("the page says what each check is about, and names no other", "[verify]") {
    std::set<std::string> explained;
    for (const auto& row :
         table_rows(section(page("commands.md"), "### The checks of `--offline`")))
        explained.merge(code_words(row.front()));
    std::set<std::string> names;
    for (const CheckResult& result : SoundWarehouse("sqlite").verify())
        names.insert(result.name);
    CHECK(explained == names);
}

TEST_CASE("a finding says where and how often", "[verify]") {
    SoundWarehouse world("sqlite");
    world.execute("UPDATE execution SET log_count = 7");
    for (const CheckResult& result : world.verify()) {
        if (result.name != "log_count") continue;
        CHECK(result.violations == 3);
        CHECK(result.first.at(1) == "execution_key=2 log_count=7 lines=1");
    }
}

TEST_CASE("rows that are no values are not read as such", "[verify]") {
    SoundWarehouse world("sqlite");
    world.execute("UPDATE execution SET created_at = 'soon', execution_id = 'none' WHERE "
                  "execution_key = 1");
    bool content_was_done = true;
    for (const CheckResult& result : world.verify())
        if (result.name == "content_hash") content_was_done = result.done;
    CHECK_FALSE(content_was_done);
}

TEST_CASE("a line that the source dropped since does not look like damage", "[verify]") {
    SoundWarehouse world(GENERATE(as<std::string>{}, "sqlite", "postgres"));
    BodyExecution shorter = ended(3, "2026-10-03");
    shorter.messages.pop_back();
    world.set({ended(1, "2026-10-01"), running(2, "2026-10-02"), shorter});
    set_world_clock("2026-10-10 06:00:00");
    CHECK(world.sync().counts.executions_changed == 1);
    CHECK(world.violated().empty());
}

TEST_CASE("what a sync that was cut off left behind is no violation", "[verify]") {
    SoundWarehouse world(GENERATE(as<std::string>{}, "sqlite", "postgres"));
    // an older one appears while it runs, and another ends: the watermark says neither yet
    world.set({running(4, "2026-10-01"), ended(2, "2026-10-02")});
    world.source.bodies[numbered(1)].back() = '}';
    CHECK(world.sync({.full = true}).jobs[0].error);
    CHECK(world.rows("execution").size() == 4);
    CHECK(world.violated().empty());
    // but the next whole read has to settle it
    world.set({ended(1, "2026-10-01"), running(4, "2026-10-01"), ended(2, "2026-10-02")});
    world.sync({.full = true});
    CHECK(world.violated().empty());
    CHECK(world.watermark() < "2026-10-01 03:00:00");
}
