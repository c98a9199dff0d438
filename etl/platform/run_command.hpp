#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace tidemark {

/// Runs a command line by the system's shell, with `input` as its standard input; what it prints
/// goes to stderr. The environment variable `without` is kept from it. It is killed, with what it
/// started, when `patience` is over or a signal is noted. Returns why it did not succeed.
std::optional<std::string> run_command(const std::string& command, const std::string& input,
                                       std::chrono::seconds patience, const std::string& without);

} // namespace tidemark
