#include "support/catch.hpp"
#include "torture/accidents.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::torture;

namespace {

void check_whole(const Tally& tally) {
    CAPTURE(tally.accident, tally.backend, tally.remarks);
    CHECK(tally.recovered == tally.tried);
    CHECK(tally.lost == 0);
    CHECK(tally.doubled == 0);
}

/// The server that is tortured: not the one that other tests use.
test::PostgresServer* server_for(const std::string& backend) {
    static std::unique_ptr<test::PostgresServer> server;
    if (backend != "postgres") return nullptr;
    if (!server) server = std::make_unique<test::PostgresServer>();
    return server.get();
}

} // namespace

TEST_CASE("whatever happens to a sync, the next one ends in the same rows", "[torture]") {
    const auto backend = GENERATE(from_range(test::backends()));
    const auto work = GENERATE(from_range(std::begin(all_works), std::end(all_works)));
    constexpr unsigned seed = 20261009;
    Random random(seed);
    const test::Simulator simulator(
        {"--seed", "11", "--jobs", "12", "--start", "2026-10-18", "--logs", "8"});
    auto* const server = server_for(backend);
    Baseline baseline(backend, work, simulator, server);
    check_whole(kill_at_any_time(baseline, 2, random));
    const Tally at_changes = kill_at_changes(baseline, 3);
    check_whole(at_changes);
    CHECK(at_changes.struck == at_changes.tried);
    if (server != nullptr) check_whole(kill_server(baseline, *server, 1, random));
    check_whole(fill_disk(baseline, server, 1, random));
    if (server == nullptr) check_whole(forbid_writing(baseline, 1));
}

TEST_CASE("whatever kills a sync, the archive has what the warehouse has, and is whole",
          "[torture][archive]") {
    const auto backend = GENERATE(from_range(test::backends()));
    const auto work = GENERATE(from_range(std::begin(archived_works), std::end(archived_works)));
    Random random(20261009);
    const test::Simulator simulator(
        {"--seed", "11", "--jobs", "12", "--start", "2026-10-18", "--logs", "8"});
    Baseline baseline(backend, work, simulator, server_for(backend));
    check_whole(kill_at_any_time(baseline, 1, random));
    const Tally at_changes = kill_at_changes(baseline, 5);
    check_whole(at_changes);
    CHECK(at_changes.struck == at_changes.tried);
}

TEST_CASE("a wrong clock on one night changes no row", "[torture]") {
    Random random(20261009);
    check_whole(set_clock_wrong(GENERATE(from_range(test::backends())), 2, random));
}
