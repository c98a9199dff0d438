#pragma once

#include "config/config.hpp"
#include "monitoring/night.hpp"

#include <exception>
#include <filesystem>
#include <optional>

namespace tidemark {

/// Reports a sync to the outside: pings, summary file, metrics, alerts. A failure to do so is a
/// line on stderr and does not fail the sync.
class Monitor {
public:
    /// Pings that the sync starts. `summary` is a file for the summary as JSON; a dry run only
    /// writes this file.
    Monitor(const Config& config, std::optional<std::filesystem::path> summary, bool is_dry_run);

    /// The sync ended.
    void ended(SyncReport report, std::vector<std::string> lines);

    /// The sync ended early, with the exception that is being handled.
    void failed(const std::exception& error);

private:
    void notify();
    void send_alerts();
    void write_metrics();

    const Config& m_config;
    bool m_is_dry_run;
    std::optional<std::filesystem::path> m_summary;
    Night m_night;
};

} // namespace tidemark
