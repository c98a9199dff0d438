#include "cli/check_attribution.hpp"

#include "attribution/rule_test.hpp"
#include "attribution/rule_usage.hpp"
#include "cli/attribution_report.hpp"
#include "output/printable.hpp"
#include "reattribution/outdated.hpp"

#include <fmt/format.h>

#include <map>

namespace tidemark {
namespace {

/// So many of the newest log lines are looked at.
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
                if (log.message) usage.see(*log.message, {.job = &job, .severity = log.severity});
            }
            return usage.messages() < most_messages;
        });
    return usage;
}

std::string place_of(const RuleUse& use, const Config& config) {
    return fmt::format("rule '{}' ({}:{})", use.rule, config.file.string(), use.line);
}

std::vector<Finding> findings_of(const RuleUsage& usage, const Config& config) {
    std::vector<Finding> findings;
    for (const RuleUse& use : usage.uses()) {
        if (use.is_unused()) {
            findings.push_back({"rules", "warning",
                                fmt::format("{} matches none of the newest {} messages",
                                            place_of(use, config), usage.messages())});
        } else if (use.is_shadowed()) {
            findings.push_back(
                {"rules", "warning",
                 fmt::format("{} never decides: rule '{}' stands before it and takes what it "
                             "matches",
                             place_of(use, config), use.shadowed_by)});
        }
    }
    if (usage.uses().empty()) {
        findings.push_back({"rules", "open",
                            "there are none; 'tidemark messages --unmatched' shows what to write "
                            "them for"});
    } else if (findings.empty()) {
        findings.push_back(
            {"rules", "ok",
             fmt::format("each decides some of the newest {} messages", usage.messages())});
    }
    return findings;
}

} // namespace

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
        const auto tests = static_cast<long long>(config.attribution.tests.size());
        findings.push_back({"rule tests", "ok", fmt::format("{} passed", count_of(tests, "test"))});
    }
    return findings;
}

std::vector<Finding> check_rules(const Config& config, Warehouse& warehouse) {
    const Dimensions stored = warehouse.dimensions(config.source.organisation);
    if (!stored.has_executions) return {};
    auto findings = findings_of(usage_of(config, stored, warehouse), config);
    for (std::string& line : lines_of(outdated_history(warehouse, config)))
        findings.push_back({"history", "open", std::move(line)});
    return findings;
}

} // namespace tidemark
