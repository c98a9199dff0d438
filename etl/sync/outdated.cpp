#include "sync/outdated.hpp"

#include "attribution/fingerprint.hpp"
#include "text/terminal.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

constexpr std::string_view mended_by_attribute =
    "'tidemark attribute --dry-run' shows what today's configuration would change, 'tidemark "
    "attribute' applies it";

/// Every count there is, whatever is outdated.
void count(Warehouse& warehouse, const SourceConfig& source, OutdatedHistory& outdated) {
    for (const Row& row :
         rows_of_organisation(warehouse, "read_configurations", source.organisation)) {
        const std::int64_t executions = row.integer("executions");
        outdated.executions += executions;
        const State today = source.states.state_of(row.integer("state_code"));
        if (row.text("state") != to_text(today)) outdated.other_states += executions;
        const std::string zone = row.text("source_timezone");
        if (!zone.empty() && zone != source.timezone.name()) outdated.zones[zone] += executions;
    }
}

} // namespace

OutdatedHistory outdated_history(Warehouse& warehouse, const Config& config) {
    const Dimensions stored = warehouse.dimensions(config.source.organisation);
    OutdatedHistory outdated;
    if (!stored.has_executions) return outdated;
    const OrganisationRow& organisation = *stored.organisation;
    if (organisation.reporting_timezone != config.sync.reporting_timezone.name())
        outdated.reporting_timezone = organisation.reporting_timezone;
    outdated.rules = organisation.attribution_fingerprint != fingerprint(config.attribution);
    const bool read_as_today = organisation.read_fingerprint == fingerprint(config.source);
    if (!read_as_today || !outdated.none()) count(warehouse, config.source, outdated);
    return outdated;
}

std::vector<std::string> lines_of(const OutdatedHistory& outdated, bool after_full) {
    std::vector<std::string> lines;
    if (outdated.other_states > 0) {
        lines.push_back(fmt::format("the state of {} is not what today's [source.states] makes of "
                                    "its code; {}",
                                    count_of(outdated.other_states, "execution"),
                                    mended_by_attribute));
    }
    if (outdated.reporting_timezone) {
        lines.push_back(fmt::format("the days of {} follow the reporting_timezone '{}', not "
                                    "today's; {}",
                                    count_of(outdated.executions, "execution"),
                                    printable(*outdated.reporting_timezone), mended_by_attribute));
    }
    for (const auto& [zone, executions] : outdated.zones) {
        lines.push_back(fmt::format(
            "{} read with the source.timezone '{}', not today's; {}",
            count_of(executions, "execution") + (executions == 1 ? " was" : " were"),
            printable(zone),
            after_full ? "the API did not return them again, so their moments stay as they are"
                       : "'tidemark sync --full' reads anew what the API still returns"));
    }
    if (outdated.rules) {
        lines.push_back(fmt::format("the task runs of up to {} were not made by today's rules; {}",
                                    count_of(outdated.executions, "execution"),
                                    mended_by_attribute));
    }
    return lines;
}

} // namespace tidemark
