#include "attribution/rule_checks.hpp"
#include "cli/attribution_report.hpp"
#include "cli/check_files.hpp"
#include "cli/command.hpp"
#include "cli/findings.hpp"
#include "config/secrets.hpp"
#include "error.hpp"
#include "platform/path_text.hpp"
#include "report/standing.hpp"
#include "source/api_source.hpp"
#include "sync/given_starts.hpp"
#include "sync/outdated.hpp"
#include "sync/plan.hpp"
#include "sync/state_codes.hpp"
#include "text/terminal.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <iterator>
#include <map>

namespace tidemark {
namespace {

/// The number of newest log lines that are checked.
constexpr std::int64_t most_messages = 200'000;

RuleUsage usage_of(const Config& config, const Dimensions& stored, Warehouse& warehouse) {
    std::map<Key, Job> jobs;
    for (const JobRow& job : stored.jobs)
        jobs.emplace(job.job_key, Job{.id = job.job_id, .name = job.name});
    RuleUsage usage(config.attribution);
    warehouse.each_execution(
        stored.organisation->organisation_key, [&](const StoredExecution& execution) {
            const Job& job = jobs.at(execution.job_key);
            for (const Log& log : execution.execution.logs) {
                if (log.message)
                    usage.observe(*log.message, {.job = &job, .severity = log.severity});
            }
            return usage.messages() < most_messages;
        });
    return usage;
}

std::string place_of(const RuleUse& use) {
    return fmt::format("rule '{}' ({}:{})", use.rule, utf8(use.file), use.line);
}

Finding finding_of(const RuleUse& use) {
    return {"rules", "warning",
            fmt::format("{} says succeeded of {} with the word of failure '{}', such as '{}'; "
                        "write a rule with the outcome failed before it, or change "
                        "'attribution.failure_words'",
                        place_of(use), count_of(use.doubtful, "message"), use.failure_word,
                        use.example)};
}

std::vector<Finding> findings_of(const RuleUsage& usage) {
    std::vector<Finding> findings;
    for (const RuleUse& use : usage.uses()) {
        if (use.is_unused()) {
            findings.push_back({"rules", "warning",
                                fmt::format("{} matches none of the newest {} messages",
                                            place_of(use), usage.messages())});
        } else if (use.is_shadowed()) {
            findings.push_back(
                {"rules", "warning",
                 fmt::format("{} never decides: rule '{}' stands before it and takes what it "
                             "matches",
                             place_of(use), use.shadowed_by)});
        }
        if (use.doubtful > 0) findings.push_back(finding_of(use));
    }
    if (usage.uses().empty()) {
        findings.push_back(
            {"rules", "open", "there are none; 'tidemark messages --learn' proposes some"});
    } else if (findings.empty()) {
        findings.push_back(
            {"rules", "ok",
             fmt::format("each decides some of the newest {} messages", usage.messages())});
    }
    return findings;
}

/// Runs the tests of the rules in the configuration. Returns one finding, or one for each failed
/// test.
std::vector<Finding> check_rule_tests(const Config& config) {
    if (config.attribution.tests.empty()) return {};
    std::vector<Finding> findings;
    for (const TestFailure& failure : failed_tests(config.attribution)) {
        const auto lines = lines_of(failure, config);
        findings.push_back({"rule tests", "failed", lines.front(), ExitCode::partial});
        for (std::size_t i = 1; i < lines.size(); ++i)
            findings.push_back({"", "", lines[i]});
    }
    if (findings.empty()) {
        const auto tests = config.attribution.tests.size();
        findings.push_back({"rule tests", "ok", fmt::format("{} passed", count_of(tests, "test"))});
    }
    return findings;
}

/// Tries the rules on the newest stored messages. Reports rules that match none, rules that never
/// decide because earlier rules match first, and whether the stored task runs were made by the
/// current rules.
std::vector<Finding> check_rules(const Config& config, Warehouse& warehouse) {
    const Dimensions stored = warehouse.dimensions(config.source.organisation);
    if (!stored.has_executions) return {};
    auto findings = findings_of(usage_of(config, stored, warehouse));
    for (std::string& line : lines_of(outdated_history(warehouse, config)))
        findings.push_back({"history", "open", std::move(line)});
    return findings;
}

Finding check_configuration(const Config& config) {
    return {"configuration", "ok",
            fmt::format("{} ({}, {})", utf8(config.file),
                        count_of(config.attribution.rules.size(), "rule"),
                        count_of(config.attribution.sources.size(), "explicit source"))};
}

std::vector<Finding> check_jobs(const Source& source, std::span<const Job> jobs,
                                const Config& config) {
    std::vector<Finding> findings;
    if (const auto why = nothing_wanted(jobs, config.sync)) {
        findings.push_back({"source", "warning", *why, ExitCode::partial});
    } else {
        findings.push_back(
            {"source", "ok",
             fmt::format("{} lists {}, of which {} to be synced", source.name(),
                         count_of(jobs.size(), "job"), wanted_jobs(jobs, config.sync).size())});
    }
    for (std::string& line : idle_patterns(jobs, config.sync))
        findings.push_back({"source", "warning", std::move(line)});
    for (std::string& line : idle_starts(jobs, config.schedule))
        findings.push_back({"schedule", "warning", std::move(line)});
    return findings;
}

std::vector<Finding> check_source(const Config& config) {
    try {
        const auto source = open_api_source(config.source, read_api_key(config.source));
        return check_jobs(*source, source->jobs().entries, config);
    } catch (const ConfigError& error) {
        return {{"source", "failed", error.what(), ExitCode::usage}};
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        return {{"source", "failed", error.what(), ExitCode::failed}};
    }
}

Finding check_warehouse(Warehouse& warehouse) {
    const PendingMigration pending = pending_migration(warehouse);
    if (pending.none()) return {"warehouse", "ok", warehouse.name() + " has this version's schema"};
    return {
        "warehouse", "open",
        fmt::format("{} has schema version {}; the next sync or 'tidemark migrate' brings it up "
                    "to date",
                    warehouse.name(), warehouse.schema().version)};
}

Finding check_states(Warehouse& warehouse, const SourceConfig& source) {
    const StateAssessment assessment = assess_stored_states(warehouse, source);
    if (source.states_confirmed && assessment.verdict != StateVerdict::proved) {
        return {"state codes", "ok", fmt::format("confirmed by hand, though {}", assessment.why)};
    }
    switch (assessment.verdict) {
    case StateVerdict::proved: return {"state codes", "ok", assessment.why};
    case StateVerdict::open: return {"state codes", "open", assessment.why};
    case StateVerdict::contradicted: break;
    }
    return {"state codes", "failed", assessment.why, ExitCode::partial};
}

/// How much of what is logged becomes an answer, and what is late.
std::vector<Finding> check_standing(Warehouse& warehouse, const Config& config) {
    const Standing standing = standing_of(warehouse, config, system_now());
    std::vector<Finding> findings{
        {"coverage", standing.is_healthy() ? "ok" : "warning", standing.figures}};
    for (const Statement& reason : standing.reasons)
        findings.push_back({"coverage", "warning", reason.text});
    return findings;
}

/// Executions with moments that were ahead of the clock when they came.
Finding check_clocks(Warehouse& warehouse, const SourceConfig& source) {
    const auto doubtful =
        std::ssize(rows_of_organisation(warehouse, "doubtful_executions", source.organisation));
    if (doubtful == 0) return {"clocks", "ok", "nothing that is stored was ahead of the clock"};
    return {"clocks", "warning",
            fmt::format("{} came with moments ahead of the clock, which are not believed; see "
                        "'tidemark query doubtful_executions'",
                        count_of(doubtful, "execution"))};
}

std::vector<Finding> check_stored(const Config& config) {
    if (!warehouse_exists(config.warehouse)) {
        return {{"warehouse", "open",
                 fmt::format("'{}' is not there yet; the first sync creates it",
                             config.warehouse.url)}};
    }
    try {
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        std::vector<Finding> findings{check_warehouse(*warehouse)};
        if (auto hazard = hazard_of(config.warehouse))
            findings.push_back({"warehouse", "warning", *std::move(hazard)});
        if (findings.front().verdict == "ok") {
            findings.push_back(check_states(*warehouse, config.source));
            findings.push_back(check_clocks(*warehouse, config.source));
            for (Finding& finding : check_standing(*warehouse, config))
                findings.push_back(std::move(finding));
            for (Finding& finding : check_rules(config, *warehouse))
                findings.push_back(std::move(finding));
        }
        return findings;
    } catch (const ConfigError& error) {
        return {{"warehouse", "failed", error.what(), ExitCode::usage}};
    } catch (const Error& error) {
        return {{"warehouse", "failed", error.what(), ExitCode::failed}};
    }
}

class CheckCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "check"; }
    [[nodiscard]] std::string summary() const override {
        return "Check the configuration, the key, the source, the warehouse and the state codes";
    }

    ExitCode run(const Config& config) override {
        std::vector<Finding> findings{check_configuration(config)};
        for (Finding& finding : check_files(config))
            findings.push_back(std::move(finding));
        for (Finding& finding : check_source(config))
            findings.push_back(std::move(finding));
        for (Finding& finding : check_rule_tests(config))
            findings.push_back(std::move(finding));
        for (Finding& finding : check_stored(config))
            findings.push_back(std::move(finding));
        findings.insert(findings.begin(), verdict_on(findings));
        return print_findings(findings);
    }
};

} // namespace

std::unique_ptr<Command> make_check_command() { return std::make_unique<CheckCommand>(); }

} // namespace tidemark
