#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace tidemark {

/// Runs a command line with the system's shell and `input` as its standard input. Its output goes
/// to stderr. The environment variable `without` is removed from its environment. The command and
/// its child processes are killed after `patience`, or when a signal is noted. Returns why it
/// failed; nullopt on success. On Windows, what the command leaves running is killed too.
std::optional<std::string> run_command(const std::string& command, const std::string& input,
                                       std::chrono::seconds patience, const std::string& without);

} // namespace tidemark
