#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/row_printer.hpp"
#include "error.hpp"
#include "platform/log.hpp"
#include "source/api_source.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>

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

    void add_options(Options& options) override { options.format(m_format, m_wide); }

    ExitCode run(const Config& config) override {
        const auto source = open_api_source(config.source, read_api_key(config.source));
        const JobList jobs = source->jobs();
        try {
            print(jobs.entries, source->statuses().entries, config);
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            print(jobs.entries, {}, config);
            log(Level::warning,
                fmt::format("without the live status: {}", printable(error.what())));
            return ExitCode::partial;
        }
        if (jobs.first_unreadable.empty()) return ExitCode::ok;
        log(Level::warning, fmt::format("{} of the list cannot be read, the first of them {}",
                                        count_of(jobs.unreadable.beyond(), "record"),
                                        printable(jobs.first_unreadable)));
        return ExitCode::partial;
    }

private:
    void print(const std::vector<Job>& jobs, const std::vector<JobStatus>& statuses,
               const Config& config) const {
        std::map<Guid, JobStatus> status_of;
        for (const JobStatus& status : statuses)
            status_of.emplace(status.job_id, status);
        const auto printer = make_stdout_printer(m_format, m_wide, config);
        printer->columns({"job", "job_id", "status", "message"});
        for (const Job& job : jobs) {
            const auto status = status_of.find(job.id);
            const bool known = status != status_of.end();
            printer->row({job.name, to_text(job.id),
                          known ? Value{status_text(status->second.code)} : Value{},
                          known ? Value{status->second.message} : Value{}});
        }
        printer->finish();
    }

    Format m_format = Format::table;
    bool m_wide = false;
};

} // namespace

std::unique_ptr<Command> make_jobs_command() { return std::make_unique<JobsCommand>(); }

} // namespace tidemark
