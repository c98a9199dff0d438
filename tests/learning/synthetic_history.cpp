#include "learning/synthetic_history.hpp"

#include <algorithm>

namespace tidemark::test {
namespace {

using std::chrono::seconds;

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
    return text;
}

std::string escaped(const std::string& text) {
    return replaced(replaced(text, "\\", "\\\\"), "\"", "\\\"");
}

const std::vector<std::string> errors = {
    "Login failed for user 'etl'.", "Timeout expired. The timeout period elapsed \\ retry",
    "Invalid column name 'Cust\"omer'.", "The remote name could not be resolved: 'sap.example'",
    "Arithmetic overflow error converting numeric to data type int."};

class HistoryBuilder {
public:
    HistoryBuilder(const LogStyle& style, std::uint32_t seed) : m_style(style), m_random(seed) {}

    void execution(std::uint64_t number, int night, int job,
                   const std::vector<SyntheticTask>& tasks) {
        m_execution = number;
        m_job = "Nightly " + std::to_string(job);
        m_clock = Timestamp{seconds{1'790'000'000 + night * 86'400 + job * 7200}};
        say("Job execution started");
        for (const SyntheticTask& task : tasks)
            run(task);
        say("Job execution ended");
    }

    SyntheticHistory result() { return std::move(m_history); }

    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

private:
    void run(const SyntheticTask& task) {
        const std::string& error = errors[static_cast<std::size_t>(below(5))];
        say(m_style.begin, task, error);
        for (int i = below(3); i > 0; --i) {
            say("Table [dbo].[Customer_" + std::to_string(below(60)) + "] transferred in " +
                std::to_string(40 + below(9000)) + " ms");
        }
        const bool fails = below(8) == 0;
        say(fails ? m_style.failure : m_style.end, task, error);
        m_history.truth.insert({m_execution, task.name,
                                fails ? TaskOutcome::failed : TaskOutcome::succeeded, m_clock});
        say(m_style.closing, task, error);
    }

    void say(const std::string& text, const SyntheticTask& task, const std::string& error) {
        if (text.empty()) return;
        const auto put = [&](const std::string& part) {
            return m_style.json ? escaped(part) : part;
        };
        std::string message = replaced(text, "{t}", put(task.name));
        message = replaced(message, "{s}", put(task.source));
        message = replaced(message, "{r}", std::to_string(below(5'000'000)));
        message = replaced(message, "{n}", std::to_string(10 + below(9000)));
        say(replaced(message, "{x}", put(error)));
    }

    void say(const std::string& message) {
        m_clock += seconds{1 + below(40)};
        m_history.lines.push_back({m_job, m_execution, m_clock, message});
    }

    const LogStyle& m_style;
    std::mt19937 m_random;
    SyntheticHistory m_history;
    std::uint64_t m_execution = 0;
    std::string m_job;
    Timestamp m_clock;
};

} // namespace

