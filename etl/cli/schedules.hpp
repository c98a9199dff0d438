#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// Which scheduler is to start the nightly sync.
enum class Scheduler { systemd, cron, windows };

/// A sync that is to run every night.
struct Schedule {
    int hour = 0; ///< of the machine's local time, like `minute`
    int minute = 0;
    std::filesystem::path program; ///< absolute, like all paths here
    std::filesystem::path config;
    std::string user;                               ///< that it runs as
    std::optional<std::filesystem::path> key_file;  ///< of the API key
    std::optional<std::filesystem::path> warehouse; ///< the folder of a SQLite file
};

/// A file for a scheduler: what it holds, and how it has to be named.
struct ScheduleFile {
    std::string name;
    std::string text;
};

/// The files that have a scheduler run `tidemark sync` every night, once at a time, and catch up
/// after the machine was off where the scheduler can.
std::vector<ScheduleFile> schedule_files(Scheduler scheduler, const Schedule& schedule);

/// How to install them from a folder, a line each.
std::vector<std::string> installation(Scheduler scheduler, const std::filesystem::path& folder);

} // namespace tidemark
