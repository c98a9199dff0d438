#pragma once

#include "config/config.hpp"
#include "monitoring/night.hpp"

#include <exception>
#include <filesystem>
#include <optional>

namespace tidemark {

/// Tells the outside how a sync gets on: the ping, the summary file, the metrics, the alerts. What
/// cannot be told is a line on stderr, and no failure of the sync.
class Monitor {
public:
    /// Pings that it starts. `summary` is a file that gets the summary as JSON; of a rehearsal
    /// (`is_dry_run`) nobody else is told.
    Monitor(const Config& config, std::optional<std::filesystem::path> summary, bool is_dry_run);

    /// The sync came to its end.
    void ended(SyncReport report, std::vector<std::string> lines);

    /// It ended before its time, by what is being handled.
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
