// The floor under a first load into SQLite: parses saved bodies with simdjson and inserts their
// rows into a migrated, empty warehouse by prepared statement, in one thread and one transaction
// per job. It fills every table that a load fills, but trusts what it reads: nothing is checked,
// compared, hashed or recorded, no rule is a pattern, durations are 0, and a message's shape is
// what stands before its first digit or quote. usage: floor BODIES WAREHOUSE

#include "floor_messages.hpp"

#include <simdjson.h>
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

namespace {

namespace ondemand = simdjson::ondemand;
using namespace tidemark::bench;

class Database {
public:
    explicit Database(const std::string& file) { check(sqlite3_open(file.c_str(), &m_handle)); }
    ~Database() { sqlite3_close(m_handle); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void check(int code) {
        if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(m_handle));
    }
    void execute(const char* sql) { check(sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr)); }
    sqlite3* handle() { return m_handle; }

private:
    sqlite3* m_handle = nullptr;
};

/// Binds its parameters in their order.
class Statement {
public:
    Statement(Database& database, const char* sql) : m_database(database) {
        m_database.check(sqlite3_prepare_v2(m_database.handle(), sql, -1, &m_handle, nullptr));
    }
    ~Statement() { sqlite3_finalize(m_handle); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& text(std::string_view value) {
        const int size = static_cast<int>(value.size());
        m_database.check(sqlite3_bind_text(m_handle, ++m_bound, value.data(), size, nullptr));
        return *this;
    }
    Statement& number(std::int64_t value) {
        m_database.check(sqlite3_bind_int64(m_handle, ++m_bound, value));
        return *this;
    }
    Statement& null() {
        m_database.check(sqlite3_bind_null(m_handle, ++m_bound));
        return *this;
    }
    Statement& moment(const std::optional<Moment>& value) {
        return value ? text(value->view()) : null();
    }
    void run() {
        if (sqlite3_step(m_handle) != SQLITE_DONE)
            throw std::runtime_error(sqlite3_errmsg(m_database.handle()));
        sqlite3_reset(m_handle);
        m_bound = 0;
    }

private:
    Database& m_database;
    sqlite3_stmt* m_handle = nullptr;
    int m_bound = 0;
};

std::string_view state_of(std::int64_t code) {
    constexpr std::array<std::string_view, 3> states{"running", "completed", "failed"};
    return states.at(static_cast<std::size_t>(code));
}

class Loader {
public:
    explicit Loader(Database& database)
        : m_database(database),
          m_organisation(database, "INSERT INTO organisation (organisation_key, name, base_url,"
                                   " reporting_timezone) VALUES (1, 'floor', '', 'UTC')"),
          m_job(database, "INSERT INTO job (job_key, organisation_key, job_id, name, first_seen_at)"
                          " VALUES (?, 1, ?, ?, '2026-01-01 00:00:00.000000')"),
          m_execution(database,
                      "INSERT INTO execution (execution_key, execution_id, job_key, state,"
                      " state_code, created_at, ended_at, duration_ms, created_on,"
                      " created_at_local, log_count,"
                      " first_seen_at, changed_at, content_hash, incomplete)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, '2026-01-01 00:00:00.000000',"
                      " '2026-01-01 00:00:00.000000', 0, 0)"),
          m_log(database, "INSERT INTO execution_log (execution_key, log_id, logged_at, severity,"
                          " message, shape_key, line_number) VALUES (?, ?, ?, ?, ?, ?, ?)"),
          m_reading(database, "INSERT INTO execution_reading (execution_key, bytes_hash,"
                              " line_count, time_trend, newest_at) VALUES (?, 0, ?, 1, ?)"),
          m_source(database, "INSERT INTO data_source (data_source_key, organisation_key, name)"
                             " VALUES (?, 1, ?)"),
          m_task(database, "INSERT INTO transfer_task (transfer_task_key, organisation_key, name,"
                           " data_source_key) VALUES (?, 1, ?, ?)"),
          m_run(database,
                "INSERT INTO task_run (execution_key, transfer_task_key, started_at,"
                " started_at_local, ended_at, completed_at, heard_at, last_succeeded_at, outcome,"
                " attempts, row_count, error_message, attributed_by, duration_ms, rule)"
                " VALUES (?1, ?2, ?3, ?3, ?4, ?4, ifnull(?4, ?3), iif(?5 = 'succeeded', ?4, NULL),"
                " ?5, ?6, iif(?5 = 'succeeded', CAST(?7 AS INTEGER), NULL),"
                " iif(?5 = 'failed', ?7, NULL), 'convention', 0, ?5)"),
          m_shape(database,
                  "INSERT INTO message_shape (organisation_key, shape_key, mask, first_seen_at,"
                  " last_seen_at, line_count, worst_severity, example, execution_key)"
                  " VALUES (1, ?, ?, ?, ?, ?, 0, ?, ?)"),
          m_template(database, "INSERT INTO message_template (shape_key) VALUES (?)"),
          m_shape_job(database, "INSERT INTO message_shape_job (organisation_key, shape_key,"
                                " job_key, first_seen_at, last_seen_at, line_count)"
                                " VALUES (1, ?, ?, ?, ?, ?)") {
        m_organisation.run();
    }

