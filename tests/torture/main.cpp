#include "torture/accidents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace {

using namespace tidemark::torture;
using tidemark::test::PostgresServer;
using tidemark::test::Simulator;

/// Small, so that a round takes little; several jobs, so that there are several batches.
const std::vector<std::string> an_organisation = {"--seed",  "11",         "--jobs", "12",
                                                  "--start", "2026-10-14", "--logs", "20"};

void print(const Tally& tally) {
    fmt::print("{:<42} {:<9} {:>6} {:>7} {:>10} {:>5} {:>8}\n", tally.accident, tally.backend,
               tally.tried, tally.struck, tally.recovered, tally.lost, tally.doubled);
    for (const std::string& remark : tally.remarks)
        fmt::print("  {}\n", remark);
    std::fflush(stdout);
}

/// Prints what became of an accident; false when something was lost.
bool print_tally(const Tally& tally) {
    print(tally);
    return tally.recovered == tally.tried;
}

/// All accidents of one kind of warehouse, `kills` of them kills of the program.
bool torture(const std::string& backend, int kills, Random& random, const Simulator& simulator) {
    std::unique_ptr<PostgresServer> server;
    if (backend == "postgres") server = std::make_unique<PostgresServer>();
    const int ways = 2 * static_cast<int>(all_works.size());
    const int each = std::max(1, (kills + ways - 1) / ways);
    const int fewer = std::max(1, kills / 20);
    bool whole = true;
    for (const Work work : all_works) {
        Baseline baseline(backend, work, simulator, server.get());
        whole &= print_tally(kill_at_any_time(baseline, each, random));
        whole &= print_tally(kill_at_changes(baseline, each));
        if (server) whole &= print_tally(kill_server(baseline, *server, fewer, random));
        whole &= print_tally(fill_disk(baseline, server.get(), fewer, random));
        if (!server) whole &= print_tally(forbid_writing(baseline, fewer));
    }
    for (const Work work : archived_works) {
        Baseline baseline(backend, work, simulator, server.get());
        whole &= print_tally(kill_at_any_time(baseline, each, random));
        // 200 kills are enough for each change to be struck
        whole &= print_tally(kill_at_changes(baseline, std::min(baseline.changes(), 5 * kills)));
        if (server) whole &= print_tally(kill_server(baseline, *server, fewer, random));
    }
    return print_tally(set_clock_wrong(backend, fewer, random)) && whole;
}

int run(int kills, unsigned seed, std::string_view only) {
    const Simulator simulator(an_organisation);
    Random random(seed);
    fmt::print("{} kills of the program per database, seed {}\n\n", kills, seed);
    fmt::print("{:<42} {:<9} {:>6} {:>7} {:>10} {:>5} {:>8}\n", "accident", "database", "tried",
               "struck", "recovered", "lost", "doubled");
    std::fflush(stdout); // before anything forks
    bool whole = true;
    for (const std::string backend : {"sqlite", "postgres"}) {
        if (only.empty() || only == backend) whole &= torture(backend, kills, random, simulator);
    }
    return whole ? 0 : 1;
}

} // namespace

/// torture [KILLS [SEED [sqlite|postgres]]]
int main(int argc, char** argv) {
    try {
        const int kills = argc > 1 ? std::atoi(argv[1]) : 200;
        const unsigned seed =
            argc > 2 ? static_cast<unsigned>(std::atol(argv[2])) : std::random_device{}();
        return run(std::max(1, kills), seed, argc > 3 ? argv[3] : "");
    } catch (const std::exception& error) {
        fmt::print(stderr, "torture: {}\n", error.what());
        return 1;
    }
}
