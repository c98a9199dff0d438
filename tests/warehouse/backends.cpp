#include "warehouse/backends.hpp"

#include "support/temporary_folder.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/sqlite_warehouse.hpp"
#include "warehouse/test_rows.hpp"

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

} // namespace

std::vector<std::string> backends() { return {"sqlite"}; }

std::unique_ptr<TestDatabase> make_database(std::string_view backend) {
    if (backend == "sqlite") return std::make_unique<SqliteDatabase>();
    throw std::invalid_argument("no such backend: " + std::string(backend));
}

MigratedDatabase::MigratedDatabase(std::string_view backend)
    : database(make_database(backend)), warehouse(database->open()) {
    migrate(*warehouse, moment("2026-01-01 00:00:00.000000"));
}

} // namespace tidemark::test
