#include "torture/accidents.hpp"

#include "support/neutral_rows.hpp"
#include "torture/kill.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace tidemark::torture {
namespace {

using std::chrono::microseconds;
using test::Desk;

microseconds any_time(const Ground& ground, Random& random) {
    return microseconds{
        std::uniform_int_distribution<std::int64_t>(0, ground.duration().count())(random)};
}

} // namespace

Tally tally_of(const Ground& ground, std::string_view accident) {
    return {.accident = fmt::format("{}: {}", name_of(ground.work()), accident),
            .backend = ground.backend()};
}

void recover(Tally& tally, const Ground& ground, const Desk& desk) {
    ++tally.tried;
    const test::Ran ran = desk.run(ground.words());
    if (ran.exit_code != 0) return tally.remarks.push_back(ran.err);
    const auto rows = test::difference(ground.expected(), state_of(desk));
    tally.lost += rows.lost.size();
    tally.doubled += rows.doubled.size();
    if (rows.none()) ++tally.recovered;
    if (!rows.lost.empty()) tally.remarks.push_back("lost " + rows.lost.front());
    if (!rows.doubled.empty()) tally.remarks.push_back("doubled " + rows.doubled.front());
}

Tally kill_at_any_time(Ground& ground, int rounds, Random& random) {
    Tally tally = tally_of(ground, "killed at any time");
    ground.set_clock();
    for (int round = 0; round < rounds; ++round) {
        const Desk desk = ground.begin();
        const int kills = random() % 4 == 0 ? 2 : 1;
        for (int kill = 0; kill < kills; ++kill) {
            const bool was_there =
                kill_after(desk.path(), ground.words(), any_time(ground, random));
            tally.struck += was_there ? 1 : 0;
        }
        recover(tally, ground, desk);
    }
    return tally;
}

Tally kill_at_changes(Ground& ground, int rounds) {
    Tally tally = tally_of(ground, "killed before a change");
    ground.set_clock();
    for (int round = 0; round < rounds; ++round) {
        const int nth = 1 + static_cast<int>(std::int64_t{round} * ground.changes() / rounds);
        const Desk desk = ground.begin();
        tally.struck += kill_at_change(desk.path(), ground.words(), nth) == nth ? 1 : 0;
        recover(tally, ground, desk);
    }
    return tally;
}

Tally kill_server(Ground& ground, test::PostgresServer& server, int rounds, Random& random) {
    Tally tally = tally_of(ground, "server killed");
    ground.set_clock();
    for (int round = 0; round < rounds; ++round) {
        const Desk desk = ground.begin();
        test::RunningTidemark running(desk.path(), ground.words());
        std::this_thread::sleep_for(any_time(ground, random));
        tally.struck += running.signal(0) ? 1 : 0;
        server.kill_first_process();
        server.start();
        running.wait(); // it may have gone on by itself, or given up
        recover(tally, ground, desk);
    }
    return tally;
}

} // namespace tidemark::torture