    void load(const std::filesystem::path& bodies) {
        const auto list = simdjson::padded_string::load((bodies / "jobs.json").string()).value();
        auto jobs = m_list_parser.iterate(list);
        for (ondemand::object job : jobs.get_array()) {
            const std::string_view id = job["Id"];
            const std::string_view name = job["Name"];
            m_job.number(++m_job_key).text(id).text(name).run();
            load_body(bodies / "logs" / (std::string(id) + ".json"));
        }
        for (const auto& [key, shape] : m_shapes) {
            m_shape.number(key).text(shape.mask).text(shape.first.view()).text(shape.last.view());
            m_shape.number(shape.lines).text(shape.example).number(shape.execution_key).run();
            m_template.number(key).run();
        }
    }

private:
    void load_body(const std::filesystem::path& file) {
        const auto body = simdjson::padded_string::load(file.string()).value();
        m_database.execute("BEGIN");
        auto executions = m_parser.iterate(body);
        for (ondemand::object execution : executions.get_array())
            load_execution(execution);
        for (const auto& [key, shape] : m_shapes_of_job) {
            m_shape_job.number(key).number(m_job_key).text(shape.first.view());
            m_shape_job.text(shape.last.view()).number(shape.lines).run();
        }
        m_shapes_of_job.clear();
        m_database.execute("COMMIT");
    }

    void load_execution(ondemand::object execution) {
        ++m_execution_key;
        const std::string_view id = execution["Id"];
        const std::int64_t state = execution["State"];
        const std::string_view created_at = execution["CreateTime"];
        auto end = execution["EndTime"];
        const bool open = end.is_null();
        const Moment ended_at{open ? std::string_view{} : end.get_string().value()};
        std::int64_t lines = 0;
        for (ondemand::object line : execution["JobExecutionLogs"]) {
            load_line(line, ++lines);
        }
        const Moment created{created_at};
        m_execution.number(m_execution_key).text(id).number(m_job_key).text(state_of(state));
        m_execution.number(state).text(created.view());
        open ? m_execution.null() : m_execution.text(ended_at.view());
        m_execution.text(created.day()).text(created.view()).number(lines).run();
        const Moment& newest = m_newest.view() < created.view() ? created : m_newest;
        m_reading.number(m_execution_key).number(lines).text(newest.view()).run();
        store_runs();
    }

    void store_runs() {
        for (const auto& [task_key, run] : m_runs) {
            m_run.number(m_execution_key).number(task_key).moment(run.started).moment(run.ended);
            m_run.text(run.outcome).number(run.attempts).text(run.detail).run();
        }
        m_runs.clear();
    }

    void load_line(ondemand::object line, std::int64_t line_number) {
        const std::string_view id = line["Id"];
        const std::string_view logged_at = line["TimeStamp"];
        const std::int64_t severity = line["Severity"];
        const std::string_view message = line["Message"];
        const Moment moment{logged_at};
        m_log.number(m_execution_key).text(id).text(moment.view()).number(severity).text(message);
        m_log.number(count(message, moment)).number(line_number).run();
        m_newest = moment;
        const Mention mention = mention_in(message);
        if (!mention.task.empty()) m_runs[task_key(mention.task)].hear(mention, moment);
    }

    /// Counts a line by the shape of its message. Returns the shape's key.
    std::int64_t count(std::string_view message, const Moment& moment) {
        const std::string_view mask = mask_of(message);
        const auto key = static_cast<std::int64_t>(std::hash<std::string_view>{}(mask));
        for (auto* shapes : {&m_shapes, &m_shapes_of_job}) {
            const auto [found, is_new] = shapes->try_emplace(key);
            if (is_new) {
                found->second = {std::string(message), std::string(mask), moment, moment, 0,
                                 m_execution_key};
            }
            found->second.add(moment);
        }
        return key;
    }

    /// The key of a task. A new one is stored, with the source that stands before its dash.
    std::int64_t task_key(std::string_view name) {
        const auto found = m_tasks.find(name);
        if (found != m_tasks.end()) return found->second;
        const auto key = static_cast<std::int64_t>(m_tasks.size()) + 1;
        m_tasks.emplace(name, key);
        m_task.number(key).text(name);
        const std::size_t dash = name.find(" - ");
        dash == std::string_view::npos ? m_task.null()
                                       : m_task.number(source_key(name.substr(0, dash)));
        m_task.run();
        return key;
    }

    std::int64_t source_key(std::string_view name) {
        const auto next = static_cast<std::int64_t>(m_sources.size()) + 1;
        const auto [found, is_new] = m_sources.emplace(name, next);
        if (is_new) m_source.number(next).text(name).run();
        return found->second;
    }

    Database& m_database;
    Statement m_organisation;
    Statement m_job;
    Statement m_execution;
    Statement m_log;
    Statement m_reading;
    Statement m_source;
    Statement m_task;
    Statement m_run;
    Statement m_shape;
    Statement m_template;
    Statement m_shape_job;
    std::map<std::string, std::int64_t, std::less<>> m_tasks;
    std::map<std::string, std::int64_t, std::less<>> m_sources;
    std::unordered_map<std::int64_t, Shape> m_shapes;
    std::unordered_map<std::int64_t, Shape> m_shapes_of_job;
    std::map<std::int64_t, Run> m_runs; ///< of the execution under way, by task
    Moment m_newest;                    ///< that the last line had
    ondemand::parser m_list_parser;
    ondemand::parser m_parser;
    std::int64_t m_job_key = 0;
    std::int64_t m_execution_key = 0;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: floor BODIES WAREHOUSE\n", stderr);
        return 2;
    }
    try {
        Database database(argv[2]);
        database.execute("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192");
        Loader(database).load(argv[1]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "floor: %s\n", error.what());
        return 1;
    }
    return 0;
}
