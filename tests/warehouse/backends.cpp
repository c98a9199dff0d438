#include "warehouse/backends.hpp"

#include "support/postgres_server.hpp"
#include "support/temporary_folder.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/postgres/warehouse.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/sqlite/warehouse.hpp"
#include "warehouse/test_rows.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

namespace tidemark::test {
namespace {

class SqliteDatabase : public TestDatabase {
public:
    std::unique_ptr<Warehouse> open(OpenMode mode) override {
        return open_sqlite_warehouse(m_folder / "warehouse.db", mode);
    }

    void execute(const std::string& sql) override {
        sqlite::Connection(m_folder / "warehouse.db", sqlite::Access::create).execute(sql);
    }

private:
    TemporaryFolder m_folder;
};

/// A schema of its own in the one server of this process.
class PostgresDatabase : public TestDatabase {
public:
    PostgresDatabase() : m_schema(fmt::format("test_{}_{}", getpid(), ++number_of_schemas)) {}

    ~PostgresDatabase() override {
        try {
            run(fmt::format("DROP SCHEMA IF EXISTS {} CASCADE", m_schema));
        } catch (const std::exception&) {
            // the server is gone, and the schema with it
        }
    }

    std::unique_ptr<Warehouse> open(OpenMode mode) override {
        return open_postgres_warehouse(m_url, m_schema, mode);
    }

    void execute(const std::string& sql) override {
        run(fmt::format("CREATE SCHEMA IF NOT EXISTS {0}; SET search_path = {0}; {1}", m_schema,
                        sql));
    }

private:
    void run(const std::string& sql) { run_sql(m_url, sql); }

    static inline int number_of_schemas = 0;
    std::string m_url = postgres_server().url();
    std::string m_schema;
};

} // namespace

std::vector<std::string> backends() { return {"sqlite", "postgres"}; }

std::unique_ptr<TestDatabase> make_database(std::string_view backend) {
    if (backend == "sqlite") return std::make_unique<SqliteDatabase>();
    if (backend == "postgres") return std::make_unique<PostgresDatabase>();
    throw std::invalid_argument("no such backend: " + std::string(backend));
}

MigratedDatabase::MigratedDatabase(std::string_view backend)
    : database(make_database(backend)), warehouse(database->open()) {
    migrate(*warehouse, moment("2026-01-01 00:00:00.000000"));
}

} // namespace tidemark::test
