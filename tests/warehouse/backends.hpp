#pragma once

#include "warehouse/warehouse.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::test {

/// A database of one kind for one test, gone when the test ends.
class TestDatabase {
public:
    virtual ~TestDatabase() = default;

    /// Opens it as it is, however often; it must not be destroyed before what it opened.
    virtual std::unique_ptr<Warehouse> open(OpenMode mode = OpenMode::create) = 0;

    /// Runs SQL behind the warehouse's back, as another program would.
    virtual void execute(const std::string& sql) = 0;
};

/// The kinds of warehouse that can be tested here; every test of the contract runs over all.
std::vector<std::string> backends();

std::unique_ptr<TestDatabase> make_database(std::string_view backend);

/// A database whose tables and views are in place, opened once.
struct MigratedDatabase {
    explicit MigratedDatabase(std::string_view backend);
    std::unique_ptr<TestDatabase> database;
    std::unique_ptr<Warehouse> warehouse;
};

} // namespace tidemark::test
