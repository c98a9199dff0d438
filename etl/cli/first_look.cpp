#include "cli/first_look.hpp"

#include "text/did_you_mean.hpp"
#include "text/terminal.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace tidemark {
namespace {

std::string seen_in(const BodyEvidence& evidence) {
    return fmt::format("seen in {} of {}", count_of(evidence.executions, "execution"),
                       count_of(evidence.bodies, "job"));
}

std::string casing(const BodyEvidence& evidence) {
    if (evidence.camel_case == 0) return "members in PascalCase";
    if (evidence.pascal_case == 0) return "members in camelCase";
    return "members in PascalCase and in camelCase";
}

std::string order(const BodyEvidence& evidence) {
    const std::size_t ordered =
        evidence.oldest_first + evidence.newest_first + evidence.in_no_order;
    if (ordered == 0) return "too few executions to tell their order";
    if (evidence.newest_first == ordered) return "executions newest first";
    if (evidence.oldest_first == ordered) return "executions oldest first";
    return "executions in no order";
}

} // namespace

std::string as_base_url(std::string_view pasted) {
    std::string url{pasted};
    if (url.find("://") == std::string::npos) url.insert(0, "https://");
    const std::string path = lower_case(url);
    if (const auto call = path.find("/public/jobs"); call != std::string::npos) url.resize(call);
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

std::string as_init_options(std::string text) {
    constexpr std::string_view to_true = "set 'source.allow_http' to true";
    if (const auto at = text.find(to_true); at != std::string::npos)
        text.replace(at, to_true.size(), "give '--allow-http'");
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> names = {{
        {"source.base_url", "--base-url"},
        {"source.api_key_file", "--api-key-file"},
        {"source.api_key_env", "--api-key-env"},
        {"source.api_key_header", "--api-key-header"},
        {"source.organisation", "--organisation"},
        {"source.timezone", "--timezone"},
        {"source.proxy", "--proxy"},
        {"source.ca_file", "--ca-file"},
        {"source.allow_http", "--allow-http"},
        {"warehouse.url", "--warehouse"},
    }};
    for (const auto& [key, option] : names) {
        const std::string quoted_key = fmt::format("'{}'", key);
        for (auto at = text.find(quoted_key); at != std::string::npos; at = text.find(quoted_key))
            text.replace(at, quoted_key.size(), fmt::format("'{}'", option));
    }
    return text;
}

std::vector<Finding> findings_of(const BodyEvidence& evidence,
                                 const std::optional<StateMap>& states) {
    if (evidence.bodies == 0) {
        const std::string why =
            evidence.first_failure.empty() ? evidence.first_unreadable : evidence.first_failure;
        return {{"bodies", "open",
                 fmt::format("no execution was seen in the bodies of {}{}{}",
                             count_of(evidence.jobs, "job"), why.empty() ? "" : ": ", why)}};
    }
    std::vector<Finding> findings;
    if (!evidence.first_failure.empty())
        findings.push_back({"bodies", "warning", evidence.first_failure, ExitCode::partial});
    findings.push_back(
        {"bodies", "ok",
         fmt::format("{}, {} ({})", order(evidence), casing(evidence), seen_in(evidence))});
    if (evidence.unreadable > 0) {
        findings.push_back(
            {"bodies", "warning",
             fmt::format("{} cannot be loaded, the first of them {}",
                         count_of(evidence.unreadable, "record"), evidence.first_unreadable)});
    }
    if (states) {
        findings.push_back(
            {"state codes", "ok", "those that were seen prove " + words_of(*states)});
    } else {
        findings.push_back({"state codes", "open",
                            fmt::format("those that were seen prove nothing; taken to be {}; "
                                        "'tidemark check' says when one does",
                                        words_of(StateMap{}))});
    }
    return findings;
}

ZoneEvidence zone_evidence(const BodyEvidence& evidence, Timestamp now) {
    constexpr std::chrono::hours widest_zone{14};
    constexpr std::chrono::minutes clocks_differ{5};
    if (!evidence.newest) return {.why = "no moment was seen yet"};
    if (evidence.without_zone == 0) return {.why = "they carry their zone"};
    const auto ahead = *evidence.newest - now;
    return {.is_needed = true,
            .not_utc = ahead > clocks_differ && ahead <= widest_zone,
            .why = fmt::format("they carry no zone (the newest CreateTime is {}, this machine's "
                               "clock says {} UTC)",
                               to_second(to_text(*evidence.newest)), to_second(to_text(now)))};
}

Finding inspect_warehouse(const Config& config) {
    if (!warehouse_exists(config.warehouse)) {
        require_room_for_warehouse(config.warehouse);
        return {
            "warehouse", "ok",
            fmt::format("'{}' is not there yet; the first sync creates it", config.warehouse.url)};
    }
    const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
    const PendingMigration pending = pending_migration(*warehouse);
    if (!pending.none()) {
        return {"warehouse", "ok",
                fmt::format("{} can be reached; the first sync creates or upgrades its tables",
                            warehouse->name())};
    }
    for (const Row& row : read_rows(*warehouse, "organisation")) {
        if (row.text("name") != config.source.organisation) continue;
        if (row.text("base_url") == config.source.base_url) {
            return {"warehouse", "ok",
                    fmt::format("{} holds the history of this organisation already",
                                warehouse->name())};
        }
        return {"warehouse", "warning",
                fmt::format("{} holds an organisation '{}' of another address, '{}'; if this is "
                            "another one, give it a name of its own with --organisation",
                            warehouse->name(), config.source.organisation, row.text("base_url")),
                ExitCode::partial};
    }
    return {"warehouse", "ok",
            fmt::format("{} has this version's schema, and holds nothing of this organisation yet",
                        warehouse->name())};
}

} // namespace tidemark
