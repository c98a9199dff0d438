#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// The scheduler for the nightly sync.
enum class Scheduler { systemd, cron, windows };

/// A nightly sync.
struct Schedule {
    int hour = 0; ///< in local time of the machine, like `minute`
    int minute = 0;
    std::filesystem::path program; ///< absolute, like all paths here
    std::filesystem::path config;
    std::string user;                               ///< the user of the process
    std::optional<std::filesystem::path> key_file;  ///< of the API key
    std::optional<std::filesystem::path> warehouse; ///< the folder of a SQLite file
};

/// A file for a scheduler.
struct ScheduleFile {
    std::string name;
    std::string text;
};

/// The files that make a scheduler run `tidemark sync` every night, never twice at a time. A missed
/// run is made up for if the scheduler can do that.
std::vector<ScheduleFile> schedule_files(Scheduler scheduler, const Schedule& schedule);

/// Instructions for installing them from a folder, to run as this user, one line each.
std::vector<std::string> installation(Scheduler scheduler, const std::filesystem::path& folder,
                                      const std::string& user);

} // namespace tidemark
