#include "error.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/test_rows.hpp"

#include <future>

using namespace tidemark;
using namespace tidemark::test;
using std::chrono::milliseconds;

TEST_CASE("a lease is held by one", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto wait = milliseconds{GENERATE(0, 50)};
    const auto lease = db.warehouse->lease(milliseconds{0});
    const auto other = db.database->open();
    CHECK_THROWS_AS(other->lease(wait), LeaseHeld);
    CHECK_THROWS_WITH(other->lease(wait), ContainsSubstring("another sync holds '"));
}

TEST_CASE("a lease is free when its holder goes", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    auto holder = db.database->open();
    auto lease = holder->lease(milliseconds{0});
    lease.reset();
    CHECK_NOTHROW(db.warehouse->lease(milliseconds{0}));
}

TEST_CASE("waiting for a lease ends when its holder goes", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto other = db.database->open();
    auto lease = db.warehouse->lease(milliseconds{0});
    auto waiting =
        std::async(std::launch::async, [&] { return other->lease(milliseconds{20000}); });
    CHECK(waiting.wait_for(milliseconds{20}) == std::future_status::timeout);
    lease.reset();
    CHECK(waiting.get() != nullptr);
}

TEST_CASE("who holds no lease can read", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto lease = db.warehouse->lease(milliseconds{0});
    db.warehouse->write(foundation());
    CHECK(rows_of(*db.database->open(OpenMode::read_only), "job").size() == 1);
}
