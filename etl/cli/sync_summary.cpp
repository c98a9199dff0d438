#include "cli/sync_summary.hpp"

#include "platform/log.hpp"
#include "report/standing.hpp"
#include "text/terminal.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

/// So many bytes of a kind of message stand in a line.
constexpr std::size_t most_shape_bytes = 100;

std::string unchanged_as_a_whole(const SyncReport& report) {
    const auto jobs =
        std::count_if(report.jobs.begin(), report.jobs.end(), [](const JobReport& job) {
            return job.reading == BodyReading::unchanged && !job.error;
        });
    return jobs == 0 ? "" : fmt::format(", {} as a whole", count_of(jobs, "job"));
}

/// What was not compared: executions that are stored, and the rest of bodies that was not read.
std::string not_compared(const SyncReport& report) {
    std::string text;
    const auto skipped = report.counts.executions_skipped;
    if (skipped > 0) text += fmt::format(", {} older not compared", skipped);
    const auto stopped =
        std::count_if(report.jobs.begin(), report.jobs.end(), [](const JobReport& job) {
            return job.reading == BodyReading::stopped && !job.error;
        });
    if (stopped > 0) {
        text += fmt::format(", the older part of {} not read",
                            stopped == 1 ? "1 body" : fmt::format("{} bodies", stopped));
    }
    return text;
}

std::string headline(const SyncReport& report, double seconds) {
    const SyncCounts& counts = report.counts;
    const auto jobs = static_cast<long long>(report.jobs.size());
    const auto failed = failed_jobs(report);
    const std::string_view did = report.dry_run ? "dry run over" : "synced";
    const auto head =
        fmt::format("tidemark: {} {}{} in {}, {} read: ", did,
                    failed == 0 ? "" : fmt::format("{} of ", jobs - failed), count_of(jobs, "job"),
                    human_seconds(seconds), human_bytes(static_cast<double>(counts.bytes)));
    if (report.jobs.empty()) return head + "nothing to load";
    if (counts.executions_new == 0 && counts.executions_changed == 0) {
        return head + fmt::format("nothing was new, {} unchanged{}{}",
                                  count_of(counts.executions_unchanged, "execution"),
                                  unchanged_as_a_whole(report), not_compared(report));
    }
    return head + fmt::format("{} new, {} changed, {} unchanged, {} new{}",
                              count_of(counts.executions_new, "execution"),
                              counts.executions_changed, counts.executions_unchanged,
                              count_of(counts.logs, "log line"), not_compared(report));
}

void add_job_lines(std::vector<std::string>& lines, const JobReport& job) {
    const auto add_line = [&](const std::string& what) {
        lines.push_back(fmt::format("tidemark: job '{}' {}", printable(job.name), what));
    };
    if (job.error) add_line(fmt::format("failed: {}", printable(*job.error)));
    if (job.counts.rejected > 0) {
        add_line(fmt::format(
            "had {} that could not be loaded{}; see 'tidemark query rejected_records'",
            count_of(job.counts.rejected, "new record"),
            job.rejected_beyond == 0
                ? ""
                : fmt::format(", of which {} are counted but not kept", job.rejected_beyond)));
    }
    if (job.order_broken) {
        add_line("no longer sends its newest executions first; its body was read whole");
    }
    if (job.missing) {
        add_line(fmt::format(
            "lacks its history between {} and {} (UTC): the API dropped it before it was "
            "loaded",
            to_text(job.missing->from), to_text(job.missing->until)));
    }
    if (job.lost > 0) {
        add_line(fmt::format("lost {}: still open when last seen, and gone from the API",
                             count_of(job.lost, "execution")));
    }
    if (job.abandoned > 0) {
        add_line(fmt::format("has {} that never ended; the watermark waits no longer",
                             count_of(job.abandoned, "execution")));
    }
}

void add_later_executions(std::vector<std::string>& lines, const SyncReport& report) {
    std::int64_t later = 0;
    for (const JobReport& job : report.jobs)
        later += job.held_later;
    if (later == 0) return;
    lines.push_back(
        fmt::format("tidemark: {} stored in a later version than the archive has, and "
                    "left as stored",
                    later == 1 ? "1 execution is" : fmt::format("{} executions are", later)));
}

/// Once, when they are found: what is known already is a matter for `check`.
void add_doubtful_moments(std::vector<std::string>& lines, const SyncReport& report) {
    std::int64_t doubtful = 0;
    for (const JobReport& job : report.jobs)
        doubtful += job.doubtful;
    if (doubtful == 0) return;
    lines.push_back(fmt::format("tidemark: found {} with moments ahead of the clock; they are kept "
                                "as they came, but never count as the last success; see 'tidemark "
                                "query doubtful_executions'",
                                count_of(doubtful, "execution")));
}

