#include "cli/command.hpp"
#include "cli/options.hpp"
#include "config/secrets.hpp"
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

    void add_options(Options& options) override { options.output(m_style); }

    ExitCode run(const Config& config) override {
        RowOutput output(m_style, config);
        const auto source = open_api_source(config.source, read_api_key(config.source));
        const JobList jobs = source->jobs();
        std::vector<JobStatus> statuses;
        std::string no_statuses;
        try {
            statuses = source->statuses().entries;
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            no_statuses = error.what();
        }
        print(jobs.entries, statuses, output);
        if (!no_statuses.empty()) {
            log(Level::warning, fmt::format("without the live status: {}", printable(no_statuses)));
            return ExitCode::partial;
        }
        if (jobs.first_unreadable.empty()) return ExitCode::ok;
        log(Level::warning, fmt::format("{} of the list cannot be read, the first of them {}",
                                        count_of(jobs.unreadable.beyond(), "record"),
                                        printable(jobs.first_unreadable)));
        return ExitCode::partial;
    }

private:
    static void print(const std::vector<Job>& jobs, const std::vector<JobStatus>& statuses,
                      RowOutput& output) {
        std::map<Guid, JobStatus> status_of;
        for (const JobStatus& status : statuses)
            status_of.emplace(status.job_id, status);
        const auto printer = output.printer();
        printer->columns({"job", "job_id", "status", "message"});
        for (const Job& job : jobs) {
            const auto status = status_of.find(job.id);
            const bool known = status != status_of.end();
            printer->row({job.name, to_text(job.id),
                          known ? Value{status_text(status->second.code)} : Value{},
                          known ? Value{status->second.message} : Value{}});
        }
        printer->finish();
        output.finish();
    }

    OutputStyle m_style;
};

} // namespace

std::unique_ptr<Command> make_jobs_command() { return std::make_unique<JobsCommand>(); }

} // namespace tidemark
