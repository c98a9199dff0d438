#include "cli/command.hpp"
#include "cli/format_option.hpp"
#include "output/row_printer.hpp"
#include "source/api_source.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <iostream>
#include <map>

namespace tidemark {
namespace {

std::string status_text(std::int64_t code) {
    switch (code) {
    case 0: return "idle";
    case 1: return "pending";
    case 2: return "running";
    default: return fmt::format("unknown ({})", code);
    }
}

class JobsCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "jobs"; }
    [[nodiscard]] std::string summary() const override {
        return "List the jobs that the API has, with their live status";
    }

    void add_options(CLI::App& app) override { add_format_option(app, m_format); }

    ExitCode run(const Config& config) override {
        const auto source = open_api_source(config.source, read_api_key(config.source));
        const auto jobs = source->jobs();
        std::map<Guid, JobStatus> statuses;
        for (JobStatus& status : source->statuses()) {
            statuses.emplace(status.job_id, std::move(status));
        }
        const auto printer = make_row_printer(m_format, std::cout);
        printer->columns({"job", "job_id", "status", "message"});
        for (const Job& job : jobs) {
            const auto status = statuses.find(job.id);
            const bool known = status != statuses.end();
            printer->row({job.name, to_text(job.id),
                          known ? Value{status_text(status->second.code)} : Value{},
                          known ? Value{status->second.message} : Value{}});
        }
        printer->finish();
        return ExitCode::ok;
    }

private:
    Format m_format = Format::table;
};

} // namespace

std::unique_ptr<Command> make_jobs_command() { return std::make_unique<JobsCommand>(); }

} // namespace tidemark
