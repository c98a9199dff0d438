#include "report/sections.hpp"
#include "text/terminal.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

constexpr std::size_t most_groups = 40;
constexpr std::size_t most_tasks = 40;
constexpr std::size_t most_jobs = 10;
constexpr std::size_t longest_line = 160;

/// The first line of a message that says anything.
std::string first_line(const std::string& message) {
    const auto begin = message.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return "(no message)";
    return shortened(message.substr(begin, message.find_first_of("\r\n", begin) - begin),
                     longest_line);
}

std::string jobs_of(const ErrorGroup& group) {
    std::vector<std::string> jobs;
    for (const auto& [job, count] : group.jobs)
        jobs.push_back(fmt::format("{} ({})", job, count));
    return listed(std::move(jobs), most_jobs);
}

void put_group(Html& html, const ErrorGroup& group, const Moments& moments) {
    const auto item = html.in("li");
    const auto details = html.in("details");
    {
        const auto summary = html.in("summary");
        html.put("strong", {{"class", "bad"}}, fmt::format("{}×", group.count));
        html.text(" ");
        html.put("code", first_line(group.example));
    }
    html.put("p", fmt::format("First {}, last {}. Jobs: {}.", moments.full(group.first_at),
                              moments.full(group.last_at), jobs_of(group)));
    html.put("pre", {{"tabindex", "0"}}, group.example);
    if (group.cut) {
        const auto line = html.in("p");
        html.text("The message is cut here. All of it: ");
        html.put("code", "tidemark query failed_runs");
    }
}

void put_failing_tasks(Html& html, const std::vector<Row>& failing, const Moments& moments) {
    html.put("h3", "Tasks that failed since their last success");
    if (failing.empty()) {
        html.put("p", "None.");
        return;
    }
    std::vector<std::vector<Cell>> rows;
    for (const Row& task : failing) {
        if (rows.size() == most_tasks) break;
        const std::string success = moments.full(task.text("last_success_at_utc"));
        rows.push_back({{task.text("transfer_task")},
                        {task.text("data_source")},
                        {task.text("failed_runs"), "number"},
                        {moments.full(task.text("failing_since_utc")), "time"},
                        {success.empty() ? "never" : success, "time"},
                        {first_line(task.text("last_error"))}});
    }
    put_table(html, "Tasks that failed since their last success",
              {"Task", "Data source", "Failed runs", "Failing since", "Last success", "Last error"},
              rows);
    put_more(html, failing.size(), rows.size(), "failing_tasks");
}

} // namespace

void put_failures(Html& html, const ReportData& data, const Moments& moments) {
    html.put("h3", "What failed runs of the last 7 days said");
    if (data.errors.empty()) html.put("p", "No run failed.");
    if (!data.errors.empty()) {
        html.put("p", "Messages that differ only in numbers and names are one. Open a line for "
                      "the whole message.");
        const auto list = html.in("ul", {{"class", "plain"}});
        for (std::size_t i = 0; i < data.errors.size() && i < most_groups; ++i)
            put_group(html, data.errors[i], moments);
    }
    put_more(html, data.errors.size(), most_groups, "failed_runs");
    put_failing_tasks(html, data.failing, moments);
}

} // namespace tidemark
