#include "templates/told_history.hpp"

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

class Telling {
public:
    Telling(const ToldWording& wording, std::uint32_t seed) : m_wording(wording), m_random(seed) {}

    void execution(std::uint64_t number, int night, int job, const std::vector<ToldTask>& tasks) {
        m_execution = number;
        m_job = "Nightly " + std::to_string(job);
        m_clock = Timestamp{seconds{1'790'000'000 + night * 86'400 + job * 7200}};
        say("Job execution started");
        for (const ToldTask& task : tasks)
            run(task);
        say("Job execution ended");
    }

    ToldHistory take() { return std::move(m_told); }

    int below(int limit) { return static_cast<int>(m_random() % static_cast<unsigned>(limit)); }

private:
    void run(const ToldTask& task) {
        const std::string& error = errors[static_cast<std::size_t>(below(5))];
        say(m_wording.begin, task, error);
        for (int i = below(3); i > 0; --i) {
            say("Table [dbo].[Customer_" + std::to_string(below(60)) + "] transferred in " +
                std::to_string(40 + below(9000)) + " ms");
        }
        const bool fails = below(8) == 0;
        say(fails ? m_wording.failure : m_wording.end, task, error);
        m_told.truth.insert({m_execution, task.name,
                             fails ? TaskOutcome::failed : TaskOutcome::succeeded, m_clock});
        say(m_wording.closing, task, error);
    }

    void say(const std::string& text, const ToldTask& task, const std::string& error) {
        if (text.empty()) return;
        const auto put = [&](const std::string& part) {
            return m_wording.json ? escaped(part) : part;
        };
        std::string message = replaced(text, "{t}", put(task.name));
        message = replaced(message, "{s}", put(task.source));
        message = replaced(message, "{r}", std::to_string(below(5'000'000)));
        message = replaced(message, "{n}", std::to_string(10 + below(9000)));
        say(replaced(message, "{x}", put(error)));
    }

    void say(const std::string& message) {
        m_clock += seconds{1 + below(40)};
        m_told.lines.push_back({m_job, m_execution, m_clock, message});
    }

    const ToldWording& m_wording;
    std::mt19937 m_random;
    ToldHistory m_told;
    std::uint64_t m_execution = 0;
    std::string m_job;
    Timestamp m_clock;
};

} // namespace

const std::vector<ToldWording>& told_wordings() {
    static const std::vector<ToldWording> wordings = {
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
    return wordings;
}

std::vector<ToldTask> nine_sources(const std::string& sign) {
    std::vector<ToldTask> tasks;
    for (const std::string source : {"Navision", "Salesforce", "SAP ERP", "Dynamics 365",
                                     "CSV drop", "AdventureWorks", "Økonomi", "Warehouse"})
        for (const std::string what : {"Full load", "Incremental"})
            tasks.push_back({source + sign + what, source});
    tasks.push_back({"Load_GL_Nightly", "Finance"});
    tasks.push_back({"xfer-07", "Finance"});
    return tasks;
}

std::map<std::string, Timestamp> ToldHistory::last(const std::vector<ToldTask>& tasks) const {
    std::map<std::string, Timestamp> last;
    for (const ToldOutcome& told : truth) {
        if (told.outcome != TaskOutcome::succeeded) continue;
        const auto task = std::find_if(tasks.begin(), tasks.end(), [&](const ToldTask& known) {
            return known.name == told.task;
        });
        Timestamp& moment = last[task->source];
        moment = std::max(moment, told.at);
    }
    return last;
}

ToldHistory tell(const ToldWording& wording, const std::vector<ToldTask>& tasks,
                 std::uint32_t seed) {
    Telling telling{wording, seed};
    std::uint64_t execution = 0;
    for (int night = 0; night < 9; ++night) {
        for (int job = 0; job < 3; ++job) {
            std::vector<ToldTask> some;
            for (std::size_t i = 0; i < tasks.size(); ++i)
                if (i % 3 == static_cast<std::size_t>(job) || telling.below(5) == 0)
                    some.push_back(tasks[i]);
            telling.execution(++execution, night, job, some);
        }
    }
    return telling.take();
}

Learned learned_from(const ToldHistory& history) {
    const AttributionConfig config;
    Learning learning{config};
    for (const ToldLineOfLog& line : history.lines)
        learning.see(line.job, line.execution, line.logged_at, line.message);
    return learning.learn();
}

std::set<ToldOutcome> read_by(const Learned& learned, const ToldHistory& history) {
    AttributionConfig config;
    for (const LearnedRule& rule : learned.rules)
        config.rules.push_back(rule.rule);
    const Attribution attribution{config};
    std::set<ToldOutcome> read;
    for (const ToldLineOfLog& line : history.lines) {
        for (const TaskMention& mention : attribution.mentions(line.message)) {
            if (!mention.outcome || mention.outcome == TaskOutcome::started) continue;
            read.insert(
                {line.execution, std::string{mention.task}, *mention.outcome, line.logged_at});
        }
    }
    return read;
}

} // namespace tidemark::test
