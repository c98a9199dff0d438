#include "support/catch.hpp"
#include "sync/job_writer.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/test_rows.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

Job numbered_job(std::uint64_t number) {
    return {.id = guid(number), .name = "Job " + std::to_string(number)};
}

/// A writer of two jobs, of which nothing is stored.
class Writing {
public:
    explicit Writing(const std::string& backend) : m_db(backend) {
        m_stored = m_db.warehouse->dimensions("default");
        m_keys.emplace(m_stored, m_config);
        const std::vector jobs{numbered_job(1), numbered_job(2)};
        m_keys->list_jobs({.entries = jobs}, jobs, now, false);
        for (const Job& job : jobs) {
            m_plans.emplace(job.id, plan_job(job, m_keys->job_key(job.id), {}, {}, false, now));
        }
    }

    /// Writes items group by group; returns what is stored then.
    std::map<std::string, std::vector<TextRow>> write(std::vector<std::vector<QueueItem>> groups) {
        const Attribution attribution(m_config.attribution);
        JobWriter writer(m_plans, *m_db.warehouse, *m_keys, attribution,
                         {.sync_run_key = 1, .started_at = now, .config = m_config},
                         [this](const JobReport& report) { reports.push_back(report); });
        writer.store_new_rows();
        Batch log;
        log.sync_runs = {sync_run(1)};
        m_db.warehouse->write(log);
        for (auto& group : groups)
            writer.write(std::move(group));
        return contents(*m_db.warehouse);
    }

    [[nodiscard]] Key job_key(std::uint64_t number) const { return m_keys->job_key(guid(number)); }

    std::vector<JobReport> reports;
    const Timestamp now = moment("2026-10-10 06:00:00.000000");

private:
    MigratedDatabase m_db;
    Config m_config;
    Dimensions m_stored;
    std::optional<KeyAllocator> m_keys;
    JobPlans m_plans;
};

ReceivedExecution version(std::uint64_t id, std::uint64_t content, std::vector<Log> logs) {
    ReceivedExecution received{.execution = tidemark::test::execution(1).execution};
    received.execution.id = guid(id);
    received.execution.content_hash = content;
    received.execution.logs = std::move(logs);
    received.reading.newest_at = moment("2026-10-09 03:10:00.000000");
    return received;
}

JobEnd end_of(Key job_key, std::int64_t executions) {
    return {.job_key = job_key,
            .started_at = moment("2026-10-10 06:00:00.000000"),
            .body = {.executions = executions}};
}

/// Two jobs that both claim execution 10, which the first has in two versions.
std::vector<QueueItem> items(const Writing& writing) {
    const Key one = writing.job_key(1);
    const Key two = writing.job_key(2);
    auto later = version(10, 101, {log(1, "begins"), log(2, "ends")});
    later.again = true;
    std::vector<QueueItem> items;
    items.emplace_back(
        Chunk{.job_key = one,
              .executions = {version(10, 100, {log(1, "begins")}), version(11, 110, {})},
              .unarchived = false});
    items.emplace_back(
        Chunk{.job_key = two, .executions = {version(20, 200, {})}, .unarchived = false});
    items.emplace_back(Chunk{.job_key = one, .executions = {later}, .unarchived = false});
    items.emplace_back(end_of(one, 3));
    items.emplace_back(Chunk{
        .job_key = two, .executions = {version(10, 100, {log(1, "begins")})}, .unarchived = false});
    items.emplace_back(end_of(two, 2));
    return items;
}

} // namespace

TEST_CASE("what is written together is what would be written one by one", "[sync]") {
    const auto backend = GENERATE(from_range(backends()));
    Writing alone(backend);
    std::vector<std::vector<QueueItem>> groups;
    for (QueueItem& item : items(alone)) {
        groups.emplace_back();
        groups.back().push_back(std::move(item));
    }
    Writing together(backend);
    std::vector<std::vector<QueueItem>> one_group;
    one_group.push_back(items(together));

    auto expected = alone.write(std::move(groups));
    auto found = together.write(std::move(one_group));
    for (auto* tables : {&expected, &found}) {
        for (TextRow& row : tables->at("sync_job"))
            row.erase("ended_at");
    }
    CHECK(found == expected);
    CHECK(found.at("execution").size() == 3);
    CHECK(found.at("execution_log").size() == 2);
    CHECK(found.at("rejected_record").size() == 1);
    REQUIRE(together.reports.size() == 2);
    CHECK(together.reports[0].counts.executions_new == 2);
    CHECK(together.reports[1].counts.rejected == 1);
    CHECK(found.at("watermark").size() == 2);
}
