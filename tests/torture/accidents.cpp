#include "torture/accidents.hpp"

#include "support/neutral_rows.hpp"
#include "torture/kill.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace tidemark::torture {
namespace {

using std::chrono::microseconds;
using test::Workspace;

microseconds any_time(const Baseline& baseline, Random& random) {
    return microseconds{
        std::uniform_int_distribution<std::int64_t>(0, baseline.duration().count())(random)};
}

} // namespace

Tally tally_of(const Baseline& baseline, std::string_view accident) {
    return {.accident = fmt::format("{}: {}", name_of(baseline.work()), accident),
            .backend = baseline.backend()};
}

void recover(Tally& tally, const Baseline& baseline, const Workspace& workspace) {
    ++tally.tried;
    auto faults = baseline.archive_faults(workspace);
    const test::Ran ran = workspace.run(baseline.words());
    if (ran.exit_code != 0) return tally.remarks.push_back(ran.err);
    if (faults.empty()) faults = baseline.rebuilding_faults(workspace);
    if (!faults.empty()) {
        tally.lost += faults.size();
        return tally.remarks.push_back(faults.front());
    }
    const auto rows = test::difference(baseline.expected(), state_of(workspace));
    tally.lost += rows.lost.size();
    tally.doubled += rows.doubled.size();
    if (rows.none()) ++tally.recovered;
    if (!rows.lost.empty()) tally.remarks.push_back("lost " + rows.lost.front());
    if (!rows.doubled.empty()) tally.remarks.push_back("doubled " + rows.doubled.front());
}

Tally kill_at_any_time(Baseline& baseline, int rounds, Random& random) {
    Tally tally = tally_of(baseline, "killed at any time");
    baseline.set_clock();
    for (int round = 0; round < rounds; ++round) {
        const Workspace workspace = baseline.begin();
        const int kills = random() % 4 == 0 ? 2 : 1;
        for (int kill = 0; kill < kills; ++kill) {
            const bool was_there =
                kill_after(workspace.path(), baseline.words(), any_time(baseline, random));
            tally.struck += was_there ? 1 : 0;
        }
        recover(tally, baseline, workspace);
    }
    return tally;
}

Tally kill_at_changes(Baseline& baseline, int rounds) {
    Tally tally = tally_of(baseline, "killed before a change");
    baseline.set_clock();
    for (int round = 0; round < rounds; ++round) {
        const int nth = 1 + static_cast<int>(std::int64_t{round} * baseline.changes() / rounds);
        const Workspace workspace = baseline.begin();
        tally.struck += kill_at_change(workspace.path(), baseline.words(), nth) == nth ? 1 : 0;
        recover(tally, baseline, workspace);
    }
    return tally;
}

Tally kill_server(Baseline& baseline, test::PostgresServer& server, int rounds, Random& random) {
    Tally tally = tally_of(baseline, "server killed");
    baseline.set_clock();
    for (int round = 0; round < rounds; ++round) {
        const Workspace workspace = baseline.begin();
        test::RunningTidemark running(workspace.path(), baseline.words());
        std::this_thread::sleep_for(any_time(baseline, random));
        tally.struck += running.signal(0) ? 1 : 0;
        server.kill_first_process();
        server.start();
        running.wait(); // it may have gone on by itself, or given up
        recover(tally, baseline, workspace);
    }
    return tally;
}

} // namespace tidemark::torture
