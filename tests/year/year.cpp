#include "year/year.hpp"

#include "archive/archive_source.hpp"
#include "error.hpp"
#include "source/api_source.hpp"
#include "support/catch.hpp"
#include "sync/reattribute.hpp"

#include <fmt/format.h>

namespace tidemark::test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::string_view true_zone = "America/New_York";

/// So long a history there is before the first night.
constexpr days before_first_night{10};

const simulator::Moment begin_of_history = simulator::parse_moment("2025-12-22");

/// When some jobs have run, some run, and some have yet to.
constexpr auto time_of_sync = hours{3} + minutes{15};

simulator::Options options_of(const YearPlan& plan) {
    const auto moment = [&](int percent) {
        return begin_of_history + before_first_night + days{plan.nights * percent / 100};
    };
    const auto number = [&](int percent) {
        return static_cast<std::size_t>(before_first_night.count() + plan.nights * percent / 100);
    };
    simulator::Options options;
    simulator::OrganisationOptions& organisation = options.organisation;
    organisation.seed = 17;
    organisation.jobs = plan.jobs;
    organisation.logs = plan.lines;
    organisation.start = begin_of_history;
    organisation.retention = days{plan.retention};
    organisation.renames = {{1, moment(Year::job_is_renamed)}};
    organisation.task_renames = {{0, moment(Year::task_is_renamed)}};
    organisation.disappearances = {{plan.jobs - 1, moment(Year::job_disappears)}};
    organisation.stays_open = {{0, number(Year::stays_open), {}}};
    organisation.vanishes = {{2, number(Year::open_one_vanishes), {}}};
    options.body.time = simulator::TimeForm::zone;
    options.body.zone = true_zone;
    return options;
}

RetryPolicy quick() {
    return {std::chrono::milliseconds{2}, std::chrono::milliseconds{8}, std::chrono::seconds{5}};
}

} // namespace

Year::Year(const YearPlan& plan, const std::string& backend)
    : SyncWorld(backend),
      truth(TimeZone::find(true_zone).value(), days{plan.abandoned_after}),
      m_plan(plan),
      m_options(options_of(plan)),
      m_simulator(m_options, {begin_of_history, false}),
      m_server(m_simulator, m_options.server) {
    config.source.base_url = m_server.url();
    config.source.retries = 1;
    config.sync.lookback = days{plan.lookback};
    config.sync.abandoned_after = days{plan.abandoned_after};
    config.archive.dir = config.warehouse.base / "archive";
    m_forgotten_rule = config.attribution.rules.back();
    config.attribution.rules.pop_back();
}

simulator::Moment Year::moment_of(int night) const {
    return begin_of_history + before_first_night + days{night} + time_of_sync;
}

void Year::tell(const std::string& what, const std::map<std::string, std::string>& params) {
    const simulator::Reply reply = m_simulator.control({.method = "POST",
                                                        .path = "/simulator/" + what,
                                                        .params = params,
                                                        .headers = {},
                                                        .body = {}});
    REQUIRE(reply.status == 200);
}

void Year::go_to(simulator::Moment moment, days ahead) {
    m_now = moment;
    m_shown = std::chrono::floor<std::chrono::microseconds>(moment) + ahead;
    tell("clock", {{"now", simulator::to_text(moment)}});
    set_world_clock(to_text(m_shown).substr(0, 19));
}

Year::Meeting Year::meeting(int night) const {
    using Fault = std::map<std::string, std::string>;
    Meeting met;
    if (night >= at(source_is_down) && night < at(source_is_down) + m_plan.outage)
        met = {.fault = Fault{{"kind", "status"}, {"call", "jobs"}},
               .outcome = SyncOutcome::failed};
    if (night == at(one_job_fails))
        met = {.fault = Fault{{"kind", "status"}, {"job", "1"}},
               .failing_job = 1,
               .outcome = SyncOutcome::partial};
    if (night == at(body_breaks_off))
        met = {.fault = Fault{{"kind", "cut"}, {"after", "9000"}, {"count", "1"}}};
    if (night == at(clock_is_ahead)) met.clock = days{365};
    if (night == at(clock_is_behind)) met.clock = days{-3};
    if (night == at(record_is_broken))
        met = {.fault = Fault{{"kind", "member"}, {"job", "0"}, {"member", "CreateTime"}},
               .newest_is_broken = true,
               .outcome = SyncOutcome::partial};
    return met;
}

/// Before the night's sync.
void Year::change_configuration() {
    if (m_next == at(rule_is_added)) config.attribution.rules.push_back(m_forgotten_rule);
    if (m_next == at(zone_is_corrected)) config.source.timezone = TimeZone::find(true_zone).value();
    if (m_next == at(schema_changes))
        tell("options", {{"casing", "camel"}, {"members", "shuffled"}, {"extras", "on"}});
}

std::unique_ptr<Source> Year::api() const {
    return open_api_source(config.source, "a-secret-key", quick());
}

SyncReport Year::sync_api(const SyncOptions& options) { return sync_from(*api(), options); }

void Year::night() {
    CAPTURE(m_next);
    const Meeting met = meeting(m_next);
    go_to(moment_of(m_next), met.clock);
    change_configuration();
    if (!met.fault.empty()) tell("fault", met.fault);
    if (met.outcome == SyncOutcome::failed) {
        CHECK_THROWS_AS(sync_api({}), Error);
    } else {
        const SyncReport report = sync_api({.full = m_next == at(zone_is_corrected)});
        CHECK(report.outcome == met.outcome);
        CHECK(failed_jobs(report) == (met.failing_job ? 1 : 0));
        CHECK_FALSE(report.archive_problem);
        hear(met);
    }
    if (!met.fault.empty()) tell("fault", {{"kind", "none"}});
    if (m_next == at(rule_is_added)) apply_rules();
    ++m_next;
}

void Year::morning() {
    go_to(moment_of(m_plan.nights - 1) + hours{4}, days{0});
    CHECK(sync_api({}).outcome == SyncOutcome::succeeded);
    hear({});
}

void Year::hear(const Meeting& met) {
    const simulator::Organisation organisation(m_options.organisation, m_now);
    const bool zone_is_right = config.source.timezone.name() == true_zone;
    truth.list(organisation);
    for (const simulator::Job& job : organisation.jobs()) {
        if (met.failing_job == job.number) continue;
        truth.read(organisation, job, zone_is_right, met.newest_is_broken && job.number == 0);
    }
}

/// What `attribute` does.
void Year::apply_rules() {
    const auto writer = open(OpenMode::existing);
    const auto lease = writer->lease(default_lease_wait);
    reattribute(config, *writer, *open(), world_clock());
}

void Year::rebuild_in(SyncWorld& other) const {
    const WarehouseConfig warehouse = other.config.warehouse;
    other.config = config;
    other.config.warehouse = warehouse;
    other.config.archive = {};
    set_world_clock(to_text(m_shown).substr(0, 19)); // which another world has set for itself
    const SyncReport report = other.sync_from(*open_archive_source(archive()), {.full = true});
    CHECK(failed_jobs(report) == 0);
}

} // namespace tidemark::test
