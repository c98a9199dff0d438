#include "cli/cli.hpp"

#include "cli/command_line.hpp"
#include "cli/options.hpp"
#include "error.hpp"
#include "platform/interrupt.hpp"
#include "platform/log.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "text/did_you_mean.hpp"
#include "text/terminal.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>

namespace tidemark {
namespace {

int as_int(ExitCode code) { return static_cast<int>(code); }

int report_error(std::string_view what, ExitCode code) {
    log(Level::error, printable(what));
    return as_int(code);
}

/// What CLI11 says about a command line, with a suggestion where a command is misspelt.
std::string command_line_error(const CLI::App& app, const CLI::ParseError& error, int argc,
                               char** argv, const std::vector<std::unique_ptr<Command>>& commands) {
    std::vector<std::string> names;
    for (const auto& command : commands)
        names.push_back(command->name());
    if (argc > 1 && argv[1][0] != '-' &&
        std::find(names.begin(), names.end(), argv[1]) == names.end()) {
        return fmt::format("unknown command '{}'{}", argv[1], did_you_mean(argv[1], names));
    }
    if (argc < 2) return "no command given; 'tidemark --help' lists them";
    return option_error(error, app, {argv + 1, argv + argc});
}

/// So long may a command that is interrupted take to store what is complete.
constexpr std::chrono::milliseconds cleanup_time{900};

void watch_signals(const Command& command) {
    ignore_signals_of_writing();
    if (command.cleans_up()) return note_signals(cleanup_time);
    end_at_signals();
}

/// Prints what `--help` and the like ask for.
int print_help(const CLI::App& app, const CLI::ParseError& error) {
    const int code = app.exit(error);
    flush_stdout();
    return code;
}

Config config_for(const Command& command, const std::string& file) {
    if (command.reads_config()) return load_config(path_of(file), command.may_lack_rules());
    Config config;
    config.file = path_of(file);
    return config;
}

/// Runs a command to its end, its output included.
ExitCode complete(Command& command, const std::string& config_file) {
    watch_stdout();
    try {
        const ExitCode code = command.run(config_for(command, config_file));
        stop_if_interrupted();
        flush_stdout();
        return code;
    } catch (const std::exception&) {
        flush_stdout(); // where printing failed, that is what to say
        throw;
    }
}

/// Runs this, and makes what it throws a line and an exit code. `command` is null before one is
/// chosen.
template <typename Work> int guarded(Work work, const Command* command = nullptr) {
    try {
        return work();
    } catch (const Interrupted& interrupted) {
        report_error(command == nullptr ? "interrupted" : command->interrupted_message(),
                     ExitCode::ok);
        return interrupted.exit_code();
    } catch (const ConfigError& error) {
        return report_error(error.what(), ExitCode::usage);
    } catch (const LeaseHeld& error) {
        return report_error(error.what(), ExitCode::held);
    } catch (const std::exception& error) {
        return report_error(error.what(), ExitCode::failed);
    }
}

} // namespace

int run(int argc, char** argv) {
    open_standard_streams();
    CommandLine line;
    CLI::App& app = line.app();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return guarded([&] { return print_help(app, error); });
        return report_error(command_line_error(app, error, argc, argv, line.commands()),
                            ExitCode::usage);
    }
    return guarded(
        [&] {
            set_logging(line.logging());
            watch_signals(*line.chosen());
            forbid_core_file();
            return as_int(complete(*line.chosen(), line.config_file()));
        },
        line.chosen());
}

} // namespace tidemark
