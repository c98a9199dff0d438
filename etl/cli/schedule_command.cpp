#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/schedules.hpp"
#include "error.hpp"
#include "platform/durable_file.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "text/did_you_mean.hpp"
#include "text/utf8.hpp"
#include "warehouse/warehouse.hpp"

#include <fmt/format.h>

#include <iostream>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

/// `05:30`. Throws ConfigError for anything else.
void read_time(const std::string& text, Schedule& schedule) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    const bool is_time = text.size() == 5 && digit(0) && digit(1) && text[2] == ':' && digit(3) &&
                         digit(4) && text < "24:00" && text[3] < '6';
    if (!is_time) {
        throw ConfigError(
            fmt::format("'--at' must be a time of day such as '05:30', not '{}'", text));
    }
    schedule.hour = std::stoi(text.substr(0, 2));
    schedule.minute = std::stoi(text.substr(3));
}

Scheduler read_scheduler(const std::string& word) {
    if (word == "systemd") return Scheduler::systemd;
    if (word == "cron") return Scheduler::cron;
    if (word == "windows") return Scheduler::windows;
    throw ConfigError(fmt::format("'--as' must be one of 'systemd', 'cron', 'windows', not '{}'{}",
                                  word, did_you_mean(word, {"systemd", "cron", "windows"})));
}

/// A crontab or a unit is read line by line.
void require_one_line(std::string_view name, const std::string& text) {
    if (std::any_of(text.begin(), text.end(), is_control))
        throw ConfigError(fmt::format("the {} holds a control character", name));
}

fs::path absolute_path(const fs::path& path) { return fs::absolute(path).lexically_normal(); }

class ScheduleCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "schedule"; }
    [[nodiscard]] std::string summary() const override {
        return "Write what systemd, cron or Windows needs to start a sync every night";
    }
    [[nodiscard]] std::string example() const override {
        return "tidemark schedule --at 05:30 --as systemd";
    }

    void add_options(Options& options) override {
        options.required_text("--at", "HH:MM", "the local time at which it starts", m_at);
        options.text("--as", "SCHEDULER",
                     "systemd, cron or windows; unless given, what this system has", m_scheduler);
        options.text("--user", "USER", "the user that it runs as; 'tidemark' unless given", m_user);
        options.text("--program", "FILE", "the program that is started; this one unless given",
                     m_program);
        options.flag("--installed",
                     "for a package: no configuration is read, all stands where a "
                     "package keeps it",
                     m_installed);
        options.text("--dir", "DIR", "write the files into this folder instead of printing them",
                     m_folder);
    }

    [[nodiscard]] bool reads_config() const override { return false; }

    ExitCode run(const Config& given) override {
        const Scheduler scheduler = read_scheduler(m_scheduler);
        const auto files = schedule_files(scheduler, schedule(given.file));
        if (m_folder.empty()) {
            print(files);
            return ExitCode::ok;
        }
        for (const ScheduleFile& file : files)
            write(path_of(m_folder) / file.name, file.text);
        write_stderr("tidemark: to install what was written:\n");
        for (const std::string& line : installation(scheduler, path_of(m_folder), m_user))
            write_stderr(fmt::format("  {}\n", line));
        return ExitCode::ok;
    }

private:
    /// A configuration that is not there yet is taken to keep everything where the package does.
    [[nodiscard]] Schedule schedule(const fs::path& config_file) const {
        Schedule schedule{.program = m_program.empty() ? program_path()
                                                       : absolute_path(path_of(m_program)),
                          .config = absolute_path(config_file),
                          .user = m_user};
        read_time(m_at, schedule);
        if (m_installed) {
            schedule.key_file = schedule.config.parent_path() / "tidemark.key";
        } else if (fs::exists(config_file)) {
            const Config config = load_config(config_file);
            if (config.source.api_key_file)
                schedule.key_file = absolute_path(*config.source.api_key_file);
            if (const auto file = warehouse_file(config.warehouse))
                schedule.warehouse = file->parent_path();
        } else {
            schedule.key_file = schedule.config.parent_path() / "tidemark.key";
            write_stderr(
                fmt::format("tidemark: there is no configuration '{}' yet; the key is looked for "
                            "in '{}'\n",
                            utf8(schedule.config), utf8(*schedule.key_file)));
        }
        for (const std::string& text : {utf8(schedule.program), utf8(schedule.config),
                                        utf8(schedule.key_file.value_or("")), m_user})
            require_one_line("path or user", text);
        return schedule;
    }

    static void print(const std::vector<ScheduleFile>& files) {
        for (const ScheduleFile& file : files) {
            if (files.size() > 1) std::cout << "# " << file.name << '\n';
            std::cout << file.text;
            if (files.size() > 1 && &file != &files.back()) std::cout << '\n';
        }
    }

    static void write(const fs::path& path, const std::string& text) {
        replace_file(path, text);
        write_stderr(fmt::format("tidemark: wrote '{}'\n", utf8(path)));
    }

    std::string m_at;
    std::string m_scheduler = own_scheduler();
    std::string m_user = "tidemark";
    std::string m_program;
    std::string m_folder;
    bool m_installed = false;
};

} // namespace

std::unique_ptr<Command> make_schedule_command() { return std::make_unique<ScheduleCommand>(); }

} // namespace tidemark
