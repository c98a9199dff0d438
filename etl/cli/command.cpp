#include "cli/command.hpp"

namespace tidemark {

std::vector<std::unique_ptr<Command>> all_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(make_init_command());
    commands.push_back(make_sync_command());
    commands.push_back(make_check_command());
    commands.push_back(make_jobs_command());
    commands.push_back(make_status_command());
    commands.push_back(make_execute_command());
    commands.push_back(make_query_command());
    commands.push_back(make_report_command());
    commands.push_back(make_messages_command());
    commands.push_back(make_attribute_command());
    commands.push_back(make_migrate_command());
    commands.push_back(make_prune_command());
    commands.push_back(make_copy_command());
    commands.push_back(make_archive_command());
    commands.push_back(make_verify_command());
    commands.push_back(make_powerbi_command());
    commands.push_back(make_schedule_command());
    commands.push_back(make_manual_command());
    commands.push_back(make_completion_command());
    return commands;
}

} // namespace tidemark
