#include "sync/sync.hpp"

#include "archive/archive.hpp"
#include "error.hpp"
#include "sync/given_starts.hpp"
#include "sync/job_writer.hpp"
#include "sync/planning.hpp"
#include "sync/queueing_reader.hpp"
#include "sync/reattribute.hpp"
#include "sync/state_codes.hpp"
#include "sync/sync_log.hpp"
#include "warehouse/calendar.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t queued_items = 64;
constexpr std::size_t queued_bytes = 6U << 20U;

/// The warehouse, opened once for each thread that works with it.
struct Warehouses {
    std::unique_ptr<Warehouse> writer;
    std::unique_ptr<Warehouse> reader;
    std::unique_ptr<Lease> lease;
};

Warehouses open_for_writing(const WarehouseConfig& config, std::chrono::milliseconds lease_wait,
                            Timestamp now) {
    Warehouses opened;
    opened.writer = open_warehouse(config, OpenMode::create);
    opened.lease = opened.writer->lease(lease_wait);
    if (config.migrate_by_itself) {
        migrate(*opened.writer, now);
    } else {
        require_current_schema(*opened.writer);
    }
    opened.reader = open_warehouse(config, OpenMode::read_only);
    return opened;
}

/// What a dry run compares with: the warehouse, or an empty one where there is none yet.
std::unique_ptr<Warehouse> open_for_reading(const WarehouseConfig& config, Timestamp now) {
    if (warehouse_exists(config)) {
        auto warehouse = open_warehouse(config, OpenMode::read_only);
        if (warehouse->schema().kind != SchemaKind::empty) {
            require_current_schema(*warehouse);
            return warehouse;
        }
    }
    auto nothing = open_warehouse({.url = "sqlite::memory:"}, OpenMode::create);
    migrate(*nothing, now);
    return nothing;
}

Warehouses open_warehouses(const WarehouseConfig& config, const SyncOptions& options,
                           Timestamp now) {
    if (!options.dry_run) return open_for_writing(config, options.lease_wait, now);
    return {.writer = open_for_reading(config, now), .reader = open_for_reading(config, now)};
}

/// The archive of the configuration; null without one, or when it cannot be written: then `problem`
/// says why. Throws what says that this sync must not go on.
std::unique_ptr<Archive> open_archive(const Config& config, const SyncOptions& options,
                                      std::optional<std::string>& problem) {
    if (!config.archive.dir || options.dry_run) return nullptr;
    try {
        return std::make_unique<Archive>(*config.archive.dir, config.source.organisation,
                                         options.lease_wait);
    } catch (const LeaseHeld&) {
        throw;
    } catch (const ConfigError&) {
        throw;
    } catch (const Interrupted&) {
        throw;
    } catch (const Error& error) {
        problem = error.what();
        return nullptr;
    }
}

/// Why a list of jobs is not to be believed; nullopt when it is.
std::optional<std::string> implausible_list(const KeyAllocator& keys, std::span<const Job> listed) {
    if (!keys.has_jobs() || keys.knows_any(listed)) return std::nullopt;
    return fmt::format(
        "not one of the organisation's known jobs is among the {} that the API lists;"
        " nothing was loaded or marked as missing (is the key another organisation's?"
        " if the list is right, run sync with --accept-jobs once)",
        listed.size());
}

/// One sync, from its first row in the sync log to its last.
class SyncRun {
public:
    SyncRun(const Config& config, Source& source, Clock now, Progress& progress,
            const SyncOptions& options)
        : m_config(config),
          m_source(source),
          m_now(now),
          m_progress(progress),
          m_options(options),
          m_started_at(now()),
          m_warehouses(open_warehouses(config.warehouse, options, m_started_at)),
          m_archive(open_archive(config, options, m_archive_problem)),
          m_stored(m_warehouses.writer->dimensions(config.source.organisation)),
          m_keys(m_stored, config),
          m_sync_log(*m_warehouses.writer, m_keys, m_stored.unfinished_syncs, m_started_at,
                     options.dry_run) {
        m_report.dry_run = options.dry_run;
        m_report.full = options.full;
    }

