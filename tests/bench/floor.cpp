// The floor under a first load into SQLite: parses saved bodies with simdjson and inserts their
// rows into a migrated, empty warehouse by prepared statement, in one thread and one transaction
// per job. It trusts what it reads: nothing is checked, compared, attributed or recorded. usage:
// floor BODIES WAREHOUSE

#include <simdjson.h>
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

namespace ondemand = simdjson::ondemand;

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

/// `2026-10-09T03:00:00.5` in the form in which the warehouse keeps it.
class Moment {
public:
    explicit Moment(std::string_view text) {
        text.copy(m_text.data(), m_text.size());
        m_text[10] = ' ';
    }
    [[nodiscard]] std::string_view view() const { return {m_text.data(), m_text.size()}; }
    [[nodiscard]] std::string_view day() const { return view().substr(0, 10); }

private:
    std::array<char, 26> m_text{'0', '0', '0', '0', '-', '0', '0', '-', '0', '0', ' ', '0', '0',
                                ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', '0', '0', '0'};
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
                      " state_code, created_at, ended_at, duration_ms, created_on, log_count,"
                      " first_seen_at, changed_at, content_hash, incomplete)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, '2026-01-01 00:00:00.000000',"
                      " '2026-01-01 00:00:00.000000', 0, 0)"),
          m_log(database, "INSERT INTO execution_log (execution_key, log_id, logged_at, severity,"
                          " message, line_number) VALUES (?, ?, ?, ?, ?, ?)") {
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
    }

private:
    void load_body(const std::filesystem::path& file) {
        const auto body = simdjson::padded_string::load(file.string()).value();
        m_database.execute("BEGIN");
        auto executions = m_parser.iterate(body);
        for (ondemand::object execution : executions.get_array())
            load_execution(execution);
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
        m_execution.text(created.day()).number(lines).run();
    }

    void load_line(ondemand::object line, std::int64_t line_number) {
        const std::string_view id = line["Id"];
        const std::string_view logged_at = line["TimeStamp"];
        const std::int64_t severity = line["Severity"];
        const std::string_view message = line["Message"];
        const Moment moment{logged_at};
        m_log.number(m_execution_key).text(id).text(moment.view()).number(severity).text(message);
        m_log.number(line_number).run();
    }

    Database& m_database;
    Statement m_organisation;
    Statement m_job;
    Statement m_execution;
    Statement m_log;
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
