#pragma once

#include "torture/baseline.hpp"

#include <random>
#include <string>
#include <vector>

namespace tidemark::torture {

/// What became of some accidents of a kind.
struct Tally {
    std::string accident;
    std::string backend;
    int tried = 0;     ///< works that were disturbed, or were meant to be
    int struck = 0;    ///< disturbances that came while the work was under way
    int recovered = 0; ///< works that, run again, ended in the rows of an undisturbed one
    std::size_t lost = 0;
    std::size_t doubled = 0;
    std::vector<std::string> remarks; ///< what went wrong, or why it was not tried
};

using Random = std::mt19937;

/// Of nothing yet.
Tally tally_of(const Baseline& baseline, std::string_view accident);

/// Runs the work to its end, compares, and counts what became of it.
void recover(Tally& tally, const Baseline& baseline, const test::Workspace& workspace);

/// The program is killed with SIGKILL after a random time, one time in four twice in a row.
Tally kill_at_any_time(Baseline& baseline, int rounds, Random& random);

/// The program is killed just before it writes, sends, locks, flushes, cuts, renames or removes
/// something: `rounds` such moments, spread evenly over all there are.
Tally kill_at_changes(Baseline& baseline, int rounds);

/// The server's first process is killed with SIGKILL while the program works, and comes back.
Tally kill_server(Baseline& baseline, test::PostgresServer& server, int rounds, Random& random);

/// The disk of the warehouse is full at a random moment, then there is room again. Needs the right
/// to mount a file system.
Tally fill_disk(Baseline& baseline, test::PostgresServer* server, int rounds, Random& random);

/// The file system of a SQLite file allows no writing, then it does. Needs the same right.
Tally forbid_writing(Baseline& baseline, int rounds);

/// The machine's clock stands anywhere in a hundred years when the work is done; the next night's
/// sync has the right time again.
Tally set_clock_wrong(std::string_view backend, int rounds, Random& random);

} // namespace tidemark::torture
