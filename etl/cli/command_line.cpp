#include "cli/command_line.hpp"

#include "cli/options.hpp"
#include "cli/version.hpp"

#include <CLI/CLI.hpp>

namespace tidemark {

CommandLine::CommandLine()
    : m_app(std::make_unique<CLI::App>(
          "Keeps the job history of a TimeXtender organisation in a database that people can "
          "query.")) {
    m_app->name("tidemark");
    m_app->set_version_flag("--version", version_text());
    m_app->require_subcommand(1);
    m_app->allow_windows_style_options(false); // a path may begin with a slash
    for (const auto& command : m_commands) {
        CLI::App* sub = m_app->add_subcommand(command->name(), command->summary());
        sub->add_option("--config", m_config_file, "the configuration")
            ->type_name("FILE")
            ->capture_default_str();
        Options options(*sub);
        command->add_options(options);
        options.log_format(m_log_format);
        options.flag("--quiet", "say on stderr only what needs attention", m_quiet);
        options.flag("--verbose", "say more", m_verbose);
        options.exclude("--verbose", "--quiet");
        sub->footer("Example:\n  " + command->example() + "\n");
        sub->callback([this, &command] { m_chosen = command.get(); });
    }
}

CommandLine::~CommandLine() = default;

Logging CommandLine::logging() const {
    const Verbosity verbosity = m_quiet     ? Verbosity::quiet
                                : m_verbose ? Verbosity::verbose
                                            : Verbosity::normal;
    return {.format = m_log_format, .verbosity = verbosity};
}

} // namespace tidemark
