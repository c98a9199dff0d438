#include "simulator/message_texts.hpp"

#include "simulator/guid.hpp"
#include "simulator/hash.hpp"
#include "simulator/json_string.hpp"

#include <array>
#include <charconv>

namespace simulator {
namespace {

using LineTexts = std::array<std::string_view, 6>; // by Saying

constexpr std::array<LineTexts, 3> vocabularies = {{
    // by Vocabulary
    {
        "Job execution started",
        "Executing transfer task '{task}'",
        "Table [dbo].[Customer_{table}] transferred in {ms} ms, batch {batch}",
        "Transfer task '{task}' completed, {rows} rows",
        "Transfer task '{task}' failed with error: {error}",
        "Job execution ended",
    },
    {
        "Started",
        "Transfer task '{task}' started",
        "[dbo].[Invoice_{table}]: {rows} rows read, batch {batch}",
        "Transfer task '{task}' finished in {ms} ms ({rows} rows)",
        "Transfer task '{task}' aborted: {error}",
        "Finished",
    },
    {
        "Information: the job was picked up by an execution service",
        "Information: data source \"{source}\": begin of task \"{task}\"",
        "Verbose: table dbo.Ledger_{table} took {ms} ms\tbatch={batch}",
        "Information: data source \"{source}\": end of task \"{task}\" [ok, rows={rows}]",
        "Error: data source \"{source}\": end of task \"{task}\" [error: {error}]",
        "Information: the job has come to its end",
    },
}};

constexpr std::string_view sources[] = {"Navision", "Salesforce",     "SAP ERP", "Dynamics 365",
                                        "CSV drop", "AdventureWorks", "Økonomi"};

constexpr std::string_view errors[] = {
    "Login failed for user 'etl'.",
    "Timeout expired. The timeout period elapsed \\ retry",
    "Invalid column name 'Cust\"omer'.",
    "The remote name could not be resolved: 'sap.example'",
    "Arithmetic overflow error converting numeric to data type int.",
};

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

} // namespace

std::vector<Task> tasks_of_job(std::uint64_t seed, std::size_t job) {
    std::vector<Task> tasks;
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string source{sources[(seed + job * 3 + i) % std::size(sources)]};
        tasks.push_back({source + " - Full load", source});
        tasks.push_back({source + " - Incremental", source});
    }
    if (job % 2 == 0) tasks.push_back({"Load_GL_Nightly", "Finance"});
    if (job % 3 != 2) tasks.push_back({"xfer-07", "Warehouse scanners"});
    tasks.push_back({"Import Metadata", tasks.front().source});
    return tasks;
}

std::vector<Task> tasks_at(const OrganisationOptions& organisation, std::size_t job,
                           Moment created) {
    auto tasks = tasks_of_job(organisation.seed, job);
    for (const JobEvent& event : organisation.task_renames) {
        if (event.job == job && event.at <= created) tasks.front().name += " (renamed)";
    }
    return tasks;
}

MessageTexts::MessageTexts(Vocabulary vocabulary, const std::vector<Task>& tasks, bool ascii) {
    for (const auto wording : vocabularies[static_cast<std::size_t>(vocabulary)]) {
        m_templates.push_back(compiled(wording, ascii));
    }
    for (const Task& task : tasks) {
        m_tasks.push_back({json_escaped(task.name, ascii), json_escaped(task.source, ascii)});
    }
    for (const auto error : errors)
        m_errors.push_back(json_escaped(error, ascii));
}

MessageTexts::Template MessageTexts::compiled(std::string_view wording, bool ascii) {
    constexpr std::pair<std::string_view, Field> fields[] = {
        {"{task}", Field::task},       {"{source}", Field::source}, {"{rows}", Field::rows},
        {"{ms}", Field::milliseconds}, {"{table}", Field::table},   {"{batch}", Field::batch},
        {"{error}", Field::error}};
    Template pieces(1);
    while (!wording.empty()) {
        const std::size_t length = wording.find('{');
        pieces.back().text = json_escaped(wording.substr(0, length), ascii);
        if (length == std::string_view::npos) break;
        wording.remove_prefix(length);
        for (const auto& [name, field] : fields) {
            if (!wording.starts_with(name)) continue;
            pieces.back().field = field;
            wording.remove_prefix(name.size());
            break;
        }
        pieces.emplace_back();
    }
    return pieces;
}

void MessageTexts::append(std::string& out, LineKind kind, std::size_t task,
                          std::uint64_t hash) const {
    for (const Piece& piece : m_templates[static_cast<std::size_t>(kind)]) {
        out += piece.text;
        append_field(out, piece.field, task, hash);
    }
}

void MessageTexts::append_field(std::string& out, Field field, std::size_t task,
                                std::uint64_t hash) const {
    switch (field) {
    case Field::none: return;
    case Field::task: out += m_tasks[task].name; return;
    case Field::source: out += m_tasks[task].source; return;
    case Field::rows: return append_number(out, below(hash, 5'000'000));
    case Field::milliseconds: return append_number(out, 40 + below(hash >> 8U, 9'000));
    case Field::table: return append_number(out, below(hash >> 16U, 60));
    case Field::batch: return simulator::append(out, guid_of(hash));
    case Field::error: out += m_errors[below(hash, m_errors.size())]; return;
    }
}

} // namespace simulator