    SyncReport run() {
        if (!m_options.dry_run) m_progress.began(m_sync_log.sync_run_key());
        try {
            load(m_source.jobs());
            assess_states();
            find_wording_changes();
            assess_history();
            if (!m_options.dry_run) keep_calendar(*m_warehouses.writer, m_now());
            if (!m_options.dry_run) keep_given_starts(m_config, *m_warehouses.writer, m_started_at);
        } catch (const Interrupted& interrupted) {
            give_up(SyncOutcome::interrupted, interrupted.what());
            throw;
        } catch (const std::exception& error) {
            give_up(SyncOutcome::failed, error.what());
            throw;
        }
        sum_up();
        close_archive();
        m_report.outcome = outcome_of(m_report);
        m_sync_log.close(m_report, m_now());
        if (!m_options.dry_run) m_warehouses.writer->optimize();
        return std::move(m_report);
    }

private:
    void load(const JobList& list) {
        if (!m_options.accept_jobs)
            m_report.implausible_list = implausible_list(m_keys, list.entries);
        if (m_report.implausible_list) return;
        on_archive([&] { m_archive->keep_jobs(list.entries, m_started_at); });
        if (is_clock_wrong(planning())) m_report.clock_before = m_stored.latest_sync_at;
        if (m_keys.set_unreadable_jobs(list.unreadable)) {
            m_report.unreadable_jobs = fmt::format(
                "{} of the list of jobs could not be read and the others were loaded: {}",
                list.unreadable.beyond() == 1 ? "an entry"
                                              : fmt::format("{} entries", list.unreadable.beyond()),
                list.first_unreadable);
        }
        if (!m_options.accept_jobs || !list.entries.empty())
            m_report.nothing_wanted = nothing_wanted(list.entries, m_config.sync);
        m_report.idle_patterns = idle_patterns(list.entries, m_config.sync);
        for (std::string& line : idle_starts(list.entries, m_config.schedule))
            m_report.idle_patterns.push_back(std::move(line));
        auto wanted = wanted_jobs(list.entries, m_config.sync);
        for (Job& job : wanted_jobs(m_source.unlisted_jobs(), m_config.sync))
            wanted.push_back(std::move(job));
        const auto picked = picked_jobs(wanted, m_options.jobs);
        const auto as_of = m_source.as_of();
        const bool is_outdated = as_of && as_of < m_stored.latest_sync_at;
        m_report.missing_jobs = m_keys.list_jobs(list, wanted, m_started_at, is_outdated);
        m_progress.jobs_listed(picked.size());
        pull(picked, plan_jobs(picked, planning()));
        m_progress.finished();
    }

    [[nodiscard]] Planning planning() const {
        return {.config = m_config,
                .stored = *m_warehouses.reader,
                .keys = m_keys,
                .archive = m_archive.get(),
                .started_at = m_started_at,
                .latest_sync_at = m_stored.latest_sync_at,
                .full = m_options.full,
                .is_past = m_source.as_of().has_value()};
    }

    /// Does something with the archive, if there is one. That it fails stops no sync.
    void on_archive(const std::function<void()>& work) {
        if (!m_archive) return;
        try {
            work();
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            m_archive_problem = error.what();
        }
    }

    void close_archive() {
        on_archive([&] { m_archive->commit(); });
        m_report.new_archive = m_archive && m_archive->is_new();
        m_report.archive_problem = m_archive_problem;
        for (const JobReport& job : m_report.jobs) {
            if (!job.archive_problem) continue;
            ++m_report.unarchived_jobs;
            if (!m_report.archive_problem) m_report.archive_problem = job.archive_problem;
        }
    }

    void assess_states() {
        if (m_config.source.states_confirmed) return;
        const StateAssessment states = assess_stored_states(*m_warehouses.writer, m_config.source);
        if (states.verdict == StateVerdict::contradicted) m_report.states_contradicted = states.why;
    }

