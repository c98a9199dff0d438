#include "monitoring/monitor.hpp"

#include "error.hpp"
#include "monitoring/alert.hpp"
#include "monitoring/metrics.hpp"
#include "monitoring/request.hpp"
#include "platform/durable_file.hpp"
#include "platform/interrupt.hpp"
#include "platform/log.hpp"
#include "text/terminal.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/warehouse.hpp"

#include <fmt/format.h>

#include <functional>

namespace tidemark {
namespace {

void log_warning(std::string_view what) { log(Level::warning, printable(what)); }

void run_guarded(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        log_warning(error.what());
    }
}

} // namespace

Monitor::Monitor(const Config& config, std::optional<std::filesystem::path> summary,
                 bool is_dry_run)
    : m_config(config), m_is_dry_run(is_dry_run), m_summary(std::move(summary)) {
    m_night.organisation = config.source.organisation;
    m_night.started_at = system_now();
    if (is_dry_run) return;
    if (const auto error = ping(config, "/start")) log_warning(*error);
}

void Monitor::ended(SyncReport report, std::vector<std::string> lines) {
    m_night.exit_code = exit_code_of(report.outcome);
    m_night.report = std::move(report);
    m_night.lines = std::move(lines);
    notify();
}

void Monitor::failed(const std::exception& error) {
    if (dynamic_cast<const ConfigError*>(&error) != nullptr) m_night.exit_code = ExitCode::usage;
    if (dynamic_cast<const LeaseHeld*>(&error) != nullptr) m_night.exit_code = ExitCode::held;
    if (const auto* interrupted = dynamic_cast<const Interrupted*>(&error))
        m_night.interrupted = interrupted->exit_code();
    m_night.error = error.what();
    m_night.lines = {fmt::format("tidemark: {}", printable(error.what()))};
    notify();
}

void Monitor::notify() {
    m_night.ended_at = system_now();
    if (m_summary) run_guarded([&] { replace_file(*m_summary, summary_json(m_night)); });
    // the sync that holds the warehouse tells how it ended itself
    if (m_night.exit_code == ExitCode::held || m_is_dry_run) return;
    if (m_config.metrics.textfile) run_guarded([&] { write_metrics(); });
    if (noted_signal() != 0) return; // the process has to end now
    run_guarded([&] { send_alerts(); });
    const bool is_well = m_night.exit_code == ExitCode::ok;
    if (const auto error = ping(m_config, is_well ? "" : "/fail")) log_warning(*error);
}

void Monitor::send_alerts() {
    std::unique_ptr<Warehouse> warehouse;
    try {
        warehouse = open_warehouse(m_config.warehouse, OpenMode::existing);
        if (!pending_migration(*warehouse).none()) warehouse.reset();
    } catch (const std::exception&) {
        warehouse.reset(); // the sync has said so already
    }
    for (const std::string& line : alert(m_config, m_night, warehouse.get()))
        log_warning(line);
}

void Monitor::write_metrics() {
    std::unique_ptr<Warehouse> warehouse;
    try {
        warehouse = open_warehouse(m_config.warehouse, OpenMode::read_only);
    } catch (const std::exception&) {
        // the sync has said so already
    }
    std::string text;
    try {
        text = metrics_text(m_night, warehouse.get());
    } catch (const std::exception&) {
        text = metrics_text(m_night, nullptr);
    }
    replace_file(*m_config.metrics.textfile, text);
}

} // namespace tidemark