void add_wording_changes(std::vector<std::string>& lines, const SyncReport& report) {
    if (report.wording_changes.empty()) return;
    const WordingChange& first = report.wording_changes.front();
    const auto others = static_cast<long long>(report.wording_changes.size()) - 1;
    lines.push_back(fmt::format(
        "tidemark: the wording seems to have changed: job '{}'{} logged no '{}' any more, and '{}' "
        "is new, which no rule takes an outcome from; 'tidemark messages --learn' proposes rules",
        printable(first.job),
        others == 0 ? "" : fmt::format(" and {}", count_of(others, "other job")),
        printable(shortened(first.silent, most_shape_bytes)),
        printable(shortened(first.appeared, most_shape_bytes))));
}

/// What is lacking each time, as each time it is something more.
void add_archive(std::vector<std::string>& lines, const SyncReport& report) {
    if (report.new_archive) {
        lines.emplace_back(
            "tidemark: a new archive begins in 'archive.dir', with what the API still "
            "has; if there was one before, see that its disk is mounted");
    }
    if (!report.archive_problem) return;
    lines.push_back(fmt::format(
        "tidemark: the archive lacks {}: {}; the rows are stored, and the next sync reads these "
        "bodies whole to keep what is missing",
        report.unarchived_jobs == 0 ? "what this sync brought"
                                    : "a part of " + count_of(report.unarchived_jobs, "job"),
        printable(*report.archive_problem)));
}

void add_configuration_effects(std::vector<std::string>& lines, const SyncReport& report) {
    if (report.states_contradicted) {
        lines.push_back(fmt::format(
            "tidemark: the state codes contradict the configuration: {}; correct it, or set "
            "'source.states.confirmed' to true if it is right",
            *report.states_contradicted));
    }
    for (const std::string& line : lines_of(report.outdated, report.full))
        lines.push_back("tidemark: " + line);
    if (report.reattributed) {
        const AttributionChanges& changes = *report.reattributed;
        lines.push_back(fmt::format("tidemark: applied today's configuration: of {} the task runs "
                                    "of {} changed, the state of {} and the day of {}",
                                    count_of(changes.executions, "execution"), changes.rewritten,
                                    changes.restated, changes.redated));
    }
}

} // namespace

std::vector<std::string> summary_of(const SyncReport& report, double seconds) {
    std::vector<std::string> lines;
    if (report.implausible_list) {
        lines.push_back("tidemark: " + printable(*report.implausible_list));
        add_configuration_effects(lines, report);
        return lines;
    }
    lines.push_back(headline(report, seconds));
    if (report.unreadable_jobs) lines.push_back("tidemark: " + printable(*report.unreadable_jobs));
    for (const JobReport& job : report.jobs)
        add_job_lines(lines, job);
    if (report.nothing_wanted) lines.push_back("tidemark: " + printable(*report.nothing_wanted));
    for (const std::string& line : report.idle_patterns)
        lines.push_back("tidemark: " + printable(line));
    for (const std::string& name : report.missing_jobs) {
        lines.push_back(fmt::format("tidemark: job '{}' is gone from the API; its history is kept",
                                    printable(name)));
    }
    if (report.clock_before) {
        lines.push_back(
            fmt::format("tidemark: this machine's clock stands before a sync of {} (UTC); "
                        "check the clock",
                        to_second(to_text(*report.clock_before))));
    }
    add_later_executions(lines, report);
    add_archive(lines, report);
    add_wording_changes(lines, report);
    add_doubtful_moments(lines, report);
    add_configuration_effects(lines, report);
    return lines;
}

void log_summary(const std::vector<std::string>& lines, const SyncReport& report,
                 bool with_figures) {
    constexpr std::string_view prefix = "tidemark: ";
    const std::size_t headline =
        report.implausible_list ? lines.size() : 0; // a doubt is no headline
    const std::size_t figures = with_figures ? lines.size() - 1 : lines.size();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        log(i == headline || i == figures ? Level::info : Level::warning,
            std::string_view{lines[i]}.substr(prefix.size()));
    }
}

std::vector<std::string> details_of(const SyncReport& report) {
    std::vector<std::string> lines;
    for (const JobReport& job : report.jobs) {
        const SyncCounts& counts = job.counts;
        const std::string through =
            job.loaded_through
                ? fmt::format(", loaded through {} (UTC)", to_second(to_text(*job.loaded_through)))
                : "";
        lines.push_back(fmt::format(
            "job '{}': {} new, {} changed, {} unchanged, {} not compared, {}, {} read ({}), {} "
            "open{}",
            printable(job.name), count_of(counts.executions_new, "execution"),
            counts.executions_changed, counts.executions_unchanged, counts.executions_skipped,
            count_of(counts.logs, "log line"), human_bytes(static_cast<double>(counts.bytes)),
            job.error ? "failed" : to_text(job.reading), job.open, through));
    }
    return lines;
}

std::vector<std::string> standing_lines(const Config& config) {
    const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
    const std::string& organisation = config.source.organisation;
    std::vector<std::string> lines;
    const auto late_sources = rows_of_organisation(*warehouse, "late_sources", organisation);
    if (const auto late = late_line(late_sources); !late.empty())
        lines.push_back("tidemark: " + late);
    lines.push_back("tidemark: " + coverage_line(coverage_of(*warehouse, organisation)));
    return lines;
}

} // namespace tidemark
