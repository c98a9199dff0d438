#pragma once

#include "cli/command.hpp"
#include "platform/log.hpp"

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
} // namespace CLI

namespace tidemark {

/// The declaration of the whole command line, from which `--help`, the manual and completions are
/// made.
class CommandLine {
public:
    CommandLine();
    ~CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    [[nodiscard]] CLI::App& app() { return *m_app; }
    [[nodiscard]] const std::vector<std::unique_ptr<Command>>& commands() const {
        return m_commands;
    }

    /// The parsed command; null before parsing.
    [[nodiscard]] Command* chosen() const { return m_chosen; }
    [[nodiscard]] const std::string& config_file() const { return m_config_file; }

    [[nodiscard]] Logging logging() const;

private:
    std::vector<std::unique_ptr<Command>> m_commands = all_commands();
    std::string m_config_file = "config.toml";
    LogFormat m_log_format = LogFormat::text;
    bool m_quiet = false;
    bool m_verbose = false;
    Command* m_chosen = nullptr;
    std::unique_ptr<CLI::App> m_app;
};

/// `tidemark 0.1.0`, and one line with the versions of the loaded libraries.
std::string version_text();

} // namespace tidemark
