#pragma once

#include "config/config.hpp"
#include "exit_code.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tidemark {

class Options;

/// A sub-command.
class Command {
public:
    virtual ~Command() = default;

    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual std::string summary() const = 0; ///< one line for `--help`

    /// An example of its use, for `--help` and the manual.
    [[nodiscard]] virtual std::string example() const { return "tidemark " + name(); }

    /// Declares its options; `--config` and `--help` are declared for all commands.
    virtual void add_options(Options& /*options*/) {}

    /// Whether it needs time to clean up after a signal, until it throws Interrupted. Other
    /// commands are ended at once, which must do no harm.
    [[nodiscard]] virtual bool cleans_up() const { return false; }

    /// The message when a signal ended it.
    [[nodiscard]] virtual std::string interrupted_message() const {
        return "interrupted; what was complete is stored, run it again for the rest";
    }

    /// Whether it reads the configuration. When it does not, only `file` is set in the `Config` for
    /// `run`.
    [[nodiscard]] virtual bool reads_config() const { return true; }

    /// Whether it works without the file of `attribution.include`, for example because it writes
    /// this file.
    [[nodiscard]] virtual bool may_lack_rules() const { return false; }

    /// Prints data to stdout and everything else to stderr. Throws the exceptions of etl/error.hpp.
    virtual ExitCode run(const Config& config) = 0;
};

std::unique_ptr<Command> make_init_command();
std::unique_ptr<Command> make_sync_command();
std::unique_ptr<Command> make_check_command();
std::unique_ptr<Command> make_jobs_command();
std::unique_ptr<Command> make_status_command();
std::unique_ptr<Command> make_execute_command();
std::unique_ptr<Command> make_migrate_command();
std::unique_ptr<Command> make_query_command();
std::unique_ptr<Command> make_report_command();
std::unique_ptr<Command> make_messages_command();
std::unique_ptr<Command> make_prune_command();
std::unique_ptr<Command> make_copy_command();
std::unique_ptr<Command> make_verify_command();
std::unique_ptr<Command> make_powerbi_command();
std::unique_ptr<Command> make_archive_command();
std::unique_ptr<Command> make_attribute_command();
std::unique_ptr<Command> make_schedule_command();
std::unique_ptr<Command> make_manual_command();
std::unique_ptr<Command> make_completion_command();

/// All commands, in the order of `--help`.
std::vector<std::unique_ptr<Command>> all_commands();

} // namespace tidemark