    /// Comes before today's configuration is applied to what is stored, which makes all of it news.
    void find_wording_changes() {
        if (m_options.dry_run) return;
        for (const Row& row : rows_of_organisation(*m_warehouses.writer, "wording_changes",
                                                   m_config.source.organisation)) {
            const auto since = timestamp_from_text(row.text("since_utc"));
            if (!since)
                throw Error("the view 'wording_changes' has an invalid moment in 'since_utc'");
            m_report.wording_changes.push_back({.job = row.text("job"),
                                                .silent = row.text("silent_message"),
                                                .appeared = row.text("new_message"),
                                                .since = *since});
        }
        if (m_report.wording_changes.empty()) return;
        m_keys.wording_changed_at(m_started_at);
        write_new_rows();
    }

    void write_new_rows() {
        Batch batch;
        m_keys.move_changes_to(batch);
        if (!batch.empty()) m_warehouses.writer->write(batch);
    }

    void assess_history() {
        if (m_options.reattribute && !m_options.dry_run && !m_report.implausible_list) {
            m_report.reattributed =
                reattribute(m_config, *m_warehouses.writer, *m_warehouses.reader, m_started_at);
        }
        m_report.outdated = outdated_history(*m_warehouses.writer, m_config);
        if (m_report.reattributed || m_options.dry_run || !m_report.outdated.read_as_today())
            return;
        m_keys.read_as(m_config.source);
        write_new_rows();
    }

    /// Reads the bodies of the jobs on this thread and has them written on another.
    void pull(const std::vector<Job>& jobs, const JobPlans& plans) {
        const Attribution attribution_of_writer(m_config.attribution);
        JobWriter writer(plans, *m_warehouses.writer, m_keys, attribution_of_writer,
                         {.sync_run_key = m_sync_log.sync_run_key(),
                          .started_at = m_started_at,
                          .now = m_now,
                          .dry_run = m_options.dry_run,
                          .config = m_config},
                         [this](JobReport report) { m_report.jobs.push_back(std::move(report)); });
        writer.store_new_rows();

        const Attribution attribution(m_config.attribution);
        BoundedQueue<QueueItem> queue(queued_items, queued_bytes);
        WritingThread writing(queue, writer);
        QueueingReader reader(plans, m_config.source, *m_warehouses.reader, attribution, queue,
                              m_now, m_progress, m_archive.get());
        try {
            m_source.read_logs(jobs, reader);
        } catch (const WriterStopped&) {
            // finish() throws what stopped it
        } catch (const Interrupted&) {
            reader.send_complete();
            writing.finish(); // that it could not be stored matters more
            throw;
        }
        writing.finish();
    }

    void sum_up() {
        for (const JobReport& job : m_report.jobs)
            m_report.counts += job.counts;
    }

    /// Writes the sync log, if that can still be done; the error that is under way matters more.
    void give_up(SyncOutcome outcome, const std::string& error) noexcept {
        try {
            m_progress.finished();
            sum_up();
            m_report.outcome = outcome;
            m_sync_log.close(m_report, m_now(), error);
        } catch (const std::exception&) {
            // the next sync closes the row
        }
    }

    const Config& m_config;
    Source& m_source;
    Clock m_now;
    Progress& m_progress;
    const SyncOptions& m_options;
    Timestamp m_started_at;
    Warehouses m_warehouses;
    std::optional<std::string> m_archive_problem; ///< of the archive as a whole
    std::unique_ptr<Archive> m_archive;           ///< null: nothing is kept
    Dimensions m_stored;
    KeyAllocator m_keys;
    SyncLog m_sync_log;
    SyncReport m_report;
};

} // namespace

SyncReport sync(const Config& config, Source& source, Clock now, Progress& progress,
                const SyncOptions& options) {
    source.on_wait([&progress](const RetryWait& wait) { progress.waiting(wait); });
    return SyncRun(config, source, now, progress, options).run();
}

} // namespace tidemark