const std::vector<LogStyle>& log_styles() {
    static const std::vector<LogStyle> styles = {
        {"quoted", "Executing transfer task '{t}'", "Transfer task '{t}' completed, {r} rows",
         "Transfer task '{t}' failed with error: {x}", ""},
        {"bracketed", "[{t}] started", "[{t}] finished: {r} rows in {n} ms", "[{t}] failed: {x}",
         ""},
        {"unquoted", "Transfer of {t} started", "Transfer of {t} finished with {r} rows",
         "Transfer of {t} failed: {x}", ""},
        {"json", R"({"event":"TaskStarted","task":"{t}"})",
         R"({"event":"TaskCompleted","task":"{t}","rows":{r}})",
         R"({"event":"TaskFailed","task":"{t}","error":"{x}"})", "", true},
        {"many lines", "Task: {t}\r\nStatus: Started\r\n",
         "Task: {t}\r\nStatus: Completed\r\nRows: {r}\r\n",
         "Task: {t}\r\nStatus: Failed\r\nError: {x}\r\n   at System.Data.Run()\r\n   at Run()\r\n",
         ""},
        {"Danish", "Overførsel af {t} startet", "Overførsel af {t} afsluttet, {r} rækker",
         "Overførsel af {t} mislykkedes: {x}", ""},
        {"German", "Übertragung „{t}“ gestartet",
         "Übertragung „{t}“ erfolgreich abgeschlossen: {r} Zeilen",
         "Übertragung „{t}“ fehlgeschlagen: {x}", ""},
        {"classic", "Execute {t}:Info:Initialized", "Execute {t}:Info:Successful",
         "Execute {t}:Error:Failed", ""},
        {"source told", R"(Information: data source "{s}": begin of task "{t}")",
         R"(Information: data source "{s}": end of task "{t}" [ok, rows={r}])",
         R"(Error: data source "{s}": end of task "{t}" [error: {x}])", ""},
        {"errors counted", "Task {t} starting", "Task {t} ended (0 errors, {r} rows)",
         "Task {t} ended (3 errors, {r} rows)", ""},
        {"closing word", "Starting {t}", "Loaded {t}: {r} rows", "Could not load {t}, error: {x}",
         "Finished {t}"},
        {"name first", "03:00:{n} INFO [srv1] {t} - begin transfer",
         "INFO [srv1] {t} - transfer complete ({r} rows)",
         "ERROR [srv1] {t} - transfer aborted: {x}", ""},
        {"French", "Transfert de {t} démarré", "Transfert de {t} terminé, {r} lignes",
         "Échec du transfert de {t} : {x}", ""},
        {"ends only", "", "Transfer '{t}' completed, {r} rows", "Transfer '{t}' failed: {x}", ""},
    };
    return styles;
}

std::vector<SyntheticTask> nine_sources(const std::string& sign) {
    std::vector<SyntheticTask> tasks;
    for (const std::string source : {"Navision", "Salesforce", "SAP ERP", "Dynamics 365",
                                     "CSV drop", "AdventureWorks", "Økonomi", "Warehouse"})
        for (const std::string what : {"Full load", "Incremental"})
            tasks.push_back({source + sign + what, source});
    tasks.push_back({"Load_GL_Nightly", "Finance"});
    tasks.push_back({"xfer-07", "Finance"});
    return tasks;
}

std::map<std::string, Timestamp>
SyntheticHistory::last(const std::vector<SyntheticTask>& tasks) const {
    std::map<std::string, Timestamp> last;
    for (const SyntheticOutcome& entry : truth) {
        if (entry.outcome != TaskOutcome::succeeded) continue;
        const auto task = std::find_if(tasks.begin(), tasks.end(), [&](const SyntheticTask& known) {
            return known.name == entry.task;
        });
        Timestamp& moment = last[task->source];
        moment = std::max(moment, entry.at);
    }
    return last;
}

SyntheticHistory synthetic_history(const LogStyle& style, const std::vector<SyntheticTask>& tasks,
                                   std::uint32_t seed) {
    HistoryBuilder builder{style, seed};
    std::uint64_t execution = 0;
    for (int night = 0; night < 9; ++night) {
        for (int job = 0; job < 3; ++job) {
            std::vector<SyntheticTask> some;
            for (std::size_t i = 0; i < tasks.size(); ++i)
                if (i % 3 == static_cast<std::size_t>(job) || builder.below(5) == 0)
                    some.push_back(tasks[i]);
            builder.execution(++execution, night, job, some);
        }
    }
    return builder.result();
}

Learned learned_from(const SyntheticHistory& history) {
    const AttributionConfig config;
    Learning learning{config};
    for (const SyntheticLine& line : history.lines)
        learning.observe(line.job, line.execution, line.logged_at, line.message);
    return learning.learn();
}

std::set<SyntheticOutcome> read_by(const Learned& learned, const SyntheticHistory& history) {
    AttributionConfig config;
    for (const LearnedRule& rule : learned.rules)
        config.rules.push_back(rule.rule);
    const Attribution attribution{config};
    std::set<SyntheticOutcome> read;
    for (const SyntheticLine& line : history.lines) {
        for (const TaskMention& mention : attribution.mentions(line.message)) {
            if (!mention.outcome || mention.outcome == TaskOutcome::started) continue;
            read.insert(
                {line.execution, std::string{mention.task}, *mention.outcome, line.logged_at});
        }
    }
    return read;
}

} // namespace tidemark::test
