#include "support/catch.hpp"
#include "support/one_job.hpp"
#include "warehouse/backends.hpp"

#include <fmt/format.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A body of one sound execution and so many that are bad, each in its own way.
std::string body_with_bad(int bad) {
    std::string body = "[" + to_json(ended(1, "2026-10-01"));
    for (int i = 0; i < bad; ++i)
        body += fmt::format(R"(,{{"Id":"{}","State":"{}"}})",
                            to_text(numbered(1000U + static_cast<unsigned>(i))), i);
    return body + "]";
}

} // namespace

TEST_CASE("of a format change that rejects each record a thousand are kept and all are counted",
          "[sync]") {
    OneJob world({}, GENERATE("sqlite", "postgres"));
    world.source.chunk_bytes = 1 << 16;
    world.source.bodies[numbered(1)] = body_with_bad(2500);
    const SyncReport first = world.sync();
    CHECK(first.outcome == SyncOutcome::partial);
    CHECK(first.counts.rejected == 2500);
    CHECK(first.jobs.at(0).rejected_beyond == 1500);
    CHECK(first.counts.executions_new == 1);
    CHECK(world.rows("rejected_record").size() == 1000);

    const SyncReport second = world.sync();
    CHECK(second.outcome == SyncOutcome::succeeded);
    CHECK(second.counts.rejected == 0);
    CHECK(world.rows("rejected_record").size() == 1000);

    world.source.bodies[numbered(1)] = body_with_bad(2501);
    CHECK(world.sync().outcome == SyncOutcome::partial);
    CHECK(world.sync().outcome == SyncOutcome::succeeded);

    world.source.bodies[numbered(1)] = body_with_bad(0);
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    CHECK(world.rows("watermark").at(0).text("rejected_beyond").empty());
}

TEST_CASE("an entry of the list of jobs that cannot be read is told once and stops nobody",
          "[sync]") {
    OneJob world({ended(1, "2026-10-01")}, GENERATE("sqlite", "postgres"));
    world.source.listed.push_back({numbered(2), "Weekly"});
    world.source.bodies[numbered(2)] = body_of({ended(2, "2026-10-01", 2)});
    world.sync();

    world.source.listed.pop_back();
    world.source.unreadable = {"null"};
    const SyncReport report = world.sync();
    CHECK(report.outcome == SyncOutcome::partial);
    CHECK_THAT(report.unreadable_jobs.value_or(""),
               ContainsSubstring("entry [1]: it is no object"));
    CHECK_THAT(world.rows("sync_run").at(1).text("error"), ContainsSubstring("entry [1]"));
    CHECK(report.missing_jobs.empty()); // the entry may be that job's

    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    world.source.unreadable = {"null", "7"};
    CHECK(world.sync().outcome == SyncOutcome::partial);
    world.source.unreadable = {};
    const SyncReport whole = world.sync();
    CHECK_FALSE(whole.unreadable_jobs);
    CHECK(whole.missing_jobs == std::vector<std::string>{"Weekly"});
}

TEST_CASE("no value of a record stops the records and jobs beside it", "[sync][property]") {
    const std::vector<std::string> texts = {R"("")",
                                            R"("x")",
                                            "null",
                                            "7",
                                            "-9223372036854775808",
                                            "9223372036854775807",
                                            "92233720368547758080",
                                            "1e400",
                                            "-0",
                                            "0.5",
                                            "true",
                                            "[]",
                                            "{}",
                                            R"("\ud83d")",
                                            R"("\u0000")",
                                            "\"\xFF\xC3\"",
                                            "\"\xEF\xBF\xBF\"",
                                            R"("a\tb\r\nc")",
                                            "\"a\tb\r\nc\x01\"",
                                            '"' + std::string(9000, 'l') + '"',
                                            R"("0001-01-01T00:00:00")",
                                            R"("0001-01-02T00:00:00Z")",
                                            R"("0001-01-02T00:00:00+18:00")",
                                            R"("9999-12-30T23:59:59-18")",
                                            R"("9999-12-30T23:59:59.999999")",
                                            R"("9999-12-31T23:59:59.9999999Z")",
                                            R"("2026-10-01T03:00:00")",
                                            R"("00000000-0000-0000-0000-000000000000")",
                                            '"' + to_text(numbered(77)) + '"'};
    const std::vector<std::string> members = {
        "Id", "JobId", "State", "CreateTime", "EndTime", "TriggerId", "JobExecutionLogs", "other"};
    const std::vector<std::string> log_members = {"Id",       "JobExecutionId", "TimeStamp",
                                                  "Severity", "Message",        "other"};
    std::string body = "[";
    unsigned number = 100;
    const auto add = [&](const std::string& member, const std::string& text, bool in_log) {
        ++number;
        const std::string task =
            "Load " + std::to_string(number) + std::string(number % 7 == 0 ? 9000 : 0, 'n');
        const std::string odd = fmt::format(R"("{}":{},)", member, text);
        body += fmt::format(
            R"({}{{{}"Id":"{}","State":1,"CreateTime":"2026-10-01T03:00:00","EndTime":"2026-10-01T04:00:00",)"
            R"("JobExecutionLogs":[{{{}"Id":"{}","TimeStamp":"2026-10-01T03:01:00","Severity":0,)"
            R"("Message":"Transfer task '{} - x' took 31535999 seconds"}}]}})",
            body.size() > 1 ? "," : "", in_log ? "" : odd, to_text(numbered(number)),
            in_log ? odd : "", to_text(numbered(1000 + number)), task);
    };
    for (const std::string& text : texts) {
        for (const std::string& member : members)
            add(member, text, false);
        for (const std::string& member : log_members)
            add(member, text, true);
    }

    const std::string backend = GENERATE("sqlite", "postgres");
    const std::string zone = GENERATE("Pacific/Kiritimati", "Etc/GMT+12");
    OneJob world({}, backend);
    world.config.sync.reporting_timezone = TimeZone::find(zone).value();
    world.config.source.timezone = TimeZone::find(zone).value();
    world.config.attribution.rules = {
        {"done", "^Transfer task '(?P<task>.+)' took (?P<seconds>\\d+) seconds$",
         TaskOutcome::succeeded}};
    world.source.chunk_bytes = 1 << 16;
    world.source.listed.push_back({numbered(2), "Sound"});
    world.source.bodies = {{numbered(1), body + "]"},
                           {numbered(2), body_of({ended(9999, "2026-10-01", 2)})}};
    for (const bool newest_first : {false, true}) {
        CAPTURE(backend, zone, newest_first);
        const SyncReport report = world.sync();
        CHECK(report.outcome == (newest_first ? SyncOutcome::succeeded : SyncOutcome::partial));
        CHECK(failed_jobs(report) == 0);
    }
    CHECK(world.rows("watermark").size() == 2);
    CHECK(world.rows("rejected_record").size() > 100);
    CHECK(world.rows("execution").size() > 150);
}
