#pragma once

#include "support/postgres_server.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/postgres/warehouse.hpp"
#include "warehouse/test_rows.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <string>

namespace tidemark::test {

/// A database of its own, gone at the end of the test.
class OwnDatabase {
public:
    OwnDatabase() { run_sql_alone("CREATE DATABASE " + m_name); }
    ~OwnDatabase() {
        try {
            run_sql_alone("DROP DATABASE " + m_name + " WITH (FORCE)");
        } catch (const std::exception&) {
            // the server is gone, and the database with it
        }
    }
    OwnDatabase(const OwnDatabase&) = delete;
    OwnDatabase& operator=(const OwnDatabase&) = delete;

    [[nodiscard]] std::string url(const std::string& user = "postgres") const {
        return postgres_server().url(m_name, user);
    }
    std::string run(const std::string& sql) const { return run_sql(url(), sql); }
    [[nodiscard]] std::unique_ptr<Warehouse> open(OpenMode mode = OpenMode::create) const {
        return open_postgres_warehouse(url(), "tidemark", mode);
    }
    std::unique_ptr<Warehouse> migrated() const {
        auto warehouse = open();
        migrate(*warehouse, moment("2026-01-01 00:00:00.000000"));
        return warehouse;
    }

    /// Cuts these connections of Tidemark to it; returns when they are gone.
    void cut(const std::string& which = "true") const {
        run("SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'tidemark' AND " +
            which);
    }

private:
    static inline int number_of_databases = 0;
    std::string m_name = fmt::format("own_{}_{}", getpid(), ++number_of_databases);
};

} // namespace tidemark::test
