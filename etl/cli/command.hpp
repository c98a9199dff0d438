#pragma once

#include "config/config.hpp"
#include "exit_code.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tidemark {

class Options;

/// A sub-command: `add_options` says what it takes, `run` does it.
class Command {
public:
    virtual ~Command() = default;

    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual std::string summary() const = 0; ///< one line for `--help`

    /// A command line that shows it at work, for `--help` and the manual.
    [[nodiscard]] virtual std::string example() const { return "tidemark " + name(); }

    /// Declares its own options; `--config` and `--help` are there already.
    virtual void add_options(Options& /*options*/) {}

    /// Whether it has something to store when a signal arrives: it is given a moment for that and
    /// throws Interrupted. Others are ended at once, which must do no harm.
    [[nodiscard]] virtual bool cleans_up() const { return false; }

    /// What to say when a signal ended it.
    [[nodiscard]] virtual std::string interrupted_message() const {
        return "interrupted; what was complete is stored, run it again for the rest";
    }

    /// Whether it reads the configuration. One that writes it is run with a `Config` of which only
    /// `file` is set.
    [[nodiscard]] virtual bool reads_config() const { return true; }

    /// Whether it can do without the file that `attribution.include` names, such as to write it.
    [[nodiscard]] virtual bool may_lack_rules() const { return false; }

    /// Data goes to stdout, everything else to stderr. Throws what etl/error.hpp names.
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

/// All of them, in the order in which `--help` lists them.
std::vector<std::unique_ptr<Command>> all_commands();

} // namespace tidemark
